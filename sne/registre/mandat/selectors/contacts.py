"""Where a household is reached, and where who would help is: nobody helps who reads the household's messages."""

from collections.abc import Collection

from sne.registre.demande.models.demande import Demande
from sne.registre.rattachement.selectors.contacts import list_contacts


def list_courriels_du_foyer(demande: Demande) -> frozenset[str]:
    """The addresses of the adults of a demande, in small letters."""
    return frozenset(contact.adresse for contact in list_contacts(demande) if "@" in contact.adresse)


def joignent_le_foyer(demande: Demande, courriels: Collection[str]) -> bool:
    """Whether one of these addresses, in small letters, reaches an adult of the demande."""
    return not list_courriels_du_foyer(demande).isdisjoint(courriels)
