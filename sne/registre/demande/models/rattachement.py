"""Which account follows which person's demande: a link, opened on a proof, ended for a reason, never deleted."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.registre.demande.models.colonnes import territoire
from sne.registre.demande.models.personne import Identite, Personne
from sne.registre.demande.rules.rattachement import FinRattachement, PreuveRattachement
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class Rattachement(Inscrite):
    """An account of the household's site and an adult of a demande. The account is known by its identifier only.

    ``identite``: what was in force when it was compared; once another one is, the link is worth less. ``ecarts``: codes
    of the traits that differed, without any value; always empty when the civil status was the proof.
    """

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", db_index=False)
    identite = models.ForeignKey(Identite, models.PROTECT, related_name="+", db_index=False)
    compte = models.UUIDField()
    preuve = models.CharField(max_length=7)
    ecarts = ArrayField(models.CharField(max_length=20), default=list)
    survenu_le = models.DateTimeField()
    fini_le = models.DateTimeField(null=True)
    motif = models.CharField(max_length=16, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (fini_le, motif)"
    droits_portail = "SELECT, INSERT, UPDATE (fini_le, motif)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(
            EntreeExigee("RATTACHER", "rattachement"),
            EntreeExigee("DETACHER", "rattachement", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "rattachement"
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "personne"],
                condition=Q(preuve=PreuveRattachement.PIVOT.value, fini_le=None),
                name="rattachement_une_identite",
            ),
            models.UniqueConstraint(
                fields=["territoire", "compte", "personne"],
                condition=Q(fini_le=None),
                name="rattachement_une_fois",
            ),
            models.CheckConstraint(
                condition=Q(preuve__in=[p.value for p in PreuveRattachement])
                & (~Q(preuve=PreuveRattachement.PIVOT.value) | Q(ecarts=[])),
                name="rattachement_preuve",
            ),
            models.CheckConstraint(
                condition=Q(fini_le=None, motif="")
                | Q(fini_le__isnull=False, motif__in=[m.value for m in FinRattachement]),
                name="rattachement_fini",
            ),
        ]
        indexes = [
            models.Index(fields=["compte"], condition=Q(fini_le=None), name="rattachement_compte"),
            models.Index(fields=["territoire", "demande"], name="rattachement_dossier"),
        ]
