"""The monthly mailing of the recap: what a territory decided on it, and each one that left."""

from django.db import models
from django.db.models import Q

from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite
from sne.socle.tableur import Format
from sne.suivi.rules.envois import JOUR_MAX


class EnvoiProgramme(Inscrite):
    """What the managers of a territory decided on its mailing; the last row counts. Insert-only.

    It is the territory's, not its author's: those who manage it on the day of sending are written to, and any of them
    changes or stops it. ``actif`` is false once it is stopped.
    """

    territoire = models.CharField(max_length=3)
    actif = models.BooleanField()
    jour = models.SmallIntegerField("jour du mois")
    format = models.CharField(max_length=4)
    auteur = models.UUIDField()
    decide_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        journalise=(EntreeExigee("PROGRAMMER_ENVOI,ARRETER_ENVOI", "envoi"),),
    )

    class Meta:
        db_table = "envoi_programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(jour__gte=1, jour__lte=JOUR_MAX, format__in=[f.value for f in Format]),
                name="envoi_programme_reglage",
            )
        ]
        indexes = [models.Index(fields=["territoire", "-survenu_le", "-id"], name="envoi_programme_actuel")]

    def __str__(self) -> str:
        return f"{self.territoire} le {self.jour} ({self.format})"


class EnvoiFait(Inscrite):
    """One recap of one month that left, or that had nobody to be read by: the operator was told. Insert-only."""

    territoire = models.CharField(max_length=3)
    mois = models.DateField("premier jour du mois récapitulé")
    programme = models.ForeignKey(EnvoiProgramme, models.PROTECT, related_name="+", db_index=False)
    lu = models.BooleanField("il y avait quelqu’un pour le lire")
    destinataires = models.SmallIntegerField()
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True, estampille=True, journalise=(EntreeExigee("ENVOYER_RECAPITULATIF", "fait"),)
    )

    class Meta:
        db_table = "envoi_fait"
        constraints = [
            models.UniqueConstraint(fields=["territoire", "mois", "lu"], name="envoi_fait_une_fois"),
            models.CheckConstraint(
                condition=Q(mois__day=1, destinataires__gte=1), name="envoi_fait_a_quelqu_un"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territoire} {self.mois:%m/%Y}"
