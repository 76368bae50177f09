"""What every reference row has: the days between which it holds."""

from django.db import models
from django.db.models import F, Q

from sne.referentiels.rules import Periode
from sne.socle.gardes import Gardes


class Datee(models.Model):
    """``debut`` and ``fin`` are both included; empty means since ever, or until further notice."""

    debut = models.DateField("premier jour", null=True)
    fin = models.DateField("dernier jour", null=True)

    droits_runtime = "SELECT"
    droits_portail = "SELECT"
    gardes = Gardes()

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(fin__gte=F("debut")), name="%(class)s_periode")]

    @property
    def periode(self) -> Periode:
        """The period of validity."""
        return Periode(self.debut, self.fin)


class Fictive(Datee):
    """A dated row that may belong to the fictional territory of the demonstration."""

    fictif = models.BooleanField(default=False)

    class Meta(Datee.Meta):
        abstract = True
