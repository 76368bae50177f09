"""What a person was told before a role ends for want of use."""

from django.db import models

from sne.habilitations.models.comptes import Habilitation
from sne.socle.gardes import Gardes
from sne.socle.models import Identifiee


class AvisInactivite(Identifiee):
    """A role is about to end because nobody uses it; insert-only, one row for each time that the account stopped being
    used.

    ``depuis``: the day that the months are counted from; ``retrait_le``: the day announced.
    """

    territoire = models.CharField(max_length=3, blank=True)
    habilitation = models.ForeignKey(Habilitation, models.PROTECT, related_name="avis", db_index=False)
    depuis = models.DateField()
    retrait_le = models.DateField()
    avise_le = models.DateField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes()

    class Meta:
        db_table = "avis_inactivite"
        constraints = [
            models.UniqueConstraint(fields=["habilitation", "depuis"], name="avis_inactivite_une_fois"),
            models.CheckConstraint(
                condition=models.Q(depuis__lt=models.F("avise_le"))
                & models.Q(avise_le__lt=models.F("retrait_le")),
                name="avis_inactivite_dans_l_ordre",
            ),
        ]
        indexes = [models.Index(fields=["territoire", "avise_le"], name="avis_inactivite_du_jour")]
