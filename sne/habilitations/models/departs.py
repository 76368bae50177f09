"""Somebody leaves: from which day, why, and to whom what they held goes."""

from django.db import models
from django.db.models import F, Q

from sne.habilitations.models.comptes import Compte
from sne.habilitations.rules.departs import MotifDepart
from sne.socle.gardes import Gardes
from sne.socle.models import Identifiee


class Depart(Identifiee):
    """The departure of a person from the places of one territory (empty: national roles), said once.

    ``effet``: the first day without rights. ``execute_le``: when what they held was handed over.
    """

    territoire = models.CharField(max_length=3, blank=True)
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="departs", db_index=False)
    effet = models.DateField()
    motif = models.CharField(max_length=20)
    precision = models.CharField("précision", max_length=200, blank=True)
    successeur = models.ForeignKey(Compte, models.PROTECT, null=True, related_name="+", db_index=False)
    prononce_par = models.UUIDField()
    prononce_le = models.DateTimeField()
    execute_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (execute_le)"
    gardes = Gardes()

    class Meta:
        db_table = "depart"
        constraints = [
            models.CheckConstraint(
                condition=Q(motif__in=[m.value for m in MotifDepart])
                & (~Q(motif=MotifDepart.AUTRE.value) | ~Q(precision="")),
                name="depart_motif",
            ),
            models.CheckConstraint(
                condition=~Q(prononce_par=F("compte")) & (Q(successeur=None) | ~Q(successeur=F("compte"))),
                name="depart_autre_personne",
            ),
        ]
        indexes = [
            models.Index(fields=["territoire", "compte"], name="depart_du_compte"),
            models.Index(fields=["effet"], condition=Q(execute_le=None), name="depart_a_executer"),
        ]
