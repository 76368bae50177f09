"""Whether a demande may be asked to be put back, the request answered or taken back now, by this actor.

Asked by the acts, and by whoever offers them. Each raises ``NonHabilite``, ``Interdit``.
"""

import uuid
from typing import Protocol

from sne.habilitations.rules import Permission, sans_droit
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne, exiger_meme_personne
from sne.registre.demande.policies import Situee
from sne.registre.enquete.possible import Instruite, exiger_en_cours
from sne.registre.restauration import policies
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require


class Demandee(Situee, Protocol):
    """A request, or what was read of one."""

    @property
    def auteur(self) -> uuid.UUID: ...


def exiger_restauration_demandable(enquete: Instruite, acteur: Acteur) -> None:
    """Ask it of a demande of this enquiry; what would change is another question."""
    exiger_en_cours(enquete, acteur)
    _exiger_demandeur(enquete, acteur)


def exiger_restauration_decidable(requete: Demandee, acteur: Acteur) -> None:
    """Answer this request, as long as it waits."""
    permis = policies.can_restaurer(acteur, territoire=requete.territoire)
    require(permis, sans_droit(Permission.RESTAURATION_DECIDER))
    exiger_autre_personne(
        acteur, requete.auteur, sinon="Vous avez demandé ce retour. Une autre personne doit décider."
    )


def exiger_restauration_retirable(requete: Demandee, acteur: Acteur) -> None:
    """Take it back, as long as it waits."""
    _exiger_demandeur(requete, acteur)
    exiger_meme_personne(
        acteur, requete.auteur, sinon="Seule la personne qui a demandé ce retour peut le retirer."
    )


def _exiger_demandeur(lieu: Situee, acteur: Acteur) -> None:
    permis = policies.can_demander_restauration(acteur, territoire=lieu.territoire)
    require(permis, sans_droit(Permission.RESTAURATION_DEMANDER))
