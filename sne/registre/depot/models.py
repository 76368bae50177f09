"""An earlier reception date asked for by a counter, and what the territorial manager answered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.habilitations.models.deux_personnes import COMPTES, Reponse, deux_personnes
from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.models.colonnes import territoire
from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.depot.rules.anteriorite import IssueAnteriorite
from sne.registre.depot.rules.egalite import Moment
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class DecisionAnteriorite(Reponse):
    """The answer to one request, given once, by somebody else than its author. Insert-only.

    ``revision``: of the demande, the one that the answer made when it was granted.
    """

    repond_a = "requete"

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField()
    requete = models.OneToOneField(RequeteAnteriorite, models.PROTECT, related_name="decision")
    issue = models.CharField(max_length=8)
    motif = models.CharField(max_length=TEXTE_MAX)

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        personnes=COMPTES,
        journalise=(EntreeExigee("DECIDER_ANTERIORITE", "decision", revision=True),),
    )

    class Meta:
        db_table = "decision_anteriorite"
        constraints = [
            deux_personnes("decision_anteriorite"),
            models.CheckConstraint(
                condition=Q(issue__in=[issue.value for issue in IssueAnteriorite]) & ~Q(motif=""),
                name="decision_anteriorite_issue",
            ),
        ]


class ConsigneEgalite(Inscrite):
    """One step of the checklist as an agent recorded it: append-only, the last row of a step counts."""

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField()
    moment = models.CharField(max_length=7)
    points = ArrayField(models.CharField(max_length=30), default=list)
    auteur = models.UUIDField()
    guichet = models.CharField(max_length=5, blank=True)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("CONSIGNER_EGALITE", "consigne", revision=True),),
    )

    class Meta:
        db_table = "consigne_egalite"
        constraints = [
            models.CheckConstraint(
                condition=Q(moment__in=[m.value for m in Moment]), name="consigne_egalite_moment"
            ),
        ]
        indexes = [models.Index(fields=["demande", "moment", "-inscrit_le"], name="consigne_egalite_demande")]
