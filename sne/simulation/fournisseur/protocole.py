"""What the simulated provider accepts and answers, as its model does: closed parameters, short lives, signed answers.

Knows no HTTP: each function takes parameters and gives what to answer.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from sne.simulation.fournisseur.personnes import AGENTS, PARTICULIERS, Personne

VIE_DU_CODE = 30  # seconds
VIE_DES_JETONS = 60  # seconds
COMMUNS = frozenset(
    {
        "response_type",
        "client_id",
        "redirect_uri",
        "scope",
        "state",
        "nonce",
        "acr_values",
        "prompt",
        "claims",
        "idp_hint",
    }
)
PIVOT = ("given_name", "given_name_array", "family_name", "birthdate", "gender", "birthplace", "birthcountry")


class RequeteMalFormee(ValueError):
    """The provider shows its own page of error (Y000400): the browser is sent back nowhere."""


class Refusee(ValueError):
    """An answer of error to the service itself; ``str(exc)`` is its OAuth code."""


@dataclass(frozen=True, slots=True)
class Profil:
    """What tells one model from another. ``niveau``: the ``acr`` given. ``secret_min``: signs of state and nonce."""

    nom: str
    personnes: tuple[Personne, ...]
    parametres: frozenset[str]
    niveau: str
    niveaux: frozenset[str]
    acr_exige: bool
    pkce: bool
    amr: tuple[str, ...]
    secret_min: int


FRANCECONNECT = Profil(
    "FranceConnect",
    PARTICULIERS,
    COMMUNS | {"ui_locales"},
    "eidas1",
    frozenset({"eidas1"}),
    acr_exige=True,
    pkce=False,
    amr=(),
    secret_min=22,
)
PROCONNECT = Profil(
    "ProConnect",
    AGENTS,
    COMMUNS | {"login_hint", "siret_hint", "code_challenge", "code_challenge_method"},
    "eidas1-mfa",
    frozenset({"eidas1", "eidas1-mfa"}),
    acr_exige=False,
    pkce=True,
    amr=("pwd", "mail", "mfa"),
    secret_min=32,
)
PROFILS: Mapping[str, Profil] = {"fc": FRANCECONNECT, "pc": PROCONNECT}


@dataclass(frozen=True, slots=True)
class Partenaire:
    """The one service registered here, and the exact addresses where it is answered."""

    client_id: str
    secret: str = field(repr=False)
    rappel: str
    rappel_deconnexion: str


@dataclass(frozen=True, slots=True)
class _Accorde:
    """A code or an access token: whose, for what, until when (seconds)."""

    demande: Mapping[str, str]
    personne: Personne
    rectifie: bool
    jusqu_a: float


@dataclass(slots=True)
class Fournisseur:
    """The provider at work. ``horloge`` gives seconds since 1970."""

    emetteur: str
    profil: Profil
    partenaire: Partenaire
    horloge: Callable[[], float]
    cle: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))
    codes: dict[str, _Accorde] = field(default_factory=dict)
    acces: dict[str, _Accorde] = field(default_factory=dict)

    def description(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.emetteur,
            "authorization_endpoint": f"{self.emetteur}/authorize",
            "token_endpoint": f"{self.emetteur}/token",
            "userinfo_endpoint": f"{self.emetteur}/userinfo",
            "jwks_uri": f"{self.emetteur}/jwks",
            "end_session_endpoint": f"{self.emetteur}/session/end",
            "response_types_supported": ["code"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "userinfo_signing_alg_values_supported": ["ES256"],
            "acr_values_supported": sorted(self.profil.niveaux),
        }

    def cles(self) -> dict[str, Any]:
        """The public keys (JWKS)."""
        return {"keys": [{**self.cle.as_dict(private=False), "use": "sig", "alg": "ES256"}]}

    def exiger_demande(self, champs: Mapping[str, str]) -> None:
        """Raise :class:`RequeteMalFormee` unless this request of authorization is one that the model accepts."""
        p, profil = self.partenaire, self.profil
        fautes = {
            "paramètre inconnu": bool(champs.keys() - profil.parametres),
            "client_id": champs.get("client_id") != p.client_id,
            "redirect_uri": champs.get("redirect_uri") != p.rappel,
            "response_type": champs.get("response_type") != "code",
            "scope": "openid" not in champs.get("scope", "").split(),
            "state": len(champs.get("state", "")) < profil.secret_min,
            "nonce": len(champs.get("nonce", "")) < profil.secret_min,
            "acr_values": profil.acr_exige and not champs.get("acr_values"),
            "code_challenge_method": "code_challenge" in champs
            and champs.get("code_challenge_method") != "S256",
        }
        if trouvees := [nom for nom, vraie in fautes.items() if vraie]:
            raise RequeteMalFormee(", ".join(trouvees))

    def accorder(self, champs: Mapping[str, str], code_personne: str, *, rectifie: bool = False) -> str:
        """Where the browser goes back with a code for this person. Raises :class:`RequeteMalFormee`."""
        self.exiger_demande(champs)
        personne = next((p for p in self.profil.personnes if p.code == code_personne), None)
        if personne is None:
            raise RequeteMalFormee("personne")
        code = secrets.token_urlsafe(32)
        self.codes[code] = _Accorde(dict(champs), personne, rectifie, self.horloge() + VIE_DU_CODE)
        return self._retour(champs, code=code)

    def refuser(self, champs: Mapping[str, str], erreur: str, pourquoi: str) -> str:
        """Where the browser goes back with an error. Raises :class:`RequeteMalFormee`."""
        self.exiger_demande(champs)
        return self._retour(champs, error=erreur, error_description=pourquoi)

    def _retour(self, champs: Mapping[str, str], **valeurs: str) -> str:
        return f"{champs['redirect_uri']}?{urlencode({**valeurs, 'state': champs['state'], 'iss': self.emetteur})}"

    def jetons(self, champs: Mapping[str, str]) -> dict[str, Any]:
        """Exchange a code, once. Raises :class:`Refusee`."""
        p = self.partenaire
        if champs.get("client_id") != p.client_id or champs.get("client_secret") != p.secret:
            raise Refusee("invalid_client")
        accorde = self.codes.pop(champs.get("code", ""), None)
        if (
            accorde is None
            or accorde.jusqu_a < self.horloge()
            or champs.get("grant_type") != "authorization_code"
            or champs.get("redirect_uri") != accorde.demande["redirect_uri"]
            or not _verifieur_juste(accorde.demande, champs.get("code_verifier", ""))
        ):
            raise Refusee("invalid_grant")
        acces, maintenant = secrets.token_urlsafe(32), int(self.horloge())
        self.acces[acces] = _Accorde(
            accorde.demande, accorde.personne, accorde.rectifie, maintenant + VIE_DES_JETONS
        )
        identite = {
            **self._enveloppe(accorde, maintenant),
            "nonce": accorde.demande["nonce"],
            "acr": self.profil.niveau,
            "auth_time": maintenant,
            **({"amr": list(self.profil.amr)} if self.profil.amr else {}),
        }
        return {
            "access_token": acces,
            "token_type": "Bearer",
            "expires_in": VIE_DES_JETONS,
            "id_token": self._signer(identite),
            "scope": accorde.demande["scope"],
        }

    def informations(self, acces: str) -> str:
        """Who signed in, signed: the claims that the scopes asked for. Raises :class:`Refusee`."""
        accorde = self.acces.get(acces)
        if accorde is None or accorde.jusqu_a < self.horloge():
            raise Refusee("invalid_token")
        demandes = set(accorde.demande["scope"].split())
        if "identite_pivot" in demandes:
            demandes |= set(PIVOT)
        donnees = {nom: valeur for nom, valeur in accorde.personne.donnees.items() if nom in demandes}
        return self._signer({**donnees, **self._enveloppe(accorde, int(self.horloge()))})

    def fin(self, champs: Mapping[str, str]) -> str:
        """Where the browser goes once signed out. Raises :class:`RequeteMalFormee`."""
        if champs.get("post_logout_redirect_uri") != self.partenaire.rappel_deconnexion:
            raise RequeteMalFormee("post_logout_redirect_uri")
        try:
            jwt.decode(champs.get("id_token_hint", ""), self.cle, algorithms=["ES256"])
        except (JoseError, ValueError) as exc:
            raise RequeteMalFormee("id_token_hint") from exc
        return f"{champs['post_logout_redirect_uri']}?{urlencode({'state': champs.get('state', '')})}"

    def _enveloppe(self, accorde: _Accorde, maintenant: int) -> dict[str, Any]:
        return {
            "sub": accorde.personne.sub(self.partenaire.client_id, rectifie=accorde.rectifie),
            "iss": self.emetteur,
            "aud": self.partenaire.client_id,
            "iat": maintenant,
            "exp": maintenant + VIE_DES_JETONS,
        }

    def _signer(self, donnees: dict[str, Any]) -> str:
        return jwt.encode({"alg": "ES256", "kid": self.cle.kid}, donnees, self.cle, algorithms=["ES256"])


def _verifieur_juste(demande: Mapping[str, str], verifieur: str) -> bool:
    """Whether a PKCE verifier is that of the request; none is wanted where none was announced."""
    if "code_challenge" not in demande:
        return not verifieur
    condense = urlsafe_b64encode(hashlib.sha256(verifieur.encode()).digest()).rstrip(b"=").decode()
    return secrets.compare_digest(condense, demande["code_challenge"])
