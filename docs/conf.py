"""Configuration of the site: `make docs` builds it offline, with warnings as errors.

Pages are Markdown. Each `{code-cell}` is run during the build and followed by its output; `>>>`
examples are run by tests/test_docs.py.
"""

from __future__ import annotations

import positions

project = "positions"
author = "The positions authors"
copyright = "The positions authors. Code: MIT. Data: CC BY 4.0"
version = release = positions.__version__
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
# The notes are part of another page; cells run in jupyter_execute.
exclude_patterns = ["data/reliability", "jupyter_execute"]
nitpicky = True
# Types of other libraries are not on this site, and the library's own have many short names.
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

# Cells run in every build, in the folder of their page; an error stops the build.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True
# Nothing is loaded from another host; there are no widgets.
nb_ipywidgets_js = {}

# Docstrings have code in single backticks.
default_role = "code"
autodoc_member_order = "bysource"
# Most classes are instantiated by the library only, so their signatures are left out.
autodoc_class_signature = "separated"
autodoc_default_options = {"exclude-members": "__init__, model_config"}
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
napoleon_numpy_docstring = False

copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
