"""Tables of the decisions: questions with their options, voices of territories, conditions, what followed, proofs."""

from django.db import models
from django.db.models import F, Q

from sne.habilitations.models.deux_personnes import COMPTES, Question, deux_personnes
from sne.programme.rules.decisions import (
    MESURE_MAX,
    OPTION_MAX,
    TEXTE_MAX,
    TITRE_MAX,
    Instance,
    Issue,
    Suite,
)
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Identifiee, Inscrite


class Decision(Question):
    """Put by one person, taken as another writes it down. ``vote_du``, ``vote_au``: days when territories answer.

    ``prise_le``: the day of the session; ``reunion``: address of its minutes; ``remplace``: the one it takes the place
    of. Those decided before this register have no vote.
    """

    code = models.CharField(max_length=12, unique=True)
    titre = models.CharField(max_length=TITRE_MAX)
    contexte = models.CharField(max_length=TEXTE_MAX)
    instance = models.CharField(max_length=10)
    reunion = models.CharField("compte rendu", max_length=200, blank=True)
    vote_du = models.DateField("vote ouvert du", null=True)
    vote_au = models.DateField("vote ouvert jusqu’au", null=True)
    issue = models.CharField(max_length=16, blank=True)
    conclusion = models.CharField(max_length=TEXTE_MAX, blank=True)
    prise_le = models.DateField(null=True)
    revoir_le = models.DateField(null=True)
    remplace = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="remplacantes", db_index=False
    )

    droits_runtime = (
        "SELECT, INSERT, UPDATE (decideur, decide_par, clos_le, issue, conclusion, prise_le, revoir_le)"
    )
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        personnes=COMPTES,
        journalise=(
            EntreeExigee("OUVRIR_DECISION", "decision"),
            EntreeExigee("CLORE_DECISION", "decision", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "decision_programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(instance__in=[i.value for i in Instance])
                & (Q(vote_du=None, vote_au=None) | Q(vote_au__gte=F("vote_du")))
                & ~Q(titre=""),
                name="decision_programme_forme",
            ),
            models.CheckConstraint(
                condition=Q(clos_le=None, decideur=None, issue="", prise_le=None)
                | Q(
                    clos_le__isnull=False,
                    decideur__isnull=False,
                    prise_le__isnull=False,
                    issue__in=[i.value for i in Issue],
                ),
                name="decision_programme_cloture",
            ),
            models.CheckConstraint(
                condition=Q(remplace=None) | ~Q(remplace=F("id")), name="decision_programme_par_une_autre"
            ),
            deux_personnes("decision_programme", si=Q(clos_le__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.code


class OptionDecision(models.Model):
    """An answer to one of its questions (``groupe``); one alone is chosen in each."""

    pk = models.CompositePrimaryKey("decision_id", "lettre")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="options")
    groupe = models.SmallIntegerField()
    lettre = models.CharField(max_length=1)
    texte = models.CharField(max_length=OPTION_MAX)

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "option_decision"

    def __str__(self) -> str:
        return f"{self.lettre} {self.texte}"


class VoixTerritoire(Inscrite):
    """What a territory answered to a question; the last one counts. ``lettre`` empty: it abstains."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="voix")
    territoire = models.CharField(max_length=3)
    groupe = models.SmallIntegerField()
    lettre = models.CharField(max_length=1, blank=True)
    auteur = models.UUIDField()
    commentaire = models.CharField(max_length=OPTION_MAX, blank=True)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        journalise=(EntreeExigee("VOTER_DECISION", "decision", ligne="decision_id"),),
    )

    class Meta:
        db_table = "voix_territoire"
        indexes = [models.Index(fields=["decision", "territoire", "id"], name="voix_territoire_de")]

    def __str__(self) -> str:
        return f"{self.territoire} {self.groupe}{self.lettre}"


class ConditionDecision(Identifiee):
    """What a decision was subject to; lifted once, with what shows it."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="conditions")
    texte = models.CharField(max_length=OPTION_MAX)
    levee_le = models.DateTimeField(null=True)
    preuve = models.CharField("ce qui le montre", max_length=OPTION_MAX, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (levee_le, preuve)"
    gardes = Gardes(
        sans_retrait=True, journalise=(EntreeExigee("SUIVRE_DECISION", "condition", sur="UPDATE"),)
    )

    class Meta:
        db_table = "condition_decision"
        constraints = [
            models.CheckConstraint(
                condition=Q(levee_le=None, preuve="") | Q(levee_le__isnull=False) & ~Q(preuve=""),
                name="condition_decision_levee",
            )
        ]

    def __str__(self) -> str:
        return self.texte


class SuiteDecision(Inscrite):
    """What became of a decision, from that instant. ``version``: of the product; ``lien``: the page where it shows."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="suites")
    etat = models.CharField(max_length=16)
    version = models.CharField(max_length=40, blank=True)
    lien = models.CharField(max_length=200, blank=True)
    motif = models.CharField(max_length=OPTION_MAX, blank=True)
    auteur = models.UUIDField()
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, estampille=True, journalise=(EntreeExigee("SUIVRE_DECISION", "suite"),))

    class Meta:
        db_table = "suite_decision"
        constraints = [
            models.CheckConstraint(
                condition=Q(etat__in=[s.value for s in Suite])
                & (~Q(etat=Suite.ABANDONNEE.value) | ~Q(motif="")),
                name="suite_decision_etat",
            )
        ]
        indexes = [models.Index(fields=["decision", "-id"], name="suite_decision_de")]

    def __str__(self) -> str:
        return self.etat


class PreuveDecision(Identifiee):
    """One test of a decision at one run of the suite (``survenu_le``); the last run counts."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="preuves")
    test = models.CharField(max_length=300)
    reussi = models.BooleanField("réussi")
    version = models.CharField(max_length=40)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "preuve_decision"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "survenu_le", "test"], name="preuve_decision_une_fois"
            )
        ]

    def __str__(self) -> str:
        return self.test


class MesureDecision(Inscrite):
    """What was measured of a decision, before it was applied and after: figures as they are said, units in words."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="mesures")
    indicateur = models.CharField(max_length=MESURE_MAX)
    avant = models.CharField(max_length=MESURE_MAX)
    apres = models.CharField("après", max_length=MESURE_MAX)
    auteur = models.UUIDField()
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, estampille=True, journalise=(EntreeExigee("SUIVRE_DECISION", "mesure"),))

    class Meta:
        db_table = "mesure_decision"

    def __str__(self) -> str:
        return self.indicateur
