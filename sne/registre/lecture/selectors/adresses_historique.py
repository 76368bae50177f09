"""A page of a history and its address: which acts, which year, where it starts; and the addresses around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from sne.registre.lecture.rules.historique_demandeur.catalogue import GENRES, Genre
from sne.registre.lecture.rules.historique_demandeur.groupes import Mois, par_mois
from sne.registre.lecture.selectors.historique_demandeur import Demandee, LigneMontree
from sne.socle.pages import Page, Position

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


def presenter_histoire(
    page: Page[LigneMontree], demandee: Demandee, annees: tuple[int, ...], **gardes: str
) -> Histoire:
    """A page with what leads to the others; ``gardes``: what every address carries on."""
    actuel = {**gardes, "genre": str(demandee.genre), "annee": str(demandee.annee or "")}

    def vers(**autres: str) -> str:
        return "?" + urlencode({cle: valeur for cle, valeur in (actuel | autres).items() if valeur})

    def page_a(position: Position | None) -> str:
        return vers(place=position.adresse) if position else ""

    choix = (("", TOUTES), *((str(annee), str(annee)) for annee in annees))
    return Histoire(
        mois=par_mois(page.lignes),
        genres=tuple(
            Onglet(vers(genre=str(genre)), libelle, genre is demandee.genre)
            for genre, libelle in GENRES.items()
        ),
        annees=tuple(Onglet(vers(annee=code), libelle, code == actuel["annee"]) for code, libelle in choix),
        anciens=page_a(page.suivante),
        recents=page_a(page.precedente),
    )
