"""A couple that separates: who left which demande for which new one, on what proof, and what the GT answered."""

from django.db import models
from django.db.models import Q

from sne.registre.demande.models.colonnes import cle, inscrit_le, territoire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.separation import Separation
from sne.registre.separation.rules import IssueSeparation
from sne.socle.gardes import EntreeExigee, Gardes


class DecisionSeparation(models.Model):
    """What the territorial manager answered, once, on a separation made by somebody else. Insert-only.

    ``auteur``: of the separation; the two ``personne_``, the persons of these accounts, written by the database.
    """

    id = cle()
    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField()
    separation = models.OneToOneField(Separation, models.PROTECT, related_name="decision")
    issue = models.CharField(max_length=12)
    motif = models.CharField(max_length=300, blank=True)
    auteur = models.UUIDField()
    decideur = models.UUIDField()
    personne_auteur = models.UUIDField(null=True, editable=False)
    personne_decideur = models.UUIDField(null=True, editable=False)
    decide_par = models.JSONField("décideur, tel qu’il était")
    survenu_le = models.DateTimeField()
    inscrit_le = inscrit_le()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("separation__demande_id", "separation__nouvelle_id"),
        journalise=(EntreeExigee("DECIDER_SEPARATION", "decision", revision=True),),
    )

    class Meta:
        db_table = "decision_separation"
        constraints = [
            models.CheckConstraint(
                condition=~Q(auteur=models.F("decideur")), name="decision_separation_quatre_yeux"
            ),
            models.CheckConstraint(
                condition=~Q(personne_auteur=models.F("personne_decideur")),
                name="decision_separation_deux_personnes",
            ),
            models.CheckConstraint(
                condition=Q(issue__in=[issue.value for issue in IssueSeparation]),
                name="decision_separation_issue",
            ),
        ]
