"""The notice of renewal: one row for each end of validity of which a household was told, or could not be."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.registre.demande.models.colonnes import territoire
from sne.registre.vie.rules.preavis import PORTENT_LE_PREAVIS
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite

PORTENT = sorted(PORTENT_LE_PREAVIS)


class Preavis(Inscrite):
    """One notice, by the channels of :mod:`sne.registre.vie.rules.preavis`. Insert-only.

    When it is not ``possible``, no address was usable, and somebody must reach the household; a real notice may still
    follow, once.
    """

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField("révision de la demande dont il parle")
    date_expiration = models.DateField("fin de validité annoncée")
    date_radiation = models.DateField("radiation annoncée")
    reactivable_jusqu_au = models.DateField()
    jour = models.DateField("donné le")
    canaux = ArrayField(models.CharField(max_length=8))
    possible = models.BooleanField()
    entree = models.UUIDField("entrée de journal qui le dit", unique=True)
    auteur = models.UUIDField()
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    droits_portail = "SELECT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("PREVENIR", "fait", revision=True),),
    )

    class Meta:
        db_table = "preavis"
        constraints = [
            models.UniqueConstraint(
                fields=["demande", "date_expiration", "possible"], name="preavis_une_fois"
            ),
            models.CheckConstraint(
                condition=Q(possible=True, canaux__overlap=PORTENT)
                | Q(possible=False) & ~Q(canaux__overlap=PORTENT),
                name="preavis_possible",
            ),
        ]


class EchecPreavis(Inscrite):
    """A notice that reached nobody: impossible to give, or refused by every channel it went by. Insert-only."""

    territoire = territoire()
    preavis = models.OneToOneField(Preavis, models.PROTECT, related_name="echec")
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField("révision de la demande")
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    droits_portail = "SELECT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("ECHEC_PREAVIS", "fait", revision=True),),
    )

    class Meta:
        db_table = "preavis_echec"
        indexes = [models.Index(fields=["territoire", "demande"], name="preavis_echec_demande")]
