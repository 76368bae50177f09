"""Searches: by POST, because a person is never in an address; each is journalled."""

from http import HTTPStatus

from django.http import HttpResponse
from ninja import Router

from sne.api.erreurs import refuser
from sne.api.operation import D_UN_CORPS, RequeteDEditeur, operation
from sne.api.porte import Regles
from sne.api.reponse import repondre
from sne.api.schemas.commun import Reponse
from sne.api.schemas.recherche import DoublonsCherches, ProcheLue, RechercheRecue, Trouvee
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import Portee
from sne.registre.contenu.rules.nir import NirInvalide
from sne.registre.doublons.actions.chercher import RechercheDoublon, chercher_doublons
from sne.registre.recherche.actions import rechercher_demandes
from sne.registre.recherche.rules import lire_curseur

routeur = Router(tags=["Recherches"])
REGLES = Regles(Portee.RECHERCHE, Groupe.RECHERCHE)


@operation(
    routeur,
    "POST",
    "/recherches",
    regles=REGLES,
    reponses={HTTPStatus.OK: Reponse[list[Trouvee]]},
    erreurs=D_UN_CORPS,
    resume="Rechercher une demande",
)
def rechercher(request: RequeteDEditeur, corps: RechercheRecue) -> HttpResponse:
    """Les demandes du périmètre qui répondent ; « meta.suite » mène à la page suivante."""
    curseur = lire_curseur(corps.suite) if corps.suite else None
    trouves = rechercher_demandes(corps.texte, acte=request.appel.acte, filtre=corps.filtre, curseur=curseur)
    champs = [nom for nom in Trouvee.model_fields if nom != "trouve"]
    lignes = [
        Trouvee(**{nom: getattr(ligne, nom) for nom in champs}, trouve=ligne.trouve or None)
        for ligne in trouves.lignes
    ]
    meta = {"trop": trouves.trop, "exact": trouves.exact}
    return repondre(lignes, meta=meta | ({"suite": trouves.suite.ecrire()} if trouves.suite else {}))


@operation(
    routeur,
    "POST",
    "/recherches-de-doublons",
    regles=REGLES,
    reponses={HTTPStatus.OK: Reponse[list[ProcheLue]]},
    erreurs=D_UN_CORPS,
    resume="Chercher les demandes d’un même ménage",
)
def rechercher_doublons(request: RequeteDEditeur, corps: DoublonsCherches) -> HttpResponse:
    """Les demandes proches du territoire, avant d’enregistrer un ménage."""
    acte = request.appel.acte
    proches = {}
    for rang, adulte in enumerate(corps.adultes):
        recherche = RechercheDoublon(
            nom=adulte.nom_naissance or "",
            usage=adulte.nom_usage or "",
            prenoms=adulte.prenoms or "",
            date_naissance=adulte.date_naissance,
            nir=adulte.nir or "",
            telephone=adulte.telephone or "",
        )
        try:
            trouvees = chercher_doublons(recherche, acte=acte, territoire=acte.acteur.territoire)
        except NirInvalide as exc:
            raise refuser(
                HTTPStatus.UNPROCESSABLE_ENTITY, "NIR_ILLISIBLE", str(exc), pointeur=f"/adultes/{rang}/nir"
            ) from None
        proches |= {(p.demande_id, p.identite_id): p for p in trouvees}
    champs = [nom for nom in ProcheLue.model_fields if nom not in {"score", "raisons"}]
    dites = [
        ProcheLue(**{nom: getattr(p, nom) for nom in champs}, score=str(p.score), raisons=list(p.raisons))
        for p in sorted(proches.values(), key=lambda p: p.score, reverse=True)
    ]
    return repondre(dites)
