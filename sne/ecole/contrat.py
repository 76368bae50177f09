"""« Ours », drawn: messages right and wrong made of the contract itself; each answer is one that it announces.

Needs ``schemathesis``, which is installed with the tools of the tests alone.
"""

import json
import uuid
from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks

from sne.connecteurs.rules import Motif

VOULUS = (
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
)
OCTETS = (
    "application/offset+octet-stream",
    "application/x-ndjson",
    "application/vnd.apache.parquet",
    "text/csv",
)
AIDES = frozenset(f"AIDE_{motif}" for motif in Motif)
"""The only 503 that an operation answers by itself: the help of a service of the State is switched off, slow, away."""
AUCUN: Mapping[str, str] = MappingProxyType({})
REVISION = "If-Match"


def eprouver(
    contrat: Any,
    entetes: Mapping[str, str],
    *,
    cas: int,
    connus: Mapping[str, str] = AUCUN,
    vu: Callable[[Any], object] = lambda reponse: reponse,
    tirage: bool = True,
    **appel: Any,
) -> dict[str, list[str]]:
    """What each operation did against its contract, by its name: codes of the checks that failed, none when it holds.

    ``contrat``: of schemathesis; ``entetes``: of each call; ``cas``: in all, spread over the operations; ``connus``:
    what exists, by its name in addresses (and ``If-Match``: the revision of that demande), put there half of the time;
    ``vu``: called with each answer; ``tirage``: others at each run; ``appel``: of its transport.
    """
    _savoir_ecrire_des_octets()
    load_all_checks()
    controles = [CHECKS.get_one(nom) for nom in VOULUS]
    operations = [resultat.ok() for resultat in contrat.get_all_operations()]

    def jouer(un: Any) -> list[str]:
        cle = {"Idempotency-Key": str(uuid.uuid4())} if un.method == "POST" else {}
        reponse = un.call(headers={**entetes, **cle}, **appel)
        vu(reponse)
        return _manques(un, reponse, controles)

    chacune, reste = divmod(cas, len(operations))
    return {
        f"{operation.method.upper()} {operation.path}": _tirer(
            operation, jouer, max(1, chacune + (rang < reste)), connus=connus, tirage=tirage
        )
        for rang, operation in enumerate(operations)
    }


def _tirer(
    operation: Any,
    jouer: Callable[[Any], list[str]],
    cas: int,
    *,
    connus: Mapping[str, str],
    tirage: bool,
) -> list[str]:
    """So many messages of one operation; the checks that failed."""
    manques: list[str] = []

    @settings(
        max_examples=cas,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=not tirage,
    )
    @given(un=operation.as_strategy(), vraie=st.booleans())
    def envoyer(un: Any, vraie: bool) -> None:
        dits = un.path_parameters or {}
        for nom in dits.keys() & connus.keys() if vraie else ():
            dits[nom] = connus[nom]
            if nom == "nud" and REVISION in un.headers:
                un.headers[REVISION] = connus[REVISION]
        manques.extend(jouer(un))

    envoyer()
    return manques


def _manques(un: Any, reponse: Any, controles: list[Any]) -> list[str]:
    if reponse.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR and AIDES.isdisjoint(_codes(reponse)):
        return [str(reponse.status_code)]
    try:
        un.validate_response(reponse, checks=controles)
    except Exception as exc:
        return [type(e).__name__ for e in getattr(exc, "exceptions", (exc,))]
    return []


def _codes(reponse: Any) -> list[str]:
    try:
        return [erreur["code"] for erreur in json.loads(reponse.content)["errors"]]
    except (ValueError, KeyError):
        return []


def _savoir_ecrire_des_octets() -> None:
    """What uploads and imports send has no form of its own for the generator."""

    @schemathesis.serializer(*OCTETS)
    def octets(_: Any, valeur: Any) -> bytes:
        return valeur if isinstance(valeur, bytes) else str(valeur).encode("utf-8", "replace")
