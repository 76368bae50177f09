"""Whether somebody acts on what they asked or did themselves, whichever of their accounts they use."""

import uuid

from sne.habilitations.selectors.comptes import list_comptes_de
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit


def est_de_soi(qui: Acteur, *auteurs: uuid.UUID) -> bool:
    """Whether one of these accounts is of the person who acts."""
    return not list_comptes_de(qui.id).isdisjoint(auteurs)


def exiger_autre_personne(qui: Acteur, *auteurs: uuid.UUID, sinon: str) -> None:
    """Four eyes: nobody answers what they asked or did. Raises ``Interdit`` with that sentence."""
    if est_de_soi(qui, *auteurs):
        raise Interdit(sinon)


def exiger_meme_personne(qui: Acteur, auteur: uuid.UUID, *, sinon: str) -> None:
    """Only the person who asked takes it back. Raises ``Interdit`` with that sentence."""
    if not est_de_soi(qui, auteur):
        raise Interdit(sinon)
