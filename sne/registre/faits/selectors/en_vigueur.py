"""Facts in force, neither corrected nor taken back: what they say of a demande, and of which demandes they say it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_lire_dalo
from sne.registre.faits.models import Attribution, DecisionCaleol, Fait, FaitDalo
from sne.registre.faits.parametres import ParametresFaits
from sne.registre.faits.rules.dalo import NatureDalo, PeriodeDalo
from sne.registre.faits.rules.decisions import Decision
from sne.socle import horloge
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class Indicateurs:
    """What the register works out of a demande. ``delai_anormal``: ``None`` for who may not read DALO facts."""

    delai_anormal: bool | None
    conditions_multiples: bool
    calcule_le: datetime


def get_indicateurs(demande: Demande, *, acteur: Acteur, instant: datetime) -> Indicateurs:
    """Worked out at ``instant`` (aware): whether the wait was called abnormal by the mediation commission, whether a
    dwelling was allocated under a condition precedent more than once. The caller has checked the perimeter.
    """
    le = horloge.jour(instant)
    lit_dalo = can_lire_dalo(acteur, territoire=demande.territoire)
    seule = {"territoire": demande.territoire, "demande": demande.id}
    au_moins = get_parametres(le)[ParametresFaits].attributions_sous_condition_min
    return Indicateurs(
        delai_anormal=delais_dits_anormaux(le=le).filter(**seule).exists() if lit_dalo else None,
        conditions_multiples=_sous_condition().filter(**seule).count() >= au_moins,
        calcule_le=instant,
    )


def get_dalo(demande: Demande, *, acteur: Acteur, le: date) -> PeriodeDalo | None:
    """The DALO status in force on that day, the last one recorded; ``None`` without one, and for who may not read it:
    nobody learns which. The caller has checked the perimeter.
    """
    if not can_lire_dalo(acteur, territoire=demande.territoire):
        return None
    statuts = en_cours(NatureDalo.STATUT, le=le).filter(territoire=demande.territoire, demande=demande)
    dernier = statuts.order_by("jour", "inscrit_le").last()
    return lire_periode(dernier) if dernier else None


def lire_periode(ligne: FaitDalo) -> PeriodeDalo:
    """A DALO fact as it is read."""
    return PeriodeDalo(
        NatureDalo(ligne.nature),
        ligne.statut,
        ligne.jour,
        ligne.fin,
        ligne.diagnostic_social,
        ligne.accompagnement_social,
        ligne.typologie,
    )


def bail_signe_le(demande_id: uuid.UUID) -> date | None:
    """Day of the last lease signed, by an allocation still in force. The caller has checked the perimeter."""
    signes = en_vigueur(Attribution).filter(demande=demande_id)
    dernier: date | None = signes.aggregate(dernier=Max("bail_signe_le"))["dernier"]
    return dernier


def is_attribuee(demande_id: uuid.UUID) -> bool:
    """Whether a dwelling was allocated, by an allocation still in force. The caller has checked the perimeter."""
    return en_vigueur(Attribution).filter(demande=demande_id).exists()


def attribuees_a(commune: str) -> QuerySet[Attribution]:
    """Allocations of a dwelling of this commune."""
    return en_vigueur(Attribution).filter(commune=commune)


def delais_dits_anormaux(*, le: date) -> QuerySet[FaitDalo]:
    """Waits called abnormal, on that day."""
    return en_cours(NatureDalo.DELAI_ANORMAL, le=le)


def conditions_repetees(*, au_moins: int) -> QuerySet[DecisionCaleol, Mapping[str, Any]]:
    """Demandes allocated under a condition precedent so many times."""
    comptees = _sous_condition().values("demande").annotate(combien=Count("id"))
    return comptees.filter(combien__gte=au_moins).values("demande")


def en_cours(nature: NatureDalo, *, le: date) -> QuerySet[FaitDalo]:
    """DALO facts of this nature whose days cover this one."""
    dure = Q(fin=None) | Q(fin__gte=le)
    return en_vigueur(FaitDalo).filter(dure, nature=nature.value, jour__lte=le)


def en_vigueur[F: Fait](modele: type[F]) -> QuerySet[F]:
    """Facts of a kind that count."""
    corrigees = modele._default_manager.filter(remplace=OuterRef("id"))
    return modele._default_manager.filter(~Exists(corrigees), retrait=False)


def _sous_condition() -> QuerySet[DecisionCaleol]:
    return en_vigueur(DecisionCaleol).filter(code=Decision.ATTR_SUSP.value)
