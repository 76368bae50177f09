"""Writing an answer: one envelope, JSON by pydantic, the revision as an entity tag; and reading the one sent back."""

import json
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel

from sne.api.erreurs import ErreurApi, enveloppe, refuser

RACINE = "/api/v1"
TYPE = "application/json"
REVISION = re.compile(r'"r([1-9][0-9]{0,8})"')
ATTENTE = 30
"""Seconds before the same message is worth sending again, when what is missing does not say so itself."""


def repondre(
    data: BaseModel | Sequence[BaseModel],
    *,
    statut: int = HTTPStatus.OK,
    links: Mapping[str, str] | None = None,
    meta: Mapping[str, Any] | None = None,
    revision: int | None = None,
    lieu: str = "",
) -> HttpResponse:
    """``{"data":…,"links":{},"meta":{}}``; a missing value is a missing key. ``lieu``: the ``Location``."""
    if isinstance(data, BaseModel):
        corps = data.model_dump_json(exclude_none=True)
    else:
        corps = f"[{','.join(d.model_dump_json(exclude_none=True) for d in data)}]"
    texte = f'{{"data":{corps},"links":{_json(links)},"meta":{_json(meta)}}}'
    reponse = HttpResponse(texte.encode(), status=statut, content_type=TYPE)
    if revision is not None:
        reponse["ETag"] = etiquette(revision)
    if lieu:
        reponse["Location"] = lieu
    return reponse


def _json(valeurs: Mapping[str, Any] | None) -> str:
    return json.dumps(valeurs, ensure_ascii=False) if valeurs else "{}"


def dire_erreur(erreur: ErreurApi) -> HttpResponse:
    """The answer of a refusal."""
    corps = json.dumps(enveloppe(erreur), ensure_ascii=False).encode("utf-8", "replace")
    reponse = HttpResponse(corps, status=erreur.http, content_type=TYPE)
    for nom, valeur in erreur.entetes.items():
        reponse[nom] = valeur
    if erreur.http == HTTPStatus.SERVICE_UNAVAILABLE:
        reponse.headers.setdefault("Retry-After", str(ATTENTE))
    return reponse


def etiquette(revision: int) -> str:
    """The entity tag of a revision: ``"r7"``."""
    return f'"r{revision}"'


def lire_revision(request: HttpRequest) -> int:
    """The revision that the caller read, as ``If-Match`` says it. Raises ``ErreurApi``: 428 without, 400 unreadable."""
    texte = request.headers.get("If-Match", "").strip()
    if not texte:
        raise refuser(
            HTTPStatus.PRECONDITION_REQUIRED,
            "REVISION_ABSENTE",
            "L’en-tête «\u00a0If-Match\u00a0» manque. Lisez la demande, puis renvoyez son «\u00a0ETag\u00a0».",
        )
    lue = REVISION.fullmatch(texte.removeprefix("W/"))
    if lue is None:
        raise refuser(
            HTTPStatus.BAD_REQUEST,
            "REVISION_ILLISIBLE",
            'L’en-tête «\u00a0If-Match\u00a0» n’est pas une révision. Renvoyez celle de la lecture, comme "r7".',
        )
    return int(lue[1])


def est_stricte(request: HttpRequest) -> bool:
    """Whether the caller wants no merge (RFC 7240)."""
    return "handling=strict" in request.headers.get("Prefer", "").replace(" ", "").lower().split(",")


def depassee() -> ErreurApi:
    """The refusal of who wants no merge, or of an act that has none."""
    return refuser(
        HTTPStatus.PRECONDITION_FAILED,
        "REVISION_DEPASSEE",
        "La demande a changé depuis cette lecture. Relisez-la, puis recommencez.",
    )
