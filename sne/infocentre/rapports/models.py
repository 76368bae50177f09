"""Indicators, reports and their versions as rows: written once, never changed; what is decided of them, who opens them.

They are of the nation: no territory owns a report.
"""

from django.db import models
from django.db.models import F, Q

from sne.habilitations.models.deux_personnes import COMPTES, Question, deux_personnes
from sne.infocentre.rapports.rules.formules import Niveau, Operation, Statut
from sne.infocentre.rapports.rules.vie import NOMMENT, NatureDecision, SortColonne
from sne.socle.acteur import SYSTEME
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Identifiee, Inscrite

PHRASE_MAX, LIBELLE_MAX = 500, 80
QUI_NOMMENT = sorted(n.value for n in NOMMENT)


class Issue(models.TextChoices):
    """What became of a decision that somebody proposed."""

    VALIDEE = "VALIDEE", "Validée"
    REFUSEE = "REFUSEE", "Refusée"
    RETIREE = "RETIREE", "Retirée par son auteur"


CLOSE = Q(clos_le=None, decideur=None, decide_par=None, issue="") | Q(
    clos_le__isnull=False, issue__in=Issue.values
) & (Q(decideur__isnull=False, decide_par__isnull=False) | Q(auteur=SYSTEME))
"""What was proposed waits, or was answered by somebody; what the service delivers was decided before it."""


