r"""The modulus \(\delta_i(\epsilon)\) of a concrete game and expert, as the step function it is."""

from fractions import Fraction

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..policy import ProductPolicy
from .exactly import exact_modulus
from .markov import markov_modulus
from .one_state import fits, one_state_modulus
from .steps import Modulus


def modulus(
    game: MarkovGame,
    expert: ProductPolicy,
    player: int,
    *,
    beyond: Fraction = Fraction(1, 1000),
    segments: int = 100,
    nodes: int = 40,
    boxes: int = 10_000,
) -> Modulus:
    r"""\(\delta_i(\epsilon)\) for all errors: exact for small games, else bounds.

    One state and two players are settled by linear programs, up to four states and six free
    probabilities of the opponents by polynomials (see `exactly`); what these leave open, and larger
    games, get bounds.

    Args:
        game: an exact game.
        expert: \(\pi^E\), any product policy.
        player: i.
        beyond: how much more than the place of a jump its witness may err.
        segments: Markov games: directions in which the opponents leave the expert.
        nodes: Markov games: pieces into which a proof may cut the opponents' policies.
        boxes: small Markov games: boxes of opponents that may be opened for each pure response.

    Returns:
        The jumps with witnesses, and ceilings; `Modulus.value` is None where they leave a question.

    Raises:
        BadInput: the game is in floats (see `MarkovGame.as_exact`), or there is no such player.

    Example:
        Chicken, with player 0 driving on and player 1 yielding. Player 0 would yield once player 1
        drives on with probability above 1/2, an error of 1:

        >>> payoffs = [[[["0", "-1/2"], ["1/2", "-1"]]], [[["0", "1/2"], ["-1/2", "-1"]]]]
        >>> game = MarkovGame([[[["1"]] * 2] * 2], payoffs, ["1"], "1/2")
        >>> found = modulus(game, ProductPolicy([[["0", "1"]], [["1", "0"]]]), 0)
        >>> found.radius, found.value(Fraction(1)), found.value(Fraction(11, 10))
        (Fraction(1, 1), Fraction(0, 1), Fraction(2, 1))
    """
    if not game.is_exact:
        raise BadInput("game", "given in floats", "an exact game, such as game.as_exact()")
    expert.check_fits(game, "expert")
    if not 0 <= player < game.players:
        raise BadInput("player", f"given {player}", f"a player from 0 to {game.players - 1}")
    if not 0 < beyond <= 2:
        raise BadInput("beyond", f"given {beyond}", "a number in (0, 2]")
    if fits(game, expert, player):
        return one_state_modulus(game, expert, player, beyond)
    try:
        exact = exact_modulus(game, expert, player, beyond=beyond, boxes=boxes)
    except OverflowError:  # it is guided by floats, and the game's fractions are none
        exact = None
    if exact is not None:
        return exact
    return markov_modulus(game, expert, player, beyond=beyond, segments=segments, nodes=nodes)
