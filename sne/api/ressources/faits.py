"""Facts of a demande: events, decisions, allocations, DALO; recorded, corrected, taken back."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from ninja import Router

from sne.api.operation import D_UN_ACTE, D_UN_CORPS, D_UN_DOSSIER, RequeteDEditeur, operation
from sne.api.porte import Regles
from sne.api.reponse import repondre
from sne.api.ressources.demandes import adresse
from sne.api.schemas.commun import Recu, Reponse
from sne.api.schemas.faits import (
    AttributionCorrigee,
    AttributionRecue,
    Corrige,
    DaloCorrige,
    DaloRecu,
    DecisionCorrigee,
    DecisionRecue,
    EvenementCorrige,
    EvenementRecu,
    FaitInscrit,
    FaitLuApi,
)
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import Portee
from sne.referentiels.rules import PublicPrioritaire
from sne.registre.demande.selectors.existence import get_demande_id
from sne.registre.faits.actions.attributions import consigner_attribution
from sne.registre.faits.actions.dalo import consigner_dalo
from sne.registre.faits.actions.decisions import consigner_decision
from sne.registre.faits.actions.evenements import consigner_evenement
from sne.registre.faits.actions.faits import retirer_fait
from sne.registre.faits.rules.attributions import AttributionSaisie
from sne.registre.faits.rules.dalo import FaitDaloSaisi
from sne.registre.faits.rules.decisions import DecisionSaisie
from sne.registre.faits.rules.evenements import EvenementSaisi
from sne.registre.faits.rules.faits import Correction, NatureFait
from sne.registre.faits.selectors.faits import FaitLu, list_faits
from sne.socle.horloge import jour

routeur = Router(tags=["Faits"])
ERREURS = (*D_UN_DOSSIER, *D_UN_CORPS, *D_UN_ACTE)
INSCRIT: dict[int, Any] = {HTTPStatus.CREATED: Reponse[FaitInscrit]}


class Genre(StrEnum):
    """The four kinds, as addresses name them."""

    EVENEMENTS = "evenements"
    DECISIONS = "decisions"
    ATTRIBUTIONS = "attributions"
    DALO = "dalo"


NATURES: Mapping[Genre, NatureFait] = {
    Genre.EVENEMENTS: NatureFait.EVENEMENT,
    Genre.DECISIONS: NatureFait.DECISION,
    Genre.ATTRIBUTIONS: NatureFait.ATTRIBUTION,
    Genre.DALO: NatureFait.DALO,
}
SAISIES: Mapping[Genre, tuple[Any, Any]] = {
    Genre.EVENEMENTS: (EvenementSaisi, consigner_evenement),
    Genre.DECISIONS: (DecisionSaisie, consigner_decision),
    Genre.ATTRIBUTIONS: (AttributionSaisie, consigner_attribution),
    Genre.DALO: (FaitDaloSaisi, consigner_dalo),
}
CORPS: Mapping[Genre, tuple[type[Recu], type[Recu]]] = {
    Genre.EVENEMENTS: (EvenementRecu, EvenementCorrige),
    Genre.DECISIONS: (DecisionRecue, DecisionCorrigee),
    Genre.ATTRIBUTIONS: (AttributionRecue, AttributionCorrigee),
    Genre.DALO: (DaloRecu, DaloCorrige),
}
NOMS: Mapping[Genre, str] = {
    Genre.EVENEMENTS: "événement",
    Genre.DECISIONS: "décision de commission",
    Genre.ATTRIBUTIONS: "attribution",
    Genre.DALO: "fait DALO",
}


def _declarer(genre: Genre) -> None:
    """The four operations of a kind of fact."""
    recu, corrige = CORPS[genre]
    lire = Regles(Portee.DALO_LIRE if genre is Genre.DALO else Portee.DEMANDES_LIRE)
    ecrire = Regles(Portee(f"{genre}:ecrire"), Groupe.ECRITURE, cle=True)
    ici, nom = f"/demandes/{{nud}}/{genre}", NOMS[genre]

    @_nommee(f"lister_{genre}", f"Chaque {nom} de la demande, le plus récent d’abord.")
    def lister(request: RequeteDEditeur, nud: str) -> HttpResponse:
        acte = request.appel.acte
        demande_id = get_demande_id(nud, acte.acteur)
        faits = list_faits(demande_id, acteur=acte.acteur, le=jour(acte.survenu_le))
        lus = [_dire(fait) for fait in faits if fait.nature is NATURES[genre]]
        return repondre(lus, links={"demande": adresse(nud)})

    @_nommee(f"consigner_{genre}", f"Inscrit\u00a0: {nom}.")
    def consigner(request: RequeteDEditeur, nud: str, corps: recu) -> HttpResponse:  # type: ignore[valid-type]
        return _inscrire(request, nud, genre, corps, None)

    @_nommee(
        f"corriger_{genre}",
        f"Corrige ce qui a été inscrit ({nom})\u00a0; l’ancienne inscription reste lisible.",
    )
    def corriger(request: RequeteDEditeur, nud: str, fait: uuid.UUID, corps: corrige) -> HttpResponse:  # type: ignore[valid-type]
        return _inscrire(request, nud, genre, corps, Correction(fait, corps.motif))  # type: ignore[attr-defined]

    @_nommee(
        f"retirer_{genre}",
        f"Retire ce qui a été inscrit par erreur ({nom})\u00a0; l’inscription reste lisible.",
    )
    def retirer(request: RequeteDEditeur, nud: str, fait: uuid.UUID, corps: Corrige) -> HttpResponse:
        acte = request.appel.acte
        demande_id = get_demande_id(nud, acte.acteur)
        correction = Correction(fait, corps.motif)
        cle = retirer_fait(demande_id, NATURES[genre], correction, acte=acte, cle=request.identifiant)
        return _inscrit(nud, genre, cle)

    operation(
        routeur,
        "GET",
        ici,
        regles=lire,
        reponses={HTTPStatus.OK: Reponse[list[FaitLuApi]]},
        erreurs=D_UN_DOSSIER,
        resume=f"Lire\u00a0: {nom}",
    )(lister)
    for suite, vue, resume in (
        ("", consigner, "Consigner"),
        ("/{fait}/corrections", corriger, "Corriger"),
        ("/{fait}/retraits", retirer, "Retirer"),
    ):
        operation(
            routeur,
            "POST",
            f"{ici}{suite}",
            regles=ecrire,
            reponses=INSCRIT,
            erreurs=ERREURS,
            resume=f"{resume} : {nom}",
        )(vue)


def _nommee[F: Callable[..., HttpResponse]](nom: str, phrase: str) -> Callable[[F], F]:
    def nommer(vue: F) -> F:
        vue.__name__, vue.__doc__ = nom, phrase
        return vue

    return nommer


def _inscrire(
    request: RequeteDEditeur, nud: str, genre: Genre, corps: Any, correction: Correction | None
) -> HttpResponse:
    acte = request.appel.acte
    demande_id = get_demande_id(nud, acte.acteur)
    saisi, consigner = SAISIES[genre]
    dits = {
        champ.name: _valeur(getattr(corps, champ.name))
        for champ in fields(saisi)
        if champ.name != "correction"
    }
    saisie = saisi(
        **{nom: valeur for nom, valeur in dits.items() if valeur is not None} | _sans_reponse(genre, dits),
        correction=correction,
    )
    return _inscrit(nud, genre, consigner(demande_id, saisie, acte=acte, cle=request.identifiant))


def _sans_reponse(genre: Genre, dits: Mapping[str, Any]) -> dict[str, None]:
    """The answer that an allocation must have and does not: the act says so."""
    manque = genre is Genre.ATTRIBUTIONS and dits["bail_signe"] is None
    return {"bail_signe": None} if manque else {}


def _valeur(recue: Any) -> Any:
    """What a body says, as an act takes it."""
    if isinstance(recue, Recu):
        return {nom: texte for nom, texte in recue.model_dump().items() if texte is not None}
    return recue


def _inscrit(nud: str, genre: Genre, cle: uuid.UUID) -> HttpResponse:
    links = {genre.value: adresse(nud, f"/{genre}"), "demande": adresse(nud)}
    return repondre(FaitInscrit(id=cle, nud=nud), statut=HTTPStatus.CREATED, links=links)


def _dire(fait: FaitLu) -> FaitLuApi:
    detail = {champ.name: _lisible(getattr(fait.detail, champ.name)) for champ in fields(fait.detail)}
    return FaitLuApi(
        id=fait.id,
        jour=fait.jour,
        etat=str(fait.etat),
        motif=fait.motif or None,
        guichet=fait.guichet,
        survenu_le=fait.survenu_le,
        detail={nom: valeur for nom, valeur in detail.items() if valeur not in (None, "", [], {})},
    )


def _lisible(valeur: Any) -> Any:
    """A value of a fact as JSON: amounts as texts, publics by their code."""
    if isinstance(valeur, tuple):
        return [_lisible(v) for v in valeur]
    if isinstance(valeur, PublicPrioritaire):
        return valeur.code
    if isinstance(valeur, Decimal):
        return str(valeur)
    if isinstance(valeur, date | datetime):
        return valeur.isoformat()
    return dict(valeur) if isinstance(valeur, Mapping) else valeur


for _genre in Genre:
    _declarer(_genre)
