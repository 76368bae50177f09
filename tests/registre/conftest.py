"""How generated tests run here: no time limit per example; ``HYPOTHESIS_PROFILE=endurance`` runs many more."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("sne", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("endurance", settings.get_profile("sne"), max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "sne"))
