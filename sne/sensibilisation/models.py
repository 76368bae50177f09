"""What each person read, answered and remarked, and when. Insert-only."""

from django.db import models
from django.db.models.functions import Now

from sne.habilitations.models import Compte
from sne.socle.gardes import Gardes
from sne.socle.identifiants import uuid7


class LectureRappel(models.Model):
    """Somebody says that they have read a version of the reminder. ``guichet``: acted for then, empty for none."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    territoire = models.CharField(max_length=3, blank=True)
    guichet = models.CharField(max_length=5, blank=True)
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="+", db_index=False)
    version = models.CharField(max_length=10)
    survenu_le = models.DateTimeField("lu le")
    inscrit_le = models.DateTimeField(db_default=Now(), editable=False)

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


class ReponseScenario(models.Model):
    """One answer to one situation; the wrong ones stay, and nobody but their author is shown them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    territoire = models.CharField(max_length=3, blank=True)
    guichet = models.CharField(max_length=5, blank=True)
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="+", db_index=False)
    scenario = models.CharField(max_length=20)
    reponse = models.CharField("réponse", max_length=20)
    juste = models.BooleanField()
    survenu_le = models.DateTimeField("répondu le")
    inscrit_le = models.DateTimeField(db_default=Now(), editable=False)

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


class RemarqueMenage(models.Model):
    """What an agent says that households do not understand on a page of the portal; a ticket, once there is a desk."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    territoire = models.CharField(max_length=3, blank=True)
    guichet = models.CharField(max_length=5, blank=True)
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="+", db_index=False)
    ecran = models.CharField("écran", max_length=20)
    texte = models.CharField(max_length=300)
    survenu_le = models.DateTimeField("écrite le")
    inscrit_le = models.DateTimeField(db_default=Now(), editable=False)

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes()

    class Meta:
        db_table = "remarque_menage"
        indexes = [models.Index(fields=["-survenu_le", "-id"], name="remarque_menage_recente")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(ecran="") & ~models.Q(texte=""), name="remarque_menage_dite"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ecran} {self.survenu_le:%d/%m/%Y}"
