"""Attestations issued, and the ones that a person must establish by hand."""

from django.db import models

from sne.attestations.rules import LONGUEUR_REFERENCE, CanalRemise
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Identifiee, Inscrite


class Attestation(Inscrite):
    """One attestation issued. Insert-only: its file is not kept but made again from ``donnees`` and checked.

    Each one replaces the one before, in a chain that cannot fork: the public page answers for any of them.
    """

    territoire = models.CharField(max_length=3)
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField("révision de la demande dont elle dit l’état")
    modele = models.CharField("modèle", max_length=16)
    modele_version = models.SmallIntegerField("version du modèle")
    moteur = models.CharField("logiciel de composition", max_length=40)
    reference = models.CharField("référence", max_length=LONGUEUR_REFERENCE, unique=True)
    donnees = models.JSONField("tout ce qui est imprimé")
    empreinte = models.BinaryField("SHA-256 du fichier", max_length=32)
    date_delivrance = models.DateField("date de délivrance")
    date_expiration = models.DateField("date d’expiration")
    remplace = models.OneToOneField("self", models.PROTECT, null=True, related_name="remplacante")
    origine = models.UUIDField("entrée de journal qui l’a fait émettre", null=True, unique=True)
    emise_par = models.JSONField("auteur, tel qu’il était")
    canal = models.CharField(max_length=10)
    guichet = models.CharField("guichet qui la remet", max_length=5, db_default="")
    canal_prevu = models.CharField("comment elle doit être remise", max_length=10, db_default="GUICHET")
    survenu_le = models.DateTimeField("émise le")

    droits_runtime = "SELECT, INSERT"
    droits_portail = "SELECT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("EMETTRE_ATTESTATION", "attestation", revision=True),),
    )

    class Meta:
        db_table = "attestation"
        constraints = [
            models.UniqueConstraint(
                fields=["demande", "modele"],
                condition=models.Q(remplace=None),
                name="attestation_premiere",
            ),
            models.CheckConstraint(condition=models.Q(revision__gte=1), name="attestation_revision"),
        ]
        indexes = [
            models.Index(fields=["demande", "modele", "-survenu_le"], name="attestation_de_demande"),
            models.Index(fields=["territoire", "guichet", "-survenu_le", "-id"], name="attestation_registre"),
            models.Index(fields=["territoire", "-survenu_le", "-id"], name="attestation_territoire"),
        ]

    def __str__(self) -> str:
        return self.reference


class AttestationARemettre(models.Model):
    """The worklist of the counters: an attestation that nobody has handed over and that none replaces.

    Its row goes when it is handed over or replaced; what happened stays in :class:`Attestation` and :class:`Remise`.
    """

    attestation = models.OneToOneField(
        Attestation, models.PROTECT, primary_key=True, related_name="a_remettre"
    )
    territoire = models.CharField(max_length=3)
    guichet = models.CharField(max_length=5)
    canal_prevu = models.CharField("comment elle doit être remise", max_length=10)
    survenu_le = models.DateTimeField("depuis le")

    droits_runtime = "SELECT, INSERT, DELETE"
    gardes = Gardes(efface_par=("attestation__demande_id",))

    class Meta:
        db_table = "attestation_a_remettre"
        indexes = [
            models.Index(
                fields=["territoire", "guichet", "survenu_le", "attestation"], name="a_remettre_guichet"
            ),
            models.Index(fields=["territoire", "survenu_le", "attestation"], name="a_remettre_territoire"),
        ]

    def __str__(self) -> str:
        return f"{self.guichet} {self.attestation_id}"


