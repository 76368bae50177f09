"""Cases for the territorial manager: somebody being registered may be on another demande."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.registre.models.colonnes import cle, inscrit_le, territoire
from sne.registre.rules.cas_doublon import Origine
from sne.socle.gardes import EntreeExigee, Gardes


class CasDoublon(models.Model):
    """One person being registered, and one demande that looks like theirs: asked by a counter.

    ``dossier`` is the draft's id, which becomes the id of its demande. ``saisie`` is what was typed of the person,
    encrypted: the question may come before any registration. Only its end is ever written on a case, once, by somebody
    else; the two ``personne_``, whoever the two accounts are, by the database.
    """

    id = cle()
    territoire = territoire()
    origine = models.CharField(max_length=20)
    dossier = models.UUIDField()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+")
    score = models.DecimalField(max_digits=5, decimal_places=2)
    raisons = ArrayField(models.CharField(max_length=60))
    saisie = models.BinaryField()
    guichet = models.CharField(max_length=5)
    auteur = models.UUIDField()
    ouvert_par = models.JSONField("auteur, tel qu’il était")
    ouvert_le = models.DateTimeField()
    inscrit_le = inscrit_le()
    clos_le = models.DateTimeField(null=True)
    decideur = models.UUIDField(null=True)
    personne_auteur = models.UUIDField(null=True, editable=False)
    personne_decideur = models.UUIDField(null=True, editable=False)
    clos_par = models.JSONField("décideur, tel qu’il était", null=True)
    issue = models.CharField(max_length=20, blank=True)
    motif = models.CharField(max_length=30, blank=True)
    precision = models.CharField("précision", max_length=300, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (clos_le, decideur, clos_par, issue, motif, precision)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        efface_par=("demande_id", "dossier"),
        journalise=(
            EntreeExigee("OUVRIR_CAS_DOUBLON", "cas"),
            EntreeExigee("CLORE_CAS_DOUBLON", "cas", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "cas_doublon"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "demande"], name="cas_doublon_unique"),
            models.CheckConstraint(
                condition=Q(origine__in=[o.value for o in Origine]), name="cas_doublon_origine"
            ),
            models.CheckConstraint(
                condition=Q(clos_le=None, decideur=None, clos_par=None, issue="", motif="", precision="")
                | Q(clos_le__isnull=False, decideur__isnull=False, clos_par__isnull=False)
                & ~Q(issue="")
                & ~Q(motif=""),
                name="cas_doublon_cloture",
            ),
            models.CheckConstraint(
                condition=Q(decideur=None) | ~Q(auteur=models.F("decideur")), name="cas_doublon_quatre_yeux"
            ),
            models.CheckConstraint(
                condition=Q(decideur=None) | ~Q(personne_auteur=models.F("personne_decideur")),
                name="cas_doublon_deux_personnes",
            ),
        ]
        indexes = [
            models.Index(
                fields=["territoire", "ouvert_le", "id"],
                condition=Q(clos_le=None),
                name="cas_doublon_ouverts",
            ),
            models.Index(
                fields=["auteur", "-ouvert_le"], condition=Q(origine="GUICHET"), name="cas_doublon_questions"
            ),
        ]
