"""Attestations of a demande: issued, listed, opened as the file that was issued."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Router

from sne.api.erreurs import INTROUVABLE
from sne.api.operation import D_UN_ACTE, D_UN_CORPS, D_UN_DOSSIER, RequeteDEditeur, operation
from sne.api.porte import Regles
from sne.api.reponse import repondre
from sne.api.ressources.demandes import adresse
from sne.api.schemas.commun import Reponse
from sne.api.schemas.pieces import AttestationLue, AttestationVoulue
from sne.attestations.actions.emettre import emettre_attestation, modele_en_cours
from sne.attestations.actions.remettre import ouvrir_attestation
from sne.attestations.selectors import list_papiers
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import Portee
from sne.registre.demande.selectors.existence import get_demande_id
from sne.socle.erreurs import Introuvable
from sne.socle.fichiers import en_fichier

routeur = Router(tags=["Attestations"])
PDF = "application/pdf"
LIRE = Regles(Portee.DEMANDES_LIRE)
EN_PDF = {"responses": {200: {"content": {PDF: {"schema": {"type": "string", "format": "binary"}}}}}}


@operation(
    routeur,
    "GET",
    "/demandes/{nud}/attestations",
    regles=LIRE,
    reponses={HTTPStatus.OK: Reponse[list[AttestationLue]]},
    erreurs=D_UN_DOSSIER,
    resume="Attestations d’une demande",
    extra=EN_PDF,
)
def lister_attestations(request: RequeteDEditeur, nud: str) -> HttpResponse:
    """Les attestations émises, la plus récente d’abord\u00a0; en PDF, le fichier de la plus récente."""
    acteur = request.appel.acte.acteur
    papiers = list_papiers(get_demande_id(nud, acteur), acteur=acteur)
    request.trouvee = True
    if veut_un_pdf(request):
        if not papiers:
            raise Introuvable(INTROUVABLE)
        return _fichier(papiers[0].reference, request)
    champs = list(AttestationLue.model_fields)
    return repondre(
        [AttestationLue(**{nom: getattr(papier, nom) for nom in champs}) for papier in papiers],
        links={"demande": adresse(nud)},
    )


@operation(
    routeur,
    "POST",
    "/demandes/{nud}/attestations",
    regles=Regles(Portee.DEMANDES_LIRE, Groupe.DOCUMENT, cle=True),
    reponses={HTTPStatus.CREATED: Reponse[AttestationLue]},
    erreurs=(*D_UN_DOSSIER, *D_UN_CORPS, *D_UN_ACTE),
    resume="Émettre une attestation",
)
def emettre(request: RequeteDEditeur, nud: str, corps: AttestationVoulue) -> HttpResponse:
    """Émet l’attestation de la demande telle qu’elle est\u00a0; le même jour et à la même révision, c’est la même."""
    acte = request.appel.acte
    demande_id = get_demande_id(nud, acte.acteur)
    modele = corps.modele or modele_en_cours(demande_id, acteur=acte.acteur)
    emise = emettre_attestation(demande_id, acte=acte, modele=modele)
    lue = AttestationLue(
        reference=emise.reference,
        modele=emise.modele,
        revision=emise.revision,
        date_delivrance=emise.date_delivrance,
        date_expiration=emise.date_expiration,
        remplacee=False,
    )
    ici = adresse(nud, f"/attestations/{emise.reference}")
    return repondre(lue, statut=HTTPStatus.CREATED, links={"fichier": ici, "demande": adresse(nud)}, lieu=ici)


@operation(
    routeur,
    "GET",
    "/demandes/{nud}/attestations/{reference}",
    regles=Regles(Portee.DEMANDES_LIRE, Groupe.DOCUMENT),
    reponses={HTTPStatus.OK: None},
    erreurs=(*D_UN_DOSSIER, *D_UN_ACTE),
    resume="Ouvrir une attestation",
    extra=EN_PDF,
)
def ouvrir(request: RequeteDEditeur, nud: str, reference: str) -> HttpResponse:
    """Le fichier qui a été émis, octet pour octet\u00a0; son ouverture est inscrite au journal."""
    acteur = request.appel.acte.acteur
    siennes = {papier.reference for papier in list_papiers(get_demande_id(nud, acteur), acteur=acteur)}
    request.trouvee = True
    if reference not in siennes:
        raise Introuvable(INTROUVABLE)
    return _fichier(reference, request)


def veut_un_pdf(request: HttpRequest) -> bool:
    """Whether the caller asks for the file rather than for what is said of it."""
    return request.headers.get("Accept", "").split(";")[0].strip().lower() == PDF


def _fichier(reference: str, request: RequeteDEditeur) -> HttpResponse:
    remis = ouvrir_attestation(reference, acte=request.appel.acte)
    return en_fichier(HttpResponse(remis.contenu, content_type=PDF), remis.nom)
