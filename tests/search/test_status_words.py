"""Status words and their evidence: what other tests of a part would not see."""

import pickle
from fractions import Fraction as F

from nashgap.search.engine import search
from nashgap.search.parts import parse_parts
from nashgap.search.query import Query
from nashgap.search.verdict import RuledOut
from nashgap.theory.assumptions import parse_assumptions

PARAMETERS = "match-bc=1/10,reset=1/3,entry=1/2,margin=1/4,visited=1"


def test_assumptions_with_a_parameter_reach_a_worker_and_come_back() -> None:
    for names in (PARAMETERS, f"subgame-perfect,{PARAMETERS}"):
        given = parse_assumptions(names)
        back = pickle.loads(pickle.dumps(given))
        assert [a.text for a in back] == [a.text for a in given]


def test_small_errors_with_a_given_kernel_are_decided() -> None:
    # Within 1/10 a pure learner is the expert: 64 pairs, no gap.
    raw = {"start": [1], "transition": [[[[[1], [1]], [[1], [1]]], [[[1], [1]], [[1], [1]]]]]}
    found = search(
        Query(
            match="bc",
            eps="1/10",
            assume="nash,pure",
            players=3,
            states=1,
            gamma="1/2",
            fix=parse_parts(raw, states=1, actions=(2, 2, 2)),
        ),
        sup=True,
        seconds=60,
    )
    assert isinstance(found, RuledOut), found
    assert (found.supremum, found.attained) == (F(0), True)
