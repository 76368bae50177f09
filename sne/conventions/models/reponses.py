"""What a software was answered to a write, kept for a while: sent again under the same key, it is given the same."""

from django.db import models

from sne.conventions.models.conventions import Convention
from sne.socle.gardes import Gardes


class ReponseGardee(models.Model):
    """One answer. ``id``: derived from the agreement and the key, and so is what the act made.

    ``empreinte``: SHA-256 of the body that was answered; ``contenu``: the answer, encrypted (a refusal may quote).
    """

    id = models.UUIDField(primary_key=True, editable=False)
    convention = models.ForeignKey(Convention, models.PROTECT, related_name="+", db_index=False)
    empreinte = models.BinaryField()
    statut = models.PositiveSmallIntegerField()
    contenu = models.BinaryField()
    gardee_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "reponse_gardee"
        indexes = [models.Index(fields=["gardee_le"], name="reponse_gardee_ancienne")]
