"""The definitions of indicators, and which columns of a version are shown on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sne.infocentre.rapports.models import Indicateur, Issue
from sne.infocentre.rapports.parametres import ParametresRapports
from sne.infocentre.rapports.rules.formules import Definition, Lecture, Niveau, Operation, Statut
from sne.infocentre.rapports.selectors.versions import VersionLue
from sne.referentiels.selectors import get_parametres


def get_lectures(le: date) -> dict[str, str]:
    """The dated parameters by which an indicator is read, by their code, as text."""
    valeurs: Mapping[str, Any] = get_parametres(le)[ParametresRapports].model_dump()
    return {code: str(valeur) for code, valeur in valeurs.items()}


def list_definitions(version: VersionLue, *, le: date) -> tuple[Definition, ...]:
    """The columns of a version that are shown on that day, in order."""
    valeurs = get_parametres(le)[ParametresRapports].model_dump()
    voulues = [c for c in version.colonnes if not c.si or valeurs[c.si]]
    lus = {
        (i.code, i.version): definition_de(i)
        for i in Indicateur.objects.filter(code__in={c.indicateur for c in voulues})
    }
    return tuple(lus[c.indicateur, c.version] for c in voulues)


def list_catalogue() -> tuple[Definition, ...]:
    """The last published definition of every indicator, shown by a report or not, by number then by code."""
    dernieres = Indicateur.objects.filter(issue=Issue.VALIDEE).order_by("code", "-version").distinct("code")
    return tuple(sorted(map(definition_de, dernieres), key=lambda d: (_rang(d.repere), d.code)))


def definition_de(indicateur: Indicateur) -> Definition:
    """A row as rules read it."""
    lecture = indicateur.lecture
    return Definition(
        code=indicateur.code,
        version=indicateur.version,
        repere=indicateur.repere,
        libelle=indicateur.libelle,
        operation=Operation(indicateur.operation),
        numerateur=tuple(indicateur.numerateur),
        denominateur=tuple(indicateur.denominateur),
        unite=indicateur.unite,
        decimales=indicateur.decimales,
        niveau=Niveau(indicateur.niveau),
        statut=Statut(indicateur.statut),
        phrase=indicateur.phrase,
        haut=indicateur.haut,
        bas=indicateur.bas,
        vide=indicateur.vide,
        reference=indicateur.reference,
        source=indicateur.source,
        lecture=Lecture(lecture["parametre"], tuple(lecture["numerateur"]), lecture["phrase"])
        if lecture
        else None,
        minimum=indicateur.minimum,
    )


def _rang(repere: str) -> tuple[int, ...]:
    """« 2.10 » after « 2.9 »; those without a number come last."""
    return tuple(int(n) for n in repere.split(".")) if repere else (99,)
