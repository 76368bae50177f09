"""Dated code lists and dated parameters."""

from django.db import models
from django.db.models import Q

from sne.referentiels.models.datee import Datee


class Valeur(Datee):
    """One code of one list. The database stores codes, never labels: this is where labels are."""

    liste = models.CharField(max_length=40)
    code = models.CharField(max_length=30, blank=True)  # the empty code of ListeMotifsRadiation: déradiation
    libelle = models.CharField(max_length=200)
    rang = models.PositiveSmallIntegerField()
    obsolete = models.BooleanField(default=False)
    repli = models.CharField(max_length=30, blank=True)
    source = models.CharField(max_length=60, blank=True)

    class Meta(Datee.Meta):
        db_table = "valeur_de_liste"
        constraints = [
            *Datee.Meta.constraints,
            models.UniqueConstraint(
                fields=["liste", "code", "debut"], name="valeur_de_liste_unique", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.liste} {self.code} : {self.libelle}"


class Parametre(Datee):
    """One value of one parameter for a period; changing it is adding a row that starts later."""

    code = models.CharField(max_length=40)
    valeur = models.JSONField()
    unite = models.CharField("unité", max_length=20)
    libelle = models.CharField("libellé", max_length=200)
    source = models.CharField(max_length=120)

    class Meta(Datee.Meta):
        db_table = "parametre"
        constraints = [
            *Datee.Meta.constraints,
            models.UniqueConstraint(fields=["code", "debut"], name="parametre_unique", nulls_distinct=False),
            models.CheckConstraint(condition=~Q(libelle="") & ~Q(source=""), name="parametre_explique"),
        ]

    def __str__(self) -> str:
        return f"{self.code} = {self.valeur} {self.unite}"