class Indicateur(Question):
    """One indicator in one version of its definition, as :class:`…rules.formules.Definition` says each column.

    A new definition is a new version, proposed by one person, published by another. Those delivered with the service,
    of which it is the author, were decided before it.
    """

    code = models.CharField(max_length=40)
    version = models.SmallIntegerField()
    repere = models.CharField("repère dans le tableau d’origine", max_length=6, blank=True)
    libelle = models.CharField("libellé", max_length=LIBELLE_MAX)
    operation = models.CharField("opération", max_length=12)
    numerateur = models.JSONField("numérateur")
    denominateur = models.JSONField("dénominateur")
    unite = models.CharField("unité", max_length=10, blank=True)
    decimales = models.SmallIntegerField("décimales")
    niveau = models.CharField(max_length=16)
    statut = models.CharField(max_length=10)
    phrase = models.CharField("formule en mots", max_length=PHRASE_MAX)
    haut = models.CharField("ce que compte le numérateur", max_length=PHRASE_MAX, blank=True)
    bas = models.CharField("ce que compte le dénominateur", max_length=PHRASE_MAX, blank=True)
    vide = models.CharField("ce que dit une case vide", max_length=PHRASE_MAX, blank=True)
    reference = models.CharField("ce qui place un cas dans la période", max_length=PHRASE_MAX)
    source = models.CharField(max_length=PHRASE_MAX)
    lecture = models.JSONField("seconde lecture", null=True)
    minimum = models.SmallIntegerField("dénominateur minimal propre", null=True)
    motif = models.CharField(max_length=PHRASE_MAX, blank=True)
    defini_par = models.JSONField("auteur, tel qu’il était", null=True)
    survenu_le = models.DateTimeField()
    issue = models.CharField(max_length=8, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (decideur, decide_par, clos_le, issue)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        personnes=COMPTES,
        journalise=(
            EntreeExigee("PROPOSER_DEFINITION", "indicateur"),
            EntreeExigee("DECIDER_DEFINITION", "indicateur", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "indicateur"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="indicateur_version"),
            models.CheckConstraint(
                condition=Q(operation__in=[o.value for o in Operation])
                & Q(niveau__in=[n.value for n in Niveau])
                & Q(statut__in=[s.value for s in Statut])
                & Q(version__gte=1, decimales__range=(0, 3)),
                name="indicateur_forme",
            ),
            models.CheckConstraint(condition=CLOSE, name="indicateur_cloture"),
            deux_personnes("indicateur", reprises=[Issue.RETIREE.value]),
            models.UniqueConstraint(
                fields=["code"], condition=Q(clos_le=None), name="indicateur_une_proposition_a_la_fois"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Rapport(models.Model):
    """One report, whatever its versions: its code never changes."""

    code = models.CharField(primary_key=True, max_length=10)
    rang = models.SmallIntegerField()
    question = models.CharField("question à laquelle il répond", max_length=120)
    phrase = models.CharField(max_length=PHRASE_MAX)

    droits_runtime = "SELECT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "rapport"

    def __str__(self) -> str:
        return self.code


class RapportVersion(Inscrite):
    """What a report holds: columns in order, each ``{indicateur, version, si?}``, ``si`` naming the dated parameter
    without which it is not shown. Insert-only.
    """

    rapport = models.ForeignKey(Rapport, models.PROTECT, related_name="versions")
    numero = models.SmallIntegerField("numéro")
    colonnes = models.JSONField()
    phrase = models.CharField(max_length=PHRASE_MAX)
    auteur = models.UUIDField()
    ecrite_par = models.JSONField("auteur, tel qu’il était", null=True)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, estampille=True, journalise=(EntreeExigee("ECRIRE_RAPPORT", "version"),))

    class Meta:
        db_table = "rapport_version"
        constraints = [
            models.UniqueConstraint(fields=["rapport", "numero"], name="rapport_version_numero"),
            models.CheckConstraint(condition=Q(numero__gte=1), name="rapport_version_forme"),
        ]

    def __str__(self) -> str:
        return f"{self.rapport_id} version {self.numero}"


class RapportDecision(Question):
    """One decision on a version, proposed by one person, validated by another: it holds from ``prend_effet_le``.

    Those delivered with the service, of which it is the author, were taken before it.
    """

    version = models.ForeignKey(RapportVersion, models.PROTECT, related_name="decisions")
    nature = models.CharField(max_length=10)
    nom = models.CharField("nom porté à partir de là", max_length=60, blank=True)
    prend_effet_le = models.DateTimeField("prend effet le")
    motif = models.CharField(max_length=PHRASE_MAX, blank=True)
    proposee_par = models.JSONField("auteur, tel qu’il était", null=True)
    proposee_le = models.DateTimeField()
    issue = models.CharField(max_length=8, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (decideur, decide_par, clos_le, issue)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        personnes=COMPTES,
        journalise=(
            EntreeExigee("PROPOSER_RAPPORT", "decision"),
            EntreeExigee("DECIDER_RAPPORT", "decision", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "rapport_decision"
        constraints = [
            models.CheckConstraint(
                condition=Q(nature__in=[n.value for n in NatureDecision])
                & (Q(nature__in=QUI_NOMMENT) & ~Q(nom="") | ~Q(nature__in=QUI_NOMMENT) & Q(nom="")),
                name="rapport_decision_nature",
            ),
            models.CheckConstraint(condition=CLOSE, name="rapport_decision_cloture"),
            deux_personnes("rapport_decision", reprises=[Issue.RETIREE.value]),
            models.UniqueConstraint(
                fields=["version"], condition=Q(clos_le=None), name="rapport_decision_une_a_la_fois"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nature} {self.version_id}"


class Correspondance(Identifiee):
    """What becomes of one column when a version replaces another. Insert-only, written with the new version."""

    ancienne = models.ForeignKey(RapportVersion, models.PROTECT, related_name="+", db_index=False)
    nouvelle = models.ForeignKey(RapportVersion, models.PROTECT, related_name="correspondances")
    colonne_ancienne = models.CharField(max_length=40, blank=True)
    colonne_nouvelle = models.CharField(max_length=40, blank=True)
    sort = models.CharField(max_length=10)

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "correspondance"
        constraints = [
            models.CheckConstraint(
                condition=Q(sort=SortColonne.SUPPRIMEE.value, colonne_nouvelle="") & ~Q(colonne_ancienne="")
                | Q(sort=SortColonne.NOUVELLE.value, colonne_ancienne="") & ~Q(colonne_nouvelle="")
                | Q(sort__in=["IDENTIQUE", "RENOMMEE", "MODIFIEE"])
                & ~Q(colonne_ancienne="")
                & ~Q(colonne_nouvelle=""),
                name="correspondance_sort",
            ),
            models.CheckConstraint(condition=~Q(ancienne=F("nouvelle")), name="correspondance_de_deux"),
            models.UniqueConstraint(
                fields=["ancienne", "nouvelle", "colonne_ancienne", "colonne_nouvelle"],
                name="correspondance_une_fois",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.colonne_ancienne} → {self.colonne_nouvelle} ({self.sort})"


class LectureRapport(models.Model):
    """How many times an account opened a version on one day: which place it asked for is not kept."""

    pk = models.CompositePrimaryKey("version", "compte", "jour")
    version = models.ForeignKey(RapportVersion, models.PROTECT, related_name="lectures", db_index=False)
    compte = models.UUIDField()
    jour = models.DateField()
    nombre = models.IntegerField(default=1)

    droits_runtime = "SELECT, INSERT, UPDATE (nombre), DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "lecture_rapport"
        constraints = [
            models.CheckConstraint(condition=Q(nombre__gte=1), name="lecture_rapport_une_au_moins")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.jour}"
