"""Enquiries and freezes: who looks at which demandes and why, what was found, what is kept still meanwhile."""

from django.db import models
from django.db.models import F, Q

from sne.habilitations.models.deux_personnes import COMPTES, Question, deux_personnes
from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.models.colonnes import territoire
from sne.registre.enquete.rules.enquete import (
    DecisionLevee,
    IssueEnquete,
    MotifEnquete,
    MotifIssue,
    NatureElement,
    OrigineEnquete,
)
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Identifiee, Inscrite


class DossierEnquete(Question):
    """One enquiry: opened, then ended, once. Nothing of it is ever shown to a counter."""

    territoire = territoire()
    origine = models.CharField(max_length=20)
    motif = models.CharField(max_length=20)
    precision = models.CharField("précision", max_length=TEXTE_MAX, blank=True)
    ouvert_par = models.JSONField("auteur, tel qu’il était")
    ouvert_le = models.DateTimeField()
    issue = models.CharField(max_length=20, blank=True)
    motif_issue = models.CharField(max_length=30, blank=True)
    precision_issue = models.CharField(max_length=TEXTE_MAX, blank=True)

    droits_runtime = (
        "SELECT, INSERT, UPDATE (clos_le, decideur, decide_par, issue, motif_issue, precision_issue)"
    )
    droits_portail = "SELECT"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        personnes=COMPTES,
        journalise=(
            EntreeExigee("OUVRIR_ENQUETE", "enquete"),
            EntreeExigee(
                "CLORE_ENQUETE",
                "enquete",
                sur="UPDATE",
                quand="OLD.clos_le IS DISTINCT FROM NEW.clos_le",
                nom="journalise_la_fin",
            ),
        ),
    )

    class Meta:
        db_table = "dossier_enquete"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    origine__in=[o.value for o in OrigineEnquete], motif__in=[m.value for m in MotifEnquete]
                ),
                name="dossier_enquete_codes",
            ),
            models.CheckConstraint(
                condition=Q(
                    clos_le=None,
                    decideur=None,
                    decide_par__isnull=True,
                    issue="",
                    motif_issue="",
                    precision_issue="",
                )
                | Q(
                    clos_le__isnull=False,
                    decideur__isnull=False,
                    decide_par__isnull=False,
                    issue__in=[i.value for i in IssueEnquete],
                    motif_issue__in=[m.value for m in MotifIssue],
                ),
                name="dossier_enquete_cloture",
            ),
            # The agent who registered the person recognised does not judge what was recognised.
            deux_personnes("dossier_enquete", si=Q(origine=OrigineEnquete.ANCIENNE_IDENTITE.value)),
        ]
        indexes = [
            models.Index(
                fields=["territoire", "ouvert_le", "id"],
                condition=Q(clos_le=None),
                name="dossier_enquete_ouverts",
            ),
            models.Index(
                fields=["territoire", "-ouvert_le", "-id"],
                condition=Q(clos_le__isnull=False),
                name="dossier_enquete_clos",
            ),
        ]


class DemandeEnquetee(Identifiee):
    """A demande that an enquiry is about: one is the main one, the others are linked to it. Append-only."""

    enquete = models.ForeignKey(DossierEnquete, models.PROTECT, related_name="demandes", db_index=False)
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+")
    principale = models.BooleanField()

    droits_runtime = "SELECT, INSERT"
    droits_portail = "SELECT"
    gardes = Gardes(ajout_seul=True, journalise=(EntreeExigee("OUVRIR_ENQUETE,COMPLETER_ENQUETE", "liens"),))

    class Meta:
        db_table = "demande_enquetee"
        constraints = [
            models.UniqueConstraint(fields=["enquete", "demande"], name="demande_enquetee_unique"),
            models.UniqueConstraint(
                fields=["enquete"], condition=Q(principale=True), name="demande_enquetee_principale"
            ),
        ]


