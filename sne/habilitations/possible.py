"""Whether a role may be granted to somebody, a way in given back, two accounts linked: asked by the acts, and by who
offers them.

Each raises ``NonHabilite``.
"""

import uuid
from datetime import date

from sne.habilitations.models import Compte
from sne.habilitations.policies import (
    can_accorder_a,
    mandat_pour_reinitialiser,
    mandat_pour_relier,
    require_mandat,
)
from sne.habilitations.rules import Permission, sans_droit
from sne.habilitations.selectors.deux_personnes import est_de_soi
from sne.socle.acteur import Acteur, Mandat
from sne.socle.erreurs import Interdit, require

SANS_ENTREE = (
    "Ce compte est celui d’un logiciel\u00a0: personne ne s’y connecte. Gérez ses clés dans sa convention."
)
LE_SIEN = "Ce compte est aussi le vôtre : une autre personne décide de ses rôles."


def exiger_accorder_a(acteur: Acteur, compte_id: uuid.UUID) -> None:
    """Grant some role to this person, never to oneself; which role, where, is another question."""
    require(can_accorder_a(acteur, compte_id), sans_droit(Permission.HABILITATION_GERER))
    exiger_autrui(acteur, compte_id)


def exiger_autrui(acteur: Acteur, compte_id: uuid.UUID) -> None:
    """Decide of the roles of this account, which is not another one of the actor's."""
    require(not est_de_soi(acteur, compte_id), LE_SIEN)


def exiger_reinitialiser(acteur: Acteur, compte: Compte, *, le: date) -> Mandat:
    """The mandate by which they may give this person a new way in. Raises ``Interdit`` of a software's account."""
    mandat = require_mandat(
        mandat_pour_reinitialiser(
            acteur, compte_id=compte.id, habilitations=compte.habilitations.exclude(fin__lte=le), le=le
        ),
        "Vous ne pouvez pas réinitialiser cet accès\u00a0: demandez à l’exploitation nationale.",
    )
    if compte.logiciel:
        raise Interdit(SANS_ENTREE)
    return mandat


def exiger_relier(acteur: Acteur) -> Mandat:
    """The mandate by which they may link two accounts."""
    return require_mandat(
        mandat_pour_relier(acteur), "Relier deux comptes revient à l’exploitation nationale."
    )
