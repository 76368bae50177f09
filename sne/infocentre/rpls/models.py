"""RPLS as it was loaded: each file a row, its lettings by landlord, its dwellings. Only added to."""

from django.db import models
from django.db.models import F, Q

from sne.infocentre.rpls.rules import PREMIER_MILLESIME
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class RplsChargement(Inscrite):
    """One file loaded: a vintage and its rank, since a vintage is never overwritten; the highest rank counts.

    ``empreinte``: SHA-256 of the file. ``entree``: its entry of the journal, whose seal says since when it is known.
    """

    millesime = models.PositiveSmallIntegerField("millésime")
    rang = models.PositiveSmallIntegerField()
    empreinte = models.CharField(max_length=64)
    lignes = models.PositiveIntegerField()
    rejets = models.PositiveIntegerField()
    entree = models.UUIDField()
    auteur = models.UUIDField()
    charge_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT"
    gardes = Gardes(
        ajout_seul=True, estampille=True, journalise=(EntreeExigee("CHARGER_RPLS", "chargement"),)
    )

    class Meta:
        db_table = "rpls_chargement"
        constraints = [
            models.UniqueConstraint(fields=["millesime", "rang"], name="rpls_chargement_rang"),
            models.CheckConstraint(
                condition=Q(millesime__gte=PREMIER_MILLESIME, rang__gte=1, rejets__lt=F("lignes")),
                name="rpls_chargement_compte",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.millesime} ({self.rang})"


class RplsAttribution(models.Model):
    """What one landlord let in one territory in the year before the vintage, as RPLS knows it.

    A landlord that has dwellings there and let none has a row with zero; one that declared nothing has no row.
    """

    pk = models.CompositePrimaryKey("millesime", "rang", "siren", "territoire")
    millesime = models.PositiveSmallIntegerField("millésime")
    rang = models.PositiveSmallIntegerField()
    siren = models.CharField(max_length=9)
    territoire = models.CharField(max_length=3)
    nombre = models.PositiveIntegerField()

    droits_runtime = "SELECT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "rpls_attribution"


class RplsBail(models.Model):
    """One dwelling of a vintage, and the month of its current lease when it is let.

    An identifier is where a household now lives: no process that serves reads this table, only functions of the subject
    that answer for one landlord (``gardes.sql``). All dwellings are kept, let or not, so that an identifier that RPLS
    knows is never called unknown.
    """

    pk = models.CompositePrimaryKey("millesime", "rang", "ident_rep")
    millesime = models.PositiveSmallIntegerField("millésime")
    rang = models.PositiveSmallIntegerField()
    ident_rep = models.CharField("identifiant au répertoire", max_length=10)
    siren = models.CharField(max_length=9)
    territoire = models.CharField(max_length=3)
    mois_bail = models.DateField("premier jour du mois du bail", null=True)

    droits_runtime = ""
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "rpls_bail"
        constraints = [
            models.CheckConstraint(condition=Q(mois_bail=None) | Q(mois_bail__day=1), name="rpls_bail_mois")
        ]
        indexes = [
            models.Index(
                fields=["millesime", "rang", "siren", "territoire", "mois_bail"], name="rpls_bail_du_bailleur"
            )
        ]
