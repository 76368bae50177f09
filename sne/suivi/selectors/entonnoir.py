"""The funnel of a territory: the one that the night kept when it is of these very counts, else drawn now."""

import hashlib
from collections.abc import Mapping, Sequence

from pydantic import TypeAdapter

from sne.suivi.models import EntonnoirCalcule
from sne.suivi.rules.entonnoir import Comptage, Entonnoir, ReglesEntonnoir, calibrer, dresser

ENTONNOIR = TypeAdapter(Entonnoir)
"""How a funnel is kept and read again."""


def get_entonnoir(
    comptages: Mapping[str, Sequence[Comptage]], regles: ReglesEntonnoir, *, territoire: str
) -> Entonnoir:
    """``comptages``: of every territory, since how far ordinary counters differ is the nation's."""
    garde = EntonnoirCalcule.objects.filter(
        territoire=territoire, empreinte=empreinte_de(comptages, regles)
    ).first()
    if garde is not None:
        return ENTONNOIR.validate_python(garde.contenu)
    return dresser(comptages.get(territoire, ()), calibrer(comptages, regles), regles, territoire=territoire)


def empreinte_de(comptages: Mapping[str, Sequence[Comptage]], regles: ReglesEntonnoir) -> str:
    """SHA-256, in hexadecimal, of everything that a funnel is drawn from."""
    return hashlib.sha256(repr((sorted(comptages.items()), regles)).encode()).hexdigest()
