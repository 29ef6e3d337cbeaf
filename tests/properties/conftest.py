"""How hard Hypothesis tries: `quick` unless told otherwise, `ci` for more, `search` for new examples each time.

`pytest --hypothesis-profile=search` looks for what nobody has seen yet; the others always try the same examples.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

COMMON = settings(
    deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)

settings.register_profile("quick", COMMON, max_examples=100, derandomize=True)
settings.register_profile("ci", COMMON, max_examples=400, derandomize=True)
settings.register_profile("search", COMMON, max_examples=2000)


def pytest_configure(config: pytest.Config) -> None:
    """Chooses the profile, unless the command line does."""
    if not config.getoption("hypothesis_profile", None):
        settings.load_profile("ci" if os.environ.get("CI") else "quick")
