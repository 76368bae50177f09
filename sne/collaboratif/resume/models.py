"""When each was last sent a digest: never two in a day."""

from django.db import models

from sne.socle.gardes import Gardes


class Resume(models.Model):
    """The last digest of a person, whichever of their accounts it went to."""

    personne = models.UUIDField(primary_key=True)
    envoye_le = models.DateTimeField("envoyé le")

    droits_runtime = "SELECT, INSERT, UPDATE (envoye_le)"
    gardes = Gardes()

    class Meta:
        db_table = "resume_espaces"

    def __str__(self) -> str:
        return f"{self.personne}"
