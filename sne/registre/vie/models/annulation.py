"""A registration made twice by mistake: what is asked of the territorial manager, taken back in favour of the demande
that is kept, put back if that was wrong.
"""

from django.db import models

from sne.habilitations.models.deux_personnes import COMPTES, Question, deux_personnes
from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.models.colonnes import territoire
from sne.registre.demande.models.demande import Demande
from sne.registre.vie.rules.annulation import IssueAnnulation
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class RequeteAnnulation(Question):
    """Somebody asks that a registration made twice be taken back, ``gardee`` being kept; the territorial manager
    answers, once. One such request at a time.

    ``motif``: why it was refused, or what the manager adds.
    """

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+")
    gardee = models.ForeignKey(Demande, models.PROTECT, related_name="+")
    precision = models.CharField("précision", max_length=TEXTE_MAX)
    demandee_par = models.JSONField("auteur, tel qu’il était")
    guichet = models.CharField(max_length=5, blank=True)
    survenu_le = models.DateTimeField()
    issue = models.CharField(max_length=8, blank=True)
    motif = models.CharField(max_length=TEXTE_MAX, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (issue, motif, decideur, decide_par, clos_le)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        efface_par=("demande_id",),
        personnes=COMPTES,
        journalise=(
            EntreeExigee("DEMANDER_ANNULATION", "requete"),
            EntreeExigee("ANNULER,REFUSER_ANNULATION", "requete", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "requete_annulation"
        constraints = [
            models.UniqueConstraint(
                fields=["demande"], condition=models.Q(clos_le=None), name="requete_annulation_en_cours"
            ),
            models.CheckConstraint(
                condition=models.Q(issue="", motif="", decideur=None, decide_par__isnull=True, clos_le=None)
                | models.Q(
                    issue__in=[i.value for i in IssueAnnulation],
                    decideur__isnull=False,
                    decide_par__isnull=False,
                    clos_le__isnull=False,
                ),
                name="requete_annulation_reponse",
            ),
            deux_personnes("requete_annulation"),
        ]


class Annulation(Inscrite):
    """One registration taken back: which demande stays for the same household, why, by whom. Insert-only."""

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="annulations", db_index=False)
    revision = models.IntegerField()
    gardee = models.ForeignKey(Demande, models.PROTECT, related_name="+")
    precision = models.CharField("précision", max_length=TEXTE_MAX)
    auteur = models.UUIDField()
    annule_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("ANNULER", "annulation", revision=True),),
    )

    class Meta:
        db_table = "annulation"
        constraints = [
            models.UniqueConstraint(fields=["demande", "revision"], name="annulation_unique"),
            models.CheckConstraint(
                condition=~models.Q(demande=models.F("gardee")), name="annulation_deux_demandes"
            ),
        ]
        indexes = [models.Index(fields=["territoire", "survenu_le", "demande"], name="annulation_jour")]


class Retablissement(Inscrite):
    """A registration taken back by mistake, put back as it was: the number and the deposit are the same."""

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+")
    revision = models.IntegerField()
    annulation = models.OneToOneField(Annulation, models.PROTECT, related_name="retablissement")
    precision = models.CharField("précision", max_length=TEXTE_MAX)
    auteur = models.UUIDField()
    retabli_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("RETABLIR", "retablissement", revision=True),),
    )

    class Meta:
        db_table = "retablissement"
