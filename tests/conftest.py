"""Settings for all tests."""

import os

from hypothesis import settings

# Time is not what the property tests are about: a shared machine may be slow. In continuous
# integration the examples are the same in every run.
settings.register_profile("clr", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("clr")
