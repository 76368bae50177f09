"""The funnel of each territory as the night drew it, ready to be read."""

from django.db import models

from sne.socle.gardes import Gardes


class EntonnoirCalcule(models.Model):
    """One territory. ``contenu``: the funnel (:class:`sne.suivi.rules.entonnoir.Entonnoir`); ``empreinte``: of the
    counts and figures that it was drawn from, so that one of another day is never read.
    """

    territoire = models.CharField(max_length=3, primary_key=True)
    empreinte = models.CharField(max_length=64)
    contenu = models.JSONField()

    droits_runtime = "SELECT, INSERT, UPDATE"
    gardes = Gardes()

    class Meta:
        db_table = "entonnoir_calcule"

    def __str__(self) -> str:
        return self.territoire
