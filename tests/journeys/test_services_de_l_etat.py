"""The page of the State's services, as a professional finds and reads it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from sne.connecteurs.etat import noter_echec, noter_succes
from sne.connecteurs.rules import Motif, Service
from tests.habilitations.factories import creer_agent
from tests.journeys.poste import Poste
from tests.registre.factories import MAINTENANT

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_found_from_the_map_of_the_site(asseoir: Callable[..., Poste], settings: Any) -> None:
    settings.CONNECTEURS = {"BAN": "http://127.0.0.1:1", "ENTREPRISES": "", "DRM": "http://127.0.0.1:1"}
    noter_succes(Service.BAN, le=MAINTENANT)
    noter_succes(Service.DRM, le=MAINTENANT - timedelta(hours=3))
    noter_echec(Service.DRM, Motif.LENT, le=MAINTENANT - timedelta(minutes=12))
    poste = asseoir()
    poste.se_connecter(creer_agent())
    poste.aller("/plan-du-site/")
    poste.page.get_by_role("link", name="Services de l’État").click()
    poste.titre("Services de l’État")
    poste.examiner("services-de-l-etat")
