"""A lot of monthly resources as it is read and kept: households taken over, one lot of them all, its pages."""

import json
import resource
import time
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import batched

from django.db import transaction

from sne.bench import foyers
from sne.bench.chantier import LOT
from sne.connecteurs.drm.rules.lots import PAR_PAGE, lire_page
from sne.connecteurs.simulateur.drm import resultat
from sne.registre.demande.actions.ecrire import ecrire
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.depot.actions.reprendre import lignes_de_reprise
from sne.registre.ressources.actions.lots import composer_lot, garder_page, lot_a_envoyer
from sne.registre.ressources.rules.montrer import derniers_mois
from sne.registre.ressources.selectors import list_lots_en_cours
from sne.socle.acte import Acte
from sne.socle.horloge import jour, maintenant


def lire_un_lot(nombre: int) -> dict[str, float]:
    """Seconds and kilobytes more that a lot of so many applicants takes, from the bytes of its pages to its rows."""
    acte = Acte(service_du_registre(foyers.TERRITOIRE), maintenant())
    _reprendre(nombre)
    composer_lot(foyers.TERRITOIRE, acte=acte, au_plus=nombre)
    (lot,) = list_lots_en_cours(foyers.TERRITOIRE)
    mois = derniers_mois(jour(acte.survenu_le))
    nirs = {ref: demandee.nir for ref, demandee in lot_a_envoyer(lot).personnes.items()}
    avant, debut, gardees = _memoire(), time.monotonic(), 0
    for page in _pages(nirs, mois):
        gardees += garder_page(lire_page(page, mois=mois).lignes, acte=acte)
    return {
        "lignes": len(nirs),
        "gardees": gardees,
        "secondes": time.monotonic() - debut,
        "kilo_octets": _memoire() - avant,
    }


def _reprendre(nombre: int) -> None:
    instant, acteur = maintenant(), foyers.reprise_de_masse()
    for rangs in batched(range(nombre), LOT):
        lot = [lignes_de_reprise(foyers.reprise(rang, instant), acteur=acteur) for rang in rangs]
        with transaction.atomic():
            ecrire(lot)


def _pages(nirs: dict[str, str], mois: Sequence[date]) -> Iterator[bytes]:
    noms = [f"{m:%Y-%m}" for m in mois]
    for refs in batched(nirs, PAR_PAGE):
        yield json.dumps(
            {"resultats": [resultat({"ref": r, "nir": nirs[r]}, noms) for r in refs], "suivante": 2}
        ).encode()


def _memoire() -> float:
    """The most that this process has held, in kilobytes."""
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
