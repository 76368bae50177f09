"""What each territory has to look at, as the night counted it, for who watches over the nation."""

from django.db import models

from sne.socle.gardes import Gardes


class VeilleTerritoire(models.Model):
    """One territory. ``chiffres``: counts and ages in days (:class:`sne.suivi.rules.national.Veille`), of nobody."""

    territoire = models.CharField(max_length=3, primary_key=True)
    calculee_le = models.DateTimeField()
    chiffres = models.JSONField()

    droits_runtime = "SELECT, INSERT, UPDATE"
    gardes = Gardes()

    class Meta:
        db_table = "veille_territoire"

    def __str__(self) -> str:
        return self.territoire
