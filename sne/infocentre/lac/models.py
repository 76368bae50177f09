"""What PostgreSQL keeps of the lake: how far it was poured, the list of its files, its keys, the cells counted."""

from django.db import models
from django.db.models import Q

from sne.infocentre.moteur.cellules import AXE_GUICHET
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Identifiee


class Curseur(models.Model):
    """How far the lake was poured: one row, written with the manifest and the cells of the same pouring.

    ``mesures``: fingerprint of the measures that the cells were counted with. ``efface_le``: erasures inscribed until
    then have left the files.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    scellement = models.BigIntegerField("dernier scellement versé")
    verse_le = models.DateTimeField()
    mesures = models.CharField("empreinte des mesures", max_length=64)
    efface_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, UPDATE"
    gardes = Gardes(
        sans_retrait=True,
        journalise=(
            EntreeExigee("VERSER_LAC", "scellement", ligne="scellement"),
            EntreeExigee(
                "VERSER_LAC",
                "scellement",
                ligne="scellement",
                sur="UPDATE",
                quand="NEW.scellement <> OLD.scellement",
                nom="journalise_l_avance",
            ),
        ),
    )

    class Meta:
        db_table = "lac_curseur"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="lac_curseur_unique")]


class Fichier(Identifiee):
    """One Parquet file of one fact: the only list that is read, no folder is ever searched.

    It holds what the seals after ``sceau_du`` up to ``sceau_au`` made known. ``retire_le``: another file took its
    place, or nothing was left to keep; ``detruit_le``: it is no longer on the disk.
    """

    fait = models.CharField(max_length=30)
    mois = models.DateField("mois où ces faits ont été connus")
    sceau_du = models.BigIntegerField()
    sceau_au = models.BigIntegerField()
    chemin = models.CharField("chemin, depuis le dossier du lac", max_length=200, unique=True)
    lignes = models.BigIntegerField()
    octets = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    schema = models.SmallIntegerField()
    ecrit_le = models.DateTimeField()
    retire_le = models.DateTimeField(null=True)
    detruit_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (retire_le, detruit_le)"
    gardes = Gardes(
        sans_retrait=True,
        journalise=(EntreeExigee("VERSER_LAC,EFFACER_DU_LAC", "fichiers"),),
    )

    class Meta:
        db_table = "lac_fichier"
        constraints = [
            models.CheckConstraint(
                condition=Q(mois__day=1, lignes__gt=0, sceau_du__lt=models.F("sceau_au")),
                name="lac_fichier_dit",
            ),
            models.CheckConstraint(
                condition=Q(detruit_le=None) | Q(retire_le__isnull=False), name="lac_fichier_detruit_retire"
            ),
        ]
        indexes = [
            models.Index(fields=["fait", "mois"], condition=Q(retire_le=None), name="lac_fichier_lus"),
        ]

    def __str__(self) -> str:
        return self.chemin


class CleStatistique(models.Model):
    """By which key the lake names a demande: drawn at random, once; erased in the transaction that erases the demande.

    From then on nothing links the lake to anybody; the rewriting that takes the rows away may follow.
    """

    demande = models.OneToOneField("registre.Demande", models.PROTECT, primary_key=True, related_name="+")
    cle = models.BigIntegerField(unique=True)

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, efface_par=("demande_id",))

    class Meta:
        db_table = "cle_statistique"
        constraints = [models.CheckConstraint(condition=Q(cle__gt=0), name="cle_statistique_positive")]


class GuichetDate(Identifiee):
    """What a counter was, and whose, from one day to another: closed and opened when its body, the category of it or
    its commune change. ``du``: ``None`` since before the lake; ``au``: ``None`` until further notice.
    """

    guichet = models.CharField("territoire et code", max_length=8)
    du = models.DateField(null=True)
    au = models.DateField(null=True)
    organisme = models.CharField(max_length=9)
    organisme_nom = models.CharField(max_length=150)
    type_organisme = models.CharField(max_length=20)
    categorie = models.CharField(max_length=30)
    commune = models.CharField(max_length=5, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (au)"
    gardes = Gardes(sans_retrait=True)

    class Meta:
        db_table = "lac_guichet"
        constraints = [
            models.UniqueConstraint(fields=["guichet"], condition=Q(au=None), name="lac_guichet_courant"),
        ]

    def __str__(self) -> str:
        return f"{self.guichet} {self.organisme}"


class Cellule(models.Model):
    """What a measure is worth on one line in one month; no row: nothing was counted.

    ``axe``: by what lines are gathered, ``ligne``: which of them, a counter (territory and code, eight signs) or a
    value of another axis, empty when it is not known; each axis counts the same facts. ``mesure``: « CODE=value » for
    one value of a distribution.
    """

    pk = models.CompositePrimaryKey("territoire", "axe", "mois", "ligne", "mesure")
    territoire = models.CharField(max_length=3)
    mois = models.DateField("premier jour du mois")
    axe = models.CharField(max_length=20, default=AXE_GUICHET)
    ligne = models.CharField(max_length=20)
    mesure = models.CharField(max_length=40)
    valeur = models.BigIntegerField()

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(mois__day=1), name="%(class)s_mois")]


class Agregat(Cellule):
    """The cells that pages read: always what the files say, plus what erased demandes said."""

    droits_runtime = "SELECT, INSERT, UPDATE, DELETE"
    gardes = Gardes()

    class Meta(Cellule.Meta):
        db_table = "agregat"


class AgregatEfface(Cellule):
    """What rows gone with erased demandes were worth: kept so that totals still prove."""

    droits_runtime = "SELECT, INSERT, UPDATE"
    gardes = Gardes(sans_retrait=True)

    class Meta(Cellule.Meta):
        db_table = "agregat_efface"
