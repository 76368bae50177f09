"""The site of an installation: pages, words and synonyms that the product is shipped with, addresses of before."""

import json
from dataclasses import dataclass

from django.db import transaction

from sne.habilitations.rules import TOUS
from sne.recherche.actions import Publication, charger_synonymes, publier, refaire_les_formes
from sne.site_pro.actions.fichiers import lire_dossier, livrer
from sne.site_pro.actions.tenir import rediriger, retirer_page
from sne.site_pro.models import Page
from sne.site_pro.rules.pages import TERME
from sne.site_pro.selectors.glossaire import DONNEES, GLOSSAIRE, list_termes
from sne.socle.acte import Acte
from sne.socle.horloge import jour

ANCIENNES = (("campagne-de-sensibilisation", "campagne-egalite"),)
"""Address of before → the page it leads to."""
REMPLACEES = {
    "notice-tb06-ancienne": ("L’ancien tableau n’existe plus depuis le 15 mai 2024.", "notice-tb06")
}
"""Pages shipped for memory → why they are withdrawn, and what to read instead."""


@dataclass(frozen=True, slots=True)
class Livraison:
    """How many pages were put online; how many stood already and were left as they are."""

    pages: int
    laissees: int


@transaction.atomic
def livrer_le_site(*, par: Acte, publie_par: Acte) -> Livraison:
    """What is missing of what is shipped, written by one account and published by another; nothing is overwritten.

    Raises ``NonHabilite``, ``Interdit`` (one account for both).
    """
    la = set(Page.objects.values_list("code", flat=True))
    pages = list(lire_dossier())
    manquantes = [p for p in pages if p["code"] not in la]
    for page in manquantes:
        livrer(page, par=par, publie_par=publie_par)
    for code, (motif, remplacee_par) in REMPLACEES.items():
        if code in {p["code"] for p in manquantes}:
            retirer_page(code, motif, remplacee_par=remplacee_par, acte=publie_par)
    for terme in list_termes():
        publier(
            Publication(
                genre=TERME,
                cible=terme.id,
                url=f"{GLOSSAIRE}#{terme.ancre}",
                acces=[TOUS],
                titre=terme.terme,
                reponse=terme.reponse,
                visible_du=publie_par.survenu_le,
                verifie_le=jour(publie_par.survenu_le),
            )
        )
    charger_synonymes(json.loads((DONNEES / "synonymes.json").read_text("utf-8")))
    for ancienne, code in ANCIENNES:
        rediriger(ancienne, code)
    refaire_les_formes(publie_par.survenu_le)
    return Livraison(len(manquantes), len(pages) - len(manquantes))
