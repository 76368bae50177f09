"""What every territory has to look at, as the night counted it."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from sne.cellules.routage import d_ici, lister_partout
from sne.referentiels.selectors import get_territoire
from sne.socle.acteur import Acteur
from sne.suivi import policies
from sne.suivi.models import VeilleTerritoire
from sne.suivi.rules.national import Veille

VEILLE = TypeAdapter(Veille)
"""How counts are kept and read again."""


@dataclass(frozen=True, slots=True)
class VeilleNationale:
    """``territoires``: those that have something to look at, (code, name, counts); ``calmes``: how many have nothing.

    ``calculee_le``: the oldest count, ``None`` before the first night.
    """

    ensemble: Veille
    territoires: tuple[tuple[str, str, Veille], ...]
    calmes: int
    calculee_le: datetime | None


def get_veille_nationale(acteur: Acteur) -> VeilleNationale:
    """The nation, summed and by territory; empty for who does not watch over it."""
    lignes = (
        sorted(lister_partout(_list_ici), key=lambda x: x.territoire) if policies.can_veiller(acteur) else []
    )
    lues = [(ligne.territoire, VEILLE.validate_python(ligne.chiffres)) for ligne in lignes]
    actives = [(code, _nom(code), veille) for code, veille in lues if not veille.calme]
    return VeilleNationale(
        ensemble=sum((veille for _, veille in lues), Veille()),
        territoires=tuple(actives),
        calmes=len(lues) - len(actives),
        calculee_le=min((ligne.calculee_le for ligne in lignes), default=None),
    )


def _list_ici() -> list[VeilleTerritoire]:
    """Of the territories that this cell holds; what was counted of one before it left is no more."""
    lignes = {ligne.territoire: ligne for ligne in VeilleTerritoire.objects.all()}
    return [lignes[code] for code in d_ici(lignes, fermes=True)]


def _nom(code: str) -> str:
    territoire = get_territoire(code)
    return territoire.nom if territoire else code
