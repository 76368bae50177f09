"""Landlords present in communes, mediation commissions of départements: one query each, on the day asked."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from sne.referentiels.models import CommissionMediation, Parc
from sne.referentiels.rules import BailleurPresent, Commission


def list_bailleurs(communes: Collection[str], *, le: date) -> dict[str, tuple[BailleurPresent, ...]]:
    """Landlords with dwellings in each commune (INSEE codes) on that day, the largest first; none: absent."""
    trouves: dict[str, list[BailleurPresent]] = {}
    presents = Parc.objects.select_related("organisme").filter(_le(le), commune__in=communes)
    for p in presents.order_by("-logements", "organisme__nom", "organisme"):
        bailleur = BailleurPresent(p.organisme_id, p.organisme.nom, p.logements)
        trouves.setdefault(p.commune_id, []).append(bailleur)
    return {commune: tuple(bailleurs) for commune, bailleurs in trouves.items()}


def list_commissions(departements: Collection[str], *, le: date) -> tuple[Commission, ...]:
    """Mediation commissions of these départements on that day, by département; an unknown one is absent."""
    lues = CommissionMediation.objects.filter(_le(le), departement__in=departements)
    return tuple(_commission(c) for c in lues.order_by("departement"))


def _le(jour: date) -> Q:
    return (Q(debut=None) | Q(debut__lte=jour)) & (Q(fin=None) | Q(fin__gte=jour))


def _commission(c: CommissionMediation) -> Commission:
    return Commission(
        departement=c.departement_id,
        nom=c.nom,
        service=c.service,
        voie=c.voie,
        code_postal=c.code_postal,
        ville=c.ville,
        courriel=c.courriel,
        telephone=c.telephone,
        delai_anormal_mois=c.delai_anormal_mois,
        source=c.source,
        periode=c.periode,
    )
