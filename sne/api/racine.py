"""The interface as one object: its routers, what becomes of each exception, its contract."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from sne.api.corps import TROP_GRAND, LecteurDeCorps
from sne.api.erreurs import Detail, ErreurApi, pointer, refuser, titre_de, traduire
from sne.api.middleware import adresse_inconnue
from sne.api.reponse import dire_erreur
from sne.api.ressources import ROUTEURS
from sne.registre.contenu.rules.arbre.champs import champ_de
from sne.registre.contenu.rules.arbre.messages import A_VERIFIER, DITS_PAR_LE_TYPE, PREDICATS, chemin_pointe
from sne.socle.erreurs import Refus

api = NinjaAPI(
    title="Registre de la demande de logement social",
    version="1",
    urls_namespace="api-v1",
    docs_url=None,
    openapi_url=None,
    parser=LecteurDeCorps(),
)
for prefixe, routeur in ROUTEURS:
    api.add_router(prefixe, routeur)


@api.exception_handler(ErreurApi)
def _de_l_interface(_: HttpRequest, exc: ErreurApi) -> HttpResponse:
    return dire_erreur(exc)


@api.exception_handler(Refus)
def _du_registre(_: HttpRequest, exc: Refus) -> HttpResponse:
    return dire_erreur(traduire(exc))


@api.exception_handler(Http404)
def _introuvable(request: HttpRequest, _: Http404) -> HttpResponse:
    return adresse_inconnue(request)


@api.exception_handler(HttpError)
def _illisible(_: HttpRequest, exc: HttpError) -> HttpResponse:
    if isinstance(exc.__cause__, ErreurApi):  # what our reader of bodies said, before the library did
        return dire_erreur(exc.__cause__)
    phrase = "Le corps n’est pas lisible. Corrigez-le, puis renvoyez le message."
    return dire_erreur(refuser(HTTPStatus.BAD_REQUEST, "CORPS_ILLISIBLE", phrase))


@api.exception_handler(RequestDataTooBig)
def _trop_grand(_: HttpRequest, __: RequestDataTooBig) -> HttpResponse:
    return dire_erreur(refuser(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "CORPS_TROP_GRAND", TROP_GRAND))


@api.exception_handler(UnreadablePostError)
def _coupe(_: HttpRequest, __: UnreadablePostError) -> HttpResponse:
    phrase = "Le corps n’est pas arrivé en entier. Renvoyez le même message."
    return dire_erreur(refuser(HTTPStatus.BAD_REQUEST, "CORPS_INCOMPLET", phrase))


@api.exception_handler(ValidationError)
def _mal_forme(_: HttpRequest, exc: ValidationError) -> HttpResponse:
    """What a schema refused: the place, the tree's own words, never what was sent."""
    details = [_detail(erreur) for erreur in exc.errors]
    return dire_erreur(ErreurApi(HTTPStatus.UNPROCESSABLE_ENTITY, details))


def _detail(erreur: dict[str, Any]) -> Detail:
    ou, *etapes = erreur["loc"]
    chemin = chemin_pointe(tuple(etapes[1:] if ou == "body" else etapes))
    nom = _nom(chemin)
    genre = str(erreur["type"])
    if genre in DITS_PAR_LE_TYPE:
        predicat = str(erreur["msg"])
    else:
        predicat = PREDICATS.get(genre, A_VERIFIER).format_map(erreur.get("ctx", {}))
    pointeur = pointer(chemin) if ou == "body" else ""
    phrase = f"«\u00a0{nom}\u00a0» {predicat}." if nom else f"Le corps {predicat}."
    code = f"FORME_{genre.upper()}"
    return Detail(code, titre_de(code, HTTPStatus.UNPROCESSABLE_ENTITY), phrase, pointeur)


def _nom(chemin: str) -> str:
    """The French title of a place of the tree, the name of a field anywhere else."""
    champ = champ_de(chemin.removeprefix("contenu."))
    return champ.titre if champ else chemin
