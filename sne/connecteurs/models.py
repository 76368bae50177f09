"""What is known of each service that is asked, and our own index of addresses."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from sne.connecteurs.rules import Motif, Service
from sne.socle.gardes import Gardes


class EtatService(models.Model):
    """Its failures in a row, until when it is left alone, when it last answered. No row: never asked."""

    service = models.CharField(primary_key=True, max_length=20, choices=[(s.value, s.value) for s in Service])
    echecs = models.PositiveIntegerField("échecs de suite")
    suspendu_jusqua = models.DateTimeField("laissé en paix jusqu’à", null=True)
    perturbe_depuis = models.DateTimeField("ne répond plus depuis", null=True)
    dernier_succes = models.DateTimeField("dernière bonne réponse", null=True)
    dernier_echec = models.DateTimeField("dernier échec", null=True)
    dernier_motif = models.CharField(max_length=20, choices=[(m.value, m.value) for m in Motif], blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE"
    gardes = Gardes()

    class Meta:
        db_table = "etat_service"
        constraints = [
            models.CheckConstraint(
                condition=Q(echecs=0, perturbe_depuis=None, suspendu_jusqua=None)
                | Q(echecs__gte=1, perturbe_depuis__isnull=False),
                name="etat_service_perturbe_ou_non",
            ),
        ]

    def __str__(self) -> str:
        return self.service


class VoieAdresse(models.Model):
    """A street of a commune, with its numbers (« 12 bis »), as the national file gives them. Public data.

    ``identifiant``: its key in the national base; ``jetons``: its words (``adresses.rules.mots``), to find it by;
    ``cherche``: the same, its own before a comma, to rank it by. Loaded by the owner; within a département, rows lie in
    order of the size of their commune.
    """

    departement = models.CharField(max_length=3)
    identifiant = models.CharField(max_length=60)
    nom = models.CharField(max_length=200)
    code_postal = models.CharField(max_length=5)
    commune = models.CharField("code INSEE", max_length=5)
    nom_commune = models.CharField(max_length=100)
    population = models.PositiveIntegerField()
    numeros = ArrayField(models.CharField(max_length=15))
    cherche = models.TextField()
    jetons = SearchVectorField()

    droits_runtime = "SELECT"
    gardes = Gardes()

    class Meta:
        db_table = "voie_adresse"
        indexes = [
            # What a load adds is put in its place at once: else each search would read it line by line.
            GinIndex(fields=["jetons"], name="voie_adresse_jetons", fastupdate=False),
            models.Index(fields=["departement"], name="voie_adresse_departement"),
        ]

    def __str__(self) -> str:
        return f"{self.nom} {self.code_postal}"


class MotAdresse(models.Model):
    """A word of the index: what is typed is one, begins one, or is a slip for one. Words are never taken out.

    ``sans_une``: itself and itself without each of its letters, in the order of ``adresses.rules.sans_une_lettre``.
    """

    mot = models.CharField(primary_key=True, max_length=200)
    sans_une = ArrayField(models.CharField(max_length=200))

    droits_runtime = "SELECT"
    gardes = Gardes()

    class Meta:
        db_table = "mot_adresse"
        indexes = [
            GinIndex(fields=["mot"], name="mot_adresse_proche", opclasses=["gin_trgm_ops"], fastupdate=False),
            GinIndex(fields=["sans_une"], name="mot_adresse_sans_une", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.mot


class DepartementAdresses(models.Model):
    """A département that the index holds: when it was last loaded, and what it has."""

    departement = models.CharField(primary_key=True, max_length=3)
    charge_le = models.DateTimeField("chargé le")
    voies = models.PositiveIntegerField()
    numeros = models.PositiveIntegerField()

    droits_runtime = "SELECT"
    gardes = Gardes()

    class Meta:
        db_table = "departement_adresses"

    def __str__(self) -> str:
        return self.departement
