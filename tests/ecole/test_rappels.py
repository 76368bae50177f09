"""What a subscriber of the École answers to calls that are not as they should be, and how it is judged."""

from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from standardwebhooks import Webhook, WebhookVerificationError

from sne.conventions.models import Convention
from sne.ecole.models import Trace
from sne.ecole.rules.conformite import Issue, juger
from sne.ecole.selectors.traces import list_appels
from sne.ecole.tasks import rappeler_les_abonnes
from tests.api.conftest import Editeur
from tests.api.test_flux import lignes
from tests.flux.test_abonnements import Recepteur, recepteur

__all__ = ["recepteur"]
pytestmark = pytest.mark.django_db


def abonner(editeur: Editeur, recepteur: Recepteur) -> str:
    """The secret of a subscription that is called."""
    ouvert = editeur("POST", "/abonnements", {"territoire": "700", "adresse": recepteur.adresse})
    lu = ouvert.json()["data"]
    assert editeur("POST", f"/abonnements/{lu['id']}/confirmations").json()["data"]["etat"] == "ACTIF"
    recepteur.recus.clear()
    return str(lu["secret"])


def jouer() -> None:
    """What the worker does of what was promised."""
    for travail in ProcrastinateJob.objects.filter(task_name="ecole.rappeler"):
        rappeler_les_abonnes(**travail.args)


def test_ce_que_chacun_repond_est_juge(editeur: Editeur, recepteur: Recepteur) -> None:
    sans = editeur("GET", "/moi", SNE_Scenario="flux-double")
    assert "abonnement" in sans.json()["errors"][0]["detail"]
    secret = abonner(editeur, recepteur)
    lignes(["DEPOSER", "MODIFIER", "RADIER"], territoire="700")
    for nom in ("flux-double;2", "flux-desordre", "flux-faux"):
        assert editeur("GET", "/moi", SNE_Scenario=nom).status_code == 200
    jouer()
    numeros = [entetes["webhook-id"].rpartition(":")[2] for _, entetes in recepteur.recus]
    assert numeros == ["2", "2", "3", "3", "3", "2", "1", "3"]
    for corps, entetes in recepteur.recus[:-1]:
        assert Webhook(secret).verify(corps, entetes)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(*recepteur.recus[-1])
    convention = Convention.objects.get().id
    assert _issue(convention) is Issue.MANQUE  # whatever it is handed, this receiver says that it has it
    Trace.objects.filter(methode="RAPPEL", route="flux-faux").delete()
    recepteur.statut = 401
    rappeler_les_abonnes("700", "flux-faux", 1)
    assert _issue(convention) is Issue.TENU
    recepteur.server_close()
    rappeler_les_abonnes("700", "flux-faux", 1)
    assert Trace.objects.filter(statut=0).count() == 1
    rappeler_les_abonnes("701", "flux-faux", 1)  # nobody's


def _issue(convention: Any) -> Issue:
    (dit,) = [c.issue for c in juger(list_appels(convention)) if c.code == "RAPPELS"]
    return dit
