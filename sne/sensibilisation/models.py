"""What each person read, answered and remarked, and when; campaigns, and who read and showed them."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from sne.habilitations.models import Compte
from sne.sensibilisation.rules.campagnes import Genre
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class LectureRappel(Inscrite):
    """Somebody says that they have read a version of the reminder. ``guichet``: acted for then, empty for none."""

    territoire = models.CharField(max_length=3, blank=True)
    guichet = models.CharField(max_length=5, blank=True)
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="+", db_index=False)
    version = models.CharField(max_length=10)
    survenu_le = models.DateTimeField("lu le")

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes()

    class Meta:
        db_table = "lecture_rappel"
        indexes = [models.Index(fields=["compte", "version", "-survenu_le"], name="lecture_rappel_de")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(version=""), name="lecture_rappel_version"),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.survenu_le:%d/%m/%Y}"


class ReponseScenario(Inscrite):
    """One answer to one situation; the wrong ones stay, and nobody but their author is shown them."""

    territoire = models.CharField(max_length=3, blank=True)
    guichet = models.CharField(max_length=5, blank=True)
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="+", db_index=False)
    scenario = models.CharField(max_length=20)
    reponse = models.CharField("réponse", max_length=20)
    juste = models.BooleanField()
    survenu_le = models.DateTimeField("répondu le")

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes()

    class Meta:
        db_table = "reponse_scenario"
        indexes = [models.Index(fields=["compte", "-survenu_le"], name="reponse_scenario_de")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(scenario="") & ~models.Q(reponse=""), name="reponse_scenario_dite"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario} {self.survenu_le:%d/%m/%Y}"


class CampagneAccueil(models.Model):
    """What counters are asked to read and show, from a day to another. ``code``: of the page of the site that says it.

    ``rappelee_le``: when those that had not read it were reminded, once.
    """

    code = models.SlugField(primary_key=True, max_length=60)
    titre = models.CharField(max_length=120)
    lien = models.CharField(max_length=200)
    du = models.DateField()
    au = models.DateField()
    auteur = models.UUIDField()
    rappelee_le = models.DateTimeField(null=True)
    inscrit_le = models.DateTimeField(db_default=Now(), editable=False)

    droits_runtime = "SELECT, INSERT, UPDATE (rappelee_le)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        journalise=(EntreeExigee("LANCER_CAMPAGNE", "campagne", ligne="code"),),
    )

    class Meta:
        db_table = "campagne_accueil"
        constraints = [models.CheckConstraint(condition=Q(au__gte=F("du")), name="campagne_accueil_duree")]

    def __str__(self) -> str:
        return self.code


class AccuseCampagne(Inscrite):
    """Somebody read a campaign, put its poster up in their counter, or passed it on to those of their territory."""

    campagne = models.ForeignKey(CampagneAccueil, models.PROTECT, related_name="accuses", db_index=False)
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="+", db_index=False)
    territoire = models.CharField(max_length=3, blank=True)
    guichet = models.CharField(max_length=5, blank=True)
    genre = models.CharField(max_length=8)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True, estampille=True, journalise=(EntreeExigee("ACCUSER_CAMPAGNE", "accuse"),)
    )

    class Meta:
        db_table = "accuse_campagne"
        constraints = [
            models.UniqueConstraint(
                fields=["campagne", "compte", "genre", "territoire", "guichet"],
                name="accuse_campagne_une_fois",
            ),
            models.CheckConstraint(
                condition=Q(genre__in=[g.value for g in Genre]), name="accuse_campagne_genre"
            ),
            models.CheckConstraint(
                condition=~Q(genre=Genre.AFFICHEE.value) | ~Q(guichet=""), name="accuse_campagne_au_guichet"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campagne_id} {self.genre}"
