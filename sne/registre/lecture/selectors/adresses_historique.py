"""A page of a history and its address: which acts, which year, where it starts; and the addresses around it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from sne.journal.selectors import Place
from sne.registre.lecture.rules.historique_demandeur.catalogue import GENRES, Genre
from sne.registre.lecture.rules.historique_demandeur.groupes import Mois, par_mois
from sne.registre.lecture.selectors.historique_demandeur import Demandee, LigneMontree, PageMontree

TOUTES = "Toutes les années"


@dataclass(frozen=True, slots=True)
class Onglet:
    """One choice above a list: its address, its words, whether it is the one shown."""

    adresse: str
    libelle: str
    choisi: bool


@dataclass(frozen=True, slots=True)
class Histoire:
    """A page as the component shows it. ``anciens``, ``recents``: query strings, empty where there is nothing."""

    mois: tuple[Mois[LigneMontree], ...]
    genres: tuple[Onglet, ...]
    annees: tuple[Onglet, ...]
    anciens: str
    recents: str


def lire_demandee(parametres: Mapping[str, str], annees: tuple[int, ...] = ()) -> Demandee:
    """Which acts an address asks for; all of them for anything that is none of the choices."""
    genre, annee = parametres.get("genre", ""), parametres.get("annee", "")
    lue = int(annee) if annee.isascii() and annee.isdigit() and len(annee) == 4 else 0
    permise = lue if not annees or lue in annees else 0
    return Demandee(Genre(genre) if genre in set(Genre) else Genre.TOUT, permise if permise > 1 else 0)


def lire_place(texte: str) -> Place | None:
    """Where a page starts, as its address carries it; ``None`` (the first page) for anything that is not one."""
    try:
        sens, instant, cle = texte.split("~")
        place = Place(datetime.fromisoformat(instant), uuid.UUID(cle), en_arriere=sens == "r")
    except ValueError:
        return None
    return place if place.inscrit_le.tzinfo else None


def ecrire_place(place: Place) -> str:
    """The same, as an address carries it."""
    return f"{'r' if place.en_arriere else 'a'}~{place.inscrit_le.isoformat()}~{place.id}"


def presenter_histoire(
    page: PageMontree, demandee: Demandee, annees: tuple[int, ...], **gardes: str
) -> Histoire:
    """A page with what leads to the others; ``gardes``: what every address carries on."""
    actuel = {**gardes, "genre": str(demandee.genre), "annee": str(demandee.annee or "")}

    def vers(**autres: str) -> str:
        return "?" + urlencode({cle: valeur for cle, valeur in (actuel | autres).items() if valeur})

    def page_a(place: Place | None) -> str:
        return vers(place=ecrire_place(place)) if place else ""

    choix = (("", TOUTES), *((str(annee), str(annee)) for annee in annees))
    return Histoire(
        mois=par_mois(page.lignes),
        genres=tuple(
            Onglet(vers(genre=str(genre)), libelle, genre is demandee.genre)
            for genre, libelle in GENRES.items()
        ),
        annees=tuple(Onglet(vers(annee=code), libelle, code == actuel["annee"]) for code, libelle in choix),
        anciens=page_a(page.anciens),
        recents=page_a(page.recents),
    )
