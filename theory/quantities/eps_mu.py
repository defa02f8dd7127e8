r"""\(\varepsilon_\mu=\|\mu_\pi-\mu_{\pi^E}\|_1\in[0,2]\), state occupancies."""

from ..meaning import Meaning

MEANING = Meaning(
    "eps_mu",
    r"\varepsilon_{\mu}",
    "the l1 distance between the state occupancies of learner and expert",
    r"\|\mu_\pi-\mu_{\pi^E}\|_1",
    lambda model, _: model.state_occupancy_error(),
)
