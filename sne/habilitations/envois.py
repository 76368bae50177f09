"""What a page was sending when its session had ended: never executed, kept for the account that had the session.

The browser holds, signed, the name of the drawer of the account that signed in: the session may be gone when the form
arrives. A drawer is opened by its account only, once signed in.
"""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from sne.habilitations.parametres import ParametresHabilitations
from sne.habilitations.sessions import Tiroir
from sne.referentiels.selectors import get_parametres
from sne.socle.chiffrement import empreinte
from sne.socle.horloge import jour, maintenant
from sne.socle.indisponible import lire_renvoi

COOKIE = "__Host-tiroir" if settings.SESSION_COOKIE_SECURE else "tiroir"
SEL = "sne.habilitations.envois"
LIEU = "envoi"


@dataclass(frozen=True, slots=True)
class Envoi:
    """A form to send again where it was sent. ``poste``: the place acted for, when the session still said it.

    ``fichiers``: some came with it, and were not kept.
    """

    jeton: str
    adresse: str
    champs: list[tuple[str, str]]
    fichiers: bool
    recu_le: datetime
    poste: str


def tiroir_du_compte(compte_id: uuid.UUID) -> Tiroir:
    """Where what this account was sending is kept."""
    return Tiroir(empreinte(str(compte_id), usage="envois-d-un-compte").hex()[:16])


def marquer(request: Any, reponse: HttpResponse, compte_id: uuid.UUID) -> None:
    """Say to the browser whose drawer it now fills, and whether no other account signed in since it opened."""
    debut, seul = _lire(request)
    ici = tiroir_du_compte(compte_id).debut
    seul = seul and debut in ("", ici)
    reponse.set_signed_cookie(
        COOKIE,
        f"{ici}{'' if seul else '+'}",
        salt=SEL,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )


def retenir(request: Any, vue: Callable[..., Any]) -> bool:
    """Keep a form that comes from a page of ours and whose session has ended; whether it was.

    For the account whose session ended with this very request, else for the one that signed in on this browser, alone
    since it opened: a page that another left open there says nothing of who typed it.
    """
    fini, (debut, seul) = request.session_finie, _lire(request)
    tiroir = tiroir_du_compte(fini.id) if fini else Tiroir(debut if seul else "")
    if not tiroir.debut or getattr(vue, "csrf_exempt", False):
        return False
    return _garder(request, tiroir, poste=f"{fini.territoire}/{fini.guichet}" if fini else "")


def retenir_perimee(request: Any) -> bool:
    """Keep a form made in an earlier session of the account that has signed in since, and whose token is refused.

    Only on a browser where nobody else signed in: nothing else says who typed it.
    """
    if request.acteur is None:
        return False
    tiroir = tiroir_du_compte(request.user.pk)
    return _lire(request) == (tiroir.debut, True) and _garder(request, tiroir, poste="")


def list_envois(compte_id: uuid.UUID) -> list[Envoi]:
    """What is kept for this account, the last sent first."""
    tiroir = tiroir_du_compte(compte_id)
    lus = ((jeton, tiroir.relire(jeton, lieu=LIEU)) for jeton in tiroir.jetons())
    return [_ouvrir(jeton, lu) for jeton, lu in lus if lu is not None]


def oublier_envoi(compte_id: uuid.UUID, jeton: str) -> None:
    """It was sent again, or is not wanted."""
    tiroir_du_compte(compte_id).oublier(jeton)


def _garder(request: Any, tiroir: Tiroir, *, poste: str) -> bool:
    if request.method != "POST" or not (_vient_d_ici(request) and _navigue(request)):
        return False
    renvoi = lire_renvoi(request)
    if renvoi is None:
        return False
    instant = maintenant()
    valeur = {
        "adresse": request.get_full_path(),
        "champs": renvoi.champs,
        "fichiers": renvoi.fichiers,
        "recu_le": instant.isoformat(),
        "poste": poste,
    }
    duree = timedelta(hours=get_parametres(jour(instant))[ParametresHabilitations].session_envoi_garde_heures)
    jusqu_a = instant + duree
    tiroir.garder(json.dumps(valeur).encode(), lieu=LIEU, jusqu_a=jusqu_a, jeton=request.revoir)
    return True


def _ouvrir(jeton: str, lu: bytes) -> Envoi:
    valeur = json.loads(lu)
    recu_le = datetime.fromisoformat(valeur.pop("recu_le"))
    return Envoi(jeton, recu_le=recu_le, **valeur)


def _vient_d_ici(request: Any) -> bool:
    """Browsers say where a form was, and no page of another site can say that it was here."""
    return bool(request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}")


def _navigue(request: Any) -> bool:
    return "text/html" in request.headers.get("Accept", "")


def _lire(request: Any) -> tuple[str, bool]:
    """The drawer that this browser fills (empty: none is known), and whether it never filled another."""
    lu = request.get_signed_cookie(COOKIE, "", salt=SEL)
    return lu.removesuffix("+"), not lu.endswith("+")
