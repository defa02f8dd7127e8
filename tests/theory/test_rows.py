"""Every statement of the paper and of the theory is somewhere, and says what it is said to."""

from nashgap.numeric.games import catalogue
from nashgap.theory.catalogue import bound, bounds
from nashgap.theory.evidence import Evidence
from nashgap.theory.kernel import check_chain
from nashgap.theory.quantities import meanings
from nashgap.theory.rows import PAPER, rows

PRINTED = (
    *("Theorem 1", "Theorem 2", "Theorem 3", "Corollary 1", "Corollary 2", "Corollary 3"),
    *("Lemma 1", "Lemma 2", "Lemma 3", "Lemma 4", "Definition 5", "Definition 6"),
    *("eps relations", "value gap", "regularisation"),
)
OURS = (
    *("T1", "T2", "T3", "T4", "T5a", "T5b", "T5b'", "T5c", "T5d", "T5e", "T6", "T7", "T8", "T9"),
    *("T10", "S1", "S2", "S2*", "S3'", "S4"),
)


def test_every_label_is_a_row() -> None:
    labels = [row.label for row in rows()]
    assert len(set(labels)) == len(labels)
    assert set(PRINTED) <= {row.label for row in PAPER}
    assert set(OURS) <= set(labels)


def test_every_row_leads_to_what_there_is() -> None:
    from typer.main import get_command

    from nashgap.cli.app import app

    known = {
        "bound": {label for b in bounds().values() for label in b.labels},
        "game": set(catalogue()),
        "quantity": set(meanings()),
        "command": set(get_command(app).commands),  # type: ignore[attr-defined]
        "cited": set(),
    }
    for row in rows():
        assert set(row.names) <= known[row.kind], row.label
        assert row.names or row.kind == "cited"


def test_bounds_of_the_rows_are_proved_and_cite_the_paper() -> None:
    for row in rows():
        for name in row.names if row.kind == "bound" else ():
            known = bound(name)
            assert (
                check_chain(known.derivation, known.lemmas, known.claim).status is Evidence.PROVED
            )
        if row in PAPER and row.kind == "bound":
            assert row.label in bound(row.names[0]).source.text or "al." in row.label


def test_games_of_the_rows_show_the_lower_bounds_of_the_paper() -> None:
    from nashgap.numeric.evaluate import evaluate

    for gamma in ("1/2", "9/10"):
        made = catalogue()["lemma-1"].build(gamma=gamma)
        found = evaluate(made.game, made.expert, made.learner)
        assert (found.eps_mu, found.assumptions["full-support"]) == (0, True)
        assert found.nash_gap * (1 - made.game.discount) >= 1
        made = catalogue()["theorem-2"].build(gamma=gamma)
        found = evaluate(made.game, made.expert, made.learner)
        assert (found.eps_rho, found.assumptions["nash"]) == (0, True)
        assert found.nash_gap * (1 - made.game.discount) >= made.game.discount


def test_no_bound_is_left_out_of_the_rows() -> None:
    named = {bound(name).label for row in rows() if row.kind == "bound" for name in row.names}
    auxiliary = {"trivial", "value_gap_trivial"}
    assert set(bounds()) - named == auxiliary
