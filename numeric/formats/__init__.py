"""Games of other programs, in and out: one file each. What is lost on the way is always said."""

from .imported import Affine as Affine
from .imported import Exported as Exported
from .imported import Imported as Imported
