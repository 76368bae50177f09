"""How far the daily clock went: progress that anybody can read, nothing that an act depends on."""

from django.db import models

from sne.registre.demande.models.colonnes import territoire
from sne.socle.gardes import Gardes
from sne.socle.models import Identifiee


class PassageHorloge(Identifiee):
    """One step of one day in one territory: counts grow as it works, ``termine_le`` says that it is whole.

    ``retenues``: notices that could not be given, or ends that wait for their notice: somebody has to look.
    """

    territoire = territoire()
    jour = models.DateField()
    etape = models.CharField(max_length=12)
    traites = models.IntegerField(default=0)
    refuses = models.IntegerField(default=0)
    retenues = models.IntegerField(default=0, db_default=0)
    commence_le = models.DateTimeField()
    termine_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE"
    gardes = Gardes()

    class Meta:
        db_table = "passage_horloge"
        constraints = [
            models.UniqueConstraint(fields=["territoire", "jour", "etape"], name="passage_horloge_unique")
        ]
        indexes = [models.Index(fields=["-jour"], name="passage_horloge_jour")]
