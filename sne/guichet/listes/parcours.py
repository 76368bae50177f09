"""The page of a work list that somebody goes through, file after file: which comes before, which comes next."""

from collections.abc import Iterable
from dataclasses import dataclass

from sne.registre.listes.rules.listes import LISTES, CodeListe, Liste
from sne.socle.requete import RequeteHabilitee

CLE = "parcours"  # of the session: a list, its address, numbers; never a name


@dataclass(frozen=True, slots=True)
class Parcours:
    """Where a file is in the page of a list. ``precedent``, ``suivant``: numbers, empty at either end."""

    titre: str
    adresse: str
    rang: int
    total: int
    precedent: str
    suivant: str


def retenir(request: RequeteHabilitee, fiche: Liste, nuds: Iterable[str]) -> None:
    """Keep the page of the list that is shown, until another one is opened."""
    uniques = list(dict.fromkeys(nuds))
    request.session[CLE] = [str(fiche.code), request.get_full_path(), uniques]


def situer(request: RequeteHabilitee, nud: str) -> Parcours | None:
    """Where this file is in the last page of a list that was opened; ``None`` when it is not of it."""
    garde: tuple[str, str, list[str]] = request.session.get(CLE) or ("", "", [])
    code, adresse, nuds = garde
    if nud not in nuds:
        return None
    rang = nuds.index(nud)
    voisins = ["", *nuds, ""]
    return Parcours(
        LISTES[CodeListe(code)].titre, adresse, rang + 1, len(nuds), voisins[rang], voisins[rang + 2]
    )


def suivant(request: RequeteHabilitee, nud: str) -> str:
    """Number of the file after this one; empty at the end, or when it is not of the page."""
    parcours = situer(request, nud)
    return parcours.suivant if parcours else ""
