"""What is open, with the best evidence there is, and what was open and is settled.

Evidence says how it was found, so that it can be found again; it never counts as proof.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        label: a short name.
        question: in a sentence.
        bounds: the bounds of the catalogue that it is about.
        known: what is proved on either side.
        settled: how it is answered, "" while it is open.
        evidence: what search found, "" where there is none beyond what is known.
        commands: with what to look again.
    """

    label: str
    question: str
    bounds: tuple[str, ...]
    known: str
    settled: str = ""
    evidence: str = ""
    commands: tuple[str, ...] = ()

    def json(self) -> dict[str, object]:
        """As `bounds --open --json` prints it."""
        return {
            "label": self.label,
            "question": self.question,
            "bounds": list(self.bounds),
            "status": "settled" if self.settled else "open",
            "known": self.known,
            "settled": self.settled,
            "evidence": self.evidence,
            "commands": list(self.commands),
        }


_QUESTIONS = (
    Question(
        "T7 slope",
        "By how much does the gap of a Nash expert grow with eps_rho beyond 2*gamma/(1-gamma)?",
        ("T7_sharper", "T7"),
        "NashGap <= (2*gamma + c*eps_rho)/(1-gamma) holds with c = 2+gamma (T7_sharper, where "
        "T7 has 2/(1-gamma)), and with no c below max(2, 1+gamma+gamma**2): 2 by the family "
        "occupancy-exit, the other by the family occupancy-chain (both exact; proof and families "
        "agree as gamma goes to 0 and as it goes to 1)",
        evidence="c = max(2, 1+gamma+gamma**2) stands 12 s of `conjecture`, seed 0",
        commands=(
            "nashgap games occupancy-exit q=1/100",
            "nashgap games occupancy-chain K=12 y=1/1000 w=1/1000",
            'nashgap conjecture "NashGap <= (2*gamma + 2*eps_rho)/(1-gamma)" --assume nash',
        ),
    ),
    Question(
        "T6 without a best response",
        "Is V(expert, learner) - V(learner) <= eps_rho/(1-gamma)**2 for every expert?",
        ("T6_approximate", "T6", "T6_pure"),
        "it holds where player i's expert policy is a best response (T6) or pure (T6_pure), and "
        "no constant below 1 does (family w6)",
        settled="yes (T6_approximate): player i's errors where the learner goes and the opponents' "
        "where the expert goes add up to at most eps_rho (half l1 distances), each bounds the "
        "difference by itself, and a mean of the two bounds has the constant 1, where a direct "
        "argument gives 1+gamma**2",
        commands=("nashgap check T6_approximate", "nashgap games w6"),
    ),
    Question(
        "eps relations",
        "What is the least c with eps_mu + eps_BC <= c*eps_rho?",
        ("eps_relations", "eps_BC_le_eps_rho"),
        "c = 1+2*gamma is proved",
        settled="1+2*gamma: the family occupancy-ratio approaches it as its q goes to 0, and both "
        "errors do so together (exact: eps_mu = gamma*eps_rho there)",
        commands=("nashgap games occupancy-ratio q=1/1000",),
    ),
    Question(
        "T2 for experts that are only nearly Nash",
        "What does T2 cost for an expert with a gap of its own?",
        ("T2_shift_approximate", "T2_kappa_approximate"),
        "at most the expert's own gap, with the factor gamma/(2-gamma) in the form with kappa",
        settled="proved for every expert; the proof for Nash experts is its special case and needs "
        "no other expert in its place",
    ),
    Question(
        "T10 and the relations of occupancies",
        "Which of the bounds hold for N undiscounted steps, read with gamma = 1-1/N?",
        (
            *("T10_dominant", "T10_shift", "T10_matched", "T10_value"),
            *("T10_dominant_approximate", "T10_shift_approximate", "T10_matched_approximate"),
        ),
        "those whose grounds do",
        settled="all of the catalogue but the forms of T9: every ground they rest on holds there, "
        "eps_mu <= gamma*eps_rho, too, because the largest difference between steps is lost once",
    ),
    Question(
        "T9 tanh",
        "Is the step 2*tanh(x/2) of the softmax attained?",
        ("T9",),
        "two vectors x apart in every entry have softmaxes at most 2*tanh(x/2) apart",
        settled="yes, by two actions with values x/2, -x/2 and -x/2, x/2, and T9 uses it as it "
        "stands; T9_linear has its tangent",
    ),
    Question(
        "T7_delta",
        "What is the least c with NashGap <= (c*eps_rho + gamma*delta)/(1-gamma)**2?",
        ("T7_delta", "T7_delta_approximate"),
        "c = 2 is proved; c < 2-2*gamma is refuted by the family occupancy-exit, so that no c "
        "below 2 serves every gamma; c = 1 is refuted, too, by an exact game of two players and "
        "one state",
        evidence="c = 3/2 stands 10 s of `conjecture`, seed 0",
        commands=(
            "nashgap games occupancy-exit",
            'nashgap conjecture "NashGap <= (eps_rho + gamma*delta)/(1-gamma)**2" --assume nash',
        ),
    ),
    Question(
        "T8_eps_rho",
        "Is the coefficient (1-gamma+(1+gamma)*C)/(1-gamma)**2 of eps_rho the least?",
        ("T8_eps_rho", "T8_eps_rho_approximate"),
        "it is proved; no coefficient below (1-gamma+C)/(1-gamma)**2 will do, which the family "
        "concentrability-occupancy attains for all n >= 2, gamma > 0, C >= 1; in eps_BC the "
        "coefficient of T8 is the least",
        evidence="1-gamma+C for it stands 10 s of `conjecture`, seed 0",
        commands=(
            "nashgap games concentrability-occupancy C=3",
            'nashgap conjecture "NashGap <= (1-gamma+C)*eps_rho/(1-gamma)**2" --assume nash',
        ),
    ),
    Question(
        "coverage",
        "Is (n-1)/mu_min needed where C <= 1/mu_min is used?",
        ("corollary_1_rate", "tang_2024_sharper"),
        "n + (n-1)/mu_min is proved; T8 with C in its place is sharp",
        settled="no: C <= 1 + gamma/mu_min, because visits are (1-gamma) times the start and gamma "
        "times a distribution, so n + (n-1)*(1 + gamma/mu_min) holds (corollary_1_flow, "
        "tang_2024_flow), which is less where mu_min < 1-gamma",
        commands=("nashgap check corollary_1_flow tang_2024_flow",),
    ),
    Question(
        "coverage, the least",
        "What is the least c with mu_min*NashGap <= (2*mu_min + c)*eps_BC/(1-gamma)**2 at n = 2?",
        ("corollary_1_flow", "tang_2024_flow"),
        "c = min(1, mu_min + gamma) is proved, and no c below gamma*(1-gamma)/2 will do: the "
        "family concentrability approaches it as C grows, at its largest error",
        commands=("nashgap games concentrability C=1000 gamma=1/2 eps=1/4001",),
    ),
    Question(
        "T9 constants",
        "By how much is T9 larger than the largest gap of a learner of a quantal expert?",
        ("T9", "T9_linear", "T9_approximate", "T9_linear_approximate"),
        "no game in which a player has two actions attains T9: a best response that earned the "
        "regularised value would be the soft response, by the equality case of Gibbs' inequality, "
        "and that mixes",
    ),
    Question(
        "C against the concentrability of all deviations",
        "Freihaut et al. (2025) bound by a concentrability over all deviations; is that needed?",
        ("T8", "T8_visits", "freihaut_2025"),
        "T8 needs only states with an opponent's error and deviations of one player against the "
        "expert; T8_visits needs only where one best response goes, and holds where C is infinite",
    ),
    Question(
        "T3' in the middle",
        "What is the supremum between small errors and those at which the bound is trivial?",
        ("T3_modulus", "T3_robust"),
        "at small errors the family w3-robust attains T3_robust; at large ones 2/(1-gamma) is",
    ),
    Question(
        "robust forms beyond a zero gap",
        "Is the coefficient of the expert's own gap attained where that gap is positive?",
        (
            "T3_approximate",
            "T7_approximate",
            "T8_approximate",
            "T2_shift_approximate",
            "T5b_approximate",
        ),
        "at gap 0 each is attained where its form for Nash experts is; T1_approximate is attained "
        "at every gap (family s2)",
    ),
)


def questions() -> tuple[Question, ...]:
    """Every question, the settled ones among them.

    Example:
        >>> sorted(one.label for one in questions() if one.settled)[-1]
        'eps relations'
    """
    return _QUESTIONS
