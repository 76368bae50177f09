"""An import, its bytes by pieces, and what became of each line."""

from django.db import models
from django.db.models import Q

from sne.conventions.models import Convention
from sne.imports.rules.etats import REPRENABLES, Etat, Issue
from sne.imports.rules.formats import Compression, Format
from sne.socle.gardes import Gardes


class Import(models.Model):
    """One file of an agreement. ``id``: derived from the agreement and the key under which it was sent.

    ``cle``, ``certificat``: what was shown with it, asked again before each batch; ``guichet``, ``territoire``,
    ``agent``: for whom it is done; ``tranche``: the next batch to do; ``tour``: how many times it was started.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    convention = models.ForeignKey(Convention, models.PROTECT, related_name="+", db_index=False)
    cle = models.UUIDField(verbose_name="clé")
    certificat = models.UUIDField(null=True)
    territoire = models.CharField(max_length=3)
    guichet = models.CharField(max_length=5)
    agent = models.CharField(max_length=64)
    format = models.CharField(max_length=7)
    compression = models.CharField(max_length=4, blank=True)
    essai = models.BooleanField(default=False)
    empreinte = models.BinaryField()  # SHA-256 of the bytes as they were sent
    octets = models.PositiveBigIntegerField()
    etat = models.CharField(max_length=10, default=Etat.RECU.value, verbose_name="état")
    motif = models.CharField(max_length=300, blank=True)
    lignes = models.PositiveIntegerField(null=True)
    tranche = models.PositiveIntegerField(default=0)
    tour = models.PositiveSmallIntegerField(default=1)
    depose_le = models.DateTimeField(verbose_name="déposé le")
    fini_le = models.DateTimeField(null=True)

    droits_runtime = (
        "SELECT, INSERT, DELETE, UPDATE (cle, certificat, agent, etat, motif, lignes, tranche, tour, fini_le)"
    )
    gardes = Gardes()

    class Meta:
        db_table = "import_convention"
        indexes = [
            models.Index(fields=["convention", "depose_le"], name="import_convention_ordre"),
            models.Index(fields=["fini_le"], name="import_convention_fini"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    etat__in=[e.value for e in Etat],
                    format__in=[f.value for f in Format],
                    compression__in=[c.value for c in Compression],
                ),
                name="import_convention_codes",
            ),
            models.CheckConstraint(
                condition=Q(
                    etat__in=[*(e.value for e in REPRENABLES), Etat.ANNULE.value], fini_le__isnull=False
                )
                | Q(etat__in=[Etat.RECU.value, Etat.CONTROLE.value, Etat.EN_COURS.value], fini_le=None),
                name="import_convention_fin",
            ),
        ]


class Tranche(models.Model):
    """A piece of an import, encrypted: bytes as they came (``recue``), then lines to do, some hundreds a piece."""

    pk = models.CompositePrimaryKey("import_recu_id", "recue", "rang")
    import_recu = models.ForeignKey(Import, models.CASCADE, related_name="tranches", db_index=False)
    recue = models.BooleanField()
    rang = models.PositiveIntegerField()
    contenu = models.BinaryField()

    droits_runtime = "SELECT, INSERT, DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "tranche_import"


class LigneImport(models.Model):
    """What became of one line, written with what it did. ``anomalies``: codes and places, no value that was typed."""

    pk = models.CompositePrimaryKey("import_recu_id", "ligne")
    import_recu = models.ForeignKey(Import, models.CASCADE, related_name="rapport", db_index=False)
    ligne = models.PositiveIntegerField()
    tour = models.PositiveSmallIntegerField()
    cle = models.CharField(max_length=64, blank=True, verbose_name="clé")
    issue = models.CharField(max_length=11)
    nud = models.CharField(max_length=18, blank=True)
    revision = models.PositiveIntegerField(null=True)
    anomalies = models.JSONField(default=list)

    droits_runtime = "SELECT, INSERT, DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "ligne_import"
        indexes = [models.Index(fields=["import_recu", "cle"], name="ligne_import_cle")]
        constraints = [
            models.CheckConstraint(condition=Q(issue__in=[i.value for i in Issue]), name="ligne_import_issue")
        ]
