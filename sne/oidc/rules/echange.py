"""What is asked of a provider by the browser, and what the browser brings back. Pure but for the draw of secrets."""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from sne.oidc.rules.fournisseur import Adresses, Fournisseur
from sne.oidc.rules.refus import ConnexionRefusee, Motif, famille

SECRET = re.compile(r"[A-Za-z0-9_-]{43}")  # what `tirer` draws
CODE = re.compile(r"[\x21-\x7e]{1,2000}")


def tirer() -> str:
    """A secret of 256 bits, 43 signs: a state, a nonce, a PKCE verifier, a pre-session cookie."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class EtatOuvert:
    """A sign-in that starts: what goes to the provider. ``verifieur``: empty without PKCE, sent hashed first."""

    etat: str = field(repr=False)
    nonce: str = field(repr=False)
    verifieur: str = field(default="", repr=False)


def nouvel_etat(fournisseur: Fournisseur) -> EtatOuvert:
    """Secrets drawn for one sign-in."""
    return EtatOuvert(tirer(), tirer(), tirer() if fournisseur.pkce else "")


def adresse_de_connexion(fournisseur: Fournisseur, adresses: Adresses, ouvert: EtatOuvert) -> str:
    """Where the browser is sent: the parameters of the protocol, those of the settings, nothing else."""
    champs: dict[str, str] = {
        "response_type": "code",
        "client_id": fournisseur.client_id,
        "redirect_uri": fournisseur.rappel,
        "scope": " ".join(fournisseur.scopes),
        "state": ouvert.etat,
        "nonce": ouvert.nonce,
    }
    champs.update({str(nom): valeur for nom, valeur in fournisseur.parametres.items()})
    if fournisseur.acr_demande:
        champs["acr_values"] = fournisseur.acr_demande
    if fournisseur.pkce:
        condense = hashlib.sha256(ouvert.verifieur.encode()).digest()
        champs["code_challenge"] = urlsafe_b64encode(condense).rstrip(b"=").decode()
        champs["code_challenge_method"] = "S256"
    return _avec(adresses.autorisation, champs)


def adresse_de_deconnexion(fournisseur: Fournisseur, adresses: Adresses, *, jeton: str, etat: str) -> str:
    """Where the browser ends its session at the provider: ``jeton``, the ID token as received; ``etat`` comes back."""
    champs = {
        "id_token_hint": jeton,
        "state": etat,
        "post_logout_redirect_uri": fournisseur.rappel_deconnexion,
    }
    return _avec(adresses.fin_de_session, champs)


def _avec(adresse: str, champs: Mapping[str, str]) -> str:
    return f"{adresse}{'&' if urlsplit(adresse).query else '?'}{urlencode(champs)}"


@dataclass(frozen=True, slots=True)
class Retour:
    """What a browser brings back: a state, and a code or the family of an error."""

    etat: str = field(repr=False)
    code: str = field(default="", repr=False)
    erreur: Motif | None = None


def lire_retour(champs: Mapping[str, Sequence[str]], fournisseur: Fournisseur) -> Retour:
    """Read the parameters of a callback (each with its values). Raises :class:`ConnexionRefusee`.

    What the provider says of an error beside its name is neither kept nor shown: anybody may write it in an address.
    """
    if any(len(valeurs) != 1 for valeurs in champs.values()):
        raise ConnexionRefusee(Motif.RETOUR_ILLISIBLE)
    lus = {nom: valeurs[0] for nom, valeurs in champs.items()}
    if not SECRET.fullmatch(lus.get("state", "")):
        raise ConnexionRefusee(Motif.RETOUR_ILLISIBLE)
    if lus.get("iss", fournisseur.emetteur) != fournisseur.emetteur:  # RFC 9207
        raise ConnexionRefusee(Motif.EMETTEUR)
    if "error" in lus:
        return Retour(lus["state"], erreur=famille(lus["error"]))
    if not CODE.fullmatch(lus.get("code", "")):
        raise ConnexionRefusee(Motif.RETOUR_ILLISIBLE)
    return Retour(lus["state"], lus["code"])
