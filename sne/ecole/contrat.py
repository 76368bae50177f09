"""« Ours », drawn: messages right and wrong made of the contract itself; each answer is one that it announces.

Needs ``schemathesis``, which is installed with the tools of the tests alone.
"""

import json
import uuid
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

VOULUS = ("status_code_conformance", "content_type_conformance", "response_schema_conformance")
OCTETS = (
    "application/offset+octet-stream",
    "application/x-ndjson",
    "application/vnd.apache.parquet",
    "text/csv",
)
ETEINT = "AIDE_ETEINT"
"""The only 503 that an operation answers by itself: the help of a service of the State is switched off."""


def eprouver(
    contrat: Any,
    entetes: Mapping[str, str],
    *,
    cas: int,
    nud: str = "",
    vu: Callable[[Any], object] = lambda reponse: reponse,
    tirage: bool = True,
    **appel: Any,
) -> dict[str, list[str]]:
    """What each operation answered against its contract, by its name: codes of the checks that failed, empty when it holds.

    ``contrat``: of schemathesis; ``entetes``: of each call; ``cas``: in all, spread over the operations; ``nud``: a
    demande that exists; ``vu``: called with each answer; ``tirage``: others at each run; ``appel``: of its transport.
    """
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st
    from schemathesis.checks import CHECKS, load_all_checks

    _savoir_ecrire_des_octets()
    load_all_checks()
    controles = [CHECKS.get_one(nom) for nom in VOULUS]
    operations = [resultat.ok() for resultat in contrat.get_all_operations()]
    fautes: dict[str, list[str]] = {}
    for operation in operations:
        siennes = fautes.setdefault(f"{operation.method.upper()} {operation.path}", [])

        @settings(
            max_examples=max(1, cas // len(operations)),
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            derandomize=not tirage,
        )
        @given(un=operation.as_strategy(), vraie=st.booleans())
        def envoyer(un: Any, vraie: bool, siennes: list[str] = siennes) -> None:
            if vraie and nud and "nud" in (un.path_parameters or {}):
                un.path_parameters["nud"] = nud
            cle = {"Idempotency-Key": str(uuid.uuid4())} if un.method == "POST" else {}
            reponse = un.call(headers={**entetes, **cle}, **appel)
            vu(reponse)
            siennes += _manques(un, reponse, controles)

        envoyer()
    return fautes


def _manques(un: Any, reponse: Any, controles: list[Any]) -> list[str]:
    if reponse.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR and ETEINT not in _codes(reponse):
        return [str(reponse.status_code)]
    try:
        un.validate_response(reponse, checks=controles)
    except Exception as exc:  # noqa: BLE001 - a group of failures of several kinds, or one
        return [type(e).__name__ for e in getattr(exc, "exceptions", (exc,))]
    return []


def _codes(reponse: Any) -> list[str]:
    try:
        return [erreur["code"] for erreur in json.loads(reponse.content)["errors"]]
    except (ValueError, KeyError):
        return []


def _savoir_ecrire_des_octets() -> None:
    """What uploads and imports send has no form of its own for the generator."""
    import schemathesis

    @schemathesis.serializer(*OCTETS)
    def octets(_: Any, valeur: Any) -> bytes:
        return valeur if isinstance(valeur, bytes) else str(valeur).encode("utf-8", "replace")
