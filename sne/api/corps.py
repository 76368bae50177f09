"""Reading the body of a request: bounded before it is parsed, JSON only, each name once, no number that is not one."""

import json
import re
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from sne.api.erreurs import refuser

OCTETS_MAX = 1 << 20
PROFONDEUR_MAX = 40
JSON = "application/json"
FUSION = "application/merge-patch+json"
TROP_GRAND = (
    f"Le corps dépasse {OCTETS_MAX // 1024} kibioctets. Envoyez les fichiers à «\u00a0/televersements\u00a0»."
)
FORMATS = (JSON, FUSION)
MAUVAIS_SIGNES = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
"""Escapes of a null sign or of half a sign: read sign by sign is what holds one, and not every accent written so."""


class Illisible(ValueError):
    """The text is JSON that we do not take. ``str(exc)`` ends the sentence « Le corps … »."""


class LecteurDeCorps(Parser):
    """The parser of the interface. What it refuses, it never quotes."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as Python values. Raises ``ErreurApi``: 400, 413 or 415."""
        if request.content_type not in FORMATS:
            raise refuser(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                "FORMAT_REFUSE",
                f"Le corps doit être du JSON. Envoyez-le avec «\u00a0Content-Type: {JSON}\u00a0».",
            )
        return lire(request.body)


def exiger_court(request: HttpRequest) -> None:
    """Refuse a body that announces more than may be read, before anything of it is. Raises ``ErreurApi`` (413)."""
    annonce = request.META.get("CONTENT_LENGTH") or "0"
    if annonce.isdecimal() and int(annonce) > OCTETS_MAX:
        raise refuser(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "CORPS_TROP_GRAND",
            TROP_GRAND,
        )


def lire(octets: bytes) -> Any:
    """JSON as Python values, numbers with a point as decimals. Raises ``ErreurApi`` (400)."""
    try:
        lu = json.loads(octets, object_pairs_hook=_une_fois, parse_constant=_aucune, parse_float=Decimal)
        exiger_peu_profond(lu)
        if MAUVAIS_SIGNES.search(octets):
            exiger_lisible(lu)
    except Illisible as exc:
        suite = str(exc)
    except (ValueError, RecursionError):
        suite = "n’est pas du JSON écrit en UTF-8"
    else:
        return lu
    raise refuser(
        HTTPStatus.BAD_REQUEST, "CORPS_ILLISIBLE", f"Le corps {suite}. Corrigez-le, puis renvoyez le message."
    )


def exiger_peu_profond(valeur: Any) -> None:
    """Refuse objects and lists one in another beyond what any message needs. Raises ``Illisible``."""
    niveau, profondeur = [valeur], 0
    while niveau := [v for v in niveau if isinstance(v, dict | list) and v]:
        profondeur += 1
        if profondeur > PROFONDEUR_MAX:
            raise Illisible(f"compte plus de {PROFONDEUR_MAX} niveaux")
        niveau = [
            v
            for conteneur in niveau
            for v in (conteneur.values() if isinstance(conteneur, dict) else conteneur)
        ]


def exiger_lisible(valeur: Any) -> None:
    """Refuse null signs and halves of signs, which no base keeps. Raises ``Illisible``."""
    if isinstance(valeur, str):
        if "\0" in valeur or any("\ud800" <= signe <= "\udfff" for signe in valeur):
            raise Illisible("contient un signe nul ou la moitié d’un signe")
    elif isinstance(valeur, dict):
        for nom, contenu in valeur.items():
            exiger_lisible(nom)
            exiger_lisible(contenu)
    elif isinstance(valeur, list):
        for contenu in valeur:
            exiger_lisible(contenu)


def _une_fois(paires: list[tuple[str, Any]]) -> dict[str, Any]:
    lu = dict(paires)
    if len(lu) != len(paires):
        raise Illisible("donne deux fois le même nom dans un objet")
    return lu


def _aucune(_: str) -> Any:
    raise Illisible("contient un nombre qui n’en est pas un")
