"""Subscriptions to reports: what is decided of each, what was due, how it ended, its moves, what was mailed."""

from django.db import models
from django.db.models import F, Q

from sne.infocentre.abonnements.rules.calendrier import JOUR_MAX, MOIS_DU_RYTHME, Rythme
from sne.infocentre.abonnements.rules.decisions import Nature
from sne.infocentre.abonnements.rules.issues import FINALES, UNE_FOIS, Issue
from sne.infocentre.abonnements.rules.migration import Migration
from sne.infocentre.abonnements.rules.periodes import PeriodeRelative
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class DuLieu(models.Model):
    """Which place it is of: ``lieu`` as an address names it (« territoire-099 », « nation »), ``organisme`` when it is
    of one body there, ``territoire`` when it is of one alone."""

    territoire = models.CharField(max_length=3, blank=True)
    lieu = models.CharField(max_length=20)
    organisme = models.CharField(max_length=20, blank=True)

    class Meta:
        abstract = True


class Ecrit(Inscrite):
    """By whom and when a row was written: never changed afterwards."""

    auteur = models.UUIDField()
    decide_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()

    class Meta:
        abstract = True


class DecisionAbonnement(DuLieu, Ecrit):
    """What was decided of a subscription (``abonnement``); its last row counts. Insert-only.

    It is of its place, not of its author: whoever holds a role there changes or stops it, and those who hold ``roles``
    on the night of sending receive it. ``compte``: somebody’s own, which ends with their right. ``depuis``: the first
    day on which it may be due. ``version``: the one it follows; ``epinglee``: it was asked to stay on that one.
    """

    abonnement = models.UUIDField()
    nature = models.CharField(max_length=10)
    compte = models.UUIDField("personne dont c’est l’abonnement", null=True)
    rapport = models.CharField(max_length=20)
    version = models.SmallIntegerField()
    epinglee = models.BooleanField("version épinglée", default=False)
    filtres = models.JSONField("code et valeur de chaque filtre")
    tri = models.CharField(max_length=41, blank=True)
    periode = models.CharField("période", max_length=20)
    rythme = models.CharField(max_length=12)
    jour = models.SmallIntegerField()
    format = models.CharField(max_length=8)
    roles = models.JSONField("rôles qui le reçoivent")
    sauf_vide = models.BooleanField("rien ne part quand il n’y a rien", default=False)
    depuis = models.DateField()
    motif = models.CharField(max_length=300, blank=True)
    reprend = models.UUIDField("abonnement d’une personne que le lieu reprend", null=True)

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True, estampille=True, journalise=(EntreeExigee("DECIDER_ABONNEMENT", "decision"),)
    )

    class Meta:
        db_table = "abonnement_rapport"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    nature__in=[n.value for n in Nature],
                    periode__in=[p.value for p in PeriodeRelative],
                    rythme__in=[r.value for r in Rythme],
                ),
                name="abonnement_rapport_codes",
            ),
            models.CheckConstraint(
                condition=Q(rythme=Rythme.PUBLICATION.value, jour=0)
                | Q(rythme=Rythme.SEMAINE.value, jour__gte=1, jour__lte=7)
                | Q(rythme__in=[r.value for r in MOIS_DU_RYTHME], jour__gte=1, jour__lte=JOUR_MAX),
                name="abonnement_rapport_jour",
            ),
            models.UniqueConstraint(
                fields=["reprend"],
                condition=Q(reprend__isnull=False, nature=Nature.OUVERT.value),
                name="abonnement_rapport_repris_une_fois",
            ),
        ]
        indexes = [
            models.Index(fields=["abonnement", "-survenu_le", "-id"], name="abonnement_rapport_actuel"),
            models.Index(fields=["lieu", "organisme"], name="abonnement_rapport_du_lieu"),
            models.Index(
                fields=["compte"], condition=Q(compte__isnull=False), name="abonnement_rapport_a_soi"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rapport} {self.nature} ({self.lieu})"


class EnvoiDu(Inscrite):
    """One occurrence of a subscription, as soon as it is due: it stands until it ends. Insert-only.

    ``occurrence``: the cycle that it is of (« 2024-05 »); ``du``, ``au``: what it is about.
    """

    territoire = models.CharField(max_length=3, blank=True)
    abonnement = models.UUIDField()
    occurrence = models.CharField(max_length=12)
    due_le = models.DateField()
    du = models.DateField()
    au = models.DateField()
    survenu_le = models.DateTimeField("constaté le")

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True, estampille=True, journalise=(EntreeExigee("CONSTATER_ENVOIS_DUS", "envois"),)
    )

    class Meta:
        db_table = "abonnement_envoi"
        constraints = [
            models.UniqueConstraint(fields=["abonnement", "occurrence"], name="abonnement_envoi_une_fois"),
            models.CheckConstraint(condition=Q(du__lte=F("au")), name="abonnement_envoi_periode"),
        ]
        indexes = [models.Index(fields=["abonnement", "-due_le"], name="abonnement_envoi_recents")]

    def __str__(self) -> str:
        return f"{self.abonnement} {self.occurrence}"


