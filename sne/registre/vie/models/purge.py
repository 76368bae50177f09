"""What is left of an erased demande: the proof that it was erased, and a row of statistics that names nobody."""

import uuid

from django.db import models

from sne.registre.demande.models.colonnes import territoire
from sne.registre.demande.models.demande import Purge
from sne.registre.vie.rules.anonymat import Anciennete, Menage
from sne.socle.gardes import Gardes
from sne.socle.models import Identifiee


class PurgeCompte(Identifiee):
    """How many rows of one table an erasure deleted: the report adds them up, the sealed entry says the same."""

    purge = models.ForeignKey(Purge, models.PROTECT, related_name="comptes", db_index=False)
    quoi = models.CharField("table", max_length=40)
    nombre = models.IntegerField()

    droits_runtime = "SELECT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "purge_compte"
        constraints = [models.UniqueConstraint(fields=["purge", "quoi"], name="purge_compte_unique")]


class Statistique(models.Model):
    """An erased demande in classes: no identifier, number, day nor commune, and a key drawn at random."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    territoire = territoire()
    annee_depot = models.SmallIntegerField("année du dépôt")
    trimestre_radiation = models.CharField("trimestre de la radiation", max_length=6)
    motif = models.CharField(max_length=6)
    menage = models.CharField("taille du ménage", max_length=12)
    typologie = models.CharField("plus petit logement demandé", max_length=6, blank=True)
    anciennete = models.CharField("ancienneté", max_length=10)
    deja_locataire = models.BooleanField("déjà locataire du parc social")
    attribution = models.BooleanField("logement attribué")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(menage__in=[m.value for m in Menage])
                & models.Q(anciennete__in=[a.value for a in Anciennete]),
                name="%(class)s_classes",
            )
        ]


class StatistiqueAVerser(Statistique):
    """Rows that wait until enough of them of one territory can leave together, in no order."""

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes()

    class Meta(Statistique.Meta):
        db_table = "statistique_a_verser"


class StatistiqueEffacee(Statistique):
    """What statistics keep of erased demandes: insert-only, poured by ``registre_verser_statistiques()`` alone."""

    droits_runtime = "SELECT"
    gardes = Gardes(ajout_seul=True)

    class Meta(Statistique.Meta):
        db_table = "statistique_effacee"
        indexes = [
            models.Index(fields=["territoire", "trimestre_radiation"], name="statistique_effacee_lire")
        ]
