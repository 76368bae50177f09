"""Around each call of the École: whose bac, what time it is there, which scenario is played, what is kept of it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from django.http import HttpRequest, HttpResponse

from sne.api import middleware as rest
from sne.api.erreurs import refuser
from sne.api.porte import reconnaitre
from sne.api.reponse import dire_erreur
from sne.conventions import certificat
from sne.conventions.selectors import AccesRefuse, Identite, par_certificat
from sne.ecole import scenarios, vus
from sne.ecole.actions.bacs import noter_appel_du_bac, ouvrir_bac, vider_bac
from sne.ecole.actions.pack import semer_une_fois
from sne.ecole.actions.traces import noter_trace
from sne.ecole.models import Bac
from sne.ecole.rules.bacs import lire_instant
from sne.ecole.rules.scenarios import Scenario, lire_scenario
from sne.ecole.selectors.bacs import instant_du_bac
from sne.ecole.temps import a_l_heure_du_bac, avancer
from sne.imports.rules.formats import TYPES
from sne.nuu import views as soap
from sne.socle import horloge
from sne.socle.connexions import sur_une_vivante
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
        avant = vus.revision_de(corps, bac)
        try:
            reponse = scenarios.jouer(scenario, request, bac, self.get_response)
        except Refus as refus:  # of who acts before: the call was not played
            return _refuser(request, refus)
        vu = vus.decrire(request, reponse, corps, scenario, avant=avant, apres=vus.revision_de(corps, bac))
        noter_trace(identite.convention, vu, survenu_le=horloge.vrai())
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
        return sur_une_vivante(lambda: par_certificat(empreinte, survenu_le=vrai)) if empreinte else None
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
