"""The page of a queue that somebody goes through, line after line: which comes before, which comes next."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect

from sne.socle.requete import RequeteHabilitee

CLE = "file"  # of the session: title of a queue, its address, numbers and addresses of acts; never a name
SUIVANT = "suivant"
"""Name of the button that saves and goes on; also the value of a button whose name says something else."""

Ligne = tuple[str, str]
"""Number of a file (empty when the queue is not of files), and where its act is done."""


@dataclass(frozen=True, slots=True)
class Parcours:
    """Where a line is in the page of a queue. ``precedent``, ``suivant``: numbers; ``acte_precedent``,
    ``acte_suivant``: addresses; empty at either end.
    """

    titre: str
    adresse: str
    rang: int
    total: int
    precedent: str
    suivant: str
    acte_precedent: str
    acte_suivant: str


def retenir(request: RequeteHabilitee, titre: str, lignes: Iterable[Ligne]) -> None:
    """Keep the page of the queue that is shown, until another one is opened."""
    request.session[CLE] = [titre, request.get_full_path(), [list(ligne) for ligne in lignes]]


def situer(request: RequeteHabilitee, nud: str) -> Parcours | None:
    """Where this file is in the last page of a queue that was opened; ``None`` when it is not of it."""
    titre, adresse, lignes = _gardee(request)
    premieres: dict[str, str] = {}
    for nom, acte in lignes:
        if nom:
            premieres.setdefault(nom, acte)
    return _situer(titre, adresse, list(premieres.items()), list(premieres), nud)


def situer_ici(request: RequeteHabilitee) -> Parcours | None:
    """Where the act of this page is in it."""
    titre, adresse, lignes = _gardee(request)
    return _situer(titre, adresse, lignes, [acte for _, acte in lignes], request.path)


def list_actes_suivants(request: RequeteHabilitee) -> list[str]:
    """Where the acts of the lines after the one of this page are."""
    actes = [acte for _, acte in _gardee(request)[2]]
    return actes[actes.index(request.path) + 1 :] if request.path in actes else []


def get_adresse(request: RequeteHabilitee) -> str:
    """Where the last page of a queue that was opened is; empty when none was."""
    return _gardee(request)[1]


def _gardee(request: RequeteHabilitee) -> tuple[str, str, list[Ligne]]:
    garde: tuple[str, str, list[list[str]]] = request.session.get(CLE) or ("", "", [])
    titre, adresse, lignes = garde
    return titre, adresse, [(nom, acte) for nom, acte in lignes]


def _situer(titre: str, adresse: str, lignes: list[Ligne], cles: list[str], ici: str) -> Parcours | None:
    if ici not in cles:
        return None
    rang = cles.index(ici)
    bornees = [("", ""), *lignes, ("", "")]
    (avant, acte_avant), (apres, acte_apres) = bornees[rang], bornees[rang + 2]
    return Parcours(titre, adresse, rang + 1, len(lignes), avant, apres, acte_avant, acte_apres)


def is_suivant_voulu(request: RequeteHabilitee) -> bool:
    """Whether the button that was pressed also asks for the next line."""
    return SUIVANT in request.POST or request.POST.get("continuer") == SUIVANT


def apres(request: RequeteHabilitee, ailleurs: str, *, nud: str = "") -> HttpResponse:
    """Once an act is done: the next line of the queue when its button asked for it, the queue after the last one;
    else ``ailleurs``.
    """
    if not is_suivant_voulu(request):
        return redirect(ailleurs)
    parcours = situer(request, nud) if nud else situer_ici(request)
    return redirect((parcours.acte_suivant or parcours.adresse) if parcours else ailleurs)
