"""Imports: a file of operations sent once, done in the background, reported line by line."""

import tempfile
import uuid
from http import HTTPStatus
from typing import IO, Any, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Router
from ninja.params.functions import Query

from sne.api.erreurs import refuser
from sne.api.idempotence import lire_cle
from sne.api.operation import D_UN_CORPS, IDEMPOTENCE, RequeteDEditeur, operation
from sne.api.porte import Regles
from sne.api.reponse import RACINE, repondre
from sne.api.schemas.commun import Reponse
from sne.api.schemas.imports import AnomalieDeLigne, ImportLuApi, LigneDeRapport
from sne.conventions.actions import tenir_cle
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import Portee
from sne.documents.travail import dossier_de_travail
from sne.imports.actions import Fichier, annuler_import, deposer_import, reprendre_import
from sne.imports.models import LigneImport
from sne.imports.rules.formats import TYPES, compression_de, format_de
from sne.imports.selectors import ImportLu, get_import, iter_rapport, taille_admise
from sne.socle.entrees import SANS_FIN
from sne.socle.horloge import jour
from sne.socle.requete import longueur_annoncee

routeur = Router(tags=["Imports"])
NDJSON = "application/x-ndjson"
LECTURE = 1 << 16
LIRE = Regles(Portee.IMPORTS_ECRIRE)
ECRIRE = Regles(Portee.IMPORTS_ECRIRE, Groupe.ECRITURE, cle=True)
REPONSES: dict[int, Any] = {HTTPStatus.ACCEPTED: Reponse[ImportLuApi]}
OCTETS = {
    "required": True,
    "content": {type_: {"schema": {"type": "string", "format": "binary"}} for type_ in TYPES},
}
ENCODAGE = {
    "in": "header",
    "name": "Content-Encoding",
    "description": "«\u00a0gzip\u00a0» ou «\u00a0zstd\u00a0», quand le fichier est compressé.",
    "schema": {"type": "string", "enum": ["gzip", "zstd"]},
}
RAPPORT = {
    "responses": {
        200: {"content": {NDJSON: {"schema": {"$ref": "#/components/schemas/LigneDeRapport"}}}},
    }
}


@operation(
    routeur,
    "POST",
    "/imports",
    regles=Regles(Portee.IMPORTS_ECRIRE, Groupe.DOCUMENT, fichier=True),
    reponses=REPONSES,
    erreurs=(*D_UN_CORPS, HTTPStatus.CONFLICT),
    resume="Envoyer un fichier d’actes",
    extra={"parameters": [IDEMPOTENCE, ENCODAGE], "requestBody": OCTETS},
)
def envoyer_import(
    request: RequeteDEditeur, essai: bool = Query(default=False, description="N’écrire rien")
) -> HttpResponse:
    """Garde le fichier et le met en file\u00a0; chaque ligne fera son acte, ou dira pourquoi elle est refusée."""
    appel = request.appel
    format_ = format_de(request.content_type or "")
    compression = compression_de(request.headers.get("Content-Encoding", ""))
    cle = lire_cle(request, appel)
    with tenir_cle(cle) as prise, dossier_de_travail() as dossier:
        if not prise.tenue:
            raise refuser(
                HTTPStatus.CONFLICT,
                "ACTE_EN_COURS",
                "Le même envoi est en cours. Attendez une seconde, puis renvoyez-le.",
                entetes={"Retry-After": "1"},
            )
        with tempfile.TemporaryFile(dir=dossier) as copie:
            annonce = longueur_annoncee(request)
            recus = _recopier(request, copie, min(annonce, taille_admise(jour(appel.le)) + 1))
            if annonce == SANS_FIN:
                annonce = recus
            fichier = Fichier(format_, compression, copie.read, annonce, essai)
            deposer_import(cle, fichier, de=appel.appelant, acte=appel.acte)
    return _dire(get_import(cle, appel.acte.acteur), HTTPStatus.ACCEPTED)


