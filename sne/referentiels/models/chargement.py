"""What was loaded last: a second load of the same files does nothing, and a worker knows that it is stale."""

from django.db import models

from sne.socle.gardes import Gardes


class Chargement(models.Model):
    """The last load of one data set: the fingerprint of its files and when."""

    jeu = models.CharField(primary_key=True, max_length=20)
    empreinte = models.CharField(max_length=64)
    charge_le = models.DateTimeField()

    droits_runtime = "SELECT"
    droits_portail = "SELECT"
    gardes = Gardes()

    class Meta:
        db_table = "chargement"

    def __str__(self) -> str:
        return f"{self.jeu} {self.charge_le:%d/%m/%Y}"