class SuiteEnvoi(Ecrit):
    """What happened to an occurrence; one of them at most ends it. Insert-only.

    ``motif``: why, in a sentence; ``destinataires``: how many were written to; ``edition``: what they were sent.
    """

    territoire = models.CharField(max_length=3, blank=True)
    envoi = models.ForeignKey(EnvoiDu, models.PROTECT, related_name="suites", db_index=False)
    issue = models.CharField(max_length=12)
    motif = models.CharField(max_length=300, blank=True)
    destinataires = models.SmallIntegerField(default=0)
    edition = models.ForeignKey(
        "infocentre.Edition", models.PROTECT, null=True, related_name="+", db_index=False
    )

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, estampille=True, journalise=(EntreeExigee("ENVOYER_EDITION", "suite"),))

    class Meta:
        db_table = "abonnement_envoi_suite"
        constraints = [
            models.CheckConstraint(
                condition=Q(issue__in=[i.value for i in Issue]), name="abonnement_envoi_suite_issue"
            ),
            models.UniqueConstraint(
                fields=["envoi"],
                condition=Q(issue__in=[i.value for i in sorted(FINALES)]),
                name="abonnement_envoi_une_issue",
            ),
            models.UniqueConstraint(
                fields=["envoi", "issue"],
                condition=Q(issue__in=[i.value for i in sorted(UNE_FOIS)]),
                name="abonnement_envoi_dit_une_fois",
            ),
        ]
        indexes = [models.Index(fields=["envoi", "survenu_le", "id"], name="abonnement_envoi_suite_ordre")]

    def __str__(self) -> str:
        return f"{self.envoi_id} {self.issue}"


class MigrationAbonnement(Ecrit):
    """How the move of a subscription to a new version of its report stands; the last row counts. Insert-only.

    ``difference``: what its last edition becomes, as it was proposed; ``sans_equivalent``: filters that do not carry
    over.
    """

    territoire = models.CharField(max_length=3, blank=True)
    abonnement = models.UUIDField()
    rapport = models.CharField(max_length=20)
    ancienne = models.SmallIntegerField("version suivie")
    nouvelle = models.SmallIntegerField("version proposée")
    etat = models.CharField("état", max_length=12)
    filtres = models.JSONField()
    tri = models.CharField(max_length=41, blank=True)
    sans_equivalent = models.JSONField()
    difference = models.JSONField(null=True)

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True, estampille=True, journalise=(EntreeExigee("MIGRER_ABONNEMENT", "migration"),)
    )

    class Meta:
        db_table = "abonnement_migration"
        constraints = [
            models.CheckConstraint(
                condition=Q(etat__in=[m.value for m in Migration], nouvelle__gt=F("ancienne")),
                name="abonnement_migration_etat",
            ),
            models.UniqueConstraint(
                fields=["abonnement", "nouvelle", "etat"], name="abonnement_migration_une_fois"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.abonnement} {self.ancienne} > {self.nouvelle} {self.etat}"


class Edition(DuLieu, Ecrit):
    """One report, one version, one place, one period, at one seal: what was mailed or taken away. Aggregates only.

    ``compte``: of what one person alone reads of the place. ``octets``: its figures, compressed; they go after a dated
    time, and the row stays with what proved them.
    """

    compte = models.UUIDField("personne dont c’est l’édition", null=True)
    rapport = models.CharField(max_length=20)
    version = models.SmallIntegerField()
    du = models.DateField()
    au = models.DateField()
    filtres = models.JSONField()
    tri = models.CharField(max_length=41, blank=True)
    scellement = models.BigIntegerField()
    empreinte_definitions = models.BinaryField(max_length=32)
    empreinte_resultat = models.BinaryField(max_length=32)
    lignes = models.IntegerField()
    fragiles = models.IntegerField()
    octets = models.BinaryField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (octets)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        journalise=(EntreeExigee("ENVOYER_EDITION,EXPORTER_RAPPORT", "edition"),),
    )

    class Meta:
        db_table = "edition"
        indexes = [
            models.Index(fields=["survenu_le"], condition=Q(octets__isnull=False), name="edition_a_effacer")
        ]

    def __str__(self) -> str:
        return f"{self.rapport} {self.version} {self.du} {self.au}"
