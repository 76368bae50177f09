"""What an agent types, posted step by step, as a browser without JavaScript would."""

from collections.abc import Callable
from unittest import mock

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from sne.referentiels.selectors import list_guichets
from sne.registre.modification.models import Brouillon
from sne.registre.modification.selectors.brouillons import COLONNES, ouvrir_ligne
from sne.saisie.brut import Brut
from sne.saisie.forms.ecrans import ECRANS
from sne.saisie.forms.pages import PAGES
from sne.socle import replique
from tests.saisie import cadres

RECHERCHE = {"nom_naissance": "Leca", "prenoms": "Léa, Marie", "date_naissance": "02031987"}
VERIFICATION = {
    "piece_type": "CNI",
    "piece_vue_le": "24/11/2026",
    "date_reception": "24/11/2026",
    "relu": "on",
    "continuer": "oui",
}


def coordonnees(**autres: str) -> Brut:
    """An address of the demonstration territory."""
    return cadres.coordonnees(code_postal="99240", commune="les ormeaux", **autres)


def souhaits(**autres: str | list[str]) -> Brut:
    """Two communes of the demonstration territory."""
    vides = {f"commune_{rang}": "" for rang in range(3, 9)}
    return cadres.souhaits(**({"commune_1": "aurette la ville", "commune_2": "99200"} | vides | autres))


ETAPES = {
    "personne": cadres.personne,
    "coordonnees": coordonnees,
    "foyer": cadres.foyer,
    "souhaits": souhaits,
}


TOUTES = ETAPES | {
    "situation": cadres.situation,
    "ressources": cadres.ressources,
    "logement": cadres.logement,
    "motifs": cadres.motifs,
}
"""Every page that may be typed for a household without a disability."""


def ouvrir(client: Client, **recherche: str) -> str:
    """Begin the first screen, which opens a draft; returns its id."""
    reponse = client.post(reverse("enregistrer"), {"lu": "1"} | RECHERCHE | recherche, follow=True)
    return str(resolve(reponse.request["PATH_INFO"]).kwargs["brouillon_id"])


def commencer(client: Client, **traits: str) -> HttpResponse:
    """The whole first screen, about whoever has these traits: what follows it."""
    saisie = cadres.personne() | coordonnees() | {nom: [dit] for nom, dit in traits.items()}
    return client.post(reverse("enregistrer"), {"lu": "1"} | saisie, follow=True)


def ecran_de(code: str) -> str:
    """Code of the screen where a page is typed."""
    return next(nom for nom, ecran in ECRANS.items() if PAGES[code] in ecran.classes)


def tapes(brouillon: str, ecran: str) -> Brut:
    """What a screen of this draft holds, as a browser would send it back."""
    ligne = Brouillon.objects.filter(id=brouillon).values_list(*COLONNES).first()
    return ouvrir_ligne(ligne).donnees.get(ecran, {}) if ligne else {}


def lu(brouillon: str) -> dict[str, str]:
    """The field of a page of this draft opened now: the number of its last save."""
    numero = Brouillon.objects.filter(id=brouillon).values_list("numero", flat=True).first()
    return {"lu": str(numero or 1)}


def poster(client: Client, brouillon: str, code: str, brut: Brut) -> HttpResponse:
    """What is typed on one page, over the rest of its screen, opened now unless it says since when.

    What nobody typed yet on the other pages of the screen, and that it asks for, is typed too.
    """
    autres = [page() for nom, page in ETAPES.items() if nom != code and ecran_de(nom) == ecran_de(code)]
    reste = {nom: dit for page in (*autres, tapes(brouillon, ecran_de(code))) for nom, dit in page.items()}
    reste.pop("continuer", None)
    return client.post(adresse(brouillon, code), {**lu(brouillon), **reste, **brut})


def adresse(brouillon: str, code: str) -> str:
    """Address of the screen of a page of a draft."""
    return reverse("brouillon-etape", args=[brouillon, ecran_de(code)])


def tout_saisir(client: Client) -> str:
    """Every page of the form, valid; returns the draft's id."""
    brouillon = ouvrir(client)
    for code in PAGES:
        if code in TOUTES:
            lieux = {"demandeur-code_postal": "99240", "demandeur-commune": "Les Ormeaux"}
            saisie = cadres.situation(**lieux) if code == "situation" else TOUTES[code]()
            reponse = poster(client, brouillon, code, saisie)
            assert reponse.status_code == 302, reponse.content.decode()
    return brouillon


def saisir(client: Client, **autres: Brut) -> str:
    """Every step, valid; returns the draft's id."""
    brouillon = ouvrir(client)
    for code, saisie in ETAPES.items():
        reponse = poster(client, brouillon, code, autres.get(code) or saisie())
        assert reponse.status_code == 302, reponse.content.decode()
    return brouillon


def verifier(client: Client, brouillon: str, **autres: str) -> HttpResponse:
    """The last step."""
    return client.post(reverse("brouillon-verifier", args=[brouillon]), lu(brouillon) | VERIFICATION | autres)


def enregistrer(client: Client, **autres: Brut) -> str:
    """A whole registration; returns the number."""
    reponse = verifier(client, saisir(client, **autres))
    assert reponse.status_code == 302, reponse.content.decode()
    return str(resolve(reponse.headers["Location"]).kwargs["nud"])


def requetes(appel: Callable[[], object]) -> int:
    """How many statements this call sends where there is no replica: for one, each write asks where it ends."""
    with (
        mock.patch.object(replique, "existe", return_value=False),
        CaptureQueriesContext(connection) as captees,
    ):
        appel()
    return len(captees)


def guichet_de(territoire: str) -> str:
    """Code of a guichet of this territory."""
    return next(g.code for g in list_guichets(territoire, le=cadres.JOUR))


def texte(reponse: HttpResponse) -> str:
    """The page, as text."""
    return str(reponse.content.decode())


def pour_un_appel(client: Client, nud: str) -> Client:
    """The same browser, once its user has said which call this file is opened for."""
    assert client.post(reverse("demande", args=[nud]), {"reference": "A-2026-118"}).status_code == 200
    return client
