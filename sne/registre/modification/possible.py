"""Whether a demande may be changed now, by this actor: asked by the act itself, and by whoever offers it."""

from sne.habilitations.rules import Permission, sans_droit
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_ecrire_sante, can_modifier
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require


def exiger_modifiable(demande: Demande, acteur: Acteur) -> None:
    """Raises ``NonHabilite`` or ``Interdit``, with the remedy; which fields is another question."""
    require(
        can_modifier(acteur, demande),
        "Votre rôle ne permet pas de modifier ce dossier. Adressez-vous au guichet qui le suit.",
    )
    if demande.statut not in OUVERTES:
        raise Interdit("Cette demande n’est plus ouverte. Elle ne peut pas être modifiée.")


def exiger_sante_modifiable(demande: Demande, acteur: Acteur) -> None:
    """The same of what says something of health."""
    exiger_modifiable(demande, acteur)
    exiger_sante_ecrite(demande, acteur)


def exiger_sante_ecrite(demande: Demande, acteur: Acteur) -> None:
    """Raises ``NonHabilite``: writing health data is a right of its own, whatever the act."""
    permis = can_ecrire_sante(acteur, territoire=demande.territoire, demande=demande.id)
    require(permis, sans_droit(Permission.SANTE_ECRIRE))
