"""The journal's tables as Django reads them; their SQL, partitions and guards are in the first migration."""

from django.db import models


class Entree(models.Model):
    """One act. Partitioned by month of ``inscrit_le``; written by ``journal_inscrire_en_lot()`` alone."""

    id = models.UUIDField(primary_key=True)
    territoire = models.CharField(max_length=3)
    demande = models.UUIDField(null=True)
    revision = models.IntegerField(null=True)
    verbe = models.CharField(max_length=30)
    acteur = models.JSONField()
    faits = models.JSONField()
    correlation = models.UUIDField(null=True)
    survenu_le = models.DateTimeField()
    inscrit_le = models.DateTimeField()
    empreinte = models.BinaryField()

    droits_runtime = "SELECT"

    class Meta:
        managed = False
        db_table = "journal_entree"


class Valeur(models.Model):
    """A personal value before or after an act, erasable: the entry holds only its salted commitment."""

    pk = models.CompositePrimaryKey("entree", "champ", "cote")
    entree = models.UUIDField()
    champ = models.TextField()
    cote = models.CharField(max_length=5)
    sel = models.BinaryField()
    valeur = models.TextField(null=True)  # noqa: DJ001 - absence is not the empty string

    droits_runtime = "SELECT"

    class Meta:
        managed = False
        db_table = "journal_valeur"


class Scellement(models.Model):
    """One batch of entries in their final order: a Merkle root, chained to the batch before."""

    numero = models.BigIntegerField(primary_key=True)
    ere = models.TextField()
    nombre = models.IntegerField()
    racine = models.BinaryField()
    precedent = models.BinaryField()
    empreinte = models.BinaryField()
    scelle_le = models.DateTimeField()

    droits_runtime = "SELECT"

    class Meta:
        managed = False
        db_table = "journal_scellement"


class Position(models.Model):
    """Where a sealed entry stands: dense ranks inside dense seals; what feeds and subscribers read."""

    pk = models.CompositePrimaryKey("scellement", "rang")
    scellement = models.BigIntegerField()
    rang = models.IntegerField()
    entree = models.UUIDField(unique=True)
    inscrit_le = models.DateTimeField()

    droits_runtime = "SELECT"

    class Meta:
        managed = False
        db_table = "journal_position"


class Abonnement(models.Model):
    """How far a subscriber has been served: the number of the last seal turned into jobs."""

    abonne = models.CharField(max_length=60, primary_key=True)
    scellement = models.BigIntegerField()
    avance_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, UPDATE"

    class Meta:
        managed = False
        db_table = "journal_abonnement"
