"""What is asked of an enquiry, that a demande be put back as it was, and what somebody else answered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.habilitations.models.deux_personnes import COMPTES, Reponse, deux_personnes
from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.models.colonnes import territoire
from sne.registre.demande.models.demande import Demande
from sne.registre.enquete.models.enquete import DossierEnquete
from sne.registre.enquete.rules.restauration import IssueRestauration
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class RequeteRestauration(Inscrite):
    """Somebody asks that a demande be put back as one of its versions left it. Insert-only; one waits at a time.

    ``vers``: number of that version. ``a_part``: the person who came in since is to have a demande of their own.
    ``garder``: blocks of today that stay; ``pieces``: documents handed in since that stay. ``anciennete``: seniority
    counts again as it did then, when an act has moved it since.
    """

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+")
    enquete = models.ForeignKey(DossierEnquete, models.PROTECT, related_name="+")
    vers = models.IntegerField("version à laquelle revenir")
    a_part = models.BooleanField("une demande à part pour l’autre foyer")
    garder = ArrayField(models.CharField(max_length=20), default=list)
    pieces = ArrayField(models.UUIDField(), default=list)
    anciennete = models.BooleanField("l’ancienneté d’alors", default=False)
    motif = models.CharField(max_length=TEXTE_MAX)
    auteur = models.UUIDField()
    demandee_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    droits_portail = "SELECT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("DEMANDER_RESTAURATION", "requete"),),
    )

    class Meta:
        db_table = "requete_restauration"


class DecisionRestauration(Reponse):
    """The end of one request, written once: somebody else's answer, or taken back by the person who asked. Insert-only.

    ``revision``: of the demande, the one that the answer made when it was accepted. ``nouvelle``: the demande of the
    person who had come in, if it was asked; ``arrivee``: the version that had brought them.
    """

    repond_a = "requete"

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField()
    requete = models.OneToOneField(RequeteRestauration, models.PROTECT, related_name="decision")
    issue = models.CharField(max_length=8)
    motif = models.CharField(max_length=TEXTE_MAX, blank=True)
    nouvelle = models.OneToOneField(Demande, models.PROTECT, null=True, related_name="+")
    arrivee = models.IntegerField("version qui a amené l’autre foyer", null=True)

    droits_runtime = "SELECT, INSERT"
    droits_portail = "SELECT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        personnes=COMPTES,
        journalise=(
            EntreeExigee("RESTAURER", "restauration", quand="NEW.issue = 'ACCEPTEE'", revision=True),
            EntreeExigee(
                "REFUSER_RESTAURATION",
                "restauration",
                quand="NEW.issue NOT IN ('ACCEPTEE', 'RETIREE')",
                nom="journalise_le_refus",
            ),
            EntreeExigee(
                "RETIRER_RESTAURATION",
                "restauration",
                quand="NEW.issue = 'RETIREE'",
                nom="journalise_le_retrait",
            ),
        ),
    )

    class Meta:
        db_table = "decision_restauration"
        constraints = [
            deux_personnes("decision_restauration", reprises=[IssueRestauration.RETIREE.value]),
            models.CheckConstraint(
                condition=Q(issue=IssueRestauration.ACCEPTEE.value)
                | Q(issue=IssueRestauration.REFUSEE.value, nouvelle=None) & ~Q(motif="")
                | Q(issue=IssueRestauration.RETIREE.value, nouvelle=None),
                name="decision_restauration_issue",
            ),
            models.CheckConstraint(
                condition=Q(nouvelle=None, arrivee=None) | Q(nouvelle__isnull=False, arrivee__isnull=False),
                name="decision_restauration_arrivee",
            ),
        ]
        indexes = [
            models.Index(fields=["demande", "revision"], name="decision_restauration_demande"),
        ]
