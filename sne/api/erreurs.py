"""What is refused, as the State's interfaces say it: a code, a title, a sentence, a place in the message, a remedy."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from sne.anomalies.catalogue import FORME, PAR_PRODUIT, ligne_de
from sne.conventions.actions.appels import AgentIllisible, CadenceDepassee, GuichetHorsConvention
from sne.conventions.equite import Occupe
from sne.conventions.selectors import AccesRefuse
from sne.documents.rules import DocumentRefuse, DocumentTropLourd, MagasinMuet
from sne.imports.actions.deposer import AutreFichier, FichierIncomplet, FichierTropLourd
from sne.imports.rules.formats import FormatInconnu
from sne.registre.contenu.rules.anomalie import Anomalie
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.faits.rules.faits import FaitRefuse
from sne.socle.erreurs import Efface, Introuvable, Refus

STATUTS: Mapping[type[Refus], HTTPStatus] = MappingProxyType(
    {
        Refus: HTTPStatus.CONFLICT,
        DocumentRefuse: HTTPStatus.UNPROCESSABLE_ENTITY,
        FormatInconnu: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        FichierTropLourd: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        FichierIncomplet: HTTPStatus.BAD_REQUEST,
        AutreFichier: HTTPStatus.UNPROCESSABLE_ENTITY,
        DocumentTropLourd: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        MagasinMuet: HTTPStatus.SERVICE_UNAVAILABLE,
    }
)
"""HTTP status of the refusals of which each instance has its code: that of the nearest class."""

TITRES: Mapping[int, str] = MappingProxyType(
    {
        HTTPStatus.BAD_REQUEST: "Requête illisible",
        HTTPStatus.UNAUTHORIZED: "Clé refusée",
        HTTPStatus.FORBIDDEN: "Droit absent",
        HTTPStatus.NOT_FOUND: "Introuvable",
        HTTPStatus.METHOD_NOT_ALLOWED: "Méthode refusée",
        HTTPStatus.CONFLICT: "État contraire",
        HTTPStatus.GONE: "Effacé",
        HTTPStatus.PRECONDITION_FAILED: "Révision dépassée",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Envoi trop grand",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Format refusé",
        HTTPStatus.UNPROCESSABLE_ENTITY: "À compléter ou à corriger",
        HTTPStatus.PRECONDITION_REQUIRED: "Révision absente",
        HTTPStatus.TOO_MANY_REQUESTS: "Quota atteint",
        460: "Octets altérés",  # of tus: the bytes are not those that were announced
        HTTPStatus.INTERNAL_SERVER_ERROR: "Erreur du service",
        HTTPStatus.SERVICE_UNAVAILABLE: "Service indisponible",
    }
)
REMEDES: Mapping[int, str] = MappingProxyType(
    {
        HTTPStatus.FORBIDDEN: "Demandez ce droit au gestionnaire de la convention.",
        HTTPStatus.NOT_FOUND: "Vérifiez l’adresse et l’identifiant, signe par signe.",
        HTTPStatus.GONE: "Effacez-la aussi de votre logiciel.",
        HTTPStatus.CONFLICT: "Relisez la demande, puis recommencez.",
        HTTPStatus.UNPROCESSABLE_ENTITY: "Corrigez cette valeur, puis renvoyez le message.",
        HTTPStatus.SERVICE_UNAVAILABLE: "Renvoyez le même message plus tard, avec la même clé d’idempotence.",
    }
)
"""What to do, when the sentence itself does not end with it."""
D_UN_ENTETE = (AgentIllisible, GuichetHorsConvention)
"""Refusals of a header: no place of the body is wrong."""
INTROUVABLE = (
    "Aucun objet de ce nom dans votre périmètre. Vérifiez l’adresse et l’identifiant, signe par signe."
)
"""The only sentence of a 404: that of the unknown and that of another's are the same."""
_PHRASES = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«])")


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing wrong. ``pointeur``: JSON pointer in the body, empty when it is not about a place of it."""

    code: str
    titre: str
    phrase: str
    pointeur: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)


class ErreurApi(Exception):
    """A refusal of the interface itself, or one of the register put in its words."""

    def __init__(
        self, statut: int, details: Iterable[Detail], *, entetes: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        super().__init__(str(statut))
        self.http, self.details, self.entetes = int(statut), tuple(details), dict(entetes)


def refuser(
    statut: int,
    code: str,
    phrase: str,
    *,
    pointeur: str = "",
    entetes: Mapping[str, str] | None = None,
    **meta: Any,
) -> ErreurApi:
    """A refusal with one reason."""
    return ErreurApi(
        statut, [Detail(code, titre_de(code, statut), phrase, pointeur, meta)], entetes=entetes or {}
    )


def titre_de(code: str, statut: int) -> str:
    """What a code means, as the catalogue of anomalies says it; what such an answer means, for our own codes."""
    connue = code in PAR_PRODUIT or code.startswith(f"{FORME}_")
    return ligne_de(code).sens if connue else TITRES[statut]


def statut_de(refus: Refus) -> int:
    """The HTTP status of a refusal of the register."""
    if refus.code in PAR_PRODUIT:
        return PAR_PRODUIT[refus.code].statut
    return next(STATUTS[classe] for classe in type(refus).__mro__ if classe in STATUTS)


def traduire(refus: Refus, *, prefixe: str = "") -> ErreurApi:
    """A refusal of the register in the words of the interface. ``prefixe``: where the content is in the body."""
    statut = statut_de(refus)
    if isinstance(refus, DepotIncomplet | FaitRefuse):
        return ErreurApi(statut, [_anomalie(a, prefixe=prefixe) for a in refus.anomalies])
    if isinstance(refus, Introuvable) and not isinstance(refus, Efface):
        return refuser(statut, Introuvable.code, INTROUVABLE)
    pointeur = (
        pointer(refus.champ, prefixe=prefixe) if refus.champ and not isinstance(refus, D_UN_ENTETE) else ""
    )
    return refuser(statut, refus.code, refus.phrase, pointeur=pointeur, entetes=_entetes(refus))


def _entetes(refus: Refus) -> dict[str, str]:
    """What an answer says besides, for who calls again."""
    if isinstance(refus, AccesRefuse):
        return {"WWW-Authenticate": 'Bearer realm="api"'}
    if isinstance(refus, CadenceDepassee):
        return refus.cadence.entetes()
    return {"Retry-After": str(refus.attendre)} if isinstance(refus, Occupe) else {}


def _anomalie(anomalie: Anomalie, *, prefixe: str) -> Detail:
    titre = titre_de(anomalie.code, HTTPStatus.UNPROCESSABLE_ENTITY)
    return Detail(anomalie.code, titre, anomalie.phrase, pointer(anomalie.chemin, prefixe=prefixe))


def pointer(chemin: str, *, prefixe: str = "") -> str:
    """``cotitulaires[0].identite`` → ``/cotitulaires/0/identite`` (RFC 6901); content stands under ``prefixe``."""
    etapes = re.findall(r"[^.\[\]]+", chemin)
    sous = prefixe if etapes and etapes[0] in Contenu.model_fields else ""
    return sous + "".join("/" + etape.replace("~", "~0").replace("/", "~1") for etape in etapes)


def remede_de(phrase: str, statut: int) -> str:
    """What to do: the sentences after the first one, else what is always done then."""
    _, *suite = _PHRASES.split(phrase, maxsplit=1)
    return suite[0] if suite else REMEDES.get(statut, "")


def enveloppe(erreur: ErreurApi) -> dict[str, Any]:
    """The body of a refusal, as the State's interfaces write it."""
    return {"errors": [_ecrire(d, erreur.http) for d in erreur.details], "links": {}, "meta": {}}


def _ecrire(detail: Detail, statut: int) -> dict[str, Any]:
    ecrit: dict[str, Any] = {"code": detail.code, "title": detail.titre, "detail": detail.phrase}
    if detail.pointeur:
        ecrit["source"] = {"pointer": detail.pointeur}
    remede = remede_de(detail.phrase, statut)
    return ecrit | {"meta": ({"remede": remede} if remede else {}) | dict(detail.meta)}
