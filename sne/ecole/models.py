"""The territory that each agreement tries its software on, and what was called there."""

from django.db import models
from django.db.models import F, Q

from sne.conventions.models import Convention
from sne.socle.gardes import Gardes
from sne.socle.models import Identifiee


class Bac(models.Model):
    """One fictional territory, one agreement. ``avance``: how far its clock is ahead; ``appele_le``: the last call.

    ``seme_le``: when its pack was last sown, by the true clock; none while it is empty.
    """

    territoire = models.CharField(max_length=3, primary_key=True)
    convention = models.OneToOneField(Convention, models.PROTECT, related_name="bac")
    avance = models.DurationField()
    ouvert_le = models.DateTimeField()
    appele_le = models.DateTimeField()
    seme_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (avance, appele_le, seme_le), DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "bac"
        constraints = [
            models.CheckConstraint(condition=Q(territoire__regex="^[0-9]{3}$"), name="bac_code"),
            models.CheckConstraint(condition=Q(appele_le__gte=F("ouvert_le")), name="bac_appele"),
        ]

    def __str__(self) -> str:
        return self.territoire


class Trace(Identifiee):
    """One call to a bac, as its conformance is judged: what it was about, never what it said.

    ``route``: pattern of the address; ``objet``, ``cle``, ``corps``: fingerprints of the address, of the key of
    idempotency and of the body; ``revision``: the one sent; ``faits``: what else the rules read.
    """

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="traces", db_index=False)
    survenu_le = models.DateTimeField()
    methode = models.CharField(max_length=8)
    route = models.CharField(max_length=100)
    statut = models.PositiveSmallIntegerField()
    objet = models.CharField(max_length=16)
    cle = models.CharField(max_length=16, blank=True)
    corps = models.CharField(max_length=16, blank=True)
    agent = models.CharField(max_length=64, blank=True)
    revision = models.CharField(max_length=16, blank=True)
    scenario = models.CharField(max_length=40, blank=True)
    faits = models.JSONField(default=dict)

    droits_runtime = "SELECT, INSERT, DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "trace_ecole"
        indexes = [models.Index(fields=["convention", "survenu_le"], name="trace_ecole_ordre")]
