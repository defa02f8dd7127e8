"""How the documentation is built: `sphinx-build -W -b html docs docs/_build/html`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

from nashgap import __version__

project = "nashgap"
author = "The nashgap developers"
copyright = "the nashgap developers, MIT licence"  # noqa: A001
version = release = __version__

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "formulas",
    "generated",
    "narrow",
]
source_suffix = {".md": "myst-nb", ".ipynb": "myst-nb", ".rst": "restructuredtext"}
exclude_patterns = ["_build", "_ext", "jupyter_execute"]
nitpicky = False
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
suppress_warnings = ["mystnb.unknown_mime_type"]

nb_execution_mode = "force"  # a cache would not notice that the package changed
nb_execution_timeout = 120
nb_execution_raise_on_error = True
nb_merge_streams = True

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
autodoc_default_options = {"members": True}
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

html_theme = "pydata_sphinx_theme"
html_title = "nashgap"
html_math_renderer = "mathml"
html_domain_indices = False  # an index of modules, which no page leads to
html_static_path = ["_static"]
html_css_files = ["nashgap.css"]
html_search_scorer = str(Path(__file__).parent / "_static" / "scorer.js")
html_show_search_summary = False  # it fetches pages, which a browser refuses from disk
html_context = {"default_mode": "auto"}
html_show_sourcelink = False
html_sidebars = {
    page: []
    for page in (
        *("index", "tutorial", "how-to", "theory", "comparison"),
        *("generated/verdicts", "generated/atlas", "generated/atlas-games", "generated/curves"),
    )
}
html_theme_options = {
    "show_nav_level": 1,
    "navigation_with_keys": False,
    # None beside notebooks: their tables need the width.
    "secondary_sidebar_items": {"[!g]*": ["page-toc"], "generated/[!n]*": ["page-toc"]},
    "footer_start": ["copyright"],
    "footer_end": [],
    "header_links_before_dropdown": 10,
    "navbar_persistent": ["search-button"],
}
