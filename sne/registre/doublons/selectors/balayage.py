"""Reading a territory by night, slice by slice: the pairs that are close and not decided; how far sweeps went."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut
from sne.registre.doublons.models import PassageDoublons
from sne.registre.doublons.rules.ensembles import Balayage
from sne.registre.doublons.selectors.proches import raisons_de
from sne.registre.doublons.selectors.requetes import ANCIENNES, BALAYAGE, COMMUNES, SANS_OBJET
from sne.socle.lignes import lire_lignes
from sne.socle.replique import connection

LOT = 500  # demandes of one slice
PAIRES_PAR_LOT = 5_000  # new pairs that one slice may bring: what is beyond waits for the next sweep
ANCIENS_PAR_LOT = 200  # enquiries are read one by one: what is beyond waits for the next sweep
STATUTS = {"ouvertes": sorted(OUVERTES), "vues": sorted({*OUVERTES, Statut.RADIEE})}


@dataclass(frozen=True, slots=True)
class ClesCommunes:
    """Birth dates and phones that too many share to be looked up alone; ``paires``: how many pairs share one."""

    dates: tuple[str, ...]
    telephones: tuple[str, ...]
    paires: int


@dataclass(frozen=True, slots=True)
class PaireTrouvee:
    """Two demandes of the territory whose score reaches the threshold, by their two closest adults."""

    demande_a: uuid.UUID
    demande_b: uuid.UUID
    identite_a: uuid.UUID
    identite_b: uuid.UUID
    score: Decimal
    raisons: tuple[str, ...]
    revue: bool


@dataclass(frozen=True, slots=True)
class AncienTitulaire:
    """A person who is on ``recente`` now was on a demande registered before it, under an identity that was replaced
    since.
    """

    demande_id: uuid.UUID
    recente: uuid.UUID
    identite_id: uuid.UUID
    raisons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tranche:
    """What one slice gave. ``reportees``: pairs left out, there were too many for one slice."""

    paires: tuple[PaireTrouvee, ...]
    reportees: int


def get_cles_communes(territoire: str, *, au_dela: int) -> ClesCommunes:
    """Keys that more than ``au_dela`` adults of the territory share."""
    with connection.cursor() as curseur:
        curseur.execute(COMMUNES, {"territoire": territoire, "bloc": au_dela})
        lignes = curseur.fetchall()
    return ClesCommunes(
        dates=tuple(cle for cle, est_date, _ in lignes if est_date),
        telephones=tuple(cle for cle, est_date, _ in lignes if not est_date),
        paires=sum(nombre * (nombre - 1) // 2 for _, _, nombre in lignes),
    )


def list_numeros(territoire: str, *, apres: str) -> list[str]:
    """The numbers of the next slice, in order."""
    demandes = Demande.objects.filter(territoire=territoire, nud__gt=apres)
    return list(demandes.order_by("nud").values_list("nud", flat=True)[:LOT])


def chercher_paires(
    territoire: str,
    *,
    apres: str,
    jusqua: str,
    jour: date,
    seuil: float,
    communes: ClesCommunes,
    au_dela: int,
) -> Tranche:
    """Pairs not decided yet whose first number is of this slice, the closest first.

    Open demandes, and with an open one those struck off that may still come back on ``jour``.
    """
    parametres: dict[str, Any] = {
        "territoire": territoire,
        "apres": apres,
        "jusqua": jusqua,
        "jour": jour,
        "seuil": seuil,
        "dates": list(communes.dates),
        "telephones": list(communes.telephones),
        "bloc": au_dela,
        **STATUTS,
        "limite": PAIRES_PAR_LOT,
    }
    lignes = lire_lignes(BALAYAGE, parametres)
    paires = tuple(
        PaireTrouvee(
            demande_a=ligne["demande_a"],
            demande_b=ligne["demande_b"],
            identite_a=ligne["identite_a"],
            identite_b=ligne["identite_b"],
            score=Decimal(str(ligne["score"])).quantize(Decimal("0.01")),
            raisons=raisons_de(ligne),
            revue=ligne["revue"],
        )
        for ligne in lignes
    )
    return Tranche(paires, lignes[0]["total"] - len(paires) if lignes else 0)


def chercher_anciens_titulaires(
    territoire: str, *, apres: str, jusqua: str, seuil: float, communes: ClesCommunes, au_dela: int
) -> tuple[tuple[AncienTitulaire, ...], int]:
    """Past identities of this slice's demandes that belong to somebody registered since, the closest first; and how
    many were left for the next sweep. Those already in an enquiry or a decision are left out.
    """
    lignes = lire_lignes(
        ANCIENNES,
        {
            "territoire": territoire,
            "apres": apres,
            "jusqua": jusqua,
            "seuil": seuil,
            "dates": list(communes.dates),
            "bloc": au_dela,
            "limite": ANCIENS_PAR_LOT,
        },
    )
    trouves = tuple(
        AncienTitulaire(
            demande_id=ligne["demande"],
            recente=ligne["recente"],
            identite_id=ligne["identite"],
            raisons=raisons_de(ligne),
        )
        for ligne in lignes
    )
    return trouves, lignes[0]["total"] - len(trouves) if lignes else 0


def list_sans_objet(territoire: str, *, jour: date) -> list[uuid.UUID]:
    """Open sets of the territory in which no two demandes are open, or may come back beside an open one."""
    parametres: dict[str, Any] = {"territoire": territoire, "jour": jour, **STATUTS}
    with connection.cursor() as curseur:
        curseur.execute(SANS_OBJET, parametres)
        return [ligne[0] for ligne in curseur.fetchall()]


def list_balayages(territoires: Sequence[str] = ()) -> tuple[Balayage, ...]:
    """The last sweep of each territory, or of those given."""
    passages = PassageDoublons.objects.order_by("territoire", "-commence_le", "-id").distinct("territoire")
    if territoires:
        passages = passages.filter(territoire__in=territoires)
    return tuple(
        Balayage(
            territoire=p.territoire,
            demandes=p.demandes,
            paires=p.paires,
            ensembles=p.ensembles,
            reportees=p.reportees,
            cles_communes=p.cles_communes,
            paires_ecartees=p.paires_ecartees,
            anciens_titulaires=p.anciens_titulaires,
            commence_le=p.commence_le,
            termine_le=p.termine_le,
        )
        for p in passages
    )


def get_dernier_balayage() -> datetime | None:
    """When the last sweep that ran to its end ended; ``None`` when none ever did."""
    dernier: datetime | None = PassageDoublons.objects.aggregate(dernier=Max("termine_le"))["dernier"]
    return dernier
