"""Documents of a demande: listed, opened, added; their files sent first, in several goes (tus 1.0.0)."""

import uuid
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from ninja import Router
from ninja.params.functions import Query

from sne.api.erreurs import TITRES, Detail, ErreurApi, refuser
from sne.api.operation import D_UN_ACTE, D_UN_CORPS, D_UN_DOSSIER, RequeteDEditeur, operation
from sne.api.porte import Regles
from sne.api.reponse import RACINE, dire_erreur, repondre
from sne.api.ressources.demandes import adresse
from sne.api.schemas.commun import Reponse
from sne.api.schemas.pieces import PieceJointe, PieceLueApi, PieceRecue
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import Portee
from sne.documents import tus
from sne.documents.ouverture import ouvrir
from sne.documents.rules import Accueil, DocumentRefuse, Filigrane, Part
from sne.documents.selectors import get_documents
from sne.documents.televersement import conclure
from sne.habilitations.rules import Permission, sans_droit
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.selectors.existence import get_demande_id, get_revision
from sne.registre.lecture.actions.consulter import consulter_demande, consulter_piece
from sne.registre.pieces.actions.deposer import Fichier, joindre_piece, noter_piece_vue
from sne.registre.pieces.parametres import ParametresPieces
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.pieces.selectors.documents import get_bornes, get_delais, get_limites
from sne.registre.pieces.selectors.pieces import PieceLue, list_pieces
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require
from sne.socle.fichiers import en_fichier

routeur = Router(tags=["Documents"])
OBJET = "api"
EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
CONTROLE_RATE = tus.CONTROLE_RATE
D_UN_ENVOI = (
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.PRECONDITION_FAILED,
    CONTROLE_RATE,
    *D_UN_CORPS,
)
"""Refusals of the protocol."""


def _entete_tus(nom: str, phrase: str, exemple: str) -> dict[str, Any]:
    return {
        "in": "header",
        "name": nom,
        "description": phrase,
        "schema": {"type": "string", "example": exemple},
    }


PARLER = _entete_tus("Tus-Resumable", "Version du protocole.", "1.0.0")
TAILLE = _entete_tus("Upload-Length", "Taille du fichier, en octets.", "48213")
NOM = _entete_tus(
    "Upload-Metadata", "«\u00a0filename\u00a0», puis le nom en base 64.", "filename YXZpcy5wZGY="
)
DEBUT = _entete_tus("Upload-Offset", "Octets déjà reçus.", "0")
OCTETS = {"content": {tus.CORPS: {"schema": {"type": "string", "format": "binary"}}}}
FICHIER = {
    "responses": {
        200: {
            "content": {
                type_: {"schema": {"type": "string", "format": "binary"}}
                for type_ in ("application/pdf", "image/jpeg", "image/png")
            }
        }
    }
}


@operation(
    routeur,
    "GET",
    "/demandes/{nud}/pieces",
    regles=Regles(Portee.PIECES_LIRE),
    reponses={HTTPStatus.OK: Reponse[list[PieceLueApi]]},
    erreurs=D_UN_DOSSIER,
    resume="Pièces d’une demande",
)
def lister_pieces(request: RequeteDEditeur, nud: str) -> HttpResponse:
    """Les pièces que l’appelant peut lire, la plus récente d’abord. La lecture est inscrite au journal."""
    acte = request.appel.acte
    fiche = consulter_demande(nud, acte=acte)
    le = horloge.jour(acte.survenu_le)
    pieces = list_pieces(fiche.demande.id, fiche.contenu, acteur=acte.acteur, le=le)
    return repondre([_dire(piece) for piece in pieces], links={"demande": adresse(fiche.demande.nud)})


