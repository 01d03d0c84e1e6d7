"""How the site is built: `make docs`, without the network and with every warning an error.

Pages are Markdown. What stands in a `{code-cell}` is run when the site is built, and shows what
it printed; `>>>` examples are run by tests/test_docs.py.
"""

from __future__ import annotations

import positions

project = "positions"
author = "The positions authors"
copyright = "The positions authors. Code: MIT. Data: CC BY 4.0"
version = release = positions.__version__
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
# The notes are a part of another page; jupyter_execute is where cells run.
exclude_patterns = ["data/reliability", "jupyter_execute"]
nitpicky = True
# The types of other libraries are not on this site, and own types are named in many short ways.
nitpick_ignore_regex = [("py:.*", ".*")]

html_theme = "furo"
html_title = f"positions {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4

# Cells run afresh at every build, from the folder of their page; an error ends the build.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True
# Nothing is fetched from another host, also not by widgets, which there are none of.
nb_ipywidgets_js = {}

# Docstrings write code in single backticks.
default_role = "code"
autodoc_member_order = "bysource"
# Only the library makes most of its objects: how is of no use to readers.
autodoc_class_signature = "separated"
autodoc_default_options = {"exclude-members": "__init__, model_config"}
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
napoleon_numpy_docstring = False

copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
