"""Asking a provider, server to server: its description, its keys, tokens, who signed in. Never inside a transaction.

Bounded on every side: who is asked (the settings), how long, how much is read; a redirection is refused. Nothing that
is received is logged.
"""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from sne.oidc.rules.fournisseur import Adresses, Fournisseur
from sne.oidc.rules.identite import Identite
from sne.oidc.rules.jetons import (
    Cles,
    JetonIdentite,
    dechiffrer,
    kid_de,
    lire_cles,
    verifier_informations,
    verifier_jeton,
)
from sne.oidc.rules.refus import ConnexionRefusee, Motif
from sne.socle import sortie

DELAI = 3.0  # seconds to connect, and between two pieces of an answer
DELAI_TOTAL = 5.0  # seconds for a whole answer
OCTETS_MAX = 128 << 10
CLES_AU_PLUS_TOUTES_LES = 300.0  # seconds between two readings of keys
DESCRIPTION = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Connexion:
    """Somebody whom a provider vouches for. ``jeton``: their ID token as received, for the end of their session.

    ``identifie_le``: when they identified themselves there (seconds since 1970), if the provider says it.
    """

    identite: Identite
    acr: str
    amr: tuple[str, ...]
    identifie_le: int | None
    jeton: str = field(repr=False)


class Client:
    """One provider, asked by one process: its description and its keys are kept, whichever thread read them."""

    def __init__(self, fournisseur: Fournisseur) -> None:
        self.fournisseur = fournisseur
        self._verrou = threading.Lock()
        self._adresses = fournisseur.adresses
        self._cles = Cles({})
        self._cles_lues = float("-inf")

    def adresses(self) -> Adresses:
        """Where the provider answers; its description is read once, and must be that of the issuer expected."""
        if self._adresses is None:
            decrites = _json(_lire(self.fournisseur.emetteur + DESCRIPTION))
            if decrites.get("issuer") != self.fournisseur.emetteur:
                raise ConnexionRefusee(Motif.EMETTEUR)
            try:
                self._adresses = Adresses(
                    autorisation=decrites["authorization_endpoint"],
                    jeton=decrites["token_endpoint"],
                    informations=decrites["userinfo_endpoint"],
                    cles=decrites["jwks_uri"],
                    fin_de_session=decrites["end_session_endpoint"],
                )
            except (KeyError, ValidationError):
                raise ConnexionRefusee(Motif.REPONSE_ILLISIBLE) from None
        return self._adresses

    def cles(self, kid: str) -> Cles:
        """The public keys; read again when this one is not among them, at most once in five minutes."""
        if kid in self._cles.par_kid:
            return self._cles
        with self._verrou:
            maintenant = time.monotonic()
            if kid not in self._cles.par_kid and maintenant - self._cles_lues >= CLES_AU_PLUS_TOUTES_LES:
                recues = lire_cles(_lire(self.adresses().cles))
                self._cles, self._cles_lues = recues, maintenant
            return self._cles

    def echanger(self, code: str, *, verifieur: str, nonce: str, depuis: int, instant: int) -> Connexion:
        """Exchange a code, read who signed in, verify both at ``instant`` (seconds), for a sign-in that started at
        ``depuis``. Raises as the rules do.
        """
        jetons = self._jetons(code, verifieur)
        jeton, acces = jetons.get("id_token"), jetons.get("access_token")
        if not isinstance(jeton, str) or not isinstance(acces, str) or not acces.isprintable():
            raise ConnexionRefusee(Motif.REPONSE_ILLISIBLE)
        octets = jeton.encode("ascii", "replace")
        cles = self.cles(kid_de(octets, self.fournisseur))
        lu = verifier_jeton(octets, self.fournisseur, cles, nonce=nonce, depuis=depuis, instant=instant)
        return Connexion(self._identite(acces, lu, instant), lu.acr, lu.amr, lu.auth_time, jeton)

    def _jetons(self, code: str, verifieur: str) -> dict[str, Any]:
        champs = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.fournisseur.rappel,
            "client_id": self.fournisseur.client_id,
            "client_secret": self.fournisseur.secret.get_secret_value(),
            **({"code_verifier": verifieur} if verifieur else {}),
        }
        return _json(_lire(self.adresses().jeton, formulaire=champs, refus=Motif.CODE_REFUSE))

    def _identite(self, acces: str, lu: JetonIdentite, instant: int) -> Identite:
        entetes = {"Authorization": f"Bearer {acces}", "Accept": "application/jwt"}
        recu = _lire(self.adresses().informations, entetes=entetes).strip()
        if self.fournisseur.chiffrement:
            recu = dechiffrer(recu, self.fournisseur.chiffrement)
        cles = self.cles(kid_de(recu, self.fournisseur))
        return verifier_informations(recu, self.fournisseur, cles, sub=lu.sub, instant=instant)


def _lire(
    adresse: str,
    *,
    formulaire: Mapping[str, str] | None = None,
    entetes: Mapping[str, str] | None = None,
    refus: Motif = Motif.INDISPONIBLE,
) -> bytes:
    """The body of an answer, whole and bounded. ``refus``: what a 4xx means. Raises :class:`ConnexionRefusee`."""
    bornes = sortie.Bornes(DELAI, DELAI, DELAI_TOTAL, OCTETS_MAX)
    try:
        recue = sortie.demander(sortie.Envoi(adresse, bornes, formulaire=formulaire, entetes=entetes or {}))
    except sortie.EnvoiEchoue as exc:
        trop_long = exc.echec is sortie.Echec.TROP_LONG
        raise ConnexionRefusee(Motif.REPONSE_TROP_LONGUE if trop_long else Motif.INDISPONIBLE) from None
    if recue.statut != 200:
        raise ConnexionRefusee(refus if 400 <= recue.statut < 500 else Motif.INDISPONIBLE)
    return recue.octets


def _json(octets: bytes) -> dict[str, Any]:
    try:
        lu = json.loads(octets)
    except ValueError:
        raise ConnexionRefusee(Motif.REPONSE_ILLISIBLE) from None
    if not isinstance(lu, dict):
        raise ConnexionRefusee(Motif.REPONSE_ILLISIBLE)
    return lu
