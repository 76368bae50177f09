"""A value proposed for a dated parameter, which the sweep of policies and selectors is given."""

from datetime import date

from sne.reglages.selectors import Proposition
from tests.registre import factories as f

PROPOSEE = Proposition(
    f.inconnu(), "delaiz_mois", 11, date(2027, 1, 1), "", "", f.inconnu(), "", f.MAINTENANT, "", "", "", None
)
