"""Equal treatment: what was explained and handed over, step by step, for one demande."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.registre.models.colonnes import cle, inscrit_le, territoire
from sne.registre.rules.egalite import Moment
from sne.socle.gardes import EntreeExigee, Gardes


class ConsigneEgalite(models.Model):
    """One step of the checklist as an agent recorded it: append-only, the last row of a step counts."""

    id = cle()
    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField()
    moment = models.CharField(max_length=7)
    points = ArrayField(models.CharField(max_length=30), default=list)
    auteur = models.UUIDField()
    guichet = models.CharField(max_length=5, blank=True)
    survenu_le = models.DateTimeField()
    inscrit_le = inscrit_le()

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
