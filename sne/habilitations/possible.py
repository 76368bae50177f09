"""Whether a role may be granted to somebody, two accounts linked: asked by the acts, and by whoever offers them.

Each raises ``NonHabilite``.
"""

import uuid

from sne.habilitations.policies import can_accorder_a, mandat_pour_relier, require_mandat
from sne.habilitations.rules import Permission, sans_droit
from sne.habilitations.selectors.deux_personnes import est_de_soi
from sne.socle.acteur import Acteur, Mandat
from sne.socle.erreurs import require

LE_SIEN = "Ce compte est aussi le vôtre : une autre personne décide de ses rôles."


def exiger_accorder_a(acteur: Acteur, compte_id: uuid.UUID) -> None:
    """Grant some role to this person, never to oneself; which role, where, is another question."""
    require(can_accorder_a(acteur, compte_id), sans_droit(Permission.HABILITATION_GERER))
    exiger_autrui(acteur, compte_id)


def exiger_autrui(acteur: Acteur, compte_id: uuid.UUID) -> None:
    """Decide of the roles of this account, which is not another one of the actor's."""
    require(not est_de_soi(acteur, compte_id), LE_SIEN)


def exiger_relier(acteur: Acteur) -> Mandat:
    """The mandate by which they may link two accounts."""
    return require_mandat(
        mandat_pour_relier(acteur), "Relier deux comptes revient à l’exploitation nationale."
    )
