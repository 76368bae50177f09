"""What is refused, as the State's interfaces say it: a code, a title, a sentence, a place in the message, a remedy."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from sne.conventions.actions.appels import AgentIllisible, CadenceDepassee
from sne.conventions.equite import Occupe
from sne.conventions.selectors import AccesRefuse
from sne.documents.rules import DocumentIndisponible, DocumentRefuse, DocumentTropLourd, MagasinMuet
from sne.registre.contenu.rules.anomalie import Anomalie
from sne.registre.contenu.rules.arbre.champs import libelle
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.faits.rules.faits import FaitRefuse
from sne.socle.erreurs import Efface, Interdit, Introuvable, NonHabilite, Refus

STATUTS: Mapping[type[Refus], HTTPStatus] = MappingProxyType(
    {
        Refus: HTTPStatus.CONFLICT,
        NonHabilite: HTTPStatus.FORBIDDEN,
        Introuvable: HTTPStatus.NOT_FOUND,
        Efface: HTTPStatus.GONE,
        DepotIncomplet: HTTPStatus.UNPROCESSABLE_ENTITY,
        FaitRefuse: HTTPStatus.UNPROCESSABLE_ENTITY,
        DocumentRefuse: HTTPStatus.UNPROCESSABLE_ENTITY,
        DocumentTropLourd: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        DocumentIndisponible: HTTPStatus.CONFLICT,
        MagasinMuet: HTTPStatus.SERVICE_UNAVAILABLE,
        AccesRefuse: HTTPStatus.UNAUTHORIZED,
        AgentIllisible: HTTPStatus.BAD_REQUEST,
        CadenceDepassee: HTTPStatus.TOO_MANY_REQUESTS,
        Occupe: HTTPStatus.TOO_MANY_REQUESTS,
    }
)
"""HTTP status of each family of refusal: that of the nearest class."""

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
TITRES_PAR_CODE: Mapping[str, str] = MappingProxyType(
    {
        "CONFLIT": "Ce dossier a changé",
        "DEJA_OUVERTE": "Demande déjà ouverte",
        "DOUBLON": "Demande proche",
        "CONTROLE_EN_COURS": "Changement déjà en attente",
        "CONTACT_RETENU": "Coordonnées retenues",
        "DOSSIER_FIGE": "Dossier figé",
        "PREAVIS": "Préavis non reçu",
        "PIECE_DEJA_LA": "Pièce déjà présente",
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
        self.statut, self.details, self.entetes = int(statut), tuple(details), dict(entetes)


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
    titre = TITRES_PAR_CODE.get(code, TITRES[statut])
    return ErreurApi(statut, [Detail(code, titre, phrase, pointeur, meta)], entetes=entetes or {})


def statut_de(refus: Refus) -> int:
    """The HTTP status of a refusal of the register."""
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
    return refuser(statut, _code(refus), refus.phrase, pointeur=pointeur, entetes=_entetes(refus))


def _entetes(refus: Refus) -> dict[str, str]:
    """What an answer says besides, for who calls again."""
    if isinstance(refus, AccesRefuse):
        return {"WWW-Authenticate": 'Bearer realm="api"'}
    if isinstance(refus, CadenceDepassee):
        return refus.cadence.entetes()
    return {"Retry-After": str(refus.attendre)} if isinstance(refus, Occupe) else {}


def _code(refus: Refus) -> str:
    return refus.code if refus.code != Interdit.code else "ETAT_CONTRAIRE"


def _anomalie(anomalie: Anomalie, *, prefixe: str) -> Detail:
    nom = libelle(anomalie.chemin)
    titre = TITRES[HTTPStatus.UNPROCESSABLE_ENTITY] if nom == anomalie.chemin else nom
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
    return {"errors": [_ecrire(d, erreur.statut) for d in erreur.details], "links": {}, "meta": {}}


def _ecrire(detail: Detail, statut: int) -> dict[str, Any]:
    ecrit: dict[str, Any] = {"code": detail.code, "title": detail.titre, "detail": detail.phrase}
    if detail.pointeur:
        ecrit["source"] = {"pointer": detail.pointeur}
    remede = remede_de(detail.phrase, statut)
    return ecrit | {"meta": ({"remede": remede} if remede else {}) | dict(detail.meta)}
