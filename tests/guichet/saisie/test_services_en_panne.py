"""An application is filed whatever one service of the State does, each in turn; the others help, and nothing leaks."""

import logging
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from sne.connecteurs.rules import DIT, NOMS_DES_SERVICES, Motif, Service
from sne.journal.models import Entree
from sne.registre.ressources.tasks import demander_apres_un_acte
from tests.connecteurs.conftest import Simulateur, processus, simulateur
from tests.guichet import parcours
from tests.saisie import cadres

__all__ = ["processus", "simulateur"]
pytestmark = pytest.mark.django_db
NOM, NIR = "Zorglubine", "287031234567847"
TRAVERS = {
    "éteint": ("", Motif.ETEINT),
    "lent": ("lent", Motif.LENT),
    "menteur": ("types", Motif.ILLISIBLE),
    "illisible": ("html", Motif.ILLISIBLE),
}
LIEU = {"demandeur-code_postal": "99240", "demandeur-commune": "Les Ormeaux"}
PROPOSE = {Service.BAN: "Rue des Tilleuls", Service.ENTREPRISES: "SIRET 999000169"}
DE_LA_DRM = {
    Motif.ETEINT: "Pas encore demandées à la source. Ce n’est pas zéro.",
    Motif.LENT: "Service trop lent à répondre. Le dossier peut être enregistré.",
    Motif.ILLISIBLE: "Réponse du service illisible. Le dossier peut être enregistré.",
}


@pytest.mark.parametrize("service", Service)
@pytest.mark.parametrize(("travers", "motif"), TRAVERS.values(), ids=TRAVERS)
def test_une_demande_se_depose_quoi_que_fasse_un_service(
    agent: Client,
    simulateur: Simulateur,
    settings: Any,
    caplog: pytest.LogCaptureFixture,
    *,
    service: Service,
    travers: str,
    motif: Motif,
) -> None:
    if travers:
        simulateur.regler(**{service.value.lower(): travers})
    else:
        settings.CONNECTEURS = {**settings.CONNECTEURS, service.value: ""}
    caplog.set_level(logging.DEBUG, logger="sne")
    brouillon = parcours.ouvrir(agent, nom_naissance=NOM)
    poster = parcours.poster
    poster(agent, brouillon, "motifs", cadres.motifs())
    poster(agent, brouillon, "personne", cadres.personne(nom_naissance=NOM, nir=NIR))
    adresse = cadres.coordonnees(
        numero="14", voie="rue des til", code_postal="99000", commune="aurette la ville"
    )
    travail = cadres.situation(**{"demandeur-employeur": "Manufacture", **dict.fromkeys(LIEU, "")})
    lues = {
        Service.BAN: chercher(agent, brouillon, "coordonnees", adresse, "voie"),
        Service.ENTREPRISES: chercher(agent, brouillon, "situation", travail, "demandeur-employeur"),
    }
    for demande, page in lues.items():
        assert (PROPOSE[demande] in page) is (demande is not service)
        assert (DIT[motif] in page) is (demande is service)
    for code, saisi in (
        ("coordonnees", parcours.coordonnees()),
        ("situation", cadres.situation(**LIEU)),
        ("souhaits", parcours.souhaits()),
    ):
        assert poster(agent, brouillon, code, saisi).status_code == 302
    depose = parcours.verifier(agent, brouillon)
    assert depose.status_code == 302
    assert not any("ressources" in vu for vu in simulateur.vus()), "nobody waited for the source"

    demander_la_suite()
    dossier = parcours.texte(
        agent.get(reverse("demande", args=[resolve(depose.headers["Location"]).kwargs["nud"]]))
    )
    assert (DE_LA_DRM[motif] in dossier) is (service is Service.DRM)
    assert ("€ net versé, salaire" in dossier) is (service is not Service.DRM)
    etats = parcours.texte(agent.get(reverse("services-de-l-etat")))
    assert NOMS_DES_SERVICES[service] in etats
    assert ("Éteint" in etats, "Perturbé" in etats) == (not travers, bool(travers))
    laisse = f"{caplog.text} {simulateur.vus()}".casefold()
    assert [secret for secret in (NOM, NIR, "tilleuls") if secret.casefold() in laisse] == []


def chercher(client: Client, brouillon: str, code: str, saisi: Any, champ: str) -> str:
    """The page once the button of this field is pressed, without script."""
    suite = {nom: valeurs for nom, valeurs in saisi.items() if nom != "continuer"}
    return parcours.texte(parcours.poster(client, brouillon, code, suite | {"chercher": [champ]}))


def demander_la_suite() -> None:
    """The job that the registration leaves once it is sealed."""
    entree = Entree.objects.get(verbe="DEPOSER")
    demander_apres_un_acte(
        entree_id=str(entree.id),
        demande_id=str(entree.demande),
        revision=entree.revision,
        verbe="DEPOSER",
        territoire=entree.territoire,
    )
