"""The three services at their addresses: who calls, what is asked, the answer in parts, or the fault."""

import sys
import uuid
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import NamedTuple

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from sne.conventions import certificat
from sne.conventions.actions import CadenceDepassee, Prise, compter_par_certificat, noter_appel
from sne.conventions.equite import Occupe, equite
from sne.conventions.rules.cadences import Groupe
from sne.conventions.selectors import Identite, par_certificat
from sne.nuu import wsdl
from sne.nuu.operations import evenements
from sne.nuu.operations.consultation import consulter
from sne.nuu.operations.contexte import Contexte, Reponse, limites_de, ouvrir
from sne.nuu.operations.doublons import chercher
from sne.nuu.operations.listes import nouveaux_dalo, radiees
from sne.nuu.operations.numero_unique import traiter
from sne.nuu.operations.recherche import rechercher
from sne.nuu.rules.enveloppe import TYPE_SOAP, fauter, lire_appel, repondre
from sne.nuu.rules.parties import decouper
from sne.nuu.rules.xml import MessageIllisible
from sne.referentiels.selectors import get_parametres
from sne.socle import horloge
from sne.socle.connexions import est_fermee, sur_une_vivante
from sne.socle.erreurs import Refus
from sne.socle.indisponible import ATTENTE, ATTENTE_FERME, TERRITOIRE_FERME
from sne.socle.requete import adresse_du_client
from sne.socle.signes import INSECABLE

INATTENDUE = "Une erreur inattendue est survenue lors du traitement de la demande."
"""A known client looks for this very sentence."""
SANS_CERTIFICAT = f"Aucun certificat client n’a été présenté{INSECABLE}: présentez celui de votre convention."
PAS_OFFERT = "Service non offert."
UN_DOSSIER, ANOMALIES = b"<ns1:demandeLogement>", b"<ns1:listeAnomalie>"
"""Opens each demande of an answer; says that none is given."""
REFUSES: Mapping[type[Exception], tuple[str, int]] = {
    MessageIllisible: ("", 400),
    Refus: ("", 400),
    RequestDataTooBig: ("Le message est trop gros.", 413),
    UnreadablePostError: ("Le message est incomplet.", 400),
}
"""What the sender did wrong: the sentence (its own when none is here) and the HTTP status."""
lignes = structlog.stdlib.get_logger("sne.nuu")


class Operation(NamedTuple):
    """What answers a call. ``groupe``: what it is counted as, once for all; ``None`` where what is asked decides."""

    faire: Callable[[Contexte], Reponse]
    groupe: Groupe | None = None


def _non_offert(_contexte: Contexte) -> Reponse:
    raise MessageIllisible(PAS_OFFERT)


OPERATIONS: Mapping[str, Mapping[str, Operation]] = {
    "DemandeLogementImplService": {
        "numUniqueParametres": Operation(traiter, Groupe.ECRITURE),
        "demandeLogementParametres": Operation(consulter, Groupe.LECTURE),
        "rechercheDoublonsParametres": Operation(chercher, Groupe.RECHERCHE),
        "demandesRadieesDepuisLeParametres": Operation(radiees, Groupe.FLUX),
        "nouveauxDaloDepuisLeParametres": Operation(nouveaux_dalo, Groupe.FLUX),
        "declarationNouveauDaloParametres": Operation(_non_offert),
    },
    "RechercheDemandeImplService": {"fichierXmlParametres": Operation(rechercher, Groupe.RECHERCHE)},
    "GestionPartageeEVTImplService": {"fichierXmlParametres": Operation(evenements.traiter)},
}
"""By service, by the name of what is sent. A call that begins with such a name is counted as its operation says, by the
statement that says who calls; what is read then decides: of another group, it is counted in its own."""
TETE = 8192


@csrf_exempt
def service(request: HttpRequest, nom: str) -> HttpResponse:
    """One call of this service, or its description at ``?wsdl``."""
    if request.method == "GET" and "wsdl" in request.GET:
        return HttpResponse(wsdl.page(nom, request.build_absolute_uri(request.path)), content_type="text/xml")
    if request.method != "POST":
        return faute("Cette adresse attend un message SOAP par POST.", nom, statut=405)
    try:
        return _repondre(request, nom)
    except (CadenceDepassee, Occupe) as refus:
        return _faire_attendre(refus, nom)
    except tuple(REFUSES) as refus:
        genre = next(genre for genre in REFUSES if isinstance(refus, genre))
        phrase, statut = REFUSES[genre]
        return faute(phrase or str(refus), nom, statut=statut)
    except Exception:
        return _echouer(request, nom)


