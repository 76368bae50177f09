"""A form sent once its session was over: kept for its account, sent again once signed in, by it alone."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from sne.demandeurs.models import EnvoiGarde, SessionDemandeur
from sne.demandeurs.tasks import purger
from sne.simulation.fournisseur.personnes import Personne
from sne.simulation.fournisseur.protocole import Fournisseur
from tests.portail.conftest import ELODIE, NADIA, YVONNE, servie_par_le_portail
from tests.portail.formulaire import champs_de
from tests.portail.test_connexion import se_connecter
from tests.portail.test_nouvelle import ICI, commencer, texte
from tests.registre import factories as f

ENVOI = "/mon-compte/envoi/"
D_ICI = {"HTTP_ORIGIN": "http://testserver", "HTTP_ACCEPT": "text/html,*/*"}


def apres(minutes: int) -> time_machine.travel:
    return time_machine.travel(f.MAINTENANT + timedelta(minutes=minutes), tick=False)


def revenir(porte: Client, fc: Fournisseur, qui: Personne, **options: Any) -> str:
    """Signed in again, where that leads; the provider's clock goes with ours."""
    fc.horloge = time.time
    return str(se_connecter(porte, fc, qui, **options).headers["Location"])


def taper(porte: Client, **autres: str) -> Any:
    """A page that was opened in time, sent half an hour later."""
    remplie = champs_de(texte(porte.get(f"{ICI}famille/"))) | {"situation_familiale": "M", "continuer": "oui"}
    with apres(31):
        return porte.post(f"/ar{ICI}famille/?retour=relire", remplie, **(D_ICI | autres))


@pytest.mark.django_db
def test_sent_too_late_kept_given_back_and_sent_again(porte: Client, fc: Fournisseur) -> None:
    se_connecter(porte, fc, NADIA)
    commencer(porte)
    reponse = taper(porte)
    assert reponse.headers["Location"] == "/ar/connexion/?fin=garde"
    assert b"situation_familiale" not in bytes(EnvoiGarde.objects.get().scelle)
    with apres(32):
        assert "est gardé 60 minutes" in texte(porte.get("/connexion/?fin=garde"))
        assert revenir(porte, fc, NADIA) == ENVOI
        ouverte = champs_de(texte(porte.get(f"{ICI}famille/")))
        assert "M" not in ouverte.get("situation_familiale", [])  # nothing is sent by itself
        page = texte(porte.get(ENVOI))
        ou = re.search(r'action="([^"]+repris=oui)"', page)
        assert ou is not None
        assert ou[1].replace("&amp;", "&") == f"/ar{ICI}famille/?retour=relire&repris=oui"
        encore = porte.post(ou[1].replace("&amp;", "&"), champs_de(page))
        assert encore.headers["Location"].startswith(f"/ar{ICI}"), texte(encore)
        assert champs_de(texte(porte.get(f"{ICI}famille/")))["situation_familiale"] == ["M"]
        assert not EnvoiGarde.objects.exists()
        assert porte.get(ENVOI).headers["Location"] == "/ma-demande/"


@pytest.mark.django_db
def test_nobody_else_reads_it_nor_the_same_by_another_way(porte: Client, fc: Fournisseur) -> None:
    se_connecter(porte, fc, ELODIE)
    commencer(porte)
    porte.post("/nouvelle-demande/", {"commune": "Port-Aurette", "parcours": "tout"})
    assert taper(porte).headers["Location"] == "/ar/connexion/?fin=garde"
    with apres(32):
        for qui in (NADIA, YVONNE):
            assert revenir(porte, fc, qui) == "/ma-demande/"
            assert porte.get(ENVOI).headers["Location"] == "/ma-demande/"
        assert revenir(porte, fc, ELODIE, prefixe="/uk") == f"/uk{ENVOI}"
        assert porte.post(ENVOI).headers["Location"] == "/ma-demande/"  # « oublier »
        assert not EnvoiGarde.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "autre", [{"HTTP_ORIGIN": "https://ailleurs.example"}, {"HTTP_ACCEPT": "*/*"}], ids=["ailleurs", "script"]
)
def test_what_comes_from_elsewhere_or_from_a_script_is_not_kept(
    porte: Client,
    fc: Fournisseur,
    autre: dict[str, str],
) -> None:
    se_connecter(porte, fc, NADIA)
    commencer(porte)
    assert taper(porte, **autre).headers["Location"] == "/ar/connexion/?fin=oui"
    assert not EnvoiGarde.objects.exists()


@pytest.mark.django_db
def test_it_is_forgotten_within_the_hour_and_with_a_session_that_was_ended(
    porte: Client,
    fc: Fournisseur,
) -> None:
    se_connecter(porte, fc, NADIA)
    commencer(porte)
    taper(porte)
    with apres(92):
        assert purger(timestamp=0) >= 1
        assert not EnvoiGarde.objects.exists()
    se_connecter(porte, fc, NADIA)
    page = texte(porte.get(f"{ICI}famille/"))
    SessionDemandeur.objects.all().delete()
    assert porte.post(f"{ICI}famille/", champs_de(page), **D_ICI).headers["Location"].endswith("?fin=oui")


@pytest.mark.django_db(transaction=True)
def test_the_rights_of_the_portal_are_enough(porte: Client, fc: Fournisseur) -> None:
    with servie_par_le_portail():
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        taper(porte)
        with apres(32):
            assert revenir(porte, fc, NADIA) == ENVOI
            assert porte.post(ENVOI).status_code == 302
    assert not EnvoiGarde.objects.exists()
