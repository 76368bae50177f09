"""Regions and départements, read from the tables and kept a minute."""

from sne.referentiels.models import Departement, Region
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
