"""Bodies that register applications and their counters (CCH R441-2-1)."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from sne.referentiels.models.datee import Fictive
from sne.referentiels.models.geographie import Commune
from sne.referentiels.rules import CATEGORIES, GUICHET_PORTAIL, CategorieOrganisme, TypeOrganisme

CATEGORIE_DU_TYPE = reduce(
    or_, (Q(type_organisme=t.value, categorie__in=[c.value for c in cs]) for t, cs in CATEGORIES.items())
)


class Organisme(Fictive):
    """A body allowed to register; its key is its SIREN, and ``PGP`` for the public portal."""

    code = models.CharField(primary_key=True, max_length=9)
    siren = models.CharField(max_length=9, blank=True)
    nom = models.CharField(max_length=150)
    type_organisme = models.CharField(
        "type", max_length=20, choices=[(t.value, t.value) for t in TypeOrganisme]
    )
    categorie = models.CharField(
        "catégorie", max_length=30, choices=[(c.value, c.value) for c in CategorieOrganisme]
    )

    class Meta(Fictive.Meta):
        db_table = "organisme"
        constraints = [
            *Fictive.Meta.constraints,
            models.CheckConstraint(condition=CATEGORIE_DU_TYPE, name="organisme_categorie_de_son_type"),
            models.CheckConstraint(
                condition=Q(siren="", type_organisme=TypeOrganisme.PGP.value)
                | Q(siren__regex=r"^[0-9]{9}$", code=F("siren")),
                name="organisme_identifie_par_son_siren",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class Guichet(Fictive):
    """A counter: its five signs end the numbers that it gives; (territoire, code) names it everywhere."""

    id = models.CharField(primary_key=True, max_length=8)  # territoire followed by code
    territoire = models.CharField(max_length=3)
    code = models.CharField(max_length=5)
    libelle = models.CharField("libellé", max_length=150)
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="guichets")
    voie = models.CharField(max_length=100, blank=True)
    code_postal = models.CharField(max_length=5, blank=True)
    commune = models.ForeignKey(Commune, models.PROTECT, null=True, related_name="guichets")
    horaires = models.CharField(max_length=200, blank=True)
    courriel = models.EmailField(blank=True)
    telephone = models.CharField("téléphone", max_length=16, blank=True)
    saisit_directement = models.BooleanField(default=True)
    systeme_interface = models.BooleanField("système interfacé", default=False)

    class Meta(Fictive.Meta):
        db_table = "guichet"
        constraints = [
            *Fictive.Meta.constraints,
            models.UniqueConstraint(fields=["territoire", "code"], name="guichet_unique"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z0-9]{5}$"), name="guichet_code_a_cinq_signes"
            ),
            models.CheckConstraint(
                condition=Q(id=Concat(F("territoire"), F("code"))), name="guichet_cle_naturelle"
            ),
            models.CheckConstraint(
                condition=Q(code=Value(GUICHET_PORTAIL), commune=None)
                | (~Q(code=GUICHET_PORTAIL) & Q(commune__isnull=False)),
                name="guichet_situe_ou_virtuel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.libelle}"
