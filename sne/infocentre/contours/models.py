"""Outlines of communes, a row by département: replaced whole when a file brings them again."""

from django.db import models
from django.db.models import Q

from sne.socle.gardes import Gardes

SIGNES_MAX = 200  # of a source, of a licence


class ContoursDepartement(models.Model):
    """The outlines of the communes of one département, and who has to be named under a map of them. Public data.

    ``contours``: by code INSEE, its rings, each a flat list of steps of the grid (``contours.rules``): x, y, x, y…
    Loaded by the owner.
    """

    departement = models.CharField(primary_key=True, max_length=3)
    contours = models.JSONField()
    source = models.CharField(max_length=SIGNES_MAX)
    licence = models.CharField(max_length=SIGNES_MAX)
    charge_le = models.DateTimeField()

    droits_runtime = "SELECT"
    gardes = Gardes()

    class Meta:
        db_table = "contours_departement"
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(licence=""), name="contours_departement_de_qui"
            ),
        ]

    def __str__(self) -> str:
        return self.departement