@operation(
    routeur,
    "POST",
    "/demandes/{nud}/pieces",
    regles=Regles(Portee.PIECES_ECRIRE, Groupe.DOCUMENT, cle=True),
    reponses={HTTPStatus.CREATED: Reponse[PieceJointe]},
    erreurs=(*D_UN_DOSSIER, *D_UN_CORPS, *D_UN_ACTE),
    resume="Ajouter une pièce",
)
def joindre(request: RequeteDEditeur, nud: str, corps: PieceRecue) -> HttpResponse:
    """Une pièce dont le fichier est déjà envoyé (televersement), ou qui a seulement été vue (vue_le)."""
    acte = request.appel.acte
    if (corps.televersement is None) == (corps.vue_le is None):
        raise refuser(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "FICHIER_OU_VUE",
            "Donnez televersement pour un fichier envoyé, ou vue_le pour une pièce vue sans copie.",
            pointeur="/televersement",
        )
    demande_id = get_demande_id(nud, acte.acteur)
    saisie = PieceSaisie(
        type_piece=corps.type,
        reference=corps.reference or "",
        nature=corps.nature or "",
        annee=corps.annee,
        validite_fin=corps.validite_fin,
        explication=corps.explication or "",
        sante=corps.sante,
    )
    if corps.vue_le is not None:
        cle = noter_piece_vue(demande_id, saisie, vue_le=corps.vue_le, acte=acte, cle=request.identifiant)
    else:
        assert corps.televersement is not None
        fichier = prendre(corps.televersement, request)
        cle = joindre_piece(demande_id, saisie, fichier, acte=acte, cle=request.identifiant)
    revision = get_revision(demande_id, acteur=acte.acteur)
    return repondre(
        PieceJointe(id=cle, nud=nud, revision=revision),
        statut=HTTPStatus.CREATED,
        links={"fichier": adresse(nud, f"/pieces/{cle}/fichier"), "demande": adresse(nud)},
        revision=revision,
    )


@operation(
    routeur,
    "GET",
    "/demandes/{nud}/pieces/{piece}/fichier",
    regles=Regles(Portee.PIECES_LIRE, Groupe.DOCUMENT),
    reponses={HTTPStatus.OK: None},
    erreurs=(*D_UN_DOSSIER, *D_UN_ACTE),
    resume="Ouvrir une pièce",
    extra=FICHIER,
)
def ouvrir_fichier(
    request: RequeteDEditeur,
    nud: str,
    piece: uuid.UUID,
    motif: str = Query("", max_length=100),
) -> HttpResponse:
    """Le fichier, marqué de qui l’ouvre\u00a0; «\u00a0motif\u00a0» est demandé pour une pièce de santé."""
    acte = request.appel.acte
    get_demande_id(nud, acte.acteur)
    consultee = consulter_piece(piece, acte=acte, motif=motif)
    marque = Filigrane(
        f"{acte.acteur.nom} {acte.acteur.guichet}",
        acte.survenu_le,
        f"Demande {consultee.nud}",
        bornes=get_bornes(horloge.jour(acte.survenu_le)),
    )
    ouvert = ouvrir(consultee.document, territoire=consultee.territoire, part=Part.ORIGINAL, filigrane=marque)
    nom = f"document-{consultee.id.hex[-8:]}.{EXTENSIONS.get(ouvert.mime, 'bin')}"
    return en_fichier(HttpResponse(b"".join(ouvert.octets), content_type=ouvert.mime), nom)


@operation(
    routeur,
    "POST",
    "/televersements",
    regles=Regles(Portee.PIECES_ECRIRE, Groupe.DOCUMENT, fichier=True),
    reponses={HTTPStatus.CREATED: None},
    erreurs=D_UN_ENVOI,
    resume="Commencer à envoyer un fichier",
    extra={"parameters": [PARLER, TAILLE, NOM]},
)
def televerser(request: RequeteDEditeur) -> HttpResponse:
    """Protocole tus 1.0.0. Upload-Length dit la taille, Location où la suite s’envoie."""
    acteur = _envoyeur(request)
    return _dire_tus(tus.accueillir(request, _accueil(acteur), adresse=_adresse))


@operation(
    routeur,
    "HEAD",
    "/televersements/{televersement}",
    regles=Regles(Portee.PIECES_ECRIRE, Groupe.DOCUMENT),
    reponses={HTTPStatus.OK: None},
    erreurs=D_UN_ENVOI,
    resume="Savoir où en est un envoi",
    extra={"parameters": [PARLER]},
)
def situer_televersement(request: RequeteDEditeur, televersement: uuid.UUID) -> HttpResponse:
    """Les octets reçus, dans l’en-tête Upload-Offset."""
    return _poursuivre(request, televersement)


