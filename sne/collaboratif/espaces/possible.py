"""Whether something may be read, written or run in a space now: asked by every act, and by the pages that offer it."""

import uuid
from typing import Any

from django.db.models import QuerySet

from sne.collaboratif.espaces.models import Espace
from sne.collaboratif.espaces.policies import can_ouvrir, can_tenir
from sne.collaboratif.espaces.rules import INTROUVABLE, Droit, suffit
from sne.collaboratif.espaces.selectors import Lecteur, lieu_du_relais
from sne.habilitations.rules import Permission, sans_droit
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite, require

REFUS = {
    Droit.CONTRIBUER: "Votre équipe lit cet espace et n’y écrit pas. Demandez ce droit à qui l’anime.",
    Droit.ANIMER: "Ceux qui animent cet espace font cela. Demandez-le-leur.",
}
FERME = "Cet espace est fermé\u00a0: il se lit, et rien ne s’y écrit plus.".replace(" :", "\u00a0:")


def exiger_lire(lecteur: Lecteur, espace: uuid.UUID) -> None:
    """Raises ``Introuvable``."""
    if espace not in lecteur.droits:
        raise Introuvable(INTROUVABLE)


def exiger_droit(lecteur: Lecteur, espace: Espace, droit: Droit) -> None:
    """Raises ``Introuvable`` (it does not open), ``NonHabilite`` (read only), ``Interdit`` (closed)."""
    exiger_lire(lecteur, espace.id)
    require(suffit(lecteur.droits[espace.id], droit), REFUS.get(droit, ""))
    if espace.ferme_le is not None:
        raise Interdit(FERME)


def exiger_relayable(acteur: Acteur, relais: QuerySet[Any], deja: str) -> tuple[str, str]:
    """The territory and the counter that this actor relays to, where these relays did not go yet. Raises
    ``NonHabilite``, ``Interdit``.
    """
    lieu = lieu_du_relais(acteur)
    if lieu is None:
        raise NonHabilite("Un gestionnaire territorial relaie à ses guichets, un responsable au sien.")
    if relais.filter(territoire=lieu[0], guichet=lieu[1]).exists():
        raise Interdit(deja)
    return lieu


def exiger_ouvrir(acteur: Acteur, territoire: str) -> None:
    """Raises ``NonHabilite``."""
    require(can_ouvrir(acteur, territoire), sans_droit(Permission.ESPACE_OUVRIR))


def exiger_tenir(acteur: Acteur, territoire: str) -> None:
    """Raises ``NonHabilite``."""
    require(can_tenir(acteur, territoire), sans_droit(Permission.ANIMATION_TENIR))
