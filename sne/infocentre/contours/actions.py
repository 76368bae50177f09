"""Loading a file of outlines: each département that is whole in it is replaced at once, the others stay."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction

from sne.infocentre.contours.models import SIGNES_MAX, ContoursDepartement
from sne.infocentre.contours.rules import lire_contours, trier
from sne.referentiels.selectors.decoupage import list_communes_par_departement
from sne.socle.erreurs import Interdit

OCTETS_MAX = 128 << 20  # read at once: ten times as much of memory


@dataclass(frozen=True, slots=True)
class Chargement:
    """What a file gave: communes drawn, by département; of those left as they were, how many communes were in it;
    how many of its outlines are of no commune of today.
    """

    departements: Mapping[str, int]
    incomplets: Mapping[str, int]
    inconnues: int


@transaction.atomic
def charger_contours(fichier: IO[bytes], *, source: str, licence: str, le: datetime) -> Chargement:
    """Load the outlines of a GeoJSON file. ``source``, ``licence``: printed under each map.

    Runs as the owner of the tables. Raises ``Interdit``, whose sentence says what is wrong with the file;
    what was loaded before stays.
    """
    source, licence = source.strip(), licence.strip()
    for nom, texte in (("La source", source), ("La licence", licence)):
        if not 0 < len(texte) <= SIGNES_MAX:
            raise Interdit(
                f"{nom} s’écrit en 1 à {SIGNES_MAX} signes\u00a0: elle est imprimée sous chaque carte."
            )
    octets = fichier.read(OCTETS_MAX + 1)
    if len(octets) > OCTETS_MAX:
        raise Interdit(
            f"Ce fichier dépasse {OCTETS_MAX >> 20}\u00a0Mo\u00a0: prenez les contours simplifiés, ou un département à "
            "la fois."
        )
    contours = lire_contours(octets)
    connues = list_communes_par_departement()
    gardes, incomplets = trier(contours, connues)
    for departement, siens in gardes.items():
        dits = {"contours": siens, "source": source, "licence": licence, "charge_le": le}
        ContoursDepartement.objects.update_or_create(departement=departement, defaults=dits)
    d_aujourd_hui = {code for codes in connues.values() for code in codes}
    return Chargement(
        {d: len(siens) for d, siens in gardes.items()}, incomplets, len(contours.keys() - d_aujourd_hui)
    )
