"""A couple that separates: who left which demande for which new one, on what proof, and what the GT answered."""

from django.db import models
from django.db.models import Q

from sne.habilitations.models.deux_personnes import COMPTES, Reponse, deux_personnes
from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.models.colonnes import territoire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.separation import Separation
from sne.registre.separation.rules import IssueSeparation
from sne.socle.gardes import EntreeExigee, Gardes


class DecisionSeparation(Reponse):
    """What the territorial manager answered, once, on a separation made by somebody else. Insert-only."""

    repond_a = "separation"

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField()
    separation = models.OneToOneField(Separation, models.PROTECT, related_name="decision")
    issue = models.CharField(max_length=12)
    motif = models.CharField(max_length=TEXTE_MAX, blank=True)

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("separation__demande_id", "separation__nouvelle_id"),
        personnes=COMPTES,
        journalise=(EntreeExigee("DECIDER_SEPARATION", "decision", revision=True),),
    )

    class Meta:
        db_table = "decision_separation"
        constraints = [
            deux_personnes("decision_separation"),
            models.CheckConstraint(
                condition=Q(issue__in=[issue.value for issue in IssueSeparation]),
                name="decision_separation_issue",
            ),
        ]
