"""Places that a role which ended left without anybody who has to be there."""

from django.db import models
from django.db.models import Q

from sne.habilitations.rules.carences import GenreCarence
from sne.socle.gardes import Gardes
from sne.socle.models import Identifiee


class Carence(Identifiee):
    """A guichet without manager or without anybody, a territory without manager: listed until it is mended.

    ``guichet`` is empty for what a territory lacks.
    """

    territoire = models.CharField(max_length=3)
    guichet = models.CharField(max_length=5, blank=True)
    genre = models.CharField(max_length=20)
    constatee_le = models.DateTimeField()
    comblee_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (comblee_le)"
    gardes = Gardes()

    class Meta:
        db_table = "carence"
        constraints = [
            models.CheckConstraint(
                condition=Q(genre=GenreCarence.SANS_GESTIONNAIRE.value, guichet="")
                | (
                    Q(genre__in=[GenreCarence.SANS_RESPONSABLE.value, GenreCarence.SANS_PERSONNE.value])
                    & ~Q(guichet="")
                ),
                name="carence_genre",
            ),
            models.CheckConstraint(
                condition=Q(comblee_le=None) | Q(comblee_le__gte=models.F("constatee_le")),
                name="carence_dans_l_ordre",
            ),
            models.UniqueConstraint(
                fields=["territoire", "guichet", "genre"],
                condition=Q(comblee_le=None),
                name="carence_ouverte_une_fois",
            ),
        ]
