"""The figures of the regularisation argument, of best and worst learners, of delta and tightness.

    python benchmarks/figures.py FOLDER [--suffix pdf|png|svg] [--only WORD]

Matching pennies, the stag hunt and Tag on a board of 2 x 3 against temperature; M and m of matching
pennies (exact) and of a rare state (proved bands); delta of a game whose best response jumps;
tightness of T1 and of the published Lemma 3 against the discount, the error and the players. Two
minutes on one core.
"""

import argparse
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from nashgap.numeric.games import catalogue
from nashgap.numeric.grids import tag
from nashgap.numeric.modulus import by_temperature, modulus
from nashgap.numeric.plots import (
    plot_gaps,
    plot_moduli,
    plot_temperatures,
    plot_tightness,
    save,
)
from nashgap.numeric.tightness import named_cases, random_cases, tightness
from nashgap.search.learners import extremes_along, largest_gap_curve

TEMPERATURES = [10 ** (k / 4) for k in range(-6, 5)]
OVER = {
    "gamma": ["1/10", "1/4", "1/2", "3/4", "9/10"],
    "eps": ["1/1000", "1/100", "1/50", "1/20", "1/10"],
    "n": ["2", "3", "4", "5"],
}


def warm(game: Any, samples: int = 16) -> Any:
    """Moves, gaps and bound of one game against temperature."""
    return plot_temperatures(by_temperature(game, 0.01, TEMPERATURES, samples=samples))


def pennies() -> Any:
    """M exactly, and m around a learner that is not Nash."""
    made = catalogue()["matching-pennies"].build()
    errors = [Fraction(k, 20) for k in range(5)]
    least = extremes_along(made.game, made.learner, errors, "smallest")
    return plot_gaps(largest_gap_curve(made.game, made.expert), least, most=Fraction(3, 2))


def rare_state() -> Any:
    """M between proved bounds."""
    made = catalogue()["w3-rare"].build()
    # It rises from 0 to its most before 1/50.
    errors = [Fraction(k, 1000) for k in range(26)]
    return plot_gaps(extremes_along(made.game, made.expert, errors, "largest"))


def jump() -> Any:
    """Both players' moduli where a rare state turns the best response."""
    made = catalogue()["lemma-2"].build(gamma="1/2", k="1/7")
    return plot_moduli([modulus(made.game, made.expert, i) for i in (0, 1)])


def tight(label: str) -> Any:
    """A bound for dominant experts over families and random games."""
    names = ["w1", "w1-full-support", "w2", "prisoners-dilemma"]
    cases = [*named_cases(names, OVER)[0], *random_cases(8, "dominant")]
    return plot_tightness(tightness(label, cases))


FIGURES: dict[str, Callable[[], Any]] = {
    "temperature-pennies": lambda: warm(catalogue()["matching-pennies"].build(gamma="1/2").game),
    "temperature-stag-hunt": lambda: warm(catalogue()["stag-hunt"].build(gamma="1/2").game),
    "temperature-tag": lambda: warm(tag(2, 3, discount="1/2").exact, samples=8),
    "learners-pennies": pennies,
    "learners-rare-state": rare_state,
    "delta-rare-state": jump,
    "tightness-T1": lambda: tight("T1"),
    "tightness-lemma-3": lambda: tight("lemma_3"),
}


def main() -> None:
    """Writes every figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--suffix", choices=("pdf", "png", "svg"), default="pdf")
    parser.add_argument("--only", default="", help="figures whose name has this word")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for name, draw in FIGURES.items():
        if given.only not in name:
            continue
        begun = time.perf_counter()
        path = given.folder / f"{name}.{given.suffix}"
        save(draw(), path)
        print(f"{path}  {time.perf_counter() - begun:.1f} s", flush=True)


if __name__ == "__main__":
    main()
