"""The words of a derivation in plain text, for readers of its printed steps.

e is the expert and p the learner; i is the player that a line speaks of, o stands for its opponents
together, j for one of them. Facts and definitions say the same exactly, with proofs.
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from .quantities import meanings

_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "[a <= b]": "b - a, which is not negative; a lemma's name stands for what it says",
    }
)
_PLAYED: Mapping[str, str] = MappingProxyType(
    {
        "expert": "the expert's policy, as player i's or as its opponents'",
        "learner": "the learner's policy, alike",
        "best_response": "a best response of player i to these opponents, best at every state",
        "deviation": "the best response to the learner that moves least from the expert",
        "kept": "the learner kept to the actions that the expert plays",
        "soft": "the soft best response at the temperature tau",
    }
)
_VALUES: Mapping[str, str] = MappingProxyType(
    {
        "V": "player i's value from the start, of (its policy, its opponents') or of one profile",
        "V_at": "the same at a state",
        "Q": "the same after a joint action at a state",
        "Vtau_at": "the largest value with tau times the entropy of player i's policy added",
        "Qtau": "the same after a joint action",
        "loss_i": "what the expert loses by one step of its own, against a best response",
        "r": "player i's reward",
    }
)
_OPERATORS: Mapping[str, str] = MappingProxyType(
    {
        "nu": "the mean over the start",
        "E_mu": "the mean over the states that the expert visits",
        "E_learner": "the mean over the states that the learner visits",
        "E_deviation": "the mean over the states that the deviation against the expert visits",
        "R": "the inverse of 1 - gamma times the expert's kernel",
        "K": "gamma times the mean over the next state, as far as both play alike (m_i*m_o)",
        "next": "the mean over the next state, after a joint action",
        "here": "a number of the state, at each of its joint actions",
        "flow": "the weights of the next states, of weights on states and joint actions",
        "sum_sa": "the sum over states and joint actions",
        "sum_a": "the sum over the joint actions at a state",
        "norm_s": "the l1 norm over the states",
        "norm_a": "the l1 norm over the joint actions at a state",
        "norm_sa": "the l1 norm over states and joint actions",
        "sum_others": "the sum over the opponents j",
        "prod_others": "the product over the opponents j",
        "start": "the start, as weights on the states",
        "mu_expert": "the states that the expert visits, as weights",
        "mu_learner": "the states that the learner visits, as weights",
        "rho_expert": "states and joint actions of the expert, as weights",
        "rho_learner": "states and joint actions of the learner, as weights",
    }
)
_POLICIES: Mapping[str, str] = MappingProxyType(
    {
        "e_i": "player i's expert policy",
        "p_i": "player i's learned policy",
        "b_i": "the deviation",
        "k_i": "the learner kept to the actions that the expert plays",
        "bp_i": "the soft best response to the learner",
        "be_i": "the soft best response to the expert",
        "any_i": "any policy of player i",
        "e_o": "the opponents' expert policies",
        "p_o": "the opponents' learned policies",
        "m_i": "min(p_i, e_i)",
        "x_i": "e_i - m_i",
        "y_i": "p_i - m_i",
        "n_i": "min(p_i, e_i, b_i)",
        "t_i": "b_i - n_i",
        "q_i": "p_i - n_i",
        "d_i": "min(b_i, e_i)",
        "u_i": "b_i - d_i",
        "r_i": "m_i - n_i",
        "v_i": "the part of b_i - n_i that has the mass of r_i",
        "w_i": "the part of b_i - n_i that has the mass of y_i",
        "s_i": "p_i on the actions that the expert plays",
        "l_i": "k_i - s_i",
        "o_i": "p_i - s_i",
        "m_o": "the product over the opponents of min(p_j, e_j)",
        "w_o": "e_o - m_o",
        "z_o": "p_o - m_o",
        "c_o": "min(p_o, e_o) over the opponents' joint actions",
        "f_o": "e_o - c_o",
        "g_o": "p_o - c_o",
    }
)
_AT_A_STATE: Mapping[str, str] = MappingProxyType(
    {
        "TV_i": "half the l1 distance of p_i and e_i at a state",
        "TV_j": "the same for the opponent j",
        "TV_o": "the same for the opponents together",
        "shift_i": "half the l1 distance of the deviation and e_i at a state",
        "lost_i": "1 less the mass of n_i",
        "out_i": "the learner's probability of actions that the expert never plays",
        "soft_shift_i": "half the l1 distance of bp_i and e_i at a state",
        "soft_move_i": "half the l1 distance of bp_i and be_i at a state",
        "own_shift_i": "half the l1 distance of be_i and e_i at a state",
        "rise_i": "the probability under bp_i of the actions that it plays more often than be_i",
        "base_i": "the probability under be_i of the same actions",
        "b_entropy_i": "the entropy of the deviation at a state",
        "bp_entropy_i": "the entropy of bp_i at a state",
        "be_entropy_i": "the entropy of be_i at a state",
        "soft_apart": "how far Qtau sets learner and expert apart, for any policy at any state",
        "soft_values_apart": "the largest difference of Vtau_at against learner and expert",
        "odds": "exp(soft_apart/tau)",
        "ValueGap_i": "the expert's value less the learner's, player i's",
        "eps_BC_j": "eps_BC_i of the opponent j",
    }
)
_WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")


def glossary() -> Mapping[str, str]:
    """Every word that a line may have, with its meaning.

    Example:
        >>> glossary()["n_i"], glossary()["C"][:10]
        ('min(p_i, e_i, b_i)', 'how much m')
    """
    claims = {one.name: one.statement for one in meanings().values()}
    parts = (_PLAYED, _VALUES, _OPERATORS, _POLICIES, _AT_A_STATE)
    return {**claims, **{word: said for part in parts for word, said in part.items()}}


def explained(texts: Iterable[str]) -> list[tuple[str, str]]:
    """The words that some texts use, in the order of the glossary, after the signs.

    Example:
        >>> explained(["TV_i <= 1"])[1:]
        [('TV_i', 'half the l1 distance of p_i and e_i at a state')]
    """
    used = {word for text in texts for word in _WORD.findall(text)}
    return [*_SIGNS.items(), *((word, said) for word, said in glossary().items() if word in used)]
