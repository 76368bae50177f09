"""Which subjects say something of a demande, in one statement: its page then reads those, and leaves the others alone.

Most files have no freeze, no separation, no guardian, no call for resources: a statement for each of them would be most
of what opening a file costs.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.db import models

from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.models.separation import Separation
from sne.registre.depot.models import ConsigneEgalite
from sne.registre.enquete.models.enquete import Gel
from sne.registre.faits.models import Attribution, DecisionCaleol, Evenement, FaitDalo
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.pieces.models import Piece
from sne.registre.ressources.models import AppelRessources
from sne.registre.verification.models import Verification
from sne.registre.vie.models.annulation import RequeteAnnulation
from sne.registre.vie.models.arret import Arret
from sne.registre.vie.models.preavis import Preavis
from sne.socle.replique import connection


class Trace(StrEnum):
    """A subject of which a demande may bear rows, of today or of before."""

    ANTERIORITE = "ANTERIORITE"
    GEL = "GEL"
    SEPARATION = "SEPARATION"
    ARRET = "ARRET"
    PREAVIS = "PREAVIS"
    ANNULATION = "ANNULATION"
    MANDAT = "MANDAT"
    EGALITE = "EGALITE"
    VERIFICATION = "VERIFICATION"
    RESSOURCES = "RESSOURCES"
    PIECE = "PIECE"
    EVENEMENT = "EVENEMENT"
    DECISION = "DECISION"
    ATTRIBUTION = "ATTRIBUTION"
    DALO = "DALO"


_DU_DOSSIER = "x.territoire = d.territoire AND x.demande_id = d.id"
_ATTEND = f"{_DU_DOSSIER} AND x.clos_le IS NULL"
_TABLES: Mapping[Trace, tuple[type[models.Model], tuple[str, ...]]] = {
    Trace.ANTERIORITE: (RequeteAnteriorite, (_DU_DOSSIER,)),
    Trace.GEL: (Gel, (_DU_DOSSIER,)),
    Trace.SEPARATION: (Separation, ("x.demande_id = d.id", "x.nouvelle_id = d.id")),
    Trace.ARRET: (Arret, (_ATTEND,)),
    Trace.PREAVIS: (Preavis, (_DU_DOSSIER,)),
    Trace.ANNULATION: (RequeteAnnulation, (_ATTEND,)),
    Trace.MANDAT: (MandatAide, (_DU_DOSSIER,)),
    Trace.EGALITE: (ConsigneEgalite, (_DU_DOSSIER,)),
    Trace.VERIFICATION: (Verification, (_DU_DOSSIER,)),
    Trace.RESSOURCES: (AppelRessources, (_DU_DOSSIER,)),
    Trace.PIECE: (Piece, (_DU_DOSSIER,)),
    Trace.EVENEMENT: (Evenement, (_DU_DOSSIER,)),
    Trace.DECISION: (DecisionCaleol, (_DU_DOSSIER,)),
    Trace.ATTRIBUTION: (Attribution, (_DU_DOSSIER,)),
    Trace.DALO: (FaitDalo, (_DU_DOSSIER,)),
}


_FAITS: Mapping[Trace, NatureFait] = {
    Trace.EVENEMENT: NatureFait.EVENEMENT,
    Trace.DECISION: NatureFait.DECISION,
    Trace.ATTRIBUTION: NatureFait.ATTRIBUTION,
    Trace.DALO: NatureFait.DALO,
}


def natures_dites(traces: frozenset[Trace]) -> tuple[NatureFait, ...]:
    """Natures of facts among these subjects."""
    return tuple(nature for trace, nature in _FAITS.items() if trace in traces)


def list_traces(demande: Demande) -> frozenset[Trace]:
    """Subjects with at least one row of this demande. The caller has checked that its actor may read it."""
    with connection.cursor() as curseur:
        curseur.execute(_LIRE, [demande.territoire, demande.id])
        presentes: tuple[Any, ...] = curseur.fetchone()
    return frozenset(trace for trace, presente in zip(_TABLES, presentes, strict=True) if presente)


def _existe(modele: type[models.Model], conditions: tuple[str, ...]) -> str:
    return " OR ".join(f"EXISTS (SELECT FROM {modele._meta.db_table} x WHERE {c})" for c in conditions)


_LIRE = (
    f"SELECT {', '.join(_existe(*table) for table in _TABLES.values())} "  # noqa: S608 - tables of the models above
    "FROM (SELECT %s::varchar AS territoire, %s::uuid AS id) d"
)
