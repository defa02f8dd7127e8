r"""The naive encoding in z3: what one writes first, with none of what `nashgap.search` does.

Two players with two actions each, a deterministic kernel, pure policies, a learner with the
expert's state-action occupancy, a Nash expert: is there a game in which player 0 gains more than
\(c\)? One Boolean for every successor, every action of expert, learner and deviation, and every
visited state; one Real for every reward and for every value of every profile at every state. No
relabelling of actions or states, no slicing to what is played, no bounds on values. It asks about
player 0 alone, which is half of what the search must rule out, and the rewards of player 1 are 0.

    python benchmarks/baseline_z3.py --states 3 --gamma 9/10 --more-than 18
"""

import argparse
import itertools
import time
from fractions import Fraction

import z3

JOINT = list(itertools.product(range(2), range(2)))


def solver(states: int, gamma: Fraction, more_than: Fraction) -> z3.Solver:
    """The query, ready to be checked."""
    size = range(states)
    found = z3.SolverFor("QF_LRA")
    g = z3.RealVal(str(gamma))
    leads = {
        (s, a, t): z3.Bool(f"leads_{s}_{a[0]}{a[1]}_{t}") for s in size for a in JOINT for t in size
    }
    reward = {(s, a): z3.Real(f"r_{s}_{a[0]}{a[1]}") for s in size for a in JOINT}
    expert = {(i, s): z3.Bool(f"expert{i}_{s}") for i in range(2) for s in size}
    learner = {(i, s): z3.Bool(f"learner{i}_{s}") for i in range(2) for s in size}
    deviation = {s: z3.Bool(f"deviation_{s}") for s in size}
    visited = [z3.Bool(f"visited_{s}") for s in size]
    of_expert = [z3.Real(f"VE_{s}") for s in size]
    best = [z3.Real(f"U_{s}") for s in size]
    deviating = [z3.Real(f"W_{s}") for s in size]

    def plays(policy: list[z3.BoolRef], joint: tuple[int, ...]) -> z3.BoolRef:
        return z3.And([p if a else z3.Not(p) for p, a in zip(policy, joint, strict=True)])

    for r in reward.values():
        found.add(r >= -1, r <= 1)
    for s in size:
        for a in JOINT:
            found.add(z3.PbEq([(leads[s, a, t], 1) for t in size], 1))
    found.add(visited[0])
    for s in size:
        pair = [expert[0, s], expert[1, s]]
        for i in range(2):
            found.add(z3.Implies(visited[s], expert[i, s] == learner[i, s]))
        for a in JOINT:
            for t in size:
                moves = leads[s, a, t]
                found.add(z3.Implies(z3.And(visited[s], plays(pair, a), moves), visited[t]))
                r = reward[s, a]
                equal = of_expert[s] == r + g * of_expert[t]
                found.add(z3.Implies(z3.And(plays(pair, a), moves), equal))
                others = plays([expert[1, s]], (a[1],))
                found.add(z3.Implies(z3.And(others, moves), best[s] >= r + g * best[t]))
                turned = plays([deviation[s], learner[1, s]], a)
                equal = deviating[s] == r + g * deviating[t]
                found.add(z3.Implies(z3.And(turned, moves), equal))
    found.add(best[0] == of_expert[0])
    found.add(deviating[0] - of_expert[0] > z3.RealVal(str(more_than)))
    return found


def decide(states: int, gamma: Fraction, more_than: Fraction) -> tuple[str, float, float]:
    """z3's answer, the seconds that z3 took, and the seconds with building the query."""
    started = time.perf_counter()
    query = solver(states, gamma, more_than)
    built = time.perf_counter()
    answer = str(query.check())
    done = time.perf_counter()
    return answer, done - built, done - started


def main() -> None:
    """Answers one query on the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--states", type=int, default=2)
    parser.add_argument("--gamma", type=Fraction, default=Fraction(9, 10))
    parser.add_argument("--more-than", type=Fraction, default=None)
    given = parser.parse_args()
    more_than = given.more_than
    if more_than is None:
        more_than = 2 * given.gamma / (1 - given.gamma)
    answer, inside, whole = decide(given.states, given.gamma, more_than)
    print(f"{answer} solver {inside:.4f} s end to end {whole:.4f} s")


if __name__ == "__main__":
    main()
