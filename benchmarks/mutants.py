r"""Mutants of the catalogue's claims against `conjecture`.

Every claim of the catalogue is changed in one place: a constant, an exponent, a factor gamma, n for
n - 1, a term, min for max, an error for another, the relation, or an assumption left out. Whether
the mutant is true is fixed beforehand by an argument that shares nothing with `conjecture`:

* **false** if a named game breaks it. Its numbers are those that the theory states in closed form
  for the family (`Instance.expected`); where the theory states none for a quantity, those that
  `evaluate` computes. The parameters are others than those that `conjecture` goes through.
* **true** if a claim of the catalogue with no more assumptions implies it: the mutant's right side
  minus that claim's, after gamma = t/(1+t), n = 1+m, C = 1+c, is a quotient of polynomials with
  non-negative coefficients in non-negative quantities.
* **open** without such an argument; these are counted apart.

Bounds that are read at a temperature are left out: named games have none.

    python benchmarks/mutants.py [--most N] [--seed K] [--seconds T] [--store FILE] [--new K]

By default a seeded sample of 330 of them; `--most 0` takes all. `--store` appends each outcome to a
file as it is had, and a later run goes on from there; `--new K` ends a run after K of them.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from random import Random

from mutation.changes import mutants
from mutation.mutant import LIMIT, Mutant, Outcome, Truth
from mutation.report import append, recalled, table
from mutation.truth import truth

from nashgap.search.conjecture import conjecture
from nashgap.search.verify import verify


def tried(mutant: Mutant, known: Truth, seconds: float) -> Outcome:
    """What `conjecture` says; false mutants get the whole limit."""
    started = time.perf_counter()
    budget = LIMIT if known.holds is False else seconds
    found = conjecture(mutant.claim, mutant.assumptions, seconds=budget, drop=False, simple=False)
    passed = time.perf_counter() - started
    if found.witness is not None:
        assert verify(found.witness.json()).valid
    for derivation in found.derivations:
        assert verify(derivation).valid
    reason = found.evidence if found.status == "refuted" else "; ".join(found.reasons)
    return Outcome(mutant, known, found.status, passed, reason)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table; exit code 1 if a mutant was taken for what it is not."""
    parser = argparse.ArgumentParser(description="Mutants of the catalogue against conjecture.")
    parser.add_argument("--most", type=int, default=330, help="a seeded sample; 0 for all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=1.0, help="for mutants that are not false")
    parser.add_argument("--store", type=Path, help="a file of outcomes, one line each")
    parser.add_argument("--new", type=int, help="how many to try that are not in the store")
    given = parser.parse_args(arguments)
    chosen = mutants()
    if 0 < given.most < len(chosen):
        chosen = Random(given.seed).sample(chosen, given.most)
    kept = recalled(given.store)
    started = time.perf_counter()
    waiting = (mutant for mutant in chosen if mutant not in kept)
    for mutant in islice(waiting, given.new):
        kept[mutant] = tried(mutant, truth(mutant), given.seconds)
        append(given.store, kept[mutant])
        if len(kept) % 50 == 0:
            counts = Counter(outcome.verdict for outcome in kept.values())
            print(f"{len(kept)} of {len(chosen)}: {dict(counts)}", file=sys.stderr)
    outcomes = [kept[mutant] for mutant in chosen if mutant in kept]
    print(table(outcomes, time.perf_counter() - started))
    return int(any(o.verdict in ("WRONG", "survived", "late") for o in outcomes))


if __name__ == "__main__":
    raise SystemExit(main())
