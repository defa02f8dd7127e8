"""From demonstrations to guarantees: coverage, behavioural cloning, its error, the bounds."""

from .certification import Certification as Certification
from .certification import certify as certify
from .cloning import clone as clone
from .confidence import ErrorBound as ErrorBound
from .confidence import error_bound as error_bound
from .coverage import Coverage as Coverage
from .coverage import coverage as coverage
from .files import load_demonstrations as load_demonstrations
from .files import save_demonstrations as save_demonstrations
from .guarantees import Guarantee as Guarantee
from .outline import Outline as Outline
from .outline import parse_outline as parse_outline
from .simulation import simulate as simulate
from .trajectories import Demonstrations as Demonstrations
from .trajectories import Trajectory as Trajectory
