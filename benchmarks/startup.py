"""Start-up time of `import nashgap` and `nashgap --help`, relative to `import numpy`.

Each is the median over fresh interpreters, taken in turn so that a busy machine slows all alike.

    python benchmarks/startup.py [--rounds 20] [--at-most 2.5]
"""

import argparse
import statistics
import subprocess
import sys
import time

COMMANDS = {
    "import numpy": [sys.executable, "-c", "import numpy"],
    "import nashgap": [sys.executable, "-c", "import nashgap"],
    "nashgap --help": [sys.executable, "-c", "from nashgap.cli import main; main(['--help'])"],
}


def measure(rounds: int) -> dict[str, float]:
    """Median wall-clock seconds of each command."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds + 1):
        for name, command in COMMANDS.items():
            started = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            taken[name].append(time.perf_counter() - started)
    return {name: statistics.median(times[1:]) for name, times in taken.items()}


def main() -> int:
    """Prints the table; exit code 1 if a ratio is above `--at-most`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--at-most", type=float, default=None)
    given = parser.parse_args()
    median = measure(given.rounds)
    base = median["import numpy"]
    for name, seconds in median.items():
        print(f"{name:16} {seconds * 1000:7.1f} ms   {seconds / base:.2f} x import numpy")
    slow = given.at_most is not None and max(median.values()) > given.at_most * base
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
