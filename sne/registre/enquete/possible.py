"""Whether enquiries may be read, opened, gone on with, a freeze lifted now, by this actor: asked by the acts, and by
whoever offers them. Each raises ``NonHabilite``, ``Interdit``.
"""

import uuid
from datetime import datetime
from typing import Protocol

from sne.habilitations.rules import Permission, sans_droit
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne
from sne.registre.demande.policies import Situee
from sne.registre.enquete import policies
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require


class Instruite(Situee, Protocol):
    """An enquiry, or what was read of one."""

    @property
    def clos_le(self) -> datetime | None: ...


def exiger_enquetes_lisibles(demande: Situee, acteur: Acteur) -> None:
    """Know of the enquiries on a demande."""
    permis = policies.can_lire_enquetes(acteur, territoire=demande.territoire)
    require(permis, sans_droit(Permission.ENQUETE_LIRE))


def exiger_enquete_ouvrable(demande: Situee, acteur: Acteur) -> None:
    """Open one on this demande; ask that its freeze be lifted."""
    permis = policies.can_ouvrir_enquete(acteur, territoire=demande.territoire)
    require(permis, sans_droit(Permission.ENQUETE_OUVRIR))


def exiger_en_cours(enquete: Instruite, acteur: Acteur) -> None:
    """Add to it, freeze its files, end it."""
    exiger_enquete_ouvrable(enquete, acteur)
    if enquete.clos_le is not None:
        raise Interdit("Cette enquête est close.")


def exiger_levee_decidable(demande: Situee, acteur: Acteur, *, auteur: uuid.UUID) -> None:
    """Answer ``auteur``, who asked that a freeze be lifted."""
    permis = policies.can_lever_gel(acteur, territoire=demande.territoire)
    require(permis, sans_droit(Permission.GEL_LEVER))
    exiger_autre_personne(
        acteur, auteur, sinon="Vous avez demandé cette levée. Une autre personne doit décider."
    )
