"""Pages as files: shipped with the product, or carried from a trial copy to the service, as drafts to be read."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from sne.habilitations.rules import cles_de
from sne.site_pro.actions.rediger import Reponse, commencer, enregistrer, repondre, soumettre
from sne.site_pro.models import BrouillonPage, Issue, Page
from sne.site_pro.rules.fichiers import ecrire_fichier, lire_fichier
from sne.site_pro.selectors.lecture import list_pages
from sne.socle.acte import Acte

CONTENU = Path(__file__).parents[1] / "contenu"


def lire_dossier(dossier: Path = CONTENU) -> Iterator[dict[str, Any]]:
    """Each page of a folder, in the order of names. Raises ``Interdit`` with the name of a file that cannot be read."""
    for fichier in sorted(dossier.glob("*.md")):
        yield lire_fichier(fichier.name, fichier.read_text("utf-8"))


@transaction.atomic
def importer(contenu: Mapping[str, Any], *, acte: Acte) -> str:
    """One page as a draft of who imports: « NOUVELLE », « CHANGEE » or « IDENTIQUE » (nothing is then opened).

    Raises ``NonHabilite``.
    """
    page = Page.objects.filter(code=contenu["code"]).first()
    derniere = page.revisions.order_by("-numero").first() if page else None
    if derniere and all(
        _valeur(getattr(derniere, c)) == _valeur(contenu[c])
        for c in ("titre", "reponse", "mots", "corps", "publics", "acces")
    ):
        return "IDENTIQUE"
    brouillon = commencer(page, contenu, acte=acte)
    ouvert = BrouillonPage.objects.get(pk=brouillon)
    enregistrer(brouillon, contenu, numero=ouvert.numero, acte=acte)
    return "CHANGEE" if page else "NOUVELLE"


@transaction.atomic
def livrer(contenu: Mapping[str, Any], *, par: Acte, publie_par: Acte) -> None:
    """A page of the product that is not there yet: one account writes it, another publishes it."""
    revision = soumettre(commencer(None, contenu, acte=par), acte=par)
    repondre(revision.id, Reponse(Issue.PUBLIEE), acte=publie_par)


def exporter(*, acte: Acte) -> Iterator[tuple[str, str]]:
    """Name and text of the file of each page online to who exports."""
    for breve in list_pages(cles=cles_de(acte.acteur), le=acte.survenu_le):
        page = Page.objects.get(code=breve.code)
        revision = page.revisions.filter(effet_le__lte=acte.survenu_le).latest("effet_le", "numero")
        yield f"{page.code}.md", ecrire_fichier(page, revision)


def _valeur(valeur: Any) -> Any:
    return sorted(valeur) if isinstance(valeur, list) else valeur
