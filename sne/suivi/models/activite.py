"""What each counter did in each month: a projection of the register, computed again at any time."""

from django.db import models
from django.db.models import F, Q

from sne.socle.gardes import Gardes


class ActiviteMensuelle(models.Model):
    """One counter and one month, as :class:`sne.suivi.rules.activite.Activite` says each figure.

    No row: nothing was done there in that month.
    """

    pk = models.CompositePrimaryKey("territoire", "mois", "guichet")
    territoire = models.CharField(max_length=3)
    mois = models.DateField("premier jour du mois")
    guichet = models.CharField(max_length=5)
    traitees = models.IntegerField()
    naissance_cosmetique = models.IntegerField()
    naissance_mineure = models.IntegerField()
    naissance_majeure = models.IntegerField()
    prenoms = models.IntegerField()
    dates_naissance = models.IntegerField()
    nir = models.IntegerField()
    en_attente = models.IntegerField()
    validees = models.IntegerField()
    refusees = models.IntegerField()
    expirees = models.IntegerField()
    delai_median_minutes = models.IntegerField("délai médian de validation, en minutes", null=True)
    agents = models.IntegerField()
    part_premier_agent = models.FloatField(null=True)
    sur_anciennes = models.IntegerField()
    sans_piece = models.IntegerField()
    hasard = models.FloatField("probabilité d’autant de changements", null=True)

    droits_runtime = "SELECT, INSERT, DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "activite_mensuelle"
        constraints = [
            models.CheckConstraint(condition=Q(mois__day=1), name="activite_mensuelle_mois"),
            models.CheckConstraint(
                condition=Q(agents=0, part_premier_agent=None)
                | Q(agents__gte=1, part_premier_agent__gt=0, part_premier_agent__lte=1),
                name="activite_mensuelle_agents",
            ),
            models.CheckConstraint(
                condition=Q(agents__lte=F("naissance_mineure") + F("naissance_majeure"))
                & Q(sur_anciennes__lte=F("naissance_mineure") + F("naissance_majeure"))
                & Q(sans_piece__lte=F("naissance_mineure") + F("naissance_majeure")),
                name="activite_mensuelle_parts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guichet} {self.mois:%m/%Y}"
