"""A registration made twice by mistake: taken back in favour of the demande that is kept, and put back if that was
wrong.
"""

from django.db import models

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.models.colonnes import cle, inscrit_le, territoire
from sne.registre.demande.models.demande import Demande
from sne.socle.gardes import EntreeExigee, Gardes


class Annulation(models.Model):
    """One registration taken back: which demande stays for the same household, why, by whom. Insert-only."""

    id = cle()
    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="annulations", db_index=False)
    revision = models.IntegerField()
    gardee = models.ForeignKey(Demande, models.PROTECT, related_name="+")
    precision = models.CharField("précision", max_length=TEXTE_MAX)
    auteur = models.UUIDField()
    annule_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()
    inscrit_le = inscrit_le()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("ANNULER", "annulation", revision=True),),
    )

    class Meta:
        db_table = "annulation"
        constraints = [
            models.UniqueConstraint(fields=["demande", "revision"], name="annulation_unique"),
            models.CheckConstraint(
                condition=~models.Q(demande=models.F("gardee")), name="annulation_deux_demandes"
            ),
        ]
        indexes = [models.Index(fields=["territoire", "survenu_le", "demande"], name="annulation_jour")]


class Retablissement(models.Model):
    """A registration taken back by mistake, put back as it was: the number and the deposit are the same."""

    id = cle()
    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+")
    revision = models.IntegerField()
    annulation = models.OneToOneField(Annulation, models.PROTECT, related_name="retablissement")
    precision = models.CharField("précision", max_length=TEXTE_MAX)
    auteur = models.UUIDField()
    retabli_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()
    inscrit_le = inscrit_le()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("RETABLIR", "retablissement", revision=True),),
    )

    class Meta:
        db_table = "retablissement"
