"""The contract: OpenAPI 3.1, from the schemas; and the page that reads it and tries it, under the strict policy."""

import copy
import json
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sne.api.erreurs import TITRES
from sne.api.racine import api
from sne.api.reponse import RACINE, TYPE

TITRE = "Interface des éditeurs – registre de la demande de logement social"
DESCRIPTION = (
    "Interface des logiciels d’éditeurs. Chaque appel porte une clé de convention\u00a0; un appel qui concerne une "
    "personne nomme le guichet et l’agent\u00a0; un acte par POST porte une clé d’idempotence. Ignorez les champs "
    "que vous ne connaissez pas et tenez les énumérations pour ouvertes\u00a0: la version 1 ne retire et ne "
    "retype rien."
)
SUCCES: Mapping[int, str] = {
    HTTPStatus.OK: "Fait",
    HTTPStatus.CREATED: "Créé",
    HTTPStatus.ACCEPTED: "Enregistré, et quelque chose attend une décision",
    HTTPStatus.NO_CONTENT: "Fait, sans réponse",
}
ATTENDRE: Mapping[int, bool] = {HTTPStatus.TOO_MANY_REQUESTS: False, HTTPStatus.SERVICE_UNAVAILABLE: True}
"""Answers that say when to call again: always, or unless something else than time is waited for."""
TELEPHONE = {
    "type": "string",
    "maxLength": 30,
    "title": "Numéro de téléphone, tel qu’il est saisi",
    "examples": ["06 39 98 00 01"],
}
NIR = {
    "type": "object",
    "title": "Numéro de sécurité sociale\u00a0: son état seulement",
    "properties": {"etat": {"$ref": "#/components/schemas/EtatNir"}},
    "required": ["etat"],
}


def contrat(_: HttpRequest) -> HttpResponse:
    """``/openapi.json``."""
    return HttpResponse(_octets(), content_type=TYPE)


def documentation(request: HttpRequest) -> HttpResponse:
    """``/docs``: Swagger UI, served from here."""
    reglages = {"url": reverse("contrat"), "layout": "BaseLayout", "deepLinking": True}
    return render(request, "api/documentation.html", {"reglages": reglages, "titre": TITRE})


@cache
def _octets() -> bytes:
    return json.dumps(decrire(), ensure_ascii=False, separators=(",", ":")).encode()


def decrire() -> dict[str, Any]:
    """The contract as it is published."""
    document: dict[str, Any] = copy.deepcopy(dict(api.get_openapi_schema(path_prefix=f"{RACINE[1:]}/")))
    document["info"]["description"] = DESCRIPTION
    document["servers"] = [{"url": "/"}]
    schemas = document["components"]["schemas"]
    schemas["Telephone"], schemas["Nir"] = copy.deepcopy(TELEPHONE), copy.deepcopy(NIR)
    _ranger(schemas)
    for methodes in document["paths"].values():
        for operation in methodes.values():
            _ranger(operation)
            for statut, reponse in operation["responses"].items():
                reponse["description"] = {**SUCCES, **TITRES}[int(statut)]
                if int(statut) in ATTENDRE:
                    reponse["headers"] = {"Retry-After": _attendre(oblige=ATTENDRE[int(statut)])}
            operation["responses"] = {str(s): r for s, r in operation["responses"].items()}
    return document


def _attendre(*, oblige: bool) -> dict[str, Any]:
    return {
        "description": "Secondes à attendre avant de renvoyer le même message.",
        "required": oblige,
        "schema": {"type": "integer", "minimum": 1},
    }


def _ranger(valeur: Any) -> None:
    """Put a schema in the words of the interface: code lists by their name, amounts as texts, objects left open."""
    if isinstance(valeur, list):
        for element in valeur:
            _ranger(element)
        return
    if not isinstance(valeur, dict):
        return
    _renommer(valeur)
    for element in valeur.values():
        _ranger(element)


def _renommer(valeur: dict[str, Any]) -> None:
    """The same, of one schema alone."""
    if arbre := valeur.pop("x-arbre", None):
        valeur.pop("type")
        valeur["$ref"] = f"#/components/schemas/{arbre}"
    liste = valeur.pop("liste") if isinstance(valeur.get("liste"), str) else ""
    if liste:
        valeur["x-nomenclature"] = liste
        valeur["description"] = f"Code de la liste {liste}\u00a0: «\u00a0/nomenclatures/{liste}\u00a0»."
    if "default" in valeur and not isinstance(valeur["default"], str | bool | int):
        del valeur["default"]  # a block that nobody filled: what is not said is left out
    if valeur.get("additionalProperties") is False:
        del valeur["additionalProperties"]
    if "anyOf" in valeur:
        valeur["anyOf"] = [choix for choix in valeur["anyOf"] if choix.get("type") != "number"]
