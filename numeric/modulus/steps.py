r"""The modulus \(\delta_i(\epsilon)\) as a step function, with what proves each step.

\(\delta_i(\epsilon)=\sup_{p_{-i}}\min_{b_i}\mathbb E_{\mu_{\pi^E}}\|b_i-\pi^E_i\|_1\), the
supremum over opponents' policies with \(\mathbb E_{\mu_{\pi^E}}\|p_j-\pi^E_j\|_1\le\epsilon\) for
every \(j\ne i\), the minimum over best responses \(b_i\) to \(p_{-i}\) from the start. Source:
Bergerault, Cevher, Mehr (2026), Definition 6.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from nashgap.theory.errors import BadInput

from ..policy import ProductPolicy
from ..root import Root


@dataclass(frozen=True)
class Step:
    r"""One jump of the modulus.

    Attributes:
        value: \(\delta_i\) from here on, in [0, 2].
        at: \(\delta_i(\epsilon)\ge\) `value` for every \(\epsilon>\) `at`, and at `at` itself if
            `attained`.
        attained: whether a profile of error `at` already moves the best response by `value`.
        clear: \(\delta_i(\epsilon)<\) `value` is proved for every \(\epsilon\le\) `clear` (below
            `clear` if attained); equal to `at` where the place of the jump is exact; None if
            nothing is proved.
        limit: a profile of error at most `at`; the opponents of the jump tend to it.
        witness: a profile that moves the best response by at least `value`.
        error: the error of `witness`, \(\max_{j\ne i}\mathbb E_{\mu_{\pi^E}}\|p_j-\pi^E_j\|_1\).
        root: the place itself where it is known and irrational; then `clear` and `at` are the ends
            of an interval around it, less than 10^-20 wide.
    """

    value: Fraction
    at: Fraction
    attained: bool
    clear: Fraction | None
    limit: ProductPolicy
    witness: ProductPolicy
    error: Fraction
    root: Root | None = None

    @property
    def is_exact(self) -> bool:
        """Whether the place of the jump is known exactly."""
        return self.at == self.clear or self.root is not None

    def is_passed(self, eps: Fraction) -> bool:
        r"""Whether \(\delta_i(\epsilon)\ge\) `value` is proved here."""
        if self.root is not None:
            return self.root.is_below(eps)
        return self.at < eps or (self.attained and self.at == eps)


@dataclass(frozen=True)
class Modulus:
    r"""\(\delta_i(\cdot)\) of one player on \([0,2]\): steps from below, proved bounds from above.

    Attributes:
        player: i.
        steps: the jumps, by rising place and value; the first is at 0 if \(\delta_i(0)>0\).
        ceilings: pairs (error, bound): \(\delta_i(\epsilon)\le\) bound for \(\epsilon\le\) error.
            The last one is at error 2 and covers everything.
    """

    player: int
    steps: tuple[Step, ...]
    ceilings: tuple[tuple[Fraction, Fraction], ...]

    def lower(self, eps: Fraction) -> Fraction:
        r"""A proved lower bound on \(\delta_i(\epsilon)\)."""
        return max((s.value for s in self.steps if s.is_passed(eps)), default=Fraction(0))

    def upper(self, eps: Fraction) -> Fraction:
        r"""A proved upper bound on \(\delta_i(\epsilon)\)."""
        if not 0 <= eps <= 2:
            raise BadInput("eps", f"given {eps}", "an error from 0 to 2")
        roots = {s.clear: s.root for s in self.steps if s.root is not None}
        return min(
            (
                bound
                for error, bound in self.ceilings
                if eps <= error or (error in roots and not roots[error].is_below(eps))
            ),
            default=Fraction(2),
        )

    def value(self, eps: Fraction) -> Fraction | None:
        r"""\(\delta_i(\epsilon)\) where the bounds meet, else None: undecided."""
        low = self.lower(eps)
        return low if low == self.upper(eps) else None

    @property
    def is_exact(self) -> bool:
        """Whether lower and upper bounds meet at every error."""
        places = {Fraction(0), Fraction(2), *(s.at for s in self.steps)}
        places |= {error for error, _ in self.ceilings}
        ordered = sorted(places)
        middles = [(a + b) / 2 for a, b in pairwise(ordered)]
        return all(self.value(eps) is not None for eps in [*ordered, *middles])

    @property
    def radius(self) -> Fraction | None:
        r"""The largest opponents' error at which the best response does not move.

        The largest \(\epsilon\) with \(\delta_i(\epsilon)=0\); attained because jumps lie beyond
        their places. None if it is undecided, irrational, or if the expert itself is no best
        response; see `radius_bounds` and the `root` of the first step.
        """
        low, high = self.radius_bounds
        return low if low == high and self.upper(Fraction(0)) == 0 else None

    @property
    def radius_bounds(self) -> tuple[Fraction, Fraction]:
        """Proved bounds on the largest error without movement; (0, 0) where it moves at once."""
        still = [error for error, bound in self.ceilings if bound == 0]
        moves = [s.at for s in self.steps if s.value > 0]
        return max(still, default=Fraction(0)), min(moves, default=Fraction(2))
