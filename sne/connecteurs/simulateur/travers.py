"""The ways in which a service may fail or lie: « 429:5 » is a name and a number."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

ENTETE = "SNE-Travers"
PAGE = b"<!DOCTYPE html><title>Maintenance</title><p>Le service revient bient\xc3\xb4t."


@dataclass(frozen=True, slots=True)
class Reponse:
    """What leaves. ``attente``: milliseconds before it; ``goutte``: milliseconds between two bytes.

    ``envoyes``: how many bytes of the body are sent before the connection is cut; 0 with ``muet``: not even a status.
    """

    statut: int
    corps: bytes
    type: str = "application/json"
    entetes: Mapping[str, str] | None = None
    attente: int = 0
    goutte: int = 0
    envoyes: int | None = None
    muet: bool = False


def en_json(statut: int, contenu: Any, **entetes: str) -> Reponse:
    """An honest answer."""
    return Reponse(statut, json.dumps(contenu, ensure_ascii=False).encode(), entetes=entetes)


def lent(r: Reponse, n: int) -> Reponse:
    """It thinks for n milliseconds."""
    return replace(r, attente=n or 5_000)


def goutte(r: Reponse, n: int) -> Reponse:
    """It sends its body byte by byte."""
    return replace(r, goutte=n or 50)


def coupe(r: Reponse, _: int) -> Reponse:
    """It hangs up without a word."""
    return replace(r, muet=True)


def tronque(r: Reponse, _: int) -> Reponse:
    """It hangs up half-way."""
    return replace(r, envoyes=len(r.corps) // 2)


def html(_: Reponse, __: int) -> Reponse:
    """A page for people, with a status that says that all is well."""
    return Reponse(200, PAGE, type="text/html; charset=utf-8")


def vers_ailleurs(_: Reponse, __: int) -> Reponse:
    """It sends elsewhere."""
    return Reponse(302, b"", entetes={"Location": "https://exemple.invalid/connexion"})


def trop(_: Reponse, n: int) -> Reponse:
    """It is asked too much; n seconds are asked for."""
    return replace(en_json(429, {"errors": [{"code": "00429"}]}), entetes={"Retry-After": str(n or 5)})


def panne(_: Reponse, n: int) -> Reponse:
    """It is out of order, with status n."""
    return en_json(n or 503, {"errors": [{"code": str(n or 503)}]})


def types(r: Reponse, _: int) -> Reponse:
    """The same names, with values of other types."""
    return replace(r, corps=json.dumps(_retourner(json.loads(r.corps))).encode())


def enorme(r: Reponse, _: int) -> Reponse:
    """What nobody reads to its end."""
    return replace(r, corps=b"[" + b"0," * 2_000_000 + b"0]")


def profond(r: Reponse, _: int) -> Reponse:
    """Brackets in brackets."""
    return replace(r, corps=b"[" * 50_000 + b"]" * 50_000)


def comprime(r: Reponse, _: int) -> Reponse:
    """It says that its body is compressed."""
    return replace(r, entetes={"Content-Encoding": "gzip"})


def horloge(r: Reponse, n: int) -> Reponse:
    """Its clock is n days ahead: it asks to be left alone until then."""
    quand = format_datetime(datetime.now(UTC) + timedelta(days=n or 3_650), usegmt=True)
    return replace(r, statut=429, entetes={"Retry-After": quand, "Date": quand})


def vide(r: Reponse, _: int) -> Reponse:
    """Lists without anything in them."""
    return replace(r, corps=json.dumps(_vider(json.loads(r.corps))).encode())


def normal(r: Reponse, _: int) -> Reponse:
    """Nothing wrong."""
    return r


TRAVERS: Mapping[str, Callable[[Reponse, int], Reponse]] = {
    "normal": normal,
    "lent": lent,
    "goutte": goutte,
    "coupe": coupe,
    "tronque": tronque,
    "html": html,
    "ailleurs": vers_ailleurs,
    "429": trop,
    "panne": panne,
    "types": types,
    "enorme": enorme,
    "profond": profond,
    "comprime": comprime,
    "horloge": horloge,
    "vide": vide,
    "autre": normal,  # another person: the service itself knows who that would be
    "rejet": normal,  # a lot that is not wanted: so does it
    "futur": normal,  # dates to come: so does it
}


def lire(texte: str) -> tuple[str, int]:
    """« 429:5 » → (« 429 », 5). Raises ``ValueError`` for what is not known."""
    nom, _, nombre = texte.partition(":")
    if nom not in TRAVERS:
        raise ValueError(nom)
    return nom, int(nombre or 0)


def _retourner(valeur: Any) -> Any:
    match valeur:
        case dict():
            return {cle: _retourner(v) for cle, v in valeur.items()}
        case list():
            return [_retourner(v) for v in valeur]
        case str():
            return 17
        case _:
            return "dix-sept"


def _vider(valeur: Any) -> Any:
    match valeur:
        case dict():
            return {cle: _vider(v) for cle, v in valeur.items()}
        case list():
            return []
        case _:
            return valeur
