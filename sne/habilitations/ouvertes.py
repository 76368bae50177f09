"""The sessions of one account, as its holder sees them: where each was opened, when it last served, how to close it.

Each is noted in a drawer of its account (``sessions.Tiroir``) as it opens, and is forgotten with it.
"""

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session

from sne.habilitations.models import Compte
from sne.habilitations.rules import fin_de_session
from sne.habilitations.selectors import get_limites_de_session
from sne.habilitations.sessions import (
    CLE_OUVERTE,
    CLE_VUE,
    SessionStore,
    Tiroir,
    condense,
    est_tenue,
)
from sne.socle.chiffrement import empreinte
from sne.socle.horloge import jour, maintenant

LIEU = "session"
NAVIGATEURS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMES = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Ouverte:
    """One session under way. ``jeton``: what names it to its holder; ``cle``: its row."""

    jeton: str
    navigateur: str
    cle: str
    ouverte_le: datetime
    vue_le: datetime
    celle_ci: bool


def noter_ouverture(request: Any) -> None:
    """Note the session of this request, just opened, in the drawer of its account."""
    cle = condense(str(request.session.session_key))
    valeur = json.dumps({"cle": cle, "navigateur": nommer(request.headers.get("User-Agent", ""))})
    _tiroir(request.user.pk).garder(
        valeur.encode(), lieu=LIEU, jeton=cle[:24], jusqu_a=request.session.get_expiry_date()
    )


def list_ouvertes(compte: Compte, *, ici: str = "") -> list[Ouverte]:
    """Those under way, the last that served first. ``ici``: the key of the session that asks."""
    tiroir, instant = _tiroir(compte.pk), maintenant()
    limites, celle_ci = get_limites_de_session(jour(instant)), condense(ici)
    notes = {}
    for jeton in tiroir.jetons():
        if lue := tiroir.relire(jeton, lieu=LIEU):
            note = json.loads(lue)
            notes[note["cle"]] = (jeton, note["navigateur"])
    ouvertes = []
    for ligne in Session.objects.filter(pk__in=notes, expire_date__gt=instant):
        donnees = SessionStore().decode(ligne.session_data)
        ouverte_le, vue_le = (datetime.fromtimestamp(donnees.get(c, 0), UTC) for c in (CLE_OUVERTE, CLE_VUE))
        fin = fin_de_session(
            ouverte_le=ouverte_le,
            vue_le=vue_le,
            instant=instant,
            limites=limites,
            closes_le=compte.sessions_closes_le,
        )
        reconnue = donnees.get(HASH_SESSION_KEY) == compte.get_session_auth_hash()
        if fin is None and reconnue and est_tenue(donnees, compte.proconnect):
            ouvertes.append(Ouverte(*notes[ligne.pk], ligne.pk, ouverte_le, vue_le, ligne.pk == celle_ci))
    return sorted(ouvertes, key=lambda ouverte: ouverte.vue_le, reverse=True)


def nommer(agent: str) -> str:
    """« Firefox, Windows », from what a browser says of itself; nothing else of it is kept."""
    dits = [next((dit for signe, dit in noms if signe in agent), "") for noms in (NAVIGATEURS, SYSTEMES)]
    return ", ".join(filter(None, dits)) or "Navigateur inconnu"


def oublier_ouverture(compte_id: uuid.UUID, jeton: str) -> None:
    """It is closed."""
    _tiroir(compte_id).oublier(jeton)


def _tiroir(compte_id: uuid.UUID) -> Tiroir:
    return Tiroir(empreinte(str(compte_id), usage="sessions-d-un-compte").hex()[:16])
