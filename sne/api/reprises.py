"""Taking over the file of a former system: the words of the interface, the rules and the rows of a take-over."""

import uuid
from collections.abc import Iterable, Iterator
from itertools import batched

from pydantic import ValidationError

from sne.api.contenu import sans_trace
from sne.api.corps import Illisible, exiger_peu_profond
from sne.api.erreurs import pointer
from sne.api.lignes import dire_forme
from sne.api.ressources.demandes import CONTENU, lire_piece
from sne.api.schemas.imports import AnomalieDeLigne, LigneDeRapport, RepriseRecue
from sne.habilitations.rules import Permission, Role
from sne.habilitations.rules.acteurs import service
from sne.imports.lecture import Ligne
from sne.imports.rules.lignes import LigneIllisible, Operation, lire_operation
from sne.referentiels.selectors import list_fiches
from sne.registre.depot.actions.construire import Depot
from sne.registre.depot.actions.reprendre import IssueReprise, LigneReprise, Reprise, reprendre_par_ligne
from sne.socle.acteur import Acteur

LOT = 500  # lines of one statement
ESPACE = uuid.UUID("5b7a5f0e-3f51-5c8e-9a3a-0c6e7f3f6f1d")
"""Of the identifiers made of a territory and of the key of a line: a file run again finds what it did."""


def acteur_de_la_reprise(territoire: str) -> Acteur:
    """The service itself, which registers in this territory and nowhere else."""
    return service(
        "Reprise d’un ancien système",
        str(Role.AGENT_GUICHET),
        territoire=territoire,
        permissions={Permission.DEMANDE_DEPOSER},
    )


def reprendre_fichier(
    lignes: Iterable[Ligne], *, territoire: str, guichet: str, acteur: Acteur
) -> Iterator[LigneDeRapport]:
    """What became of each line, in the order of the file; ``guichet``: of lines that name none.

    Run again after a cut, it finds what is done. Raises ``FichierRefuse``, ``NonHabilite``.
    """
    for lot in batched(lignes, LOT):
        yield from _lot(lot, territoire, guichet, acteur)


def _lot(lot: Iterable[Ligne], territoire: str, guichet: str, acteur: Acteur) -> Iterator[LigneDeRapport]:
    lues: list[tuple[int, str, Reprise | list[AnomalieDeLigne]]] = []
    for numero, texte in lot:
        try:
            operation = lire_operation(texte)
        except LigneIllisible as exc:
            lues.append((numero, "", [AnomalieDeLigne(code=str(exc))]))
            continue
        lues.append((numero, operation.cle, _lire(operation, territoire, guichet)))
    reprises = [lue for _, _, lue in lues if isinstance(lue, Reprise)]
    faites = iter(reprendre_par_ligne(reprises, acteur=acteur))
    for numero, cle, lue in lues:
        if isinstance(lue, Reprise):
            yield _dire(numero, cle, next(faites))
        else:
            yield LigneDeRapport(ligne=numero, cle=cle or None, issue=IssueReprise.REFUSEE, anomalies=lue)


def _lire(operation: Operation, territoire: str, guichet: str) -> Reprise | list[AnomalieDeLigne]:
    """The application of a line, or why there is none."""
    if operation.operation != "deposer" or operation.nud:
        return [AnomalieDeLigne(code="OPERATION_INCONNUE")]
    try:
        exiger_peu_profond(operation.corps)
        corps = RepriseRecue.model_validate(dict(operation.corps))
    except Illisible:
        return [AnomalieDeLigne(code="LIGNE_ILLISIBLE")]
    except ValidationError as exc:
        return [AnomalieDeLigne(**anomalie) for anomalie in dire_forme(exc)]
    ici = corps.guichet or guichet
    if ici not in list_fiches(territoire):
        return [AnomalieDeLigne(code="GUICHET_INCONNU", pointeur="/guichet")]
    depot = Depot(
        id=uuid.uuid5(ESPACE, f"{territoire} {operation.cle}"),
        territoire=territoire,
        guichet=ici,
        contenu=sans_trace(corps.contenu),
        date_reception=corps.date_reception,
        nirs=corps.nirs,
        piece_vue=lire_piece(corps.piece_vue),
    )
    return Reprise(depot, corps.renouvellements, corps.statut, corps.statut_le)


def _dire(numero: int, cle: str, faite: LigneReprise) -> LigneDeRapport:
    """Codes and places: no sentence that may quote a value."""
    anomalies = [
        AnomalieDeLigne(code=a.code, pointeur=pointer(a.chemin, prefixe=CONTENU) if a.chemin else None)
        for a in faite.anomalies
    ]
    return LigneDeRapport(
        ligne=numero, cle=cle, issue=faite.issue, nud=faite.nud or None, anomalies=anomalies
    )
