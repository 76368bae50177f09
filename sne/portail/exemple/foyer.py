"""The fictional household: what it would have typed, put together by the pages that everybody types in."""

import json
import uuid
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from sne.portail.nouvelle.en_cours import PARCOURS, TOUT, VUES, DemandeEnLigne
from sne.registre.modification.selectors.brouillons import BrouillonOuvert
from sne.saisie.brut import CONTINUER, Brut
from sne.socle.acteur import Acteur, Canal
from sne.socle.horloge import maintenant

TERRITOIRE = "02A"
"""Where it would look for a dwelling: the place exists, the people do not."""
SANS_COMPTE = uuid.UUID(int=0)
"""Nobody: no row of the service bears it, and no permission is given to it."""


@cache
def _tapees() -> Mapping[str, Brut]:
    lues = json.loads((Path(__file__).parent / "foyer.json").read_text("utf-8"))
    return {
        code: {nom: dit if isinstance(dit, list) else [dit] for nom, dit in dites.items()}
        for code, dites in lues.items()
    }


def ouvrir_la_demande(le: date) -> DemandeEnLigne:
    """The demande of the fictional household as it would be filed on ``le``, every page answered."""
    pages = {code: dict(brut) | {CONTINUER: ["oui"]} for code, brut in _tapees().items()}
    pages["ressources"] |= {f"demandeur-n_moins_{rang}__annee": [str(le.year - rang)] for rang in (1, 2)}
    donnees = {**pages, PARCOURS: {"parcours": [TOUT]}}
    demande = _demande(donnees, le)
    vues = [page.code for page in demande.plan if page.source]
    return _demande({**donnees, VUES: {"page": vues}}, le)


def _demande(donnees: dict[str, Brut], le: date) -> DemandeEnLigne:
    instant = maintenant()
    brouillon = BrouillonOuvert(SANS_COMPTE, TERRITOIRE, "", donnees, instant, instant)
    personne = Acteur(id=SANS_COMPTE, nom="Personne", canal=Canal.PGP)
    return DemandeEnLigne(brouillon, le=le, identite=None, acteur=personne)
