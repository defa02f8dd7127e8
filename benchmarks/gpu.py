"""10^6 tiny games on a GPU beside the same games on one core, in the same run.

    python benchmarks/gpu.py [--games 1000000] [--device cuda|mps|cpu] [--ratio 20]

S=2, A=2, n=2, drawn on the CPU. The core runs the batch kernel on NumPy, which is faster there than
torch; the device runs it on torch (`pip install 'nashgap[gpu]'`), or on CuPy where only that is at
hand. Arrays are on the device before the clock starts, and the device is waited for before it
stops. Both must give the same gaps. In float64, and in float32 for information.

Exit code 1 if the device is less than `--ratio` times as fast as the core, 3 if there is no device:
then nothing was measured, and it is said. `--device cpu` tries the code without a GPU.
"""

import os

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")

import argparse
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from nashgap.numeric.batch import GameBatch, PolicyBatch, batch_gaps

STATES, ACTIONS, DISCOUNT, ROUNDS = 2, 2, 0.9, 5
NOTHING = 3


class Device(NamedTuple):
    """Where arrays go, how they go there, how to wait and how they come back."""

    name: str
    put: Callable[[Any], Any]
    wait: Callable[[], None]
    back: Callable[[Any], Any]


def find(wanted: str | None) -> Device | None:
    """The device that was asked for, or the first one at hand."""
    try:
        import torch
    except ImportError:
        return _cupy() if wanted in (None, "cuda") else None
    here = "cuda" if torch.cuda.is_available() else None
    if here is None and torch.backends.mps.is_available():
        here = "mps"
    kind = wanted or here
    if kind is None or (kind != "cpu" and kind != here):
        return _cupy() if wanted in (None, "cuda") else None

    def wait() -> None:
        if kind == "cuda":
            torch.cuda.synchronize()
        elif kind == "mps":
            torch.mps.synchronize()

    name = torch.cuda.get_device_name() if kind == "cuda" else kind
    torch.set_num_threads(1)
    return Device(
        f"torch {torch.__version__} on {name}",
        lambda array: torch.from_numpy(array).to(kind),
        wait,
        lambda array: array.cpu().numpy(),
    )


def _cupy() -> Device | None:
    try:
        import cupy
    except ImportError:
        return None
    if cupy.cuda.runtime.getDeviceCount() == 0:
        return None
    wait = cupy.cuda.runtime.deviceSynchronize
    return Device(f"CuPy {cupy.__version__}", cupy.asarray, wait, cupy.asnumpy)


def draw(size: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Kernel, rewards, start, and the players' policies, the batch axis last."""
    rng = np.random.default_rng(0)

    def rows(*shape: int) -> np.ndarray:
        weights = rng.exponential(size=(*shape, size))
        return np.ascontiguousarray(weights / weights.sum(axis=-2, keepdims=True))

    game = [
        rows(STATES, ACTIONS, ACTIONS, STATES),
        rng.uniform(-1, 1, (2, STATES, ACTIONS, ACTIONS, size)),
        rows(STATES),
    ]
    return game, [rows(STATES, ACTIONS) for _ in range(2)]


def seconds(run: Callable[[], Any], wait: Callable[[], None]) -> tuple[float, Any]:
    """The median over the rounds, after one round that does not count; and the result."""
    spent = []
    for _ in range(ROUNDS + 1):
        begun = time.perf_counter()
        found = run()
        wait()
        spent.append(time.perf_counter() - begun)
    return median(spent[1:]), found


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--games", type=int, default=1_000_000)
    parser.add_argument("--device", choices=("cuda", "mps", "cpu"), default=None)
    parser.add_argument("--ratio", type=float, default=20.0)
    given = parser.parse_args()
    device = find(given.device)
    if device is None:
        print("no GPU that torch or CuPy can use: nothing was measured")
        return NOTHING
    game, policies = draw(given.games)

    def gaps(put: Callable[[Any], Any], kind: type) -> Callable[[], Any]:
        games = GameBatch(*(put(part.astype(kind)) for part in game), DISCOUNT)
        played = PolicyBatch(tuple(put(table.astype(kind)) for table in policies))
        return lambda: batch_gaps(games, played)

    core, expected = seconds(gaps(lambda array: array, np.float64), lambda: None)
    print(f"{given.games} games, S={STATES}, A={ACTIONS}, n=2; {device.name}")
    print(f"  {'one core, NumPy, float64':32}{core * 1e3:12.1f} ms")
    ratio = 0.0
    for kind, close in ((np.float64, 1e-9), (np.float32, 1e-3)):
        if device.name.endswith("mps") and kind is np.float64:
            continue
        spent, found = seconds(gaps(device.put, kind), device.wait)
        apart = float(np.abs(device.back(found) - expected).max())
        assert apart <= close, apart
        times = core / spent
        ratio = ratio or times
        print(
            f"  {f'device, {kind.__name__}':32}{spent * 1e3:12.1f} ms{times:8.1f} x"
            f"   differs by {apart:.0e}"
        )
    if given.device == "cpu":
        print("no GPU was used: these numbers say nothing about one")
        return NOTHING
    missed = "" if ratio >= given.ratio else ", missed"
    print(f"target: at least {given.ratio:g} times as fast{missed}")
    return int(ratio < given.ratio)


if __name__ == "__main__":
    sys.exit(main())
