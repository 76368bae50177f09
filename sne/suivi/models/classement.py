"""Cases of the follow-up that somebody closed: a file to look at, or a counter that stood out."""

from django.db import models
from django.db.models import Q

from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite
from sne.suivi.rules.classement import MotifClassement


class Classement(Inscrite):
    """One case closed, with its reason. Insert-only: a newer act opens the case again, nothing is rewritten.

    Of a file (``demande``) or of the counter itself; the small counters together have no code. ``operation``: the last
    act that was looked at, of that file, or the last risky one of that counter, if any. ``observes``: how many changes
    the counter then had; ``depuis``: the first day that was looked at. ``enquete``: the one that takes over once the
    case is confirmed.
    """

    territoire = models.CharField(max_length=3)
    guichet = models.CharField(max_length=5, blank=True)
    demande = models.ForeignKey(
        "registre.Demande", models.PROTECT, null=True, related_name="+", db_index=False
    )
    operation = models.UUIDField("dernier acte regardé", null=True)
    observes = models.IntegerField(null=True)
    depuis = models.DateField("premier jour regardé")
    motif = models.CharField(max_length=25)
    enquete = models.ForeignKey(
        "registre.DossierEnquete", models.PROTECT, null=True, related_name="+", db_index=False
    )
    auteur = models.UUIDField()
    classe_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("CLASSER_SUIVI", "classement"),),
    )

    class Meta:
        db_table = "classement"
        constraints = [
            models.CheckConstraint(
                condition=Q(motif__in=[m.value for m in MotifClassement]), name="classement_motif"
            ),
            models.CheckConstraint(
                condition=Q(motif=MotifClassement.CONFIRME.value, enquete__isnull=False)
                | ~Q(motif=MotifClassement.CONFIRME.value) & Q(enquete=None),
                name="classement_confirme",
            ),
            models.CheckConstraint(
                condition=Q(demande__isnull=False, operation__isnull=False, observes=None)
                | Q(demande=None, observes__isnull=False, observes__gte=1),
                name="classement_objet",
            ),
            models.UniqueConstraint(
                fields=["territoire", "demande", "operation"],
                condition=Q(demande__isnull=False),
                name="classement_d_un_acte",
            ),
        ]
        indexes = [
            models.Index(fields=["territoire", "-survenu_le", "-id"], name="classement_recents"),
            models.Index(
                fields=["territoire", "guichet", "-survenu_le", "-id"],
                condition=Q(demande=None),
                name="classement_du_guichet",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guichet} {self.motif}"
