"""Games, policies and occupancies as SVG and HTML, written directly: nothing else is needed."""

from .game import game_svg as game_svg
from .heat import occupancy_svg as occupancy_svg
from .heat import policy_svg as policy_svg
from .page import game_html as game_html
