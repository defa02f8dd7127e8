"""Tag with 10^5 states: Nash gaps with a certified error, an equilibrium, seconds and memory.

    python benchmarks/sparse.py [--side 18] [--error 1e-8] [--seconds 30] [--gigabytes 4]

Exit code 1 if a gap is certified to worse than `--error`, takes longer than `--seconds` (building
the game included) or the process needs more than `--gigabytes`.
"""

import argparse
import resource
import sys
import time

from nashgap.numeric import sparse
from nashgap.numeric.equilibria import zero_sum_sparse
from nashgap.numeric.grids import chase, tag


def main() -> int:
    """Prints one line a profile."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--side", type=int, default=18)
    parser.add_argument("--slip", default="0")
    parser.add_argument("--discount", default="19/20")
    parser.add_argument("--error", type=float, default=1e-8)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--gigabytes", type=float, default=4.0)
    given = parser.parse_args()
    begun = time.perf_counter()
    grid = tag(given.side, given.side, slip=given.slip, discount=given.discount)
    game = grid.sparse
    built = time.perf_counter() - begun
    print(f"{game}\nbuilt in {built:.1f} s\n")
    print(f"{'profile':22} {'Nash gap':>14} {'certified error':>16} {'seconds':>8}")
    good = True
    profiles = {
        "uniform": lambda: sparse.uniform(game),
        "chase and flee": lambda: chase(grid),
        "chase, with errors": lambda: sparse.perturbed(chase(grid), seed=0),
        "equilibrium": lambda: zero_sum_sparse(game).policy,
    }
    for name, make in profiles.items():
        begun = time.perf_counter()
        policy = make()
        made = time.perf_counter() - begun
        gap = sparse.nash_gap(game, policy)
        taken = time.perf_counter() - begun - made
        note = f"   (profile made in {made:.1f} s)" if made > 1 else ""
        print(f"{name:22} {gap.value:14.10f} {gap.error:16.2e} {taken:8.1f}{note}")
        good &= gap.error <= given.error and built + taken <= given.seconds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"\npeak memory {peak:.2f} GB")
    return 0 if good and peak <= given.gigabytes else 1


if __name__ == "__main__":
    sys.exit(main())