class Lot(Inscrite):
    """Several attestations printed in one file. Insert-only: the file is composed again from its parts and checked."""

    territoire = models.CharField(max_length=3)
    guichet = models.CharField(max_length=5, blank=True)
    jour = models.DateField("date imprimée")
    version = models.SmallIntegerField("version du modèle de lot")
    moteur = models.CharField("logiciel de composition", max_length=40)
    empreinte = models.BinaryField("SHA-256 du fichier", max_length=32)
    nombre = models.SmallIntegerField()
    imprime_par = models.JSONField("auteur, tel qu’il était")
    auteur = models.UUIDField()
    survenu_le = models.DateTimeField("imprimé le")

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, estampille=True)

    class Meta:
        db_table = "attestation_lot"
        constraints = [
            models.CheckConstraint(condition=models.Q(nombre__gte=1), name="attestation_lot_nombre")
        ]

    def __str__(self) -> str:
        return f"{self.guichet} {self.jour} ({self.nombre})"


class PartDeLot(Identifiee):
    """One attestation of a batch, with the hash of the very data that were printed at that place. Insert-only."""

    territoire = models.CharField(max_length=3)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="parts", db_index=False)
    rang = models.SmallIntegerField()
    attestation = models.ForeignKey(Attestation, models.PROTECT, related_name="+")
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField("révision de la demande")
    empreinte = models.BinaryField("SHA-256 de ce qui est imprimé", max_length=32)

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("OUVRIR_ATTESTATION", "part", revision=True),),
    )

    class Meta:
        db_table = "attestation_part_de_lot"
        constraints = [
            models.UniqueConstraint(fields=["lot", "rang"], name="part_de_lot_rang"),
            models.UniqueConstraint(fields=["lot", "attestation"], name="part_de_lot_une_fois"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.rang}"


class Remise(Inscrite):
    """An attestation given to the household: when, how, by whom. Insert-only; there may be several."""

    territoire = models.CharField(max_length=3)
    attestation = models.ForeignKey(Attestation, models.PROTECT, related_name="remises")
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField("révision de la demande")
    canal = models.CharField("comment", max_length=10)
    guichet = models.CharField(max_length=5, blank=True)
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="remises")
    remise_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField("remise le")

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("REMETTRE_ATTESTATION", "remise", revision=True),),
    )

    class Meta:
        db_table = "attestation_remise"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(canal__in=[c.value for c in CanalRemise]), name="attestation_remise_canal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attestation_id} {self.canal}"


class AttestationATraiter(Identifiee):
    """A case that the service could not draw: somebody entitled establishes it by hand and says how it ended."""

    territoire = models.CharField(max_length=3)
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+")
    revision = models.IntegerField("révision de la demande")
    nud = models.CharField("numéro unique", max_length=18)
    modele = models.CharField("modèle", max_length=16)
    motif = models.CharField("motif", max_length=20)
    origine = models.UUIDField("entrée de journal qui l’a fait émettre", null=True)
    survenu_le = models.DateTimeField("depuis le")
    traitee_le = models.DateTimeField("traitée le", null=True)
    traitee_par = models.JSONField("traitée par", null=True)
    suite = models.CharField("suite donnée", max_length=300, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (traitee_le, traitee_par, suite)"
    gardes = Gardes(
        sans_retrait=True,
        efface_par=("demande_id",),
        journalise=(
            EntreeExigee("ATTESTATION_IMPOSSIBLE", "cas", revision=True),
            EntreeExigee("TRAITER_ATTESTATION", "cas", sur="UPDATE", revision=True, nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "attestation_a_traiter"
        constraints = [
            models.UniqueConstraint(
                fields=["demande", "modele"],
                condition=models.Q(traitee_le=None),
                name="attestation_a_traiter_ouverte",
            ),
            models.CheckConstraint(
                condition=models.Q(traitee_le=None, traitee_par=None, suite="")
                | models.Q(traitee_le__isnull=False, traitee_par__isnull=False) & ~models.Q(suite=""),
                name="attestation_a_traiter_qui_et_quand",
            ),
        ]
        indexes = [
            models.Index(
                fields=["territoire", "survenu_le"],
                condition=models.Q(traitee_le=None),
                name="attestation_file_d_attente",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nud} ({self.motif})"
