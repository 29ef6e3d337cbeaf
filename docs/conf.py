"""How the pages are built: Sphinx, with MyST for Markdown and Furo for the look."""

import sys
from pathlib import Path

import painrules

sys.path.insert(0, str(Path(__file__).parent / "_ext"))
sys.path.insert(0, str(Path(__file__).parents[1]))  # for what is known of libraries, in release

project = "painrules"
author = "The painrules authors"
project_copyright = "The painrules authors, Apache-2.0"
version = release = painrules.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "painrules_pages",  # reference pages from the code itself
    "painrules_notebooks",  # example notebooks, run when the pages are built
]
exclude_patterns = ["_build", "_tools", "changes"]

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_title = f"painrules {release}"
html_copy_source = False
html_show_sourcelink = False

myst_enable_extensions = ["deflist", "fieldlist"]
myst_heading_anchors = 3

default_role = "code"
"""A single backtick in a docstring means code, as it does on these pages."""
autodoc_member_order = "bysource"
autodoc_typehints = "none"
"""Types stand in the tables of the reference; signatures with every alias written out are hard to read."""
autodoc_default_options = {
    "members": True,
    "undoc-members": True,
    "exclude-members": "model_config",
}
