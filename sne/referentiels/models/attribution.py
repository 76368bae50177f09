"""Whom an applicant depends on: the landlords present in each commune, the mediation commissions."""

from django.db import models
from django.db.models import Q

from sne.referentiels.models.datee import Fictive
from sne.referentiels.models.geographie import Commune, Departement
from sne.referentiels.models.organismes import Organisme


class Parc(Fictive):
    """Dwellings that a landlord lets in a commune: the full attestation names who has some (CCH R441-2-4)."""

    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+", db_index=False)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+")
    logements = models.PositiveIntegerField()

    class Meta(Fictive.Meta):
        db_table = "parc"
        constraints = [
            *Fictive.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisme", "commune", "debut"], name="parc_unique", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(logements__gte=1), name="parc_non_vide"),
        ]

    def __str__(self) -> str:
        return f"{self.organisme_id} {self.commune_id} : {self.logements}"


class CommissionMediation(Fictive):
    """The commission of a département that may say a household priority and urgent (CCH L441-2-3).

    ``delai_anormal_mois``: the wait past which it can be seized for that alone, set by the prefect (CCH L441-1-4).
    """

    departement = models.ForeignKey(Departement, models.PROTECT, related_name="+", db_index=False)
    nom = models.CharField(max_length=150)
    service = models.CharField(max_length=150, blank=True)
    voie = models.CharField(max_length=100)
    code_postal = models.CharField(max_length=5)
    ville = models.CharField(max_length=100)
    courriel = models.EmailField(blank=True)
    telephone = models.CharField("téléphone", max_length=16, blank=True)
    delai_anormal_mois = models.PositiveSmallIntegerField("délai anormalement long, en mois")
    source = models.CharField("arrêté qui fixe le délai", max_length=120)

    class Meta(Fictive.Meta):
        db_table = "commission_mediation"
        constraints = [
            *Fictive.Meta.constraints,
            models.UniqueConstraint(
                fields=["departement", "debut"], name="commission_mediation_unique", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(delai_anormal_mois__range=(1, 240)), name="commission_mediation_delai"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.departement_id} {self.nom}"
