"""Which session a browser holds, read again at each request."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sne.demandeurs.models import SessionDemandeur
from sne.demandeurs.parametres import ParametresDemandeurs
from sne.demandeurs.rules.niveaux import Fraicheurs, Voie
from sne.demandeurs.rules.sessions import Limites, Scelle, is_finie
from sne.referentiels.selectors import get_parametres
from sne.socle.chiffrement import dechiffrer, empreinte
from sne.socle.horloge import jour


@dataclass(frozen=True, slots=True)
class SessionLue:
    """A session that is not over. ``cle``: its fingerprint, not what the browser holds."""

    cle: bytes = field(repr=False)
    compte: uuid.UUID
    voie: Voie
    ouverte_le: datetime
    vue_le: datetime
    _scelle: bytes = field(repr=False)

    def ouvrir(self) -> Scelle:
        """What this sign-in alone knows."""
        return Scelle.model_validate_json(dechiffrer(self._scelle, lie_a=self.cle))


def cle_de(secret: str) -> bytes:
    """The fingerprint of what a browser holds."""
    return empreinte(secret, usage="demandeurs:session")


def get_limites(le: datetime) -> Limites:
    """Those of that day."""
    lus = get_parametres(jour(le))[ParametresDemandeurs]
    return Limites(
        timedelta(minutes=lus.demandeur_inactivite_minutes), timedelta(minutes=lus.demandeur_session_minutes)
    )


def get_fraicheurs(le: datetime) -> Fraicheurs:
    """Those of that day."""
    lus = get_parametres(jour(le))[ParametresDemandeurs]
    return Fraicheurs(
        timedelta(minutes=lus.demandeur_preuve_minutes), timedelta(minutes=lus.ressources_preuve_minutes)
    )


def get_session(secret: str, *, le: datetime) -> SessionLue | None:
    """The session of this browser; ``None`` when it is over, was ended, or never was."""
    ligne = SessionDemandeur.objects.filter(cle=cle_de(secret)).first()
    if ligne is None:
        return None
    if is_finie(get_limites(le), ouverte_le=ligne.ouverte_le, vue_le=ligne.vue_le, instant=le):
        return None
    return SessionLue(
        bytes(ligne.cle),
        ligne.compte_id,
        Voie(ligne.voie),
        ligne.ouverte_le,
        ligne.vue_le,
        bytes(ligne.scelle),
    )
