"""The content of a demande: put whole, or patched, on the revision that was read."""

import uuid
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from ninja import Body, Router

from sne.api.conflit import dire_conflit
from sne.api.contenu import emettre, fusionner, garder_telephones, relire
from sne.api.erreurs import refuser
from sne.api.operation import (
    D_UN_ACTE,
    D_UN_CORPS,
    D_UN_DOSSIER,
    D_UNE_REVISION,
    RequeteDEditeur,
    operation,
)
from sne.api.porte import Regles
from sne.api.reponse import depassee, est_stricte, lire_revision, repondre
from sne.api.ressources.demandes import CONTENU, adresse, dire_attente
from sne.api.schemas.commun import Reponse
from sne.api.schemas.demandes import ContenuEntier, Modifiee
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import Portee
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.demande.selectors.existence import get_demande_id, get_revision
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.vie.selectors.changements import list_en_attente
from sne.socle.erreurs import ConflitDeRevision, Introuvable

routeur = Router(tags=["Contenu"])
ECRIRE = Regles(Portee.DEMANDES_ECRIRE, Groupe.ECRITURE, revision=True)
REPONSES: dict[int, Any] = {HTTPStatus.OK: Reponse[Modifiee], HTTPStatus.ACCEPTED: Reponse[Modifiee]}
ERREURS = (*D_UN_DOSSIER, *D_UN_CORPS, *D_UN_ACTE, *D_UNE_REVISION)
CORRECTIF = {
    "requestBody": {
        "required": True,
        "content": {
            "application/merge-patch+json": {
                "schema": {
                    "type": "object",
                    "title": "Correctif du contenu (RFC 7396)",
                    "description": "Les champs qui changent. «\u00a0null\u00a0» retire, une liste remplace une liste.",
                    "examples": [{"demandeur": {"contact": {"telephone_portable": "06 39 98 00 01"}}}],
                }
            }
        },
    }
}


@operation(
    routeur,
    "PUT",
    "/demandes/{nud}/contenu",
    regles=ECRIRE,
    reponses=REPONSES,
    erreurs=ERREURS,
    prefixe=CONTENU,
    resume="Remplacer le contenu",
)
def remplacer_contenu(request: RequeteDEditeur, nud: str, corps: ContenuEntier) -> HttpResponse:
    """Met en vigueur l’arbre entier\u00a0; ce qu’il ne dit plus est retiré. Un trait protégé attend une décision."""
    revision, acte = lire_revision(request), request.appel.acte
    demande_id = get_demande_id(nud, acte.acteur)
    base = _base(demande_id, revision, request)
    saisie = Saisie(garder_telephones(corps.contenu, base), revision, corps.nirs)
    return _modifier(
        request,
        nud,
        demande_id,
        saisie,
        prefixe=CONTENU,
        motif=corps.motif or "",
        document=corps.document or "",
    )


@operation(
    routeur,
    "PATCH",
    "/demandes/{nud}/contenu",
    regles=ECRIRE,
    reponses=REPONSES,
    erreurs=ERREURS,
    resume="Corriger le contenu",
    extra=CORRECTIF,
)
def corriger_contenu(request: RequeteDEditeur, nud: str, corps: Body[dict[str, Any]]) -> HttpResponse:
    """Applique un correctif au contenu de la révision lue. Un trait protégé attend une décision."""
    revision, acte = lire_revision(request), request.appel.acte
    demande_id = get_demande_id(nud, acte.acteur)
    base = _base(demande_id, revision, request)
    voulu = relire(fusionner(emettre(base), corps), base)
    return _modifier(request, nud, demande_id, Saisie(voulu, revision), prefixe="", motif="", document="")


def _base(demande_id: uuid.UUID, revision: int, request: RequeteDEditeur) -> Contenu:
    """The content that the caller read. Raises ``ErreurApi``: 409 for a revision that never was, 412 when strict."""
    acte = request.appel.acte
    try:
        base = get_contenu(demande_id, revision, acteur=acte.acteur)
    except Introuvable:
        raise refuser(
            HTTPStatus.CONFLICT,
            "CONFLIT",
            "Cette révision n’a jamais existé. Relisez la demande, puis renvoyez son «\u00a0ETag\u00a0».",
        ) from None
    if est_stricte(request) and get_revision(demande_id, acteur=acte.acteur) != revision:
        raise depassee()
    return base


def _modifier(
    request: RequeteDEditeur,
    nud: str,
    demande_id: uuid.UUID,
    saisie: Saisie,
    *,
    prefixe: str,
    motif: str,
    document: str,
) -> HttpResponse:
    """The change, merged with what others wrote meanwhile; both sides where the two collide."""
    acte = request.appel.acte
    try:
        with transaction.atomic():
            faite = modifier_demande(
                demande_id,
                contenu=saisie.contenu,
                revision=saisie.revision,
                nirs=saisie.nirs,
                motif=motif,
                document=document,
                acte=acte,
            )
            if faite.meles and est_stricte(request):  # changed between the two reads
                raise depassee()
    except ConflitDeRevision as refus:
        raise dire_conflit(demande_id, saisie, refus, acte=acte, prefixe=prefixe) from None
    attentes = list_en_attente(demande_id, acteur=acte.acteur) if faite.en_attente else ()
    dites = [dire_attente(reference, attente) for reference, attente in attentes]
    return repondre(
        Modifiee(nud=nud, revision=faite.revision, champs=list(faite.champs), en_attente=dites),
        statut=HTTPStatus.ACCEPTED if dites else HTTPStatus.OK,
        links={"demande": adresse(nud)},
        meta={"meles": list(faite.meles)} if faite.meles else None,
        revision=faite.revision,
        lieu=dites[0].suivi if dites else "",
    )
