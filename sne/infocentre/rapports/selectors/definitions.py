"""An indicator through its definitions: those published, proposed, refused; which reports show which."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sne.infocentre.rapports.models import Indicateur, Issue
from sne.infocentre.rapports.rules.definitions import differences
from sne.infocentre.rapports.rules.formules import Definition
from sne.infocentre.rapports.selectors.catalogue import definition_de
from sne.infocentre.rapports.selectors.versions import list_rapports
from sne.socle.erreurs import Introuvable

SANS_INDICATEUR = "Cet indicateur n’existe pas. Revenez au catalogue."
LE_SERVICE = "Livrée avec le service"


@dataclass(frozen=True, slots=True)
class DefinitionVue:
    """One version. ``differe``: what it changes of the one published before it; ``issue`` is empty while it waits."""

    id: uuid.UUID
    definition: Definition
    motif: str
    auteur: uuid.UUID
    par: str
    proposee_le: datetime
    issue: str
    decideur_nom: str
    differe: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Emploi:
    """A report read today that shows the indicator, in which version of its definition."""

    code: str
    nom: str
    version: int


def list_versions(code: str) -> tuple[DefinitionVue, ...]:
    """Every version of an indicator, the newest first. Raises ``Introuvable``."""
    vues: list[DefinitionVue] = []
    publiee: Definition | None = None
    for ligne in Indicateur.objects.filter(code=code).order_by("version"):
        definition = definition_de(ligne)
        vues.append(
            DefinitionVue(
                ligne.id,
                definition,
                ligne.motif,
                ligne.auteur,
                (ligne.defini_par or {}).get("nom", LE_SERVICE),
                ligne.survenu_le,
                ligne.issue,
                (ligne.decide_par or {}).get("nom", ""),
                differences(publiee, definition) if publiee else (),
            )
        )
        if ligne.issue == Issue.VALIDEE:
            publiee = definition
    if not vues:
        raise Introuvable(SANS_INDICATEUR)
    return tuple(reversed(vues))


def list_emplois(code: str, *, instant: datetime) -> tuple[Emploi, ...]:
    """The reports that show it at that instant."""
    return tuple(
        Emploi(rapport.code, version.vie.nom(instant), colonne.version)
        for rapport in list_rapports()
        for version in rapport.courantes(instant)
        for colonne in version.colonnes
        if colonne.indicateur == code
    )
