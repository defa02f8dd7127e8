"""Colours that colour-blind readers can tell apart (Okabe and Ito), by what they stand for."""

PROFILES = {"expert": "#0072B2", "learner": "#D55E00", "deviation": "#009E73"}
"""Blue, vermilion, bluish green: the paths of the profiles."""
STATUS = {
    "proved": "#0072B2",
    "ruled_out": "#0072B2",
    "found": "#0072B2",
    "valid": "#0072B2",
    "done": "#0072B2",
    "refuted": "#D55E00",
    "invalid": "#D55E00",
    "supported": "#8A6D00",
    "undecided": "#5A5A5A",
}
"""Blue for yes, vermilion for no, dark yellow and grey for open; all dark enough on white."""
