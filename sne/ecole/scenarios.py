"""What a scenario does around the call that asks for it, by the acts of the register: nothing is pretended."""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import http_date

from sne.api import middleware as rest
from sne.api.erreurs import refuser, traduire
from sne.api.reponse import RACINE, dire_erreur
from sne.api.ressources.referentiels import sans_aide
from sne.connecteurs.rules import Motif, SansReponse
from sne.conventions.selectors.appelants import CERTIFICAT_TERMINE, TERMINEE, AccesRefuse
from sne.ecole.fantomes import AVANT, repondre_plus_tard, source
from sne.ecole.models import Bac
from sne.ecole.rappels import NOMS, promettre
from sne.ecole.rules.scenarios import VIDE, Scenario
from sne.nuu import views as soap
from sne.socle import horloge
from sne.socle.erreurs import Interdit

RETIRE, UN_AN = "anteriorite_en_attente", timedelta(days=365)
GetResponse = Callable[[HttpRequest], HttpResponse]
NIR = re.compile(r"(?<![0-9])[12][0-9]{2}(0[1-9]|1[0-2])(2[AB]|[0-9]{2})[0-9]{6}([0-9]{2})?(?![0-9])")
AIDES = {"ban": f"{RACINE}/adresses", "siren": f"{RACINE}/entreprises"}
"""Address of the help that each one plays."""
CLE = "cle-expire"
PANNES = {
    "500": HTTPStatus.INTERNAL_SERVER_ERROR,
    "503": HTTPStatus.SERVICE_UNAVAILABLE,
    "429": HTTPStatus.TOO_MANY_REQUESTS,
}


def a_un_nir(adresse: str) -> bool:
    """Whether something of the shape of a social security number is in an address."""
    return NIR.search(adresse.replace("%20", "")) is not None


def jouer(scenario: Scenario | None, request: HttpRequest, bac: Bac, suite: GetResponse) -> HttpResponse:
    """The answer, under this scenario. Raises ``Interdit``: what it needs is not in the bac."""
    if scenario is None:
        return suite(request)
    if scenario.nom in PANNES or scenario.nom in {"soap-faute", CLE}:
        return _panne(scenario, request)
    if scenario.nom in AIDES:
        return _aider(scenario, request, suite)
    if scenario.nom == "lent":
        time.sleep(scenario.nombre / 1000)
    _preparer(scenario, request, bac)
    reponse = suite(request)
    if scenario.nom in REPONSES and reponse.status_code < HTTPStatus.BAD_REQUEST:
        repondre_plus_tard(request, bac, REPONSES[scenario.nom], dans=scenario.nombre)
    return APRES[scenario.nom](reponse) if scenario.nom in APRES else reponse


def _preparer(scenario: Scenario, request: HttpRequest, bac: Bac) -> None:
    """What is done before the call, or promised for after it."""
    if scenario.nom in AVANT:
        AVANT[scenario.nom](request, bac)
    elif scenario.nom == "drm":
        source(request, bac, etat=scenario.mot)
    elif scenario.nom in NOMS:
        promettre(bac, scenario.nom, scenario.nombre)


def couper(request: HttpRequest, reponse: HttpResponse) -> StreamingHttpResponse:
    """The act is committed; the line ends before the answer does."""

    def morceaux() -> Iterator[bytes]:
        yield b""
        ligne = request.META.get("gunicorn.socket")
        if ligne is not None:
            ligne.close()
        raise ConnectionAbortedError("coupe: asked by the scenario")

    coupee = StreamingHttpResponse(morceaux(), status=reponse.status_code)
    coupee["Content-Length"] = str(1 if reponse.streaming else len(reponse.content) or 1)
    return coupee


def _panne(scenario: Scenario, request: HttpRequest) -> HttpResponse:
    if scenario.nom == CLE:
        par_rest = rest.est_de_l_interface(request)
        return dire_erreur(traduire(AccesRefuse(TERMINEE))) if par_rest else soap.faute(CERTIFICAT_TERMINE)
    if not rest.est_de_l_interface(request) or scenario.nom == "soap-faute":
        return soap.panne(request)
    statut = PANNES[scenario.nom]
    phrase = "Panne demandée par SNE-Scenario. Renvoyez le même message, avec la même clé."
    reponse = dire_erreur(refuser(statut, "SCENARIO", phrase))
    if statut is not HTTPStatus.INTERNAL_SERVER_ERROR:
        reponse["Retry-After"] = str(scenario.nombre)
    return reponse


def _aider(scenario: Scenario, request: HttpRequest, suite: GetResponse) -> HttpResponse:
    """The help that this service gives, empty or missing. Raises ``Interdit``: the call asks for another."""
    if request.path_info != AIDES[scenario.nom]:
        raise Interdit(
            f"SNE-Scenario\u00a0: «\u00a0{scenario.nom}\u00a0» accompagne GET {AIDES[scenario.nom]}."
        )
    if scenario.mot != VIDE:
        return dire_erreur(sans_aide(SansReponse(Motif(scenario.mot))))
    reponse = suite(request)
    dit = json.loads(reponse.content)
    reponse.content = json.dumps(dit | {nom: [] for nom in ("features", "data") if nom in dit}).encode()
    return reponse


def _champ_nouveau(reponse: HttpResponse) -> HttpResponse:
    """A field and a value that version 1 does not know, wherever an object is answered."""

    def ajouter(data: dict[str, Any]) -> None:
        data["champ_de_demain"] = {"etat": "VALEUR_DE_DEMAIN"}

    return _changer(reponse, ajouter)


def _retrait(reponse: HttpResponse) -> HttpResponse:
    """A field that is gone, as its headers told for a year (RFC 9745, RFC 8594)."""
    le = horloge.vrai()
    reponse["Deprecation"] = f"@{int((le - UN_AN).timestamp())}"
    reponse["Sunset"] = http_date(le.timestamp())
    return _changer(reponse, lambda data: data.pop(RETIRE, None))


def _changer(reponse: HttpResponse, changer: Callable[[dict[str, Any]], Any]) -> HttpResponse:
    if reponse.get("Content-Type", "").startswith("application/json") and not reponse.streaming:
        dit = json.loads(reponse.content)
        if isinstance(dit.get("data"), dict):
            changer(dit["data"])
            reponse.content = json.dumps(dit, ensure_ascii=False).encode()
    return reponse


APRES: Mapping[str, Callable[[HttpResponse], HttpResponse]] = {
    "champ-nouveau": _champ_nouveau,
    "retrait": _retrait,
}
REPONSES: Mapping[str, bool] = {"identite-validee": True, "identite-refusee": False}
