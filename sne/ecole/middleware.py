"""Around each call of the École: whose bac, what time it is there, which scenario is played, what is kept of it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from sne.api import middleware as rest
from sne.api.erreurs import refuser
from sne.api.idempotence import ENTETE as CLE
from sne.api.porte import reconnaitre
from sne.api.reponse import dire_erreur
from sne.conventions import certificat
from sne.conventions.selectors import AccesRefuse, Identite, par_certificat
from sne.ecole import scenarios
from sne.ecole.actions.bacs import noter_appel_du_bac, ouvrir_bac, vider_bac
from sne.ecole.actions.pack import semer_une_fois
from sne.ecole.actions.traces import AppelVu, noter_trace
from sne.ecole.models import Bac
from sne.ecole.rules.bacs import lire_instant
from sne.ecole.rules.scenarios import Scenario, lire_scenario
from sne.ecole.selectors.bacs import instant_du_bac
from sne.ecole.temps import a_l_heure_du_bac, avancer
from sne.imports.rules.formats import TYPES
from sne.nuu import views as soap
from sne.socle import horloge
from sne.socle.erreurs import Interdit, Refus

INSTANT, SCENARIO = "SNE-Instant", "SNE-Scenario"
NEUF = "neuf"
GetResponse = Callable[[HttpRequest], HttpResponse]


class EnvironnementMiddleware:
    """Says on every answer that this is the École."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reponse = self.get_response(request)
        reponse.headers["SNE-Environnement"] = "ecole"
        return reponse


class BacMiddleware:
    """Each call in the bac of its agreement, at the time of its clock, under the scenario that it asks for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        identite = _qui(request)
        if identite is None:
            return self.get_response(request)
        try:
            scenario = lire_scenario(request.headers.get(SCENARIO, ""))
            bac = _bac_de(identite, neuf=scenario is not None and scenario.nom == NEUF)
            if request.headers.get(INSTANT):
                avancer(bac, lire_instant(request.headers[INSTANT]))
        except Interdit as refus:
            return _refuser(request, refus)
        with a_l_heure_du_bac(bac):
            reponse = self._repondre(request, identite, bac, scenario)
        reponse.headers[INSTANT] = instant_du_bac(bac).isoformat(timespec="seconds")
        return reponse

    def _repondre(
        self, request: HttpRequest, identite: Identite, bac: Bac, scenario: Scenario | None
    ) -> HttpResponse:
        corps = b"" if _est_un_fichier(request) else request.body
        try:
            reponse = scenarios.jouer(scenario, request, bac, self.get_response)
        except Refus as refus:  # of who acts before: the call was not played
            return _refuser(request, refus)
        noter_trace(identite.convention, _vu(request, reponse, corps, scenario), survenu_le=horloge.vrai())
        return (
            cast(HttpResponse, scenarios.couper(request, reponse))
            if scenario and scenario.nom == "coupe"
            else reponse
        )


def _qui(request: HttpRequest) -> Identite | None:
    """The agreement that calls; nobody when what was shown lets nobody in: the interface says so itself."""
    vrai = horloge.vrai()
    try:
        if rest.est_de_l_interface(request):
            return reconnaitre(request, le=vrai)
        empreinte = certificat.empreinte(request.META)
        return par_certificat(empreinte, survenu_le=vrai) if empreinte else None
    except AccesRefuse:
        return None


def _bac_de(identite: Identite, *, neuf: bool) -> Bac:
    bac = ouvrir_bac(identite.convention, survenu_le=horloge.vrai())
    if neuf:
        vider_bac(bac, survenu_le=horloge.vrai())
    if neuf or bac.seme_le is None:
        semer_une_fois(bac, survenu_le=horloge.vrai())
    noter_appel_du_bac(bac, survenu_le=horloge.vrai())
    return bac


def _refuser(request: HttpRequest, refus: Refus) -> HttpResponse:
    if rest.est_de_l_interface(request):
        return dire_erreur(refuser(HTTPStatus.BAD_REQUEST, "ENTETE_D_ECOLE", refus.phrase))
    return soap.faute(refus.phrase)


def _est_un_fichier(request: HttpRequest) -> bool:
    """A document or an import: read once, as it comes."""
    return request.content_type in {"application/offset+octet-stream", *TYPES}


def _empreinte(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()[:16] if octets else ""


def _vu(request: HttpRequest, reponse: HttpResponse, corps: bytes, scenario: Scenario | None) -> AppelVu:
    route = request.resolver_match.route if request.resolver_match else ""
    return AppelVu(
        methode=str(request.method),
        route=route,
        statut=reponse.status_code,
        objet=_empreinte(request.get_full_path().encode()),
        cle=_empreinte(request.headers.get(CLE, "").encode()),
        corps=_empreinte(corps),
        agent=request.headers.get("SNE-Agent", "")[:64],
        revision=request.headers.get("If-Match", "")[:16],
        scenario=scenario.nom if scenario else "",
        faits=_faits(request, reponse, corps),
    )


def _faits(request: HttpRequest, reponse: HttpResponse, corps: bytes) -> Mapping[str, Any]:
    """What the rules read besides: codes and yes or no, nothing of the household."""
    dits: dict[str, Any] = {"attendre": int(reponse.headers.get("Retry-After", "0") or 0)}
    if reponse.get("Content-Type", "").startswith("application/json") and not reponse.streaming:
        dit = json.loads(reponse.content or b"{}")
        dits["codes"] = [e.get("code", "") for e in dit.get("errors", [])]
        dits["champs"] = (
            len((dit.get("data") or {}).get("champs") or ()) if "champs" in (dit.get("data") or {}) else -1
        )
        if "/flux/" in request.path_info and isinstance(dit.get("data"), list):
            dits["flux"] = _lu_du_flux(request, dit["data"])
    dits["suivi"] = _empreinte(reponse.headers.get("Location", "").encode())
    dits["etag"] = reponse.headers.get("ETag", "")
    dits["nir_dans_l_adresse"] = scenarios.a_un_nir(request.get_full_path())
    dits["doublons"] = b'"doublons"' in corps
    return dits


def _lu_du_flux(request: HttpRequest, lignes: list[Mapping[str, Any]]) -> list[Any]:
    """Of which series, after which number, up to which one; nothing new: up to where it asked from."""
    apres = int(request.GET.get("apres", "0"))
    return [request.GET.get("serie", ""), apres, lignes[-1].get("numero", apres) if lignes else apres]
