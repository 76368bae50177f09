"""What lets a software in: keys, of which the hash alone is kept, and certificates that two persons registered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sne.conventions.models.conventions import Convention
from sne.habilitations.models.deux_personnes import COMPTES, Question, deux_personnes
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Identifiee

CONFIRME, REFUSE = "CONFIRME", "REFUSE"


class Cle(Identifiee):
    """A key, shown once. ``prefixe``: its readable signs; ``empreinte``: its SHA-256; ``fin``: first day without it.

    ``portees``: the scopes that it gives, of those that the agreement has; ``avis_jours``: the last notice of its end.
    """

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="cles")
    prefixe = models.CharField("préfixe", max_length=8, unique=True)
    empreinte = models.BinaryField(unique=True)
    portees = ArrayField(models.CharField(max_length=20))
    creee_par = models.UUIDField()
    creee_le = models.DateTimeField()
    fin = models.DateField()
    avis_jours = models.PositiveSmallIntegerField(null=True)
    utilisee_le = models.DateField("dernier jour d’utilisation", null=True)
    revoquee_par = models.UUIDField(null=True)
    revoquee_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (avis_jours, utilisee_le, revoquee_par, revoquee_le)"
    gardes = Gardes(
        sans_retrait=True,
        journalise=(
            EntreeExigee("CREER_CLE", "cle"),
            EntreeExigee(
                "REVOQUER_CLE",
                "cle",
                sur="UPDATE",
                quand="OLD.revoquee_le IS DISTINCT FROM NEW.revoquee_le",
                nom="journalise_revoquee",
            ),
            EntreeExigee(
                "PREVENIR_FIN_DE_CLE",
                "cle",
                sur="UPDATE",
                quand="OLD.avis_jours IS DISTINCT FROM NEW.avis_jours",
                nom="journalise_avis",
            ),
        ),
    )

    class Meta:
        db_table = "cle_convention"
        constraints = [
            models.CheckConstraint(
                condition=Q(revoquee_par=None, revoquee_le=None)
                | Q(revoquee_par__isnull=False, revoquee_le__isnull=False),
                name="cle_convention_fin",
            ),
        ]
        indexes = [
            models.Index(fields=["fin"], condition=Q(revoquee_le=None), name="cle_convention_a_echoir")
        ]

    def __str__(self) -> str:
        return self.prefixe


class Certificat(Question):
    """A certificate by the SHA-256 of its DER: one person proposes it, another confirms it; then it may be revoked.

    ``libelle``: what it calls itself, for the eye alone; ``debut``, ``fin``: first day with it, first day without.
    """

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="certificats")
    empreinte = models.BinaryField()
    libelle = models.CharField("libellé", max_length=200, blank=True)
    debut = models.DateField()
    fin = models.DateField()
    propose_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()
    issue = models.CharField(max_length=8, blank=True)
    revoque_par = models.UUIDField(null=True)
    revoque_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (issue, decideur, decide_par, clos_le, revoque_par, revoque_le)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        personnes=COMPTES,
        journalise=(
            EntreeExigee("PROPOSER_CERTIFICAT", "certificat"),
            EntreeExigee(
                "DECIDER_CERTIFICAT",
                "certificat",
                sur="UPDATE",
                quand="OLD.issue <> NEW.issue",
                nom="journalise_decide",
            ),
            EntreeExigee(
                "REVOQUER_CERTIFICAT",
                "certificat",
                sur="UPDATE",
                quand="OLD.revoque_le IS DISTINCT FROM NEW.revoque_le",
                nom="journalise_revoque",
            ),
        ),
    )

    class Meta:
        db_table = "certificat_convention"
        constraints = [
            models.UniqueConstraint(
                fields=["empreinte"],
                condition=Q(revoque_le=None) & ~Q(issue=REFUSE),
                name="certificat_convention_une_fois",
            ),
            models.CheckConstraint(condition=Q(fin__gt=F("debut")), name="certificat_convention_periode"),
            models.CheckConstraint(
                condition=Q(issue="", decideur=None, decide_par__isnull=True, clos_le=None, revoque_le=None)
                | Q(
                    issue__in=[CONFIRME, REFUSE],
                    decideur__isnull=False,
                    decide_par__isnull=False,
                    clos_le__isnull=False,
                ),
                name="certificat_convention_issue",
            ),
            deux_personnes("certificat_convention"),
        ]

    def __str__(self) -> str:
        return bytes(self.empreinte).hex()

    @property
    def est_confirme(self) -> bool:
        """Whether a second person said yes, and it was not taken back since."""
        return self.issue == CONFIRME and self.revoque_le is None
