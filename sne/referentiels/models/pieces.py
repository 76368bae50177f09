"""The dated catalogue of supporting documents."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.referentiels.models.datee import Datee
from sne.referentiels.rules.pieces import Critere, NiveauPiece, PorteePiece


class TypePiece(Datee):
    """One document that may be asked, or that may never be: the list is closed by ministerial order."""

    code = models.CharField(max_length=40)
    niveau = models.CharField(max_length=14)
    libelle = models.CharField("libellé", max_length=200)
    exemples = models.CharField(max_length=400, blank=True)
    portee = models.CharField("portée", max_length=11)
    critere = models.CharField("critère", max_length=20)
    valeurs = ArrayField(models.CharField(max_length=30), default=list)
    rang = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=120)
    natures = models.JSONField("justificatifs acceptés", default=list)
    repondent = ArrayField(models.CharField(max_length=40), default=list)
    annee = models.PositiveSmallIntegerField("années avant celle en cours", null=True)
    validite_mois = models.PositiveSmallIntegerField("mois de validité", null=True)
    sante = models.BooleanField("parle de santé", default=False)

    class Meta(Datee.Meta):
        db_table = "type_de_piece"
        constraints = [
            *Datee.Meta.constraints,
            models.UniqueConstraint(
                fields=["code", "debut"], name="type_de_piece_unique", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(niveau__in=[n.value for n in NiveauPiece])
                & Q(portee__in=[p.value for p in PorteePiece])
                & Q(critere__in=[c.value for c in Critere]),
                name="type_de_piece_connu",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} : {self.libelle}"
