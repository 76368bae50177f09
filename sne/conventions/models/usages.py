"""How much a software calls, hour by hour, and what was unusual in it."""

from django.db import models
from django.db.models import Q

from sne.conventions.models.appels import RESEAU_MAX
from sne.conventions.models.conventions import Convention
from sne.conventions.rules.usages import Nature
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Identifiee


class Usage(models.Model):
    """Calls of an agreement from one network in one hour, once it has ended. ``lectures``: files that it was given."""

    pk = models.CompositePrimaryKey("convention_id", "debut", "reseau")
    convention = models.ForeignKey(Convention, models.PROTECT, related_name="usages", db_index=False)
    debut = models.DateTimeField()
    reseau = models.CharField("réseau", max_length=RESEAU_MAX, blank=True)
    appels = models.PositiveIntegerField()
    lectures = models.PositiveIntegerField()

    droits_runtime = "SELECT, INSERT, DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "usage_convention"
        indexes = [models.Index(fields=["debut"], name="usage_convention_anciens")]


class Alerte(Identifiee):
    """An unusual use, told once a day. ``debut``: its hour, or the first of its day."""

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="alertes", db_index=False)
    nature = models.CharField(max_length=8)
    jour = models.DateField()
    debut = models.DateTimeField()
    reseau = models.CharField("réseau", max_length=RESEAU_MAX, blank=True)
    compte = models.PositiveIntegerField()
    habitude = models.PositiveIntegerField()
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, DELETE"
    gardes = Gardes(journalise=(EntreeExigee("ALERTER_USAGE", "alerte"),))

    class Meta:
        db_table = "alerte_convention"
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "nature", "jour", "reseau"], name="alerte_convention_une_fois"
            ),
            models.CheckConstraint(
                condition=Q(nature__in=[n.value for n in Nature]), name="alerte_convention_codes"
            ),
        ]
