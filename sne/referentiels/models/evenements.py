"""Dated types of events, and dated letters of the priority publics."""

from django.db import models
from django.db.models import Q

from sne.referentiels.models.datee import Datee, Fictive
from sne.referentiels.rules.publics import ClassePublic


class TypeEvenement(Fictive):
    """A type of event, national or of one territory. Its typed characteristics are
    ``[{nom, libelle, type, requis, code_court, aide, descriptif, liste?}]``.
    """

    territoire = models.CharField(max_length=3, blank=True)
    code = models.CharField(max_length=30)
    libelle = models.CharField("libellé", max_length=100)
    publie_portail = models.BooleanField("publié sur le portail")
    reglementaire = models.BooleanField("réglementaire")
    par_acte = models.BooleanField("produit par un acte")
    code_court = models.CharField("code des interfaces", max_length=10)
    texte_portail = models.CharField("texte pour le ménage", max_length=500)
    texte_interne = models.CharField("texte pour les guichets", max_length=500)
    sous_conditions = models.BooleanField(
        "dit d’une attribution sous condition après une autre", default=False
    )
    en_instruction = models.BooleanField("dit que la demande est instruite", default=False)
    caracteristiques = models.JSONField("caractéristiques", default=list)
    rang = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=120)

    class Meta(Fictive.Meta):
        db_table = "type_evenement"
        constraints = [
            *Fictive.Meta.constraints,
            models.UniqueConstraint(
                fields=["territoire", "code", "debut"], name="type_evenement_unique", nulls_distinct=False
            ),
            models.UniqueConstraint(
                fields=["territoire", "code_court", "debut"],
                name="type_evenement_court",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} : {self.libelle}"


class PublicPrioritaire(Datee):
    """A public whom the law puts first: a code kept for ever, the letter of CCH L441-1 for a period."""

    code = models.CharField(max_length=30)
    lettre = models.CharField(max_length=8, blank=True)
    libelle = models.CharField("libellé", max_length=150)
    classe = models.CharField(max_length=14)
    rang = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=120)

    class Meta(Datee.Meta):
        db_table = "public_prioritaire"
        constraints = [
            *Datee.Meta.constraints,
            models.UniqueConstraint(
                fields=["code", "debut"], name="public_prioritaire_unique", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(classe__in=[c.value for c in ClassePublic]), name="public_prioritaire_classe"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} : {self.libelle}"
