"""The three services at their addresses: who calls, what is asked, the answer in parts, or the fault."""

from collections.abc import Callable, Mapping

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from sne.conventions import certificat
from sne.nuu import wsdl
from sne.nuu.convention import annuaire
from sne.nuu.operations.consultation import consulter
from sne.nuu.operations.contexte import Contexte, Reponse, limites_de, ouvrir
from sne.nuu.operations.numero_unique import traiter
from sne.nuu.rules.enveloppe import TYPE_SOAP, fauter, lire_appel, repondre
from sne.nuu.rules.parties import decouper
from sne.nuu.rules.xml import MessageIllisible
from sne.referentiels.selectors import get_parametres
from sne.socle import horloge
from sne.socle.erreurs import Refus
from sne.socle.signes import INSECABLE

INATTENDUE = "Une erreur inattendue est survenue lors du traitement de la demande."
"""A known client looks for this very sentence."""
SANS_CERTIFICAT = f"Aucun certificat client n’a été présenté{INSECABLE}: présentez celui de votre convention."
PAS_OFFERT = "Service non offert."
DETAIL = "demandeLogementException"
REFUSES: Mapping[type[Exception], tuple[str, int]] = {
    MessageIllisible: ("", 400),
    Refus: ("", 400),
    RequestDataTooBig: ("Le message est trop gros.", 413),
    UnreadablePostError: ("Le message est incomplet.", 400),
}
"""What the sender did wrong: the sentence (its own when none is here) and the HTTP status."""
lignes = structlog.stdlib.get_logger("sne.nuu")

Operation = Callable[[Contexte], Reponse]


def _non_offert(_contexte: Contexte) -> Reponse:
    raise MessageIllisible(PAS_OFFERT)


OPERATIONS: Mapping[str, Mapping[str, Operation]] = {
    "DemandeLogementImplService": {
        "numUniqueParametres": traiter,
        "demandeLogementParametres": consulter,
        "declarationNouveauDaloParametres": _non_offert,
    },
}


@csrf_exempt
def service(request: HttpRequest, nom: str) -> HttpResponse:
    """One call of this service, or its description at ``?wsdl``."""
    if request.method == "GET" and "wsdl" in request.GET:
        return HttpResponse(wsdl.page(nom, request.build_absolute_uri(request.path)), content_type="text/xml")
    if request.method != "POST":
        return _faute("Cette adresse attend un message SOAP par POST.", statut=405)
    try:
        return _repondre(request, nom)
    except tuple(REFUSES) as refus:
        genre = next(genre for genre in REFUSES if isinstance(refus, genre))
        phrase, statut = REFUSES[genre]
        return _faute(phrase or str(refus), statut=statut)
    except Exception:
        lignes.exception("erreur inattendue", service=nom)
        return panne(request)


def _repondre(request: HttpRequest, nom: str) -> HttpResponse:
    instant = horloge.maintenant()
    empreinte = certificat.empreinte(request.META)
    if empreinte is None:
        return _faute(SANS_CERTIFICAT, statut=403)
    convention = annuaire().par_certificat(empreinte, survenu_le=instant)
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
        return _faute("Cette opération n’existe pas.")
    reponse = operation(ouvrir(appel, convention, instant))
    type_mime, corps = repondre(reponse.corps, reponse.fichiers)
    return HttpResponse(corps, content_type=type_mime)


def _faute(phrase: str, *, statut: int = 400) -> HttpResponse:
    return HttpResponse(fauter(phrase, detail=DETAIL), status=statut, content_type=TYPE_SOAP)


def panne(request: HttpRequest) -> HttpResponse:
    """An unexpected failure: the sentence that clients know, and the reference of the technical line."""
    reference = getattr(request, "correlation", "")
    phrase = f"{INATTENDUE} Référence{INSECABLE}: {reference}."
    return HttpResponse(fauter(phrase, receveur=True, detail=DETAIL), status=500, content_type=TYPE_SOAP)


def inconnu(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """No service at this address."""
    return _faute("Aucun service à cette adresse.", statut=404)