@operation(
    routeur,
    "GET",
    "/imports/{identifiant}",
    regles=LIRE,
    reponses={HTTPStatus.OK: Reponse[ImportLuApi]},
    erreurs=(HTTPStatus.NOT_FOUND,),
    resume="Savoir où en est un import",
)
def lire_import(request: RequeteDEditeur, identifiant: uuid.UUID) -> HttpResponse:
    """Son état, et le nombre de lignes par issue."""
    return _dire(get_import(identifiant, request.appel.acte.acteur), HTTPStatus.OK)


@operation(
    routeur,
    "GET",
    "/imports/{identifiant}/rapport",
    regles=LIRE,
    reponses={HTTPStatus.OK: LigneDeRapport},
    erreurs=(HTTPStatus.NOT_FOUND,),
    resume="Rapport d’un import",
    extra=RAPPORT,
)
def lire_rapport(request: RequeteDEditeur, identifiant: uuid.UUID) -> HttpResponse:
    """Une ligne de JSON par ligne du fichier, dans son ordre\u00a0; aucune valeur saisie n’y est."""
    lignes = iter_rapport(identifiant, request.appel.acte.acteur)
    return cast(HttpResponse, StreamingHttpResponse(map(_ecrire, lignes), content_type=NDJSON))


@operation(
    routeur,
    "POST",
    "/imports/{identifiant}/reprises",
    regles=ECRIRE,
    reponses=REPONSES,
    erreurs=(*D_UN_CORPS, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
    resume="Reprendre un import",
)
def reprendre(request: RequeteDEditeur, identifiant: uuid.UUID) -> HttpResponse:
    """Repart de la première ligne\u00a0: ce qui est fait est dit déjà fait, le reste est essayé de nouveau."""
    appel = request.appel
    reprendre_import(identifiant, de=appel.appelant, acte=appel.acte)
    return _dire(get_import(identifiant, appel.acte.acteur), HTTPStatus.ACCEPTED)


@operation(
    routeur,
    "DELETE",
    "/imports/{identifiant}",
    regles=Regles(Portee.IMPORTS_ECRIRE, Groupe.ECRITURE),
    reponses={HTTPStatus.OK: Reponse[ImportLuApi]},
    erreurs=(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
    resume="Annuler un import",
)
def annuler(request: RequeteDEditeur, identifiant: uuid.UUID) -> HttpResponse:
    """Arrête ce qui reste à faire et oublie le fichier\u00a0; ce qui est fait le reste."""
    annuler_import(identifiant, acte=request.appel.acte)
    return _dire(get_import(identifiant, request.appel.acte.acteur), HTTPStatus.OK)


def _recopier(request: HttpRequest, copie: IO[bytes], au_plus: int) -> int:
    """The body in a file, before any transaction begins: a slow line holds nothing but its thread. Its bytes."""
    reste = au_plus
    while reste > 0 and (octets := request.read(min(LECTURE, reste))):
        copie.write(octets)
        reste -= len(octets)
    copie.seek(0)
    return au_plus - reste


def _dire(lu: ImportLu, statut: int) -> HttpResponse:
    recu = lu.recu
    ici = f"{RACINE}/imports/{recu.id}"
    return repondre(
        ImportLuApi(
            id=recu.id,
            etat=recu.etat,
            motif=recu.motif or None,
            essai=recu.essai,
            format=recu.format,
            octets=recu.octets,
            lignes=recu.lignes,
            faites=lu.faites,
            issues={issue.value: nombre for issue, nombre in sorted(lu.issues.items())},
            essais=recu.tour,
            depose_le=recu.depose_le,
            fini_le=recu.fini_le,
        ),
        statut=statut,
        links={"import": ici, "rapport": f"{ici}/rapport"},
        lieu=ici if statut == HTTPStatus.ACCEPTED else "",
    )


def _ecrire(ligne: LigneImport) -> bytes:
    dite = LigneDeRapport(
        ligne=ligne.ligne,
        cle=ligne.cle or None,
        issue=ligne.issue,
        nud=ligne.nud or None,
        revision=ligne.revision,
        anomalies=[AnomalieDeLigne(**anomalie) for anomalie in ligne.anomalies],
    )
    return dite.model_dump_json(exclude_none=True).encode() + b"\n"
