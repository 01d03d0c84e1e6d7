"""Hypothesis profiles: `dev` looks for new examples every time, `ci` repeats the same ones."""

import os

from hypothesis import settings

collect_ignore = ["typing"]  # user code for the type checkers, not tests

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
