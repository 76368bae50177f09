"""Lines of the feed and what is said of them: statements of ours, acknowledgements of readers."""

from django.db import models
from django.db.models import Q

from sne.conventions.models import Convention
from sne.flux.rules.types import Serie
from sne.socle.gardes import Gardes


class Ligne(models.Model):
    """One line, 1, 2, 3… in its series. It stays when the demande is erased: it names nobody, and others follow it.

    ``chaine``: SHA-256 of the one before and of this line (``rules.lignes``).
    """

    pk = models.CompositePrimaryKey("territoire", "serie", "numero")
    territoire = models.CharField(max_length=3)
    serie = models.CharField("série", max_length=8)
    numero = models.BigIntegerField("numéro")
    scellement = models.BigIntegerField()
    rang = models.IntegerField()
    entree = models.UUIDField("entrée du journal")
    demande = models.UUIDField()
    revision = models.IntegerField()
    type = models.CharField(max_length=30)
    survenu_le = models.DateTimeField()
    chaine = models.BinaryField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "flux_ligne"
        constraints = [
            models.CheckConstraint(
                condition=Q(serie__in=[s.value for s in Serie], numero__gte=1), name="flux_ligne_numero"
            ),
            models.UniqueConstraint(fields=["entree"], name="flux_ligne_une_fois"),
        ]

    def __str__(self) -> str:
        return f"{self.territoire} {self.serie} {self.numero}"


class Releve(models.Model):
    """A statement: the note signed on a series up to a number. Insert-only."""

    pk = models.CompositePrimaryKey("territoire", "serie", "numero")
    territoire = models.CharField(max_length=3)
    serie = models.CharField("série", max_length=8)
    numero = models.BigIntegerField("numéro")
    note = models.TextField("note signée")
    pose_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "flux_releve"

    def __str__(self) -> str:
        return f"{self.territoire} {self.serie} {self.numero}"


class Accuse(models.Model):
    """How far the software of an agreement says that it has read, with a head that is ours."""

    pk = models.CompositePrimaryKey("convention_id", "territoire", "serie")
    convention = models.ForeignKey(Convention, models.PROTECT, related_name="+", db_index=False)
    territoire = models.CharField(max_length=3)
    serie = models.CharField("série", max_length=8)
    numero = models.BigIntegerField("numéro")
    accuse_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, UPDATE (numero, accuse_le)"
    gardes = Gardes()

    class Meta:
        db_table = "flux_accuse"

    def __str__(self) -> str:
        return f"{self.territoire} {self.serie} {self.numero}"
