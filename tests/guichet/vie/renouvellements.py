"""A renewal as an agent does it: begun, typed page by page, confirmed."""

from datetime import date, datetime

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.lecture.selectors.fiche import Fiche
from sne.saisie.forms.pages import PAGES
from sne.socle.acte import Acte
from sne.socle.horloge import PARIS, maintenant
from tests.guichet.parcours import ecran_de, texte
from tests.habilitations.factories import acteur
from tests.registre import factories as f

DEPOT = date(2025, 12, 10)


def lire(nud: str, compte: Compte) -> Fiche:
    """The file as the register has it."""
    return consulter_demande(nud, acte=Acte(acteur(compte), maintenant()))


def deposee(jour: date = DEPOT, contenu: object = None, **autres: object) -> str:
    """Number of a demande deposited on that day: in its window on the day of the tests, by default."""
    midi = datetime(jour.year, jour.month, jour.day, 12, tzinfo=PARIS)
    return f.deposer(contenu, le=midi, date_reception=jour, **autres).nud


def commencer(client: Client, nud: str) -> str:
    """Open a renewal; returns its first page."""
    return texte(client.post(reverse("renouvellement", args=[nud]), follow=True))


def adresse(nud: str, code: str) -> str:
    """Address of a page of the renewal, or of its last step."""
    return reverse("renouvellement-etape", args=[nud, ecran_de(code) if code in PAGES else code])


def saisie(client: Client, nud: str, code: str) -> dict[str, list[str]]:
    """What a page would post if nothing were changed."""
    lue = client.get(adresse(nud, code))
    page = lue.context["page"]
    champs: dict[str, list[str]] = {"continuer": ["oui"], "lu": [str(lue.context["lu"])]}
    for groupe in page.groupes:
        champs[f"{groupe}-nombre"] = page.brut.get(f"{groupe}-nombre", ["0"])
    for formulaire in page.formulaires:
        for champ in formulaire:
            valeur = champ.value()
            if valeur not in (None, "", False):
                champs[champ.html_name] = (
                    [str(v) for v in valeur] if isinstance(valeur, list) else [str(valeur)]
                )
    return champs


def changer(client: Client, nud: str, code: str, **changes: str) -> HttpResponse:
    """Post a page of the renewal with these fields changed."""
    return client.post(adresse(nud, code), saisie(client, nud, code) | {n: [v] for n, v in changes.items()})


def lu(client: Client, nud: str) -> str:
    """The number of the draft that its last step, opened now, is made from."""
    contexte = client.get(adresse(nud, "verifier")).context
    return str(contexte["lu"] if "lu" in contexte else dict(contexte["caches"])["lu"])


def confirmer(client: Client, nud: str, **autres: str) -> HttpResponse:
    """The last step, whatever box it shows ticked."""
    recap = client.get(adresse(nud, "verifier"))
    champs = {"continuer": "oui", "lu": str(recap.context["lu"])} | dict.fromkeys(
        recap.context["formulaire"].fields, "on"
    )
    return client.post(adresse(nud, "verifier"), champs | autres)