class ElementEnquete(Inscrite):
    """A piece of evidence: a note, an entry of the journal, an identity that was in force. Append-only.

    ``territoire_ailleurs``, ``ailleurs``: where the person who bore that identity was recognised, in another territory,
    and the demande that they have there. This territory may know nothing of that demande but its number and its
    territory.
    """

    enquete = models.ForeignKey(DossierEnquete, models.PROTECT, related_name="elements", db_index=False)
    nature = models.CharField(max_length=10)
    texte = models.CharField(max_length=2000, blank=True)
    entree = models.UUIDField(null=True)
    identite = models.ForeignKey(
        "registre.Identite", models.PROTECT, null=True, related_name="+", db_index=False
    )
    territoire_ailleurs = models.CharField(max_length=3, blank=True, default="", db_default="")
    ailleurs = models.ForeignKey(
        "registre.Demande",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,  # another cell may hold it
    )
    auteur = models.UUIDField()
    ajoute_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=(
            "ligne.identite_id IN (SELECT i.id FROM identite i "
            "WHERE i.demande_id = $1) "
            "OR ligne.entree IN (SELECT e.id FROM journal_entree e "
            "WHERE e.demande = $1) "
            "OR ligne.nature = 'NOTE' AND ligne.enquete_id IN (SELECT x.enquete_id "
            "FROM demande_enquetee x "
            "WHERE x.demande_id = $1)"
        ),
        journalise=(EntreeExigee("COMPLETER_ENQUETE", "element"),),
    )

    class Meta:
        db_table = "element_enquete"
        constraints = [
            models.CheckConstraint(
                condition=Q(nature=NatureElement.NOTE.value, entree=None, identite=None) & ~Q(texte="")
                | Q(nature=NatureElement.ENTREE.value, entree__isnull=False, identite=None)
                | Q(nature=NatureElement.IDENTITE.value, entree=None, identite__isnull=False),
                name="element_enquete_nature",
            ),
            models.CheckConstraint(
                condition=Q(territoire_ailleurs="", ailleurs=None)
                | ~Q(territoire_ailleurs="") & Q(nature=NatureElement.IDENTITE.value),
                name="element_enquete_ailleurs",
            ),
        ]
        indexes = [
            models.Index(fields=["enquete", "survenu_le"], name="element_enquete_ordre"),
            models.Index(
                fields=["ailleurs"], condition=Q(ailleurs__isnull=False), name="element_enquete_recente"
            ),
        ]


class Gel(Inscrite):
    """A demande whose identity and contacts stay as they are; lifted once, by a decision of somebody else.

    ``jours_rendus``: what its lifting gave back to the household. One freeze at a time for each demande.
    """

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="gels", db_index=False)
    revision = models.IntegerField()
    enquete = models.ForeignKey(DossierEnquete, models.PROTECT, related_name="gels")
    auteur = models.UUIDField()
    pose_par = models.JSONField("auteur, tel qu’il était")
    pose_le = models.DateTimeField()
    leve_le = models.DateTimeField(null=True)
    jours_rendus = models.IntegerField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (leve_le, jours_rendus)"
    droits_portail = "SELECT"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        journalise=(
            EntreeExigee("GELER", "gel", revision=True),
            EntreeExigee("LEVER_GEL", "gel", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "gel"
        constraints = [
            models.UniqueConstraint(fields=["demande"], condition=Q(leve_le=None), name="gel_en_cours"),
            models.CheckConstraint(
                condition=Q(leve_le=None, jours_rendus=None)
                | Q(leve_le__gte=F("pose_le"), jours_rendus__gte=0),
                name="gel_leve",
            ),
        ]
        indexes = [models.Index(fields=["demande", "pose_le"], name="gel_demande")]


class LeveeGel(Question):
    """Somebody asks that a freeze be lifted; somebody else answers, once. One such request at a time."""

    gel = models.ForeignKey(Gel, models.PROTECT, related_name="levees")
    precision = models.CharField("précision", max_length=TEXTE_MAX)
    demandee_par = models.JSONField("auteur, tel qu’il était")
    demandee_le = models.DateTimeField()
    decision = models.CharField("décision", max_length=10, blank=True)
    precision_decision = models.CharField(max_length=TEXTE_MAX, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (decision, precision_decision, decideur, decide_par, clos_le)"
    droits_portail = "SELECT"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        efface_par=("gel__demande_id",),
        personnes=COMPTES,
        journalise=(
            EntreeExigee("DEMANDER_LEVEE,LEVER_GEL", "levee"),
            EntreeExigee("LEVER_GEL,REFUSER_LEVEE", "levee", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "levee_gel"
        constraints = [
            models.UniqueConstraint(fields=["gel"], condition=Q(clos_le=None), name="levee_gel_en_cours"),
            models.CheckConstraint(
                condition=Q(
                    decision="",
                    precision_decision="",
                    decideur=None,
                    decide_par__isnull=True,
                    clos_le=None,
                )
                | Q(
                    decision__in=[d.value for d in DecisionLevee],
                    decideur__isnull=False,
                    decide_par__isnull=False,
                    clos_le__isnull=False,
                ),
                name="levee_gel_decision",
            ),
            deux_personnes("levee_gel"),
        ]
