"""The journal’s tables: entries and seals, whose tables are made by ``gardes.sql``, and what proves them outside."""

from django.db import models

from sne.journal.rules.jalons import MOTIF_MAX
from sne.socle.gardes import Gardes


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
    droits_portail = "SELECT"
    gardes = Gardes()

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
    droits_portail = "SELECT"
    gardes = Gardes(efface_par=("ligne.entree IN (SELECT e.id FROM journal_entree e WHERE e.demande = $1)"))

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
    droits_portail = "SELECT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        managed = False
        db_table = "journal_scellement"


class Position(models.Model):
    """Where a sealed entry stands: dense ranks inside dense seals; what feeds and subscribers read.

    The hash of the entry is kept here too: it stays when the month of the entry is taken away.
    """

    pk = models.CompositePrimaryKey("scellement", "rang")
    scellement = models.BigIntegerField()
    rang = models.IntegerField()
    entree = models.UUIDField(unique=True)
    inscrit_le = models.DateTimeField()
    empreinte = models.BinaryField()

    droits_runtime = "SELECT"
    droits_portail = "SELECT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        managed = False
        db_table = "journal_position"


class Abonnement(models.Model):
    """How far a subscriber has been served: the number of the last seal turned into jobs."""

    abonne = models.CharField(max_length=60, primary_key=True)
    scellement = models.BigIntegerField()
    avance_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, UPDATE"
    gardes = Gardes()

    class Meta:
        managed = False
        db_table = "journal_abonnement"


class Cle(models.Model):
    """One signing key: its public half, and the note by which the key before it puts it in force."""

    numero = models.PositiveSmallIntegerField(primary_key=True)
    publique = models.TextField("clé publique, comme une note la nomme", unique=True)
    apres_le_jalon = models.BigIntegerField("dernier jalon que la clé précédente a signé")
    note = models.TextField("note signée")
    declaree_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    droits_portail = "SELECT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "journal_cle"


class Jalon(models.Model):
    """A signed checkpoint: the journal up to one seal. Its note holds the roots, and is what witnesses receive."""

    numero = models.BigIntegerField(primary_key=True)
    scellement = models.BigIntegerField("dernier scellement couvert", unique=True)
    entrees = models.BigIntegerField("entrées depuis le début")
    cle = models.ForeignKey(Cle, models.PROTECT, related_name="+")
    note = models.TextField("note signée")
    pose_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    droits_portail = "SELECT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "journal_jalon"


class JalonEcarte(models.Model):
    """A checkpoint that no key signed, which the owner set aside: what verifies the journal no longer counts it."""

    jalon = models.OneToOneField(Jalon, models.PROTECT, primary_key=True, related_name="ecarte")
    motif = models.CharField("motif", max_length=MOTIF_MAX)
    ecarte_le = models.DateTimeField()

    droits_runtime = "SELECT"
    droits_portail = "SELECT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "journal_jalon_ecarte"


class Tuile(models.Model):
    """Root of 256 seals (level 1), of 256 such roots (level 2)…: a proof reads a few of them, never all seals."""

    pk = models.CompositePrimaryKey("niveau", "indice")
    niveau = models.PositiveSmallIntegerField()
    indice = models.BigIntegerField()
    empreinte = models.BinaryField()

    droits_runtime = "SELECT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "journal_tuile"


class Horodatage(models.Model):
    """What a time-stamping authority answered for a checkpoint (RFC 3161): somebody else’s clock."""

    jalon = models.OneToOneField(Jalon, models.PROTECT, primary_key=True, related_name="horodatage")
    autorite = models.TextField("adresse de l’autorité")
    reponse = models.BinaryField("réponse, comme reçue")
    horodate_le = models.DateTimeField("instant que dit l’autorité")

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "journal_horodatage"


class Retrait(models.Model):
    """One month whose entries were taken away at the end of their retention; their hashes stay in their positions."""

    mois = models.DateField("premier jour du mois, UTC", primary_key=True)
    entrees = models.BigIntegerField()
    note = models.TextField("note signée")
    retire_le = models.DateTimeField()

    droits_runtime = "SELECT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "journal_retrait"


class EreAilleurs(models.Model):
    """An era of another cell, known since a territory came from there: nothing of it is sealed here."""

    ere = models.TextField(primary_key=True)
    cellule = models.CharField(max_length=20)

    droits_runtime = "SELECT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "journal_ere_ailleurs"


class Reprise(models.Model):
    """An entry that came with a territory: where and when it was sealed, which the export of that cell proves."""

    entree = models.UUIDField(primary_key=True)
    cellule = models.CharField(max_length=20)
    scellement = models.BigIntegerField()
    rang = models.IntegerField()
    scelle_le = models.DateTimeField()
    inscrit_le = models.DateTimeField()
    empreinte = models.BinaryField()

    droits_runtime = "SELECT"
    droits_portail = "SELECT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "journal_reprise"
        indexes = (
            models.Index(fields=["cellule", "scellement", "rang"], name="journal_reprise_place"),
            models.Index(fields=["scelle_le"], name="journal_reprise_depuis"),
        )
