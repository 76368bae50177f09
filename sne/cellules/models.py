"""Where each territory is: one row for those that have left the first cell, or are on their way."""

from enum import StrEnum

from django.db import models

from sne.socle.gardes import Gardes


class Etape(StrEnum):
    """How far a move has come; each step may be done again."""

    PREPARER = "PREPARER"
    FERMER = "FERMER"
    COMPARER = "COMPARER"
    BASCULER = "BASCULER"
    OUBLIER = "OUBLIER"


class Place(models.Model):
    """The cell of a territory. While it moves: where from, where to, the last step that is done, closed since when."""

    territoire = models.CharField(primary_key=True, max_length=3)
    cellule = models.CharField(max_length=20)
    de = models.CharField(max_length=20, blank=True, default="")
    vers = models.CharField(max_length=20, blank=True, default="")
    etape = models.CharField(
        max_length=10, blank=True, default="", choices=[(e.value, e.value) for e in Etape]
    )
    ferme_le = models.DateTimeField("fermé le", null=True)

    droits_runtime = "SELECT"
    droits_portail = "SELECT"
    gardes = Gardes()

    class Meta:
        db_table = "cellule_territoire"