@operation(
    routeur,
    "PATCH",
    "/televersements/{televersement}",
    regles=Regles(Portee.PIECES_ECRIRE, Groupe.DOCUMENT, fichier=True),
    reponses={HTTPStatus.NO_CONTENT: None},
    erreurs=D_UN_ENVOI,
    resume="Envoyer la suite d’un fichier",
    extra={"parameters": [PARLER, DEBUT], "requestBody": OCTETS},
)
def poursuivre_televersement(request: RequeteDEditeur, televersement: uuid.UUID) -> HttpResponse:
    """Les octets suivants, à partir de «\u00a0Upload-Offset\u00a0»."""
    return _poursuivre(request, televersement)


@operation(
    routeur,
    "DELETE",
    "/televersements/{televersement}",
    regles=Regles(Portee.PIECES_ECRIRE, Groupe.DOCUMENT),
    reponses={HTTPStatus.NO_CONTENT: None},
    erreurs=D_UN_ENVOI,
    resume="Abandonner un envoi",
    extra={"parameters": [PARLER]},
)
def abandonner_televersement(request: RequeteDEditeur, televersement: uuid.UUID) -> HttpResponse:
    """Oublie un envoi et ses octets."""
    return _poursuivre(request, televersement)


def prendre(televersement: uuid.UUID, request: RequeteDEditeur) -> Fichier:
    """The file of an upload of this caller, whole. Raises ``Introuvable``, ``DocumentRefuse``."""
    acte = request.appel.acte
    lu = conclure(
        televersement,
        proprietaire=_proprietaire(acte.acteur),
        limites=get_limites(horloge.jour(acte.survenu_le)),
        survenu_le=acte.survenu_le,
    )
    if lu.document is None:
        raise DocumentRefuse("FICHIER", lu.refus)
    document = get_documents([lu.document], territoire=lu.territoire)[lu.document]
    return Fichier(document.id, document.empreinte)


def _poursuivre(request: RequeteDEditeur, televersement: uuid.UUID) -> HttpResponse:
    acteur = _envoyeur(request)
    return _dire_tus(tus.poursuivre(request, televersement, proprietaire=_proprietaire(acteur)))


def _envoyeur(request: RequeteDEditeur) -> Acteur:
    acteur = request.appel.acte.acteur
    require(acteur.peut(Permission.PIECE_DEPOSER, acteur.territoire), sans_droit(Permission.PIECE_DEPOSER))
    return acteur


def _dire_tus(reponse: HttpResponseBase) -> HttpResponse:
    """The protocol's own answer, its refusals in the envelope."""
    assert isinstance(reponse, HttpResponse)
    if reponse.status_code < HTTPStatus.BAD_REQUEST:
        return reponse
    titre = TITRES.get(reponse.status_code, "Envoi refusé")
    detail = Detail("ENVOI_REFUSE", titre, reponse.content.decode())
    dite = dire_erreur(ErreurApi(reponse.status_code, [detail]))
    for nom in ("Tus-Resumable", "Tus-Version"):
        if reponse.has_header(nom):
            dite[nom] = reponse[nom]
    return dite


def _proprietaire(acteur: Acteur) -> str:
    return f"compte:{acteur.id}"


def _accueil(acteur: Acteur) -> Accueil:
    le = horloge.aujourd_hui()
    return Accueil(
        territoire=acteur.territoire,
        proprietaire=_proprietaire(acteur),
        objet=OBJET,
        octets=get_limites(le).octets,
        duree=get_delais(le).attente,
        au_plus=get_parametres(le)[ParametresPieces].televersements_au_plus,
    )


def _adresse(televersement: uuid.UUID) -> str:
    return f"{RACINE}/televersements/{televersement}"


def _dire(piece: PieceLue) -> PieceLueApi:
    communs = (
        "id",
        "libelle",
        "reference",
        "annee",
        "recue_le",
        "vue_le",
        "validite_fin",
        "sante",
        "en_vigueur",
    )
    return PieceLueApi(
        **{nom: getattr(piece, nom) for nom in communs},
        type=piece.type_piece,
        nature=piece.nature or None,
        qualification=str(piece.qualification) if piece.qualification else None,
        fichier=piece.fichier is not None,
        remplace=piece.remplace,
    )
