"""Regions and départements, read from the tables and kept a minute; communes and their intercommunal bodies."""

from collections.abc import Collection

from django.db.models import Q
from django.db.models.functions import Coalesce

from sne.referentiels.models import Commune, Departement, Epci, Region
from sne.referentiels.rules.decoupage import Decoupage, DepartementChoix
from sne.referentiels.selectors.instantanes import Instantane


def _construire() -> Decoupage:
    departements = Departement.objects.order_by("code").values_list("code", "nom", "region", "territoire")
    return Decoupage(
        regions=dict(Region.objects.order_by("code").values_list("code", "nom")),
        departements={
            code: DepartementChoix(code, nom, region, territoire or "")
            for code, nom, region, territoire in departements
        },
    )


_decoupage = Instantane(_construire)


def get_decoupage() -> Decoupage:
    """Regions and départements; a new load is seen within a minute."""
    return _decoupage.obtenir()


def list_communes_par_departement() -> dict[str, list[str]]:
    """The communes of each département, municipal arrondissements left out: their town stands for them."""
    communes: dict[str, list[str]] = {}
    lues = Commune.objects.filter(parent=None).order_by("code")
    for departement, code in lues.values_list("departement", "code"):
        communes.setdefault(departement, []).append(code)
    return communes


def list_intercommunalites(communes: Collection[str]) -> dict[str, str]:
    """Of these communes, the code of the intercommunal body of each (territorial body in Greater Paris), where any."""
    lues = Commune.objects.filter(code__in=communes).annotate(de=Coalesce("ept", "epci"))
    return {code: de for code, de in lues.values_list("code", "de") if de}


def list_noms_d_intercommunalites(codes: Collection[str]) -> dict[str, str]:
    """Names of these bodies, by code."""
    return dict(Epci.objects.filter(code__in=codes).values_list("code", "nom"))


def list_communes_de(code: str) -> tuple[str, ...]:
    """The communes of an intercommunal body, or a commune itself and its municipal arrondissements; empty for none."""
    lues = Commune.objects.annotate(de=Coalesce("ept", "epci"))
    trouvees = lues.filter(Q(de=code) | Q(code=code) | Q(parent=code))
    return tuple(trouvees.order_by("code").values_list("code", flat=True))
