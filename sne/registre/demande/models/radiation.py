"""How a demande ended: one row for each striking-off, never changed."""

from django.db import models
from django.db.models import Q

from sne.registre.demande.models.colonnes import territoire
from sne.registre.demande.rules.radiation import MotifRadiation, SousMotif
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class Radiation(Inscrite):
    """One striking-off, with its reason and its proof: it stays on record after a return (CCH R441-2-8)."""

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="radiations", db_index=False)
    revision = models.IntegerField()
    motif = models.CharField(max_length=6)
    sous_motif = models.CharField(max_length=6, blank=True)
    date_radiation = models.DateField()
    date_courrier = models.DateField(null=True)
    document = models.CharField("où la preuve est gardée", max_length=200, blank=True)
    reactivable_jusqu_au = models.DateField()
    auteur = models.UUIDField()
    guichet = models.CharField(max_length=5, blank=True)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("RADIER,REPRENDRE", "radiation", revision=True),),
    )

    class Meta:
        db_table = "radiation"
        constraints = [
            models.UniqueConstraint(fields=["demande", "revision"], name="radiation_unique"),
            models.CheckConstraint(
                condition=Q(motif__in=[m.value for m in MotifRadiation])
                & Q(sous_motif__in=["", *(s.value for s in SousMotif)]),
                name="radiation_motif",
            ),
            models.CheckConstraint(
                condition=~Q(motif=MotifRadiation.RADIRR.value) | ~Q(sous_motif=""),
                name="radiation_irrecevable",
            ),
        ]
        indexes = [models.Index(fields=["territoire", "date_radiation", "demande"], name="radiation_jour")]
