"""Lists of the support desk, in a desk of two hundred thousand tickets: one's own, and those of a level."""

import random
import uuid

from sne.assistance.rules.vues import VUES
from sne.assistance.selectors.listes import list_tickets
from sne.bench.actes import _Lecteur
from sne.bench.equipe import Poste
from sne.habilitations.rules import Role, mandat
from sne.socle.acteur import Acteur, Canal, Perimetre
from sne.socle.horloge import maintenant
from sne.socle.identifiants import uuid7

TERRITOIRES, COMPTES, BASE = 100, 4000, 0x70000000


class MesDemandesDAide(_Lecteur):
    """« Mes demandes » of a manager: asked by them, or shared with a team of theirs."""

    vue = "mes-demandes"

    def __init__(self, _: Poste) -> None:
        self.hasard = random.Random(uuid7().int)  # noqa: S311 - whose list is read, nothing secret

    def agir(self) -> None:
        rang = self.hasard.randrange(COMPTES)
        list_tickets(VUES[self.vue], _gestionnaire(rang), le=maintenant())


class DemandesAPrendre(MesDemandesDAide):
    """« À prendre » of the level of a territory."""

    vue = "a-prendre"


def _gestionnaire(rang: int) -> Acteur:
    territoire = f"{rang % TERRITOIRES + 1:03d}"
    mandats = (mandat(Role.GESTIONNAIRE_TERRITORIAL, Perimetre(territoire)),)
    return Acteur(compte(rang), "", Canal.GUICHET, mandats, territoire=territoire)


def compte(rang: int) -> uuid.UUID:
    """The account of this rank, as the rows name it."""
    return uuid.UUID(int=BASE + rang)
