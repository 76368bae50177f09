"""What RPLS knows: lettings of a year, vintages loaded, and the two lists by which a landlord closes the gap."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sne.infocentre.rpls.models import RplsAttribution, RplsChargement
from sne.infocentre.rpls.rules import phrase_d_absence
from sne.socle.horloge import debut_du_jour
from sne.socle.replique import connection


@dataclass(frozen=True, slots=True)
class Lettings:
    """What RPLS counts of the lettings of one civil year. ``charge``: a vintage describes that year.

    ``nombres``: (SIREN, territory) → lettings; who is not in it declared nothing there, which is not zero.
    """

    annee: int
    charge: bool
    nombres: Mapping[tuple[str, str], int]

    def lues(self, siren: str, territoire: str) -> int | str:
        """The figure of one landlord in one territory, or the French sentence that says why there is none."""
        nombre = self.nombres.get((siren, territoire))
        return phrase_d_absence(self.annee, charge=self.charge) if nombre is None else nombre


@dataclass(frozen=True, slots=True)
class Millesime:
    """A vintage in force: its last load."""

    millesime: int
    rang: int
    lignes: int
    rejets: int
    bailleurs: int
    charge_le: datetime

    @property
    def annee(self) -> int:
        """The civil year whose lettings it tells."""
        return self.millesime - 1


@dataclass(frozen=True, slots=True)
class BailConnu:
    """A lease that RPLS knows: the dwelling, never who lives there. ``mois``: the first day of its month."""

    rpls: str
    mois: date


class MotifVerification(StrEnum):
    """What is wrong with the identifier of an allocation."""

    INCONNU = "INCONNU"
    DOUBLE = "DOUBLE"


@dataclass(frozen=True, slots=True)
class AttributionAVerifier:
    """An allocation whose identifier RPLS does not know, or that two leases of one month bear."""

    demande_id: uuid.UUID
    rpls: str
    bail_signe_le: date
    motif: MotifVerification


def get_lettings(annee: int, *, territoires: Collection[str], connues_le: date | None = None) -> Lettings:
    """Lettings of that civil year in these territories, by landlord, in the last load of the vintage after it: of those
    of today, or by the end of that day.
    """
    rang = _rang(annee + 1, connus_le=connues_le)
    if rang is None:
        return Lettings(annee, False, {})
    lues = RplsAttribution.objects.filter(millesime=annee + 1, rang=rang, territoire__in=territoires)
    nombres = {(s, t): n for s, t, n in lues.values_list("siren", "territoire", "nombre")}
    return Lettings(annee, True, nombres)


def list_millesimes() -> tuple[Millesime, ...]:
    """Vintages in force, the newest first."""
    derniers = RplsChargement.objects.order_by("-millesime", "-rang").distinct("millesime")
    return tuple(
        Millesime(
            millesime=c.millesime,
            rang=c.rang,
            lignes=c.lignes,
            rejets=c.rejets,
            bailleurs=RplsAttribution.objects.filter(millesime=c.millesime, rang=c.rang)
            .values("siren")
            .distinct()
            .count(),
            charge_le=c.survenu_le,
        )
        for c in derniers
    )


def list_baux_sans_attribution(siren: str, territoire: str, annee: int) -> tuple[BailConnu, ...]:
    """Leases of the year that RPLS knows and that no allocation in force bears; who asks has been let."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT * FROM rpls_baux_sans_attribution(%s, %s, %s)", [siren, territoire, annee])
        return tuple(BailConnu(*ligne) for ligne in curseur.fetchall())


def list_attributions_a_verifier(siren: str, territoire: str, annee: int) -> tuple[AttributionAVerifier, ...]:
    """Allocations of the year whose identifier RPLS does not know, or that two of one month bear.

    Identifiers are called unknown only once the vintage of that year is loaded. Who asks has been let.
    """
    with connection.cursor() as curseur:
        curseur.execute("SELECT * FROM rpls_attributions_a_verifier(%s, %s, %s)", [siren, territoire, annee])
        return tuple(
            AttributionAVerifier(demande, rpls, bail, MotifVerification(motif))
            for demande, rpls, bail, motif in curseur.fetchall()
        )


def _rang(millesime: int, *, connus_le: date | None = None) -> int | None:
    rangs = RplsChargement.objects.filter(millesime=millesime).order_by("-rang")
    if connus_le:
        rangs = rangs.filter(survenu_le__lt=debut_du_jour(connus_le + timedelta(days=1)))
    rang: int | None = rangs.values_list("rang", flat=True).first()
    return rang
