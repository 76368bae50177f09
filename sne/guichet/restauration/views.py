"""A demande put back: the moment chosen and compared, the request; then the page of the person who answers."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.lecture.views.passe import lire_numero
from sne.guichet.restauration.forms import FormulaireReponse, FormulaireRetour
from sne.guichet.restauration.presentation import (
    ComparaisonPresentee,
    anciennete_au_choix,
    anciennete_rendue,
    blocs_changes,
    etat_de_la_requete,
    gardes,
    pieces_demandees,
    pieces_gardables,
    presenter_retour,
)
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.enquete.rules.restauration import IssueRestauration
from sne.registre.enquete.selectors.enquetes import EnqueteLue, get_enquete
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.pieces.possible import exiger_pieces_lisibles
from sne.registre.pieces.selectors.pieces import PieceLue, list_pieces
from sne.registre.restauration.actions.decider import Retablie, refuser_restauration, restaurer
from sne.registre.restauration.actions.demander import demander_restauration
from sne.registre.restauration.actions.retirer import retirer_restauration
from sne.registre.restauration.possible import exiger_restauration_decidable, exiger_restauration_retirable
from sne.registre.restauration.selectors import RequeteLue, Retour, get_requete, get_retour, list_instants
from sne.saisie.cadre import get_lecture
from sne.socle.erreurs import ConflitDeRevision, Interdit, Introuvable, refus_de
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de
from sne.socle.templatetags.socle_tags import numero


@exiger(Permission.RESTAURATION_DEMANDER)
@require_http_methods(["GET", "POST"])
def choisir(request: RequeteHabilitee, enquete_id: uuid.UUID, nud: str) -> HttpResponse:
    """The moments to come back to; one chosen, both sides compared and the request below."""
    enquete = get_enquete(enquete_id, request.acteur)
    fiche = lire_demande(request, nud)
    if fiche.demande.id not in {d.id for d in enquete.demandes}:
        raise Introuvable("Cette demande n’est pas de cette enquête.")
    vers = lire_numero(request.GET.get("vers", ""))
    contexte: dict[str, Any] = {
        "enquete": enquete,
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "nud": fiche.demande.nud,
        "instants": list_instants(fiche.demande.id, acteur=request.acteur),
        "vers": vers,
    }
    if vers:
        retour = get_retour(fiche.demande.id, vers, acteur=request.acteur)
        pieces = _list_pieces(request, fiche)
        formulaire = FormulaireRetour(
            saisi_de(request),
            blocs=blocs_changes(retour),
            pieces=pieces_gardables(retour, pieces),
            autre_foyer=retour.a_part is not None,
            anciennete=retour.change_l_anciennete,
            initial={"a_part": True, "anciennete": retour.anciennete < retour.demande.date_anciennete},
        )
        if formulaire.is_valid() and _demander(request, enquete, retour, formulaire):
            return redirect("enquete", enquete.id)
        contexte |= {
            "formulaire": formulaire,
            "erreurs": formulaire.erreurs(),
            "comparaison": _presenter(retour, pieces, a_part=True, anciennete=anciennete_au_choix(retour)),
        }
    return render(request, "guichet/restauration/choisir.html", contexte)


def _demander(
    request: RequeteHabilitee, enquete: EnqueteLue, retour: Retour, formulaire: FormulaireRetour
) -> bool:
    """Ask; a refusal about a field comes back beside it."""
    valeurs = formulaire.cleaned_data
    if not formulaire.tenter(
        demander_restauration,
        enquete.id,
        retour.demande.id,
        vers=retour.version.numero,
        motif=valeurs["motif"],
        a_part=valeurs.get("a_part", False),
        garder=valeurs.get("garder", ()),
        pieces=valeurs.get("pieces", ()),
        anciennete=valeurs.get("anciennete", False),
        acte=acte_de(request),
    ):
        return False
    messages.success(request, "Retour demandé. Rien n’a changé\u00a0: une autre personne doit décider.")
    return True


@exiger(Permission.RESTAURATION_DECIDER)
@require_http_methods(["GET", "POST"])
def decider(request: RequeteHabilitee, requete_id: uuid.UUID) -> HttpResponse:
    """Both sides again, as they are now, what was asked and why; a valid form answers."""
    requete = get_requete(requete_id, request.acteur)
    fiche = lire_demande(request, requete.nud)
    revision = fiche.demande.revision
    pieces = _list_pieces(request, fiche)
    formulaire = FormulaireReponse(saisi_de(request), initial={"revision": revision})
    if (
        formulaire.is_bound
        and formulaire.is_valid()
        and _repondre(request, requete, formulaire, revision=revision)
    ):
        return redirect("enquete", requete.enquete)
    contexte: dict[str, Any] = {
        "requete": requete,
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "gardes": gardes(requete),
        "pieces_gardees": pieces_demandees(requete, pieces),
        "refus": refus_de(exiger_restauration_decidable, requete, request.acteur),
        "retirable": not refus_de(exiger_restauration_retirable, requete, request.acteur),
        "reponse": etat_de_la_requete(requete, request.acteur) if requete.issue else "",
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    if requete.issue is None:
        try:
            retour = get_retour(
                requete.demande_id, requete.vers, acteur=request.acteur, garder=requete.garder
            )
        except Interdit as impossible:  # since it was asked: it can still be refused
            contexte["impossible"] = impossible.phrase
        else:
            contexte["comparaison"] = _presenter(
                retour.en_gardant(requete.pieces),
                pieces,
                a_part=requete.a_part,
                anciennete=anciennete_rendue(retour) if requete.anciennete else "",
            )
    return render(request, "guichet/restauration/decider.html", contexte)


@exiger(Permission.RESTAURATION_DEMANDER)
@require_POST
def retirer(request: RequeteHabilitee, requete_id: uuid.UUID) -> HttpResponse:
    """Take back one's own request."""
    requete = get_requete(requete_id, request.acteur)
    retirer_restauration(requete.id, acte=acte_de(request))
    messages.success(request, "Retour retiré. Rien n’a changé dans la demande.")
    return redirect("enquete", requete.enquete)


