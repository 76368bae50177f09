"""A household asks that its demande end: some days go by, in which any adult of it may think again."""

from django.db import models
from django.db.models import Q

from sne.registre.demande.models.colonnes import territoire
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class Arret(Inscrite):
    """One request. It is closed by who keeps the demande, by the striking-off itself, whatever its reason, by who
    takes the demande back as a double, or by who puts it back as it was before.
    """

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+")
    revision = models.IntegerField("révision de la demande")
    effet_le = models.DateField("jour où la demande s’arrête")
    auteur = models.UUIDField()
    survenu_le = models.DateTimeField()
    clos_le = models.DateTimeField(null=True)
    clos_par = models.UUIDField(null=True)

    droits_runtime = droits_portail = "SELECT, INSERT, UPDATE (clos_le, clos_par)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(
            EntreeExigee("DEMANDER_ARRET", "arret", revision=True),
            EntreeExigee(
                "ANNULER_ARRET,RADIER,ANNULER", "arret", sur="UPDATE", dossier=True, nom="journalise_la_fin"
            ),
        ),
    )

    class Meta:
        db_table = "arret"
        constraints = [
            models.UniqueConstraint(fields=["demande"], condition=Q(clos_le=None), name="arret_en_cours"),
            models.CheckConstraint(
                condition=Q(clos_le=None, clos_par=None) | Q(clos_le__isnull=False, clos_par__isnull=False),
                name="arret_clos",
            ),
        ]
        indexes = [
            models.Index(
                fields=["territoire", "effet_le"], condition=Q(clos_le=None), name="arret_territoire"
            )
        ]
