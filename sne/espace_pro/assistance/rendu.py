"""A text of a ticket as its reader sees it: each number of a demande is a chip, a link for who may read the file."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.html import format_html

from sne.registre.contenu.rules.acces import AUTRES_ROLES, DECLARANTS
from sne.textes.rules import lier_nuds

NOMS_DU_CONTEXTE = {
    "ecran": "Écran d’où vous venez",
    "version": "Version du service",
    "navigateur": "Navigateur",
    "role": "Rôle",
    "guichet": "Guichet",
}
ROLES_EN_LIGNE = {**AUTRES_ROLES, **DECLARANTS}


def dire_contexte(contexte: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was sent with a question, in words: of a household, how it had signed in."""
    return [
        (NOMS_DU_CONTEXTE[nom], ROLES_EN_LIGNE.get(dit, dit))
        for nom, dit in contexte.items()
        if nom in NOMS_DU_CONTEXTE
    ]


def avec_numeros(html: str, lisibles: Collection[str], numero: str) -> str:
    """``lisibles``: numbers whose file this reader may open; ``numero``: of the ticket, through which it is opened.

    Without a ticket yet, chips lead nowhere.
    """

    def puce(nud: str) -> str:
        if numero and nud in lisibles:
            adresse = reverse("assistance-dossier", args=[numero, nud])
            return format_html('<a class="fr-tag fr-tag--sm" href="{}">{}</a>', adresse, nud)
        return format_html('<span class="fr-tag fr-tag--sm">{}</span>', nud)

    return lier_nuds(html, puce)