def _repondre(
    request: RequeteHabilitee, requete: RequeteLue, formulaire: FormulaireReponse, *, revision: int
) -> bool:
    """Answer; a refusal comes back beside its field, a demande that changed is read again, as it is at ``revision``."""
    valeurs = formulaire.cleaned_data
    qui: dict[str, Any] = {"acte": acte_de(request)}
    try:
        if valeurs["issue"] == IssueRestauration.REFUSEE:
            refuser_restauration(requete.id, motif=valeurs["motif"], **qui)
            messages.success(request, "Retour refusé. Rien n’a changé dans la demande.")
        else:
            faite = restaurer(requete.id, revision=valeurs["revision"], motif=valeurs["motif"], **qui)
            messages.success(request, _dire(faite))
    except ConflitDeRevision as refus:
        messages.warning(request, refus.phrase)
        formulaire.data = formulaire.data.copy()
        formulaire.data["revision"] = str(revision)
        return False
    except Interdit as refus:
        formulaire.refuser(refus)
        return False
    return True


def _dire(faite: Retablie) -> str:
    phrases = ["Demande rétablie. Un message le dit au ménage, s’il y a une adresse sûre où l’envoyer."]
    if faite.nouvelle:
        phrases.append(f"L’autre foyer a sa propre demande\u00a0: {numero(faite.nouvelle)}.")
    return " ".join(phrases)


def _list_pieces(request: RequeteHabilitee, fiche: Fiche) -> tuple[PieceLue, ...]:
    """Documents that the reader may know of, the newest first."""
    if refus_de(exiger_pieces_lisibles, fiche.source, request.acteur):
        return ()
    return list_pieces(fiche.demande.id, fiche.contenu, acteur=request.acteur, le=aujourd_hui())


def _presenter(
    retour: Retour, pieces: Sequence[PieceLue], *, a_part: bool, anciennete: str
) -> ComparaisonPresentee:
    lecture = get_lecture(aujourd_hui())
    return presenter_retour(retour, lecture, pieces=pieces, a_part=a_part, anciennete=anciennete)
