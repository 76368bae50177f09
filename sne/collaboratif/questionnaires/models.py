"""Tables of questionnaires: what is asked, who took part, what was answered; anonymous, nothing joins the two."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sne.collaboratif.questionnaires.rules import INTRO_MAX, PHRASE_MAX, TITRE_MAX
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class Questionnaire(Inscrite):
    """What is asked of whom. ``questions``: their description, fixed once it is open. ``acces``: keys, relays too.

    ``seuil``: under so many answers, nothing is shown. ``suites``: what was decided from them. ``drapeau``: it is
    filled in only while this switch is on.
    """

    code = models.SlugField(max_length=60, unique=True)
    titre = models.CharField(max_length=TITRE_MAX)
    intro = models.CharField(max_length=INTRO_MAX)
    territoire = models.CharField(max_length=3, blank=True)
    cibles = ArrayField(models.TextField())
    acces = ArrayField(models.TextField())
    questions = models.JSONField()
    anonyme = models.BooleanField()
    seuil = models.SmallIntegerField()
    drapeau = models.SlugField(max_length=60, blank=True, db_index=False)
    auteur = models.UUIDField()
    du = models.DateTimeField()
    au = models.DateTimeField()
    clos_le = models.DateTimeField(null=True)
    suites = models.TextField(blank=True)
    suites_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (acces, au, clos_le, suites, suites_le)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        journalise=(
            EntreeExigee("OUVRIR_QUESTIONNAIRE", "questionnaire"),
            EntreeExigee(
                "RELAYER_QUESTIONNAIRE",
                "questionnaire",
                sur="UPDATE",
                quand="OLD.acces <> NEW.acces",
                nom="journalise_le_relais",
            ),
            EntreeExigee(
                "CLORE_QUESTIONNAIRE",
                "questionnaire",
                sur="UPDATE",
                quand="OLD.clos_le IS DISTINCT FROM NEW.clos_le",
                nom="journalise_la_fin",
            ),
        ),
    )

    class Meta:
        db_table = "questionnaire"
        constraints = [
            models.CheckConstraint(
                condition=Q(au__gt=F("du"), seuil__gte=2) & ~Q(cibles=[]) & Q(acces__contains=F("cibles")),
                name="questionnaire_forme",
            ),
            models.CheckConstraint(
                condition=Q(suites="", suites_le=None) | Q(suites_le__isnull=False, clos_le__isnull=False),
                name="questionnaire_suites",
            ),
        ]

    def __str__(self) -> str:
        return self.titre


class RelaisQuestionnaire(Inscrite):
    """A manager shared it with the counters of their territory, or with theirs."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="relais")
    territoire = models.CharField(max_length=3)
    guichet = models.CharField(max_length=5, blank=True)
    phrase = models.CharField(max_length=PHRASE_MAX)
    par = models.UUIDField()
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, estampille=True)

    class Meta:
        db_table = "relais_questionnaire"
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "territoire", "guichet"], name="relais_questionnaire_un_par_lieu"
            )
        ]

    def __str__(self) -> str:
        return f"{self.territoire} {self.guichet}"


class BrouillonReponses(models.Model):
    """What somebody is filling in, encrypted, until they send it."""

    pk = models.CompositePrimaryKey("questionnaire", "compte")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+", db_index=False)
    compte = models.UUIDField()
    contenu = models.BinaryField("réponses, chiffrées")

    droits_runtime = "SELECT, INSERT, UPDATE (contenu), DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "brouillon_reponses"

    def __str__(self) -> str:
        return f"{self.questionnaire_id}"


class Participation(models.Model):
    """Who took part, and which day: no more, so that nothing leads from here to an anonymous answer."""

    pk = models.CompositePrimaryKey("questionnaire", "compte")
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="participations", db_index=False
    )
    compte = models.UUIDField()
    territoire = models.CharField(max_length=3, blank=True)
    guichet = models.CharField(max_length=5, blank=True)
    jour = models.DateField()
    avertie = models.BooleanField("dit ce qui a été décidé", default=False)

    droits_runtime = "SELECT, INSERT, UPDATE (avertie)"
    gardes = Gardes(sans_retrait=True)

    class Meta:
        db_table = "participation"

    def __str__(self) -> str:
        return f"{self.questionnaire_id} {self.jour}"


class ReponseEnAttente(models.Model):
    """An anonymous answer, encrypted, until it is written among others; its identifier says nothing of when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="attentes")
    contenu = models.BinaryField("réponses et strate, chiffrées")

    droits_runtime = "SELECT, INSERT, DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "reponse_en_attente"

    def __str__(self) -> str:
        return f"{self.questionnaire_id}"


class ReponseQuestionnaire(models.Model):
    """What was answered. Anonymous: no account, no instant, a random identifier; written by batches, shuffled."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="reponses")
    anonyme = models.BooleanField()
    compte = models.UUIDField(null=True)
    strate = models.CharField(max_length=30, blank=True)
    valeurs = models.JSONField()

    droits_runtime = "SELECT, INSERT, UPDATE (valeurs)"
    gardes = Gardes(sans_retrait=True)

    class Meta:
        db_table = "reponse_questionnaire"
        constraints = [
            models.CheckConstraint(
                condition=Q(anonyme=True, compte=None) | Q(anonyme=False, compte__isnull=False),
                name="reponse_questionnaire_anonyme",
            ),
            models.UniqueConstraint(
                fields=["questionnaire", "compte"], name="reponse_questionnaire_une_par_compte"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id}"
