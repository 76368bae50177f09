"""Whose demande it is: a person, or an association."""

from sne.registre.contenu.rules.arbre.racine import Contenu

ASSOCIATION = "association"
"""Stands for the row of a person, where an association applies."""


def titulaire(contenu: Contenu) -> str:
    """The row of the applicant; :data:`ASSOCIATION` for an association."""
    return (contenu.demandeur.personne or "") if contenu.demandeur else ASSOCIATION
