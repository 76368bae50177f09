"""Divisions of the country: official codes are the keys."""

from django.db import models
from django.db.models import F, Q

from sne.referentiels.models.datee import Datee, Fictive
from sne.referentiels.rules import PARIS, Echelon, NatureRattachement


class Region(Fictive):
    """A region, or an overseas collectivity that stands alone."""

    code = models.CharField(primary_key=True, max_length=3)
    nom = models.CharField(max_length=100)

    class Meta(Fictive.Meta):
        db_table = "region"

    def __str__(self) -> str:
        return self.nom


class Territoire(Fictive):
    """Where a household has one demande: a département, or the whole of Île-de-France (CCH R441-2-6).

    ``fuseau``: the clock of its counters, as the IANA time zone database names it.
    """

    code = models.CharField(primary_key=True, max_length=3)
    nom = models.CharField(max_length=100)
    echelon = models.CharField(max_length=13, choices=[(e.value, e.value) for e in Echelon])
    fuseau = models.CharField("fuseau horaire", max_length=40, db_default=PARIS.key)

    class Meta(Fictive.Meta):
        db_table = "territoire"
        constraints = [
            *Fictive.Meta.constraints,
            models.CheckConstraint(
                condition=Q(code__regex=r"^([0-9]{3}|02[AB])$"), name="territoire_code_a_trois_signes"
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class Departement(Fictive):
    """A département or an overseas collectivity; only the latter has no territory of the register."""

    code = models.CharField(primary_key=True, max_length=3)
    nom = models.CharField(max_length=100)
    region = models.ForeignKey(Region, models.PROTECT)
    territoire = models.ForeignKey(Territoire, models.PROTECT, null=True, related_name="departements")

    class Meta(Fictive.Meta):
        db_table = "departement"

    def __str__(self) -> str:
        return f"{self.nom} ({self.code})"


class Epci(Fictive):
    """An intercommunal body: communauté, métropole, or territorial body of Greater Paris (EPT)."""

    code = models.CharField("SIREN", primary_key=True, max_length=9)
    nom = models.CharField(max_length=200)
    nature = models.CharField(max_length=5)

    class Meta(Fictive.Meta):
        db_table = "epci"

    def __str__(self) -> str:
        return self.nom


class Commune(Fictive):
    """A commune, or a municipal arrondissement of Paris, Lyon or Marseille (then ``parent`` is the town)."""

    code = models.CharField("code INSEE", primary_key=True, max_length=5)
    nom = models.CharField(max_length=100)
    nom_normalise = models.CharField(max_length=100)
    departement = models.ForeignKey(Departement, models.PROTECT, related_name="communes")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="arrondissements")
    epci = models.ForeignKey(Epci, models.PROTECT, null=True, related_name="communes")
    ept = models.ForeignKey(Epci, models.PROTECT, null=True, related_name="communes_ept")
    population = models.PositiveIntegerField(null=True)

    class Meta(Fictive.Meta):
        db_table = "commune"
        constraints = [
            *Fictive.Meta.constraints,
            models.CheckConstraint(
                condition=Q(code__startswith=F("departement")), name="commune_de_son_departement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nom} ({self.code})"


class CommuneRattachee(Fictive):
    """A delegated or associated commune, or a code merged into another: it leads to the commune of today."""

    code = models.CharField("code INSEE", primary_key=True, max_length=5)
    nom = models.CharField(max_length=100, blank=True)
    nom_normalise = models.CharField(max_length=100, blank=True)
    nature = models.CharField(max_length=11, choices=[(n.value, n.value) for n in NatureRattachement])
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="rattachees")

    class Meta(Fictive.Meta):
        db_table = "commune_rattachee"

    def __str__(self) -> str:
        return f"{self.nom or self.code} → {self.commune_id}"


class CodePostal(Fictive):
    """A postal code that serves a commune: several communes share one, a commune has several."""

    code = models.CharField(max_length=5)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="codes_postaux")

    class Meta(Fictive.Meta):
        db_table = "code_postal"
        constraints = [
            *Fictive.Meta.constraints,
            models.UniqueConstraint(fields=["code", "commune"], name="code_postal_par_commune"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.commune_id}"


class Pays(Datee):
    """A country or territory abroad of the official geographical code, for births and addresses."""

    code = models.CharField(primary_key=True, max_length=5)
    nom = models.CharField(max_length=100)
    nom_normalise = models.CharField(max_length=100)

    class Meta(Datee.Meta):
        db_table = "pays"

    def __str__(self) -> str:
        return self.nom