def _echouer(request: HttpRequest, nom: str) -> HttpResponse:
    """What is no fault of the sender's: a territory that moves to another server, or a failure."""
    if est_fermee(sys.exception()):
        reponse = faute(TERRITOIRE_FERME, nom, statut=503, receveur=True)
        reponse.headers["Retry-After"] = str(ATTENTE_FERME)
        return reponse
    lignes.exception("erreur inattendue", service=nom)
    return panne(request, nom)


def _repondre(request: HttpRequest, nom: str) -> HttpResponse:
    instant = horloge.maintenant()
    empreinte = certificat.empreinte(request.META)
    if empreinte is None:
        return faute(SANS_CERTIFICAT, nom, statut=403)
    identite, comptee = _reconnaitre(empreinte, request.body[:TETE], nom)
    limites = limites_de(get_parametres(horloge.jour(instant)))
    recu = decouper(
        request.body,
        request.headers.get("Content-Type", ""),
        limites,
        action=request.headers.get("SOAPAction", "").strip('"'),
    )
    appel = lire_appel(recu, limites)
    operation = OPERATIONS[nom].get(appel.corps)
    if operation is None:
        return faute("Cette opération n’existe pas.", nom)
    correlation: uuid.UUID = request.correlation  # type: ignore[attr-defined]  # given by the middleware
    contexte = ouvrir(
        appel,
        identite,
        instant=instant,
        correlation=correlation,
        agent=request.headers.get("SNE-Agent", ""),
        adresse=adresse_du_client(request),
        comptee=comptee,
    )
    statut, dossiers = HTTPStatus.INTERNAL_SERVER_ERROR, 0
    try:
        with equite(horloge.jour(instant)).place(identite.convention.id), contexte.pile:
            reponse = operation.faire(contexte)
        statut = HTTPStatus.OK
        if operation.faire is not traiter:
            donnes = (f.octets for f in reponse.fichiers if ANOMALIES not in f.octets)
            dossiers = sum(octets.count(UN_DOSSIER) for octets in donnes)
    except (Refus, MessageIllisible) as refus:
        attendre = isinstance(refus, CadenceDepassee | Occupe)
        statut = HTTPStatus.TOO_MANY_REQUESTS if attendre else HTTPStatus.BAD_REQUEST
        raise
    finally:
        if statut != HTTPStatus.OK or not contexte.note:
            fait = contexte.fait(statut, dossiers)
            noter_appel(contexte.appelant or identite, fait, survenu_le=horloge.vrai())
    type_mime, corps = repondre(reponse.corps, reponse.fichiers)
    return HttpResponse(corps, content_type=type_mime)


def _reconnaitre(empreinte: bytes, tete: bytes, nom: str) -> tuple[Identite, tuple[Groupe, Prise] | None]:
    """Who calls, and the call counted where its beginning says what it is."""
    vrai = horloge.vrai()
    groupe = next((o.groupe for dit, o in OPERATIONS[nom].items() if dit.encode() in tete), None)
    if groupe is None:
        return sur_une_vivante(lambda: par_certificat(empreinte, survenu_le=vrai)), None
    identite, prise = sur_une_vivante(lambda: compter_par_certificat(empreinte, groupe, survenu_le=vrai))
    return identite, (groupe, prise)


def _faire_attendre(refus: CadenceDepassee | Occupe, nom: str) -> HttpResponse:
    """Too many calls: when to come back."""
    reponse = faute(refus.phrase, nom, statut=429, receveur=True)
    attente = {"Retry-After": str(refus.attendre)} if isinstance(refus, Occupe) else refus.cadence.entetes()
    for entete, valeur in attente.items():
        reponse.headers[entete] = valeur
    return reponse


def faute(phrase: str, nom: str = "", *, statut: int = 400, receveur: bool = False) -> HttpResponse:
    """What is refused, in an envelope. ``nom``: the service, whose description says what a fault details."""
    detail = wsdl.SERVICES[nom].erreur if nom else ""
    corps = fauter(phrase, receveur=receveur, detail=detail)
    return HttpResponse(corps, status=statut, content_type=TYPE_SOAP)


def panne(request: HttpRequest, nom: str = "") -> HttpResponse:
    """An unexpected failure: the sentence that clients know, and the reference of the technical line."""
    reference = getattr(request, "correlation", "")
    reponse = faute(f"{INATTENDUE} Référence{INSECABLE}: {reference}.", nom, statut=500, receveur=True)
    reponse.headers["Retry-After"] = str(ATTENTE)
    return reponse


def inconnu(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """No service at this address."""
    return faute("Aucun service à cette adresse.", statut=404)
