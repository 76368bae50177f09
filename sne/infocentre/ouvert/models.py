"""Editions of open data: asked for by one person, computed and audited by the service, published by the DPO."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sne.habilitations.models.deux_personnes import COMPTES, Question, deux_personnes
from sne.infocentre.ouvert.rules.editions import MOTIF_MAX, PREMIERE_ANNEE, Issue
from sne.socle.gardes import EntreeExigee, Gardes


class EditionOuverte(Question):
    """One edition of one year. A corrected one takes the next rank; what is published stays."""

    annee = models.PositiveSmallIntegerField("année")
    rang = models.PositiveSmallIntegerField()
    demandee_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()
    issue = models.CharField(max_length=8, blank=True)
    motif = models.CharField(max_length=MOTIF_MAX, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (issue, motif, decideur, decide_par, clos_le)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        personnes=COMPTES,
        journalise=(
            EntreeExigee("PREPARER_DONNEES_OUVERTES", "edition"),
            EntreeExigee(
                "PUBLIER_DONNEES_OUVERTES,REFUSER_DONNEES_OUVERTES",
                "edition",
                sur="UPDATE",
                nom="journalise_la_fin",
            ),
        ),
    )

    class Meta:
        db_table = "edition_ouverte"
        constraints = [
            models.UniqueConstraint(fields=["annee", "rang"], name="edition_ouverte_rang"),
            models.UniqueConstraint(
                fields=["annee"], condition=Q(clos_le=None), name="edition_ouverte_en_cours"
            ),
            models.CheckConstraint(
                condition=Q(annee__gte=PREMIERE_ANNEE, rang__gte=1)
                & (
                    Q(issue="", motif="", decideur=None, decide_par__isnull=True, clos_le=None)
                    | Q(
                        issue=Issue.PUBLIEE.value,
                        motif="",
                        decideur__isnull=False,
                        decide_par__isnull=False,
                        clos_le__isnull=False,
                    )
                    | Q(
                        issue=Issue.REFUSEE.value,
                        decideur__isnull=False,
                        decide_par__isnull=False,
                        clos_le__isnull=False,
                    )
                    & ~Q(motif="")
                ),
                name="edition_ouverte_issue",
            ),
            deux_personnes("edition_ouverte"),
        ]

    def __str__(self) -> str:
        return f"{self.annee} ({self.rang})"


class FichierOuvert(models.Model):
    """What was computed of an edition: both files, their schema, and what the auditor found. Insert-only.

    ``csv``: compressed by gzip. ``masque``: hidden cells, so that the next year keeps them hidden.
    """

    edition = models.OneToOneField(EditionOuverte, models.PROTECT, primary_key=True, related_name="fichier")
    csv = models.BinaryField()
    parquet = models.BinaryField()
    schema = models.JSONField("schéma")
    masque = models.JSONField()
    audit = models.JSONField()
    constats = models.PositiveIntegerField()
    lignes = models.PositiveIntegerField()
    survenu_le = models.DateTimeField()
    inscrit_le = models.DateTimeField(db_default=Now(), editable=False)

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        journalise=(EntreeExigee("CALCULER_DONNEES_OUVERTES", "edition", ligne="edition_id"),),
    )

    class Meta:
        db_table = "fichier_ouvert"
