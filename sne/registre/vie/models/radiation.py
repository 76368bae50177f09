"""How an application ended, and how it came back: one row for each act, never changed."""

from django.db import models

from sne.registre.demande.models.colonnes import territoire
from sne.registre.demande.models.radiation import Radiation
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class Reactivation(Inscrite):
    """The return of an application struck off, under the same number and from the same deposit."""

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+")
    revision = models.IntegerField()
    radiation = models.OneToOneField(Radiation, models.PROTECT, related_name="reactivation")
    auteur = models.UUIDField()
    guichet = models.CharField(max_length=5, blank=True)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("REACTIVER", "reactivation", revision=True),),
    )

    class Meta:
        db_table = "reactivation"
