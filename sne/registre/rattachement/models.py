"""Demandes that a code opens no more; lines of a history that somebody who signed in says are not theirs."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sne.registre.demande.models.colonnes import territoire
from sne.socle.cles import Chiffres, par_cle
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class CodeFerme(Inscrite):
    """A demande closed to codes since ``survenu_le``, until ``rouvert_le``: FranceConnect still opens it."""

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    survenu_le = models.DateTimeField()
    rouvert_le = models.DateTimeField(null=True)

    droits_runtime = droits_portail = "SELECT, INSERT, UPDATE (rouvert_le)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(
            EntreeExigee("FERMER_AU_CODE", "fermeture"),
            EntreeExigee("ROUVRIR_AU_CODE", "fermeture", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "code_ferme"
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "demande"], condition=Q(rouvert_le=None), name="code_ferme_une_fois"
            )
        ]


class Signalement(models.Model):
    """« Ce n’est pas moi », said of a line of the history by somebody who signed in; what follows is the service's.

    ``id``: the form's, so that one posted twice is one. ``contact``: where to reach them, encrypted for this row.
    """

    id = models.UUIDField(primary_key=True)
    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+")
    personne = models.UUIDField()
    entree = models.UUIDField()
    compte = models.UUIDField()
    contact = models.BinaryField()
    survenu_le = models.DateTimeField()
    inscrit_le = models.DateTimeField(db_default=Now(), editable=False)

    colonnes_chiffrees = Chiffres(contact=par_cle)
    droits_runtime = droits_portail = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("SIGNALER", "signalement"),),
    )

    class Meta:
        db_table = "signalement"
