"""Tables of trials: cohorts, their phases, who asked to take part, what was expected before a phase, switches."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sne.collaboratif.cohortes.rules import MOTIF_MAX, EtatCandidature, Part, Phase
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class Cohorte(Inscrite):
    """A trial: ``code`` is that of the list of those retained, and of its switches. ``reponse_avant``: a promise."""

    code = models.SlugField(max_length=60, unique=True)
    nom = models.CharField(max_length=80)
    places = models.SmallIntegerField()
    reponse_avant = models.DateField("réponse avant le")
    clos_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (clos_le)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        journalise=(
            EntreeExigee("OUVRIR_COHORTE", "cohorte"),
            EntreeExigee("CLORE_COHORTE", "cohorte", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "cohorte"
        constraints = [models.CheckConstraint(condition=Q(places__gte=1), name="cohorte_places")]

    def __str__(self) -> str:
        return self.nom


class PhaseCohorte(Inscrite):
    """One phase of a trial; its dates are said once."""

    cohorte = models.ForeignKey(Cohorte, models.PROTECT, related_name="phases")
    phase = models.CharField(max_length=10)
    du = models.DateTimeField()
    au = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        journalise=(EntreeExigee("OUVRIR_COHORTE", "cohorte", ligne="cohorte_id"),),
    )

    class Meta:
        db_table = "phase_cohorte"
        constraints = [
            models.UniqueConstraint(fields=["cohorte", "phase"], name="phase_cohorte_une_fois"),
            models.CheckConstraint(
                condition=Q(phase__in=[p.value for p in Phase], au__gt=F("du")), name="phase_cohorte_forme"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohorte_id} {self.phase}"


class MesureCohorte(Inscrite):
    """What is expected of a phase, fixed before it begins: the database refuses it after. ``releve``: what was seen."""

    phase = models.ForeignKey(PhaseCohorte, models.PROTECT, related_name="mesures")
    indicateur = models.CharField(max_length=120)
    attendu = models.CharField(max_length=60)
    fixee_le = models.DateTimeField("fixée le")
    releve = models.CharField("relevé", max_length=60, blank=True)
    releve_le = models.DateTimeField("relevé le", null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (attendu, fixee_le, releve, releve_le)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        journalise=(
            EntreeExigee("FIXER_MESURE", "mesure"),
            EntreeExigee(
                "FIXER_MESURE,RELEVER_MESURE", "mesure", sur="UPDATE", nom="journalise_le_changement"
            ),
        ),
    )

    class Meta:
        db_table = "mesure_cohorte"
        constraints = [
            models.UniqueConstraint(fields=["phase", "indicateur"], name="mesure_cohorte_une_par_indicateur"),
            models.CheckConstraint(
                condition=Q(releve="", releve_le=None) | ~Q(releve="") & Q(releve_le__isnull=False),
                name="mesure_cohorte_relevee",
            ),
        ]

    def __str__(self) -> str:
        return self.indicateur


class Candidature(Inscrite):
    """Somebody asks to take part. Declined, it says why; the answer is somebody else's."""

    cohorte = models.ForeignKey(Cohorte, models.PROTECT, related_name="candidatures")
    compte = models.UUIDField()
    territoire = models.CharField(max_length=3, blank=True)
    parts = ArrayField(models.CharField(max_length=10))
    jours = models.CharField(max_length=120, blank=True)
    etat = models.CharField("état", max_length=16)
    motif = models.CharField(max_length=MOTIF_MAX, blank=True)
    deposee_le = models.DateTimeField("déposée le")
    decideur = models.UUIDField(null=True)
    decidee_le = models.DateTimeField("décidée le", null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (etat, motif, decideur, decidee_le)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        journalise=(
            EntreeExigee("DEPOSER_CANDIDATURE", "candidature"),
            EntreeExigee("DECIDER_CANDIDATURE", "candidature", sur="UPDATE", nom="journalise_la_decision"),
        ),
    )

    class Meta:
        db_table = "candidature"
        constraints = [
            models.UniqueConstraint(fields=["cohorte", "compte"], name="candidature_une_par_compte"),
            models.CheckConstraint(
                condition=Q(etat__in=[e.value for e in EtatCandidature])
                & Q(parts__contained_by=[p.value for p in Part])
                & ~Q(parts=[])
                & (~Q(etat=EtatCandidature.DECLINEE.value) | ~Q(motif="")),
                name="candidature_forme",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohorte_id} {self.etat}"
