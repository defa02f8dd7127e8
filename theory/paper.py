r"""The statements of Bergerault, Cevher, Mehr (2026), by their labels, and what is found of each.

Two neighbouring results stand at the end. What is proved, shown by a game or computed is recomputed
wherever it is shown; here are only the words.
"""

from .row import row

_MATCHED = r"\varepsilon_\rho=0"

PAPER = (
    row(
        "Theorem 1",
        "equal occupancies, equal policies where visited",
        "bound",
        "theorem_1",
        formula=r"\rho_\pi=\rho_{\pi'}\ \Rightarrow\ \mu_\pi=\mu_{\pi'}\text{ and }"
        r"\pi(\cdot\mid s)=\pi'(\cdot\mid s)\text{ wherever }\mu_\pi(s)>0",
        finding="Where the occupancies differ a little, so do states and policies, with sharp "
        "constants: `eps_mu <= gamma*eps_rho` and `eps_BC <= (1+gamma)*eps_rho`.",
        sharper="eps_mu_le_eps_rho eps_BC_le_eps_rho",
    ),
    row(
        "Corollary 1",
        "full support and eps_rho = 0 give NashGap = 0",
        "bound",
        "corollary_1 corollary_1_approximate corollary_1_rate corollary_1_flow",
        formula=rf"S_+=S,\ {_MATCHED}\ \Rightarrow\ \mathrm{{NashGap}}(\pi)=0",
        finding="It also holds with a rate, in the expert's least occupancy of a state. Without "
        "full support the gap can be as large as `2*gamma/(1-gamma)` (`T3`).",
        sharper="corollary_1_rate corollary_1_flow T8",
        games="w3",
    ),
    row(
        "eps relations",
        "eps_rho = 0 iff eps_mu = 0 and eps_BC = 0",
        "bound",
        "eps_relations eps_relations_converse",
        also=("epsilon relations", "relations between the errors", "relations"),
        formula=rf"{_MATCHED}\ \Leftrightarrow\ "
        r"\varepsilon_\mu=0\text{ and }\varepsilon_{\mathrm{BC}}=0",
        finding="Published for the limit 0; both directions hold at every size of the errors, the "
        "one with the constant `1+2*gamma`, which nothing improves, the other with `n`.",
        sharper="eps_mu_le_eps_rho eps_BC_le_eps_rho eps_rho_le_eps_BC",
        games="occupancy-ratio w4",
    ),
    row(
        "Lemma 1",
        "state-only matching: the gap is of order 1/(1-gamma)",
        "game",
        "lemma-1",
        formula=r"S_+=S,\ \mu_\pi=\mu_{\pi^E}:\quad"
        r"\mathrm{NashGap}(\pi)=\Omega\big(\tfrac1{1-\gamma}\big)",
        finding="The example is rebuilt from the values that the paper states, and has a gap of "
        "`(5/3)/(1-gamma)`. The largest gap there is, `2/(1-gamma)`, is reached too, with the "
        "states matched, full support, common payoffs and a dominant expert.",
        sharper="trivial",
        games="state-only",
        commands=("nashgap search --match mu --assume nash,full-support --gap-at-least 19",),
    ),
    row(
        "Theorem 2",
        "without full support, exact matching is not enough",
        "game",
        "theorem-2",
        formula=rf"{_MATCHED},\ S_+\neq S:\quad"
        r"\mathrm{NashGap}(\pi)=\Omega\big(\tfrac1{1-\gamma}\big)",
        finding="The game drawn on Tang et al. (2024) has a gap of `gamma/(1-gamma)`. Twice that "
        "is possible, and no more: `2*gamma/(1-gamma)` is the exact supremum, proved for all games "
        "(`T3`) and attained by `w3` with two players, states and actions.",
        sharper="T3 T3_robust",
        games="w3 w3-robust",
        commands=("nashgap search --match rho --assume nash --sup",),
    ),
    row(
        "Definition 5",
        "the smallest and the largest gap under matching up to eps",
        "command",
        "learners",
        formula=r"m_\rho(G,\varepsilon)=\min_{\pi:\,\varepsilon_\rho(\pi)\le\varepsilon}\mathrm{NashGap}(\pi)",
        finding="As worded it is 0 whenever the expert is Nash, since the expert itself is such a "
        "learner. So it informs about experts that are not Nash; for those that are, look at the "
        "largest gap M. Both are computed, for `rho`, `mu` and `bc`: exactly where the proved "
        "bounds meet, else between them.",
        games="matching-pennies",
        commands=(
            "nashgap games matching-pennies -o pennies.json",
            "nashgap learners pennies.json --match rho --eps 1/10",
        ),
    ),
    row(
        "Theorem 3",
        "computing m_rho(G, eps) is PPAD-hard; as worded it is 0 whenever the expert is Nash, so "
        "that it speaks of experts that are not",
        "cited",
        formula=r"\text{computing }m_\rho(G,\varepsilon)\text{ is PPAD-hard}",
        finding="A statement about complexity, which the tool neither checks nor contradicts: "
        "`nashgap learners` is not polynomial, and says where its bounds do not meet.",
        commands=("nashgap learners --help",),
    ),
    row(
        "Corollary 2",
        "computing m_rho(G, eps) is PPAD-hard already for bimatrix games",
        "cited",
        formula=r"\text{the same for bimatrix games: }|S|=1,\ n=2",
        finding="As Theorem 3.",
        commands=("nashgap learners --help",),
    ),
    row(
        "Definition 6",
        "delta-continuity of the best response",
        "command",
        "delta",
        also=("delta-continuous", "delta-continuity", "continuity", "delta(eps)"),
        formula=r"\mathbb{E}_{\mu_{\pi^E}}\lVert\pi_j-\pi_j^E\rVert_1\le\varepsilon\ "
        r"(j\neq i)\ \Rightarrow\ \text{some best response }\pi_i^*\text{ has }"
        r"\mathbb{E}_{\mu_{\pi^E}}\lVert\pi_i^*-\pi_i^E\rVert_1\le\delta(\varepsilon)",
        finding="The least such function is a step function of the error; it is computed, "
        "exactly for one state and two players, else between "
        "proved bounds. `delta` in a bound is the shift for one learner.",
        games="matching-pennies lemma-2",
        commands=(
            "nashgap games matching-pennies -o pennies.json",
            "nashgap delta pennies.json",
        ),
    ),
    row(
        "Lemma 2",
        "a rare state makes the best response jump",
        "game",
        "lemma-2",
        formula=r"\varepsilon_{\mathrm{BC}}\text{ tiny},\ S_+=S,\ \text{and still }\delta=2",
        finding="The chain is rebuilt. With start mass k of each rare state, the error is of order "
        "k and the shift is `2*(1-3*k)`, so that `delta` is 2 in the limit.",
        commands=("nashgap games lemma-2 -o rare.json", "nashgap delta rare.json --player 0"),
    ),
    row(
        "value gap",
        "ValueGap <= n eps_BC/(1-gamma)^2",
        "bound",
        "value_gap",
        also=("valuegap bound", "value gap bound"),
        finding="Sharp at small errors (`w4`). At every size of the error the exact worst case is "
        "the lesser of this and `2/(1-gamma)`.",
        sharper="value_gap_modulus",
        games="w4",
    ),
    row(
        "Lemma 3",
        "a (weakly) dominant expert: NashGap <= 2 n eps_BC/(1-gamma)^2",
        "bound",
        "lemma_3",
        finding="It holds, and is never sharp: `T1` has `1+(n-1)*gamma` where it has `2*n`, and "
        "`w1` attains `T1`.",
        sharper="T1 T1_modulus T1_approximate T6",
        games="w1",
    ),
    row(
        "Corollary 3",
        "dominant expert: eps_BC <= eps (1-gamma)^2/(2n) gives an eps-Nash equilibrium",
        "bound",
        "corollary_3",
        finding="It holds; an error larger by the factor `2*n/(1+(n-1)*gamma)` is enough.",
        sharper="corollary_3_sharp corollary_3_approximate",
        games="w1",
    ),
    row(
        "Lemma 4",
        "delta-continuous at the expert: NashGap <= (2 n eps_BC + delta)/(1-gamma)^2; both printed "
        "versions hold",
        "bound",
        "lemma_4 lemma_4_secondary",
        finding="A secondary source prints `2*(n*eps_BC + delta)`; both hold, for every expert, "
        "Nash or not. Neither is sharp: `S2` is for every expert, `T2_modulus` for Nash experts.",
        sharper="S2 T2_shift T2_kappa T2_modulus",
        games="s2 w2",
    ),
    row(
        "regularisation",
        "entropy makes best responses move little",
        "command",
        "temperature",
        also=("entropy", "entropy regularisation", "quantal response"),
        formula=r"\text{at temperature }\tau\text{ best responses are Lipschitz in the opponents}",
        finding="Shown numerically in the paper. Here a bound is proved (`T9`), and the moves of "
        "best responses, gaps and the bound are computed over temperatures.",
        sharper="T9",
        commands=(
            "nashgap games w6 -o w6.json",
            "nashgap temperature w6.json --points 3 --samples 4",
        ),
    ),
    row(
        "Tang et al. (2024)",
        "regret gap under full coverage",
        "bound",
        "tang_2024 tang_2024_sharper tang_2024_flow",
        also=("tang", "tang 2024", "regret gap"),
        finding="The form of the bound is theirs, read for product policies. The paper's own text "
        "was not at hand; summaries of it give orders in the error, the horizon, a recoverability "
        "and a coverage constant, and a lower bound of order error times recoverability times "
        "horizon for cloning, but no constants, so none are checked. It holds, and sharper "
        "constants do.",
        sharper="tang_2024_sharper tang_2024_flow",
    ),
    row(
        "Freihaut et al. (2025)",
        "concentrability of deviations",
        "bound",
        "freihaut_2025 T8",
        also=("freihaut", "freihaut 2025"),
        finding="The form of the bound is theirs, read for this setting. The paper's own text was "
        "not at hand; a summary of it gives, for two players with opposite payoffs and N samples, "
        "their concentrability times 8/(1-gamma)^2 times the root of |S||A| log^2(2|S|/delta)/N, "
        "which is not checked here, as it is a statement on samples. The form in the error holds, "
        "and `T8` is sharp.",
        sharper="T8 T8_visits",
        games="concentrability",
    ),
)
