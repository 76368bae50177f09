"""Values of the tree back to what would be typed, and the base of every composition."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sne.registre.contenu.rules.arbre.personnes import Demandeur
from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.saisie.brut import Brut

Valeurs = Mapping[str, Any]
"""Cleaned values of a form."""


def vide() -> Contenu:
    """The content of a person who has said nothing yet."""
    return Contenu(titulaire=Titulaire.PERSONNE, demandeur=Demandeur())


VIDE = vide()
VIDE_ASSOCIATION = Contenu(titulaire=Titulaire.ASSOCIATION)


def demandeur_de(contenu: Contenu) -> Demandeur:
    """The applicant, or one who has said nothing."""
    return contenu.demandeur or Demandeur()


def en_brut(valeurs: Valeurs) -> Brut:
    """Values as a browser would send them; what is not known is not typed."""
    return {nom: _textes(valeur) for nom, valeur in valeurs.items() if valeur not in (None, "", ())}


def prefixer(prefixe: str, valeurs: Valeurs) -> dict[str, Any]:
    """The same values in the fields of one row."""
    return {f"{prefixe}-{nom}": valeur for nom, valeur in valeurs.items()}


def _textes(valeur: Any) -> list[str]:
    if isinstance(valeur, bool):
        return ["oui" if valeur else "non"]
    if isinstance(valeur, date):
        return [valeur.strftime("%d/%m/%Y")]
    if isinstance(valeur, Decimal):
        return [f"{valeur.normalize():f}".replace(".", ",")]
    return [str(v) for v in valeur] if isinstance(valeur, tuple) else [str(valeur)]
