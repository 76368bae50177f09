"""ProConnect as professionals meet it: its settings, whether it is the only way in, how a session ends over there."""

import base64
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.shortcuts import resolve_url
from django.urls import reverse

from sne.habilitations.parametres import ParametresHabilitations
from sne.oidc.client import Client
from sne.oidc.rules.echange import adresse_de_deconnexion, tirer
from sne.oidc.rules.fournisseur import proconnect
from sne.oidc.rules.refus import ConnexionRefusee
from sne.referentiels.selectors import get_parametres
from sne.socle.chiffrement import Indechiffrable, chiffrer, dechiffrer

CLE_JETON, LIE_A = "proconnect_jeton", b"proconnect:jeton"


def est_ouvert() -> bool:
    """Whether anybody can come in by it."""
    return bool(settings.PROCONNECT["emetteur"])


def est_seul(le: date) -> bool:
    """Whether an account that is linked opens by nothing else: the operator's choice, where ProConnect is set up."""
    return est_ouvert() and get_parametres(le)[ParametresHabilitations].connexion_proconnect_seul


def client() -> Client:
    """The provider, asked by this process."""
    return _client(settings.PROCONNECT["emetteur"], settings.URL_PUBLIQUE.rstrip("/"))


@lru_cache(maxsize=4)
def _client(emetteur: str, ici: str) -> Client:
    return Client(
        proconnect(
            emetteur=emetteur,
            client_id=settings.PROCONNECT["client_id"],
            secret=settings.PROCONNECT["secret"],
            rappel=ici + reverse("proconnect-retour"),
            rappel_deconnexion=ici + reverse("proconnect-deconnecte"),
            retours=(resolve_url(settings.LOGIN_REDIRECT_URL), reverse("proconnect")),
        )
    )


def garder_jeton(session: SessionBase, jeton: str) -> None:
    """Keep their ID token, to end the session over there with this one: encrypted."""
    session[CLE_JETON] = base64.b64encode(chiffrer(jeton.encode(), lie_a=LIE_A)).decode()


def fin_de_session(session: SessionBase) -> str:
    """Where the session of ProConnect ends too; empty when this one owes it nothing, or it does not answer."""
    garde = session.get(CLE_JETON)
    if not garde or not est_ouvert():
        return ""
    try:
        jeton = dechiffrer(base64.b64decode(garde), lie_a=LIE_A).decode()
        return adresse_de_deconnexion(client().fournisseur, client().adresses(), jeton=jeton, etat=tirer())
    except (ConnexionRefusee, Indechiffrable):
        return ""
