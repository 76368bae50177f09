"""Searches: by POST, because a person is never in an address; each is journalled."""

from dataclasses import fields
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from ninja import Router
from pydantic import BaseModel

from sne.api.contenu import emettre_partie, identite_emise, sans_trace
from sne.api.erreurs import refuser
from sne.api.operation import D_UN_ACTE, D_UN_CORPS, RequeteDEditeur, operation
from sne.api.porte import Regles
from sne.api.reponse import repondre
from sne.api.schemas.commun import Reponse
from sne.api.schemas.recherche import (
    CriteresRecus,
    DoublonsCherches,
    NumeroTrouve,
    Periode,
    ProcheLue,
    RechercheRecue,
    Trouvee,
)
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import Portee
from sne.registre.doublons.actions.detailler import ProcheDetaillee, chercher_doublons_de
from sne.registre.recherche.actions.criteres import rechercher_par_criteres
from sne.registre.recherche.actions.rechercher import rechercher_demandes
from sne.registre.recherche.rules.criteres import Criteres, Jours
from sne.registre.recherche.rules.texte import lire_curseur

routeur = Router(tags=["Recherches"])
REGLES = Regles(Portee.RECHERCHE, Groupe.RECHERCHE)
ERREURS = (*D_UN_CORPS, *D_UN_ACTE)


@operation(
    routeur,
    "POST",
    "/recherches",
    regles=REGLES,
    reponses={HTTPStatus.OK: Reponse[list[Trouvee | NumeroTrouve]]},
    erreurs=ERREURS,
    prefixe="/criteres",
    resume="Rechercher une demande",
)
def rechercher(request: RequeteDEditeur, corps: RechercheRecue) -> HttpResponse:
    """Les demandes qui répondent à un texte, page par page, ou les numéros qui remplissent des critères."""
    if (corps.texte is None) == (corps.criteres is None):
        raise refuser(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "TEXTE_OU_CRITERES",
            "Donnez «\u00a0texte\u00a0», ou «\u00a0criteres\u00a0», et pas les deux.",
            pointeur="/texte",
        )
    if corps.criteres is not None:
        trouvees = rechercher_par_criteres(lire_criteres(corps.criteres), acte=request.appel.acte)
        return repondre([NumeroTrouve(nud=nud) for nud in trouvees.nuds], meta={"trop": trouvees.trop})
    curseur = lire_curseur(corps.suite) if corps.suite else None
    trouves = rechercher_demandes(
        corps.texte or "", acte=request.appel.acte, filtre=corps.filtre, curseur=curseur
    )
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
    erreurs=ERREURS,
    prefixe="/contenu",
    resume="Chercher les demandes d’un même ménage",
)
def rechercher_doublons(request: RequeteDEditeur, corps: DoublonsCherches) -> HttpResponse:
    """Les demandes proches du territoire, avant d’enregistrer un ménage."""
    acte = request.appel.acte
    proches = chercher_doublons_de(
        sans_trace(corps.contenu), corps.nirs, acte=acte, territoire=acte.acteur.territoire
    )
    return repondre([_dire(proche) for proche in proches])


def lire_criteres(recus: CriteresRecus) -> Criteres:
    """Criteria as the search takes them."""
    dits: dict[str, Any] = {}
    for champ in fields(Criteres):
        valeur = getattr(recus, champ.name, None)
        if isinstance(valeur, Periode):
            valeur = Jours(valeur.debut, valeur.fin)
        if valeur is not None:
            dits[champ.name] = valeur
    return Criteres(**dits)


def _dire(trouvee: ProcheDetaillee) -> ProcheLue:
    p = trouvee.proche
    champs = ("nud", "statut", "date_expiration", "role", "nom", "prenoms", "date_naissance", "bloque")
    return ProcheLue(
        **{nom: getattr(p, nom) for nom in champs},
        score=str(p.score),
        raisons=list(p.raisons),
        demandeur=identite_emise(trouvee.identite) if trouvee.identite else None,
        cotitulaires=[identite_emise(i) for i in trouvee.cotitulaires],
        adresse_courrier=_partie(trouvee.adresse_courrier),
        adresse_logement=_partie(trouvee.adresse_logement),
        localisations=[emettre_partie(x) for x in trouvee.localisations],
    )


def _partie(partie: BaseModel | None) -> dict[str, Any] | None:
    return emettre_partie(partie) if partie else None
