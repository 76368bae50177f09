"""A couple that separates: who left which demande for which new one, on what proof, and what the GT answered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.registre.models.colonnes import cle, inscrit_le, territoire
from sne.registre.models.demande import Demande
from sne.registre.models.personne import Personne, TitreAnciennete
from sne.registre.rules.separation import IssueSeparation
from sne.socle.gardes import EntreeExigee, Gardes


class Separation(models.Model):
    """One adult leaves ``demande`` and is registered anew: the link, read both ways. Insert-only.

    ``titre``: the title of the first demande, which the new one descends from. ``a_decider``: why that waits for the
    territorial manager; empty when seniority is kept at once. ``secrete``: nobody of the household left may learn of
    the new demande, so only the territorial manager reads the link. ``revision``: of ``demande``, without the person.
    """

    id = cle()
    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+")
    revision = models.IntegerField()
    nouvelle = models.OneToOneField(Demande, models.PROTECT, related_name="+")
    personne = models.OneToOneField(Personne, models.PROTECT, related_name="+")
    personne_nouvelle = models.ForeignKey(Personne, models.PROTECT, related_name="+", db_index=False)
    titre = models.ForeignKey(TitreAnciennete, models.PROTECT, related_name="+", db_index=False)
    preuve = models.CharField(max_length=6)
    document = models.CharField("où la preuve est gardée", max_length=200)
    secrete = models.BooleanField("adresse à tenir secrète")
    a_decider = ArrayField(models.CharField(max_length=20), default=list)
    auteur = models.UUIDField()
    separe_par = models.JSONField("auteur, tel qu’il était")
    guichet = models.CharField(max_length=5)
    survenu_le = models.DateTimeField()
    inscrit_le = inscrit_le()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id", "nouvelle_id"),
        journalise=(EntreeExigee("SEPARER", "separation", revision=True),),
    )

    class Meta:
        db_table = "separation"
        constraints = [
            models.CheckConstraint(
                condition=~Q(demande=models.F("nouvelle")), name="separation_deux_demandes"
            ),
        ]
        indexes = [models.Index(fields=["territoire", "survenu_le", "id"], name="separation_avis")]


class DecisionSeparation(models.Model):
    """What the territorial manager answered, once, on a separation made by somebody else. Insert-only.

    ``auteur``: of the separation; the two ``personne_``, whoever these accounts are, written by the database.
    """

    id = cle()
    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField()
    separation = models.OneToOneField(Separation, models.PROTECT, related_name="decision")
    issue = models.CharField(max_length=12)
    motif = models.CharField(max_length=300, blank=True)
    auteur = models.UUIDField()
    decideur = models.UUIDField()
    personne_auteur = models.UUIDField(null=True, editable=False)
    personne_decideur = models.UUIDField(null=True, editable=False)
    decide_par = models.JSONField("décideur, tel qu’il était")
    survenu_le = models.DateTimeField()
    inscrit_le = inscrit_le()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("separation__demande_id", "separation__nouvelle_id"),
        journalise=(EntreeExigee("DECIDER_SEPARATION", "decision", revision=True),),
    )

    class Meta:
        db_table = "decision_separation"
        constraints = [
            models.CheckConstraint(
                condition=~Q(auteur=models.F("decideur")), name="decision_separation_quatre_yeux"
            ),
            models.CheckConstraint(
                condition=~Q(personne_auteur=models.F("personne_decideur")),
                name="decision_separation_deux_personnes",
            ),
            models.CheckConstraint(
                condition=Q(issue__in=[issue.value for issue in IssueSeparation]),
                name="decision_separation_issue",
            ),
        ]
