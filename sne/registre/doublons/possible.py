"""Whether a case of two demandes may be decided now, by this actor: asked by the act, and by whoever offers it."""

import uuid
from datetime import datetime
from typing import Protocol

from sne.habilitations.actions.deux_personnes import DEJA
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne
from sne.registre.demande.policies import Situee
from sne.registre.doublons import policies
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require


class Posee(Situee, Protocol):
    """A case, or what was read of one."""

    @property
    def auteur(self) -> uuid.UUID: ...

    @property
    def clos_le(self) -> datetime | None: ...


def exiger_cas_decidable(cas: Posee, acteur: Acteur) -> None:
    """Raises ``NonHabilite``, ``Interdit`` (one's own question, ended)."""
    require(
        policies.can_decider_doublon(acteur, territoire=cas.territoire),
        "Votre rôle ne permet pas de décider si deux demandes sont celles d’une même personne.",
    )
    exiger_autre_personne(
        acteur, cas.auteur, sinon="Vous avez posé cette question. Une autre personne doit décider."
    )
    if cas.clos_le is not None:
        raise Interdit(DEJA)
