"""What is believed of a signed answer: the algorithm, key, issuer, addressee, hours and level that we expect. Pure.

The library of tokens checks signatures; the rest is read here, in the bytes that were signed, by closed models.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from joserfc import jwe, jws
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import KeySet, import_key
from pydantic import Field, ValidationError

from sne.oidc.rules.fournisseur import Chiffrement, Fournisseur, Genre
from sne.oidc.rules.identite import Identite, IdentitePivot, IdentiteProfessionnelle, Recue
from sne.oidc.rules.refus import ConnexionRefusee, Motif

# What the library and the parsers of keys raise on what a provider may send: nothing else is expected of them.
ILLISIBLE = (JoseError, ValueError, KeyError, TypeError, AttributeError)
MODELES: Mapping[Genre, type[Identite]] = {
    Genre.PIVOT: IdentitePivot,
    Genre.PROFESSIONNELLE: IdentiteProfessionnelle,
}
Instant = Annotated[int, Field(ge=0, le=1 << 40)]  # seconds since 1970


class _Enveloppe(Recue):
    """Who signed, for whom. ``aud`` is one text: a list, even of us alone, is not what we were promised."""

    iss: str
    aud: str
    exp: Instant | None = None
    iat: Instant | None = None


class JetonIdentite(_Enveloppe):
    """Claims of an ID token. ``auth_time``: when the person last identified themselves there, if it is said."""

    exp: Instant
    iat: Instant
    nonce: str
    acr: str
    auth_time: Instant | None = None
    amr: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cles:
    """Public keys of a provider, by ``kid``; those without one are of no use."""

    par_kid: Mapping[str, Any] = field(repr=False)


def lire_cles(octets: bytes) -> Cles:
    """Read a set of public keys (JWKS). Raises :class:`ConnexionRefusee`."""
    try:
        recues = [cle for cle in json.loads(octets)["keys"] if isinstance(cle.get("kid"), str)]
        ensemble = KeySet.import_key_set({"keys": recues})
    except ILLISIBLE as exc:
        raise ConnexionRefusee(Motif.REPONSE_ILLISIBLE) from exc
    return Cles({str(cle.kid): cle for cle in ensemble})


def kid_de(jeton: bytes, fournisseur: Fournisseur) -> str:
    """The name of the key of a signed token, before anything of it is believed. Raises :class:`ConnexionRefusee`."""
    try:
        entete = jws.extract_compact(jeton).headers()
    except ILLISIBLE as exc:
        raise ConnexionRefusee(Motif.REPONSE_ILLISIBLE) from exc
    if entete.get("alg") != fournisseur.algorithme:
        raise ConnexionRefusee(Motif.ALGORITHME)
    kid = entete.get("kid")
    if not isinstance(kid, str):
        raise ConnexionRefusee(Motif.CLE_INCONNUE)
    return kid


def _verifie(jeton: bytes, fournisseur: Fournisseur, cles: Cles) -> bytes:
    """The bytes that a known key of the provider signed."""
    cle = cles.par_kid.get(kid_de(jeton, fournisseur))
    if cle is None:
        raise ConnexionRefusee(Motif.CLE_INCONNUE)
    try:
        return bytes(jws.deserialize_compact(jeton, cle, algorithms=[fournisseur.algorithme]).payload)
    except BadSignatureError as exc:
        raise ConnexionRefusee(Motif.SIGNATURE) from exc
    except ILLISIBLE as exc:
        raise ConnexionRefusee(Motif.REPONSE_ILLISIBLE) from exc


def dechiffrer(recu: bytes, chiffrement: Chiffrement) -> bytes:
    """The signed token inside an encrypted one, encrypted exactly as agreed. Raises :class:`ConnexionRefusee`.

    The library's strict reading of headers would refuse those that providers add (``iss``, ``aud``): nothing of them
    is used.
    """
    algorithmes = [chiffrement.alg, chiffrement.enc]
    try:
        cle = import_key(json.loads(chiffrement.cle.get_secret_value()))
        ouvert = jwe.decrypt_compact(
            recu, cle, registry=jwe.JWERegistry(algorithms=algorithmes, strict_check_header=False)
        )
        return bytes(ouvert.plaintext or b"")
    except ILLISIBLE as exc:
        raise ConnexionRefusee(Motif.CHIFFREMENT) from exc


def verifier_jeton(
    jeton: bytes, fournisseur: Fournisseur, cles: Cles, *, nonce: str, depuis: int, instant: int
) -> JetonIdentite:
    """What an ID token says, once everything in it is as expected at ``instant`` (seconds since 1970).

    ``depuis``: when this sign-in started; where people are asked to identify themselves anew, they did since.
    Raises :class:`ConnexionRefusee` with the first thing that is not.
    """
    lu = _lire(JetonIdentite, _verifie(jeton, fournisseur, cles))
    _exiger_enveloppe(lu, fournisseur, instant)
    if lu.nonce != nonce:
        raise ConnexionRefusee(Motif.NONCE)
    if lu.acr not in fournisseur.acr_admis:
        raise ConnexionRefusee(Motif.NIVEAU)
    if lu.auth_time is not None:
        if lu.auth_time - fournisseur.tolerance > instant:
            raise ConnexionRefusee(Motif.JETON_A_VENIR)
        if fournisseur.redemande and lu.auth_time + fournisseur.tolerance < depuis:
            raise ConnexionRefusee(Motif.AUTHENTIFICATION_ANCIENNE)
    return lu


def verifier_informations(
    recu: bytes, fournisseur: Fournisseur, cles: Cles, *, sub: str, instant: int
) -> Identite:
    """The identity in a signed userinfo (decrypted before), of the person ``sub`` of the ID token and of no other.

    Raises :class:`ConnexionRefusee`.
    """
    charge = _verifie(recu, fournisseur, cles)
    enveloppe = _lire(_Enveloppe, charge)
    _exiger_enveloppe(enveloppe, fournisseur, instant)
    if enveloppe.sub != sub:
        raise ConnexionRefusee(Motif.AUTRE_PERSONNE)
    try:
        return MODELES[fournisseur.genre].model_validate_json(charge)
    except ValidationError:
        raise ConnexionRefusee(Motif.IDENTITE_ILLISIBLE) from None  # its text may quote a name


def _lire[M: _Enveloppe](modele: type[M], charge: bytes) -> M:
    try:
        return modele.model_validate_json(charge)
    except ValidationError as exc:
        champs = {str(erreur["loc"][0]) for erreur in exc.errors(include_input=False) if erreur["loc"]}
    raise ConnexionRefusee(Motif.DESTINATAIRE if champs == {"aud"} else Motif.JETON_INCOMPLET)


def _exiger_enveloppe(lu: _Enveloppe, fournisseur: Fournisseur, instant: int) -> None:
    if lu.iss != fournisseur.emetteur:
        raise ConnexionRefusee(Motif.EMETTEUR)
    if lu.aud != fournisseur.client_id:
        raise ConnexionRefusee(Motif.DESTINATAIRE)
    if lu.exp is not None and lu.exp + fournisseur.tolerance <= instant:
        raise ConnexionRefusee(Motif.JETON_EXPIRE)
    if lu.iat is not None and lu.iat - fournisseur.tolerance > instant:
        raise ConnexionRefusee(Motif.JETON_A_VENIR)
