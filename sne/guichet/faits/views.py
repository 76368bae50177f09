"""Facts of a demande: all of them, one added, one corrected, one taken back."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sne.guichet.faits.forms import (
    MOTIF,
    Contexte,
    FormulaireAttribution,
    FormulaireDalo,
    FormulaireDecision,
    FormulaireEvenement,
    FormulaireFait,
    FormulaireRetrait,
    FormulaireType,
)
from sne.guichet.faits.presentation import ADRESSES, AJOUTER, ajouts, get_mots, initiales, presenter_faits
from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.rules import TypeEvenement, TypeOrganisme
from sne.referentiels.selectors import get_pieces, get_types_evenement, list_organismes
from sne.registre.faits.actions.attributions import consigner_attribution
from sne.registre.faits.actions.dalo import consigner_dalo
from sne.registre.faits.actions.decisions import consigner_decision
from sne.registre.faits.actions.evenements import consigner_evenement, demande_des_pieces
from sne.registre.faits.actions.faits import retirer_fait
from sne.registre.faits.possible import exiger_consignable, natures_consignables
from sne.registre.faits.rules.faits import Correction, EtatFait, NatureFait
from sne.registre.faits.selectors.faits import FaitLu, is_dalo_a_dire, list_faits, publics_a_dire
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.vie.selectors.radiation import est_bailleur
from sne.saisie.cadre import get_cadre
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

NATURES = {adresse: nature for nature, adresse in ADRESSES.items()}


@dataclass(frozen=True, slots=True)
class Genre:
    """The form, the act and the words of one kind of fact."""

    formulaire: type[FormulaireFait]
    action: Callable[..., uuid.UUID]
    fait: str


GENRES: Mapping[NatureFait, Genre] = {
    NatureFait.EVENEMENT: Genre(FormulaireEvenement, consigner_evenement, "Événement consigné."),
    NatureFait.DECISION: Genre(FormulaireDecision, consigner_decision, "Décision consignée."),
    NatureFait.ATTRIBUTION: Genre(FormulaireAttribution, consigner_attribution, "Attribution consignée."),
    NatureFait.DALO: Genre(FormulaireDalo, consigner_dalo, "Fait DALO consigné."),
}


@exiger(Permission.DEMANDE_LIRE)
@require_GET
def faits(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Every fact, the newest first, with what was corrected and taken back."""
    fiche = lire_demande(request, nud)
    le, territoire = aujourd_hui(), fiche.demande.territoire
    lus = list_faits(fiche.demande.id, acteur=request.acteur, le=le)
    corrigeables = _natures(request, fiche, correction=True)
    contexte = {
        "bandeau": dossier.bandeau(fiche, le),
        "nud": fiche.demande.nud,
        "faits": presenter_faits(
            lus, get_mots(territoire, le), nud=fiche.demande.nud, corrigeables=corrigeables
        ),
        "ajouts": ajouts(fiche.demande.nud, _natures(request, fiche)),
    }
    return render(request, "guichet/faits/liste.html", contexte)


@exiger(Permission.EVENEMENT_CONSIGNER)
@require_GET
def choisir_type(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """The type first: chosen, it leads to the page that asks the rest."""
    fiche = lire_demande(request, nud)
    _permettre(request, fiche, NatureFait.EVENEMENT)
    types = get_types_evenement(aujourd_hui()).offerts(fiche.demande.territoire)
    formulaire = FormulaireType(request.GET if "choisi" in request.GET else None, types=types)
    if formulaire.is_valid():
        adresse = reverse("fait-consigner", args=[fiche.demande.nud, ADRESSES[NatureFait.EVENEMENT]])
        return redirect(f"{adresse}?type={formulaire.cleaned_data['type']}")
    return _montrer(
        request,
        fiche,
        formulaire,
        gabarit="guichet/faits/type.html",
        titre=AJOUTER[NatureFait.EVENEMENT],
    )


@exiger(Permission.DEMANDE_LIRE)
@require_http_methods(["GET", "POST"])
def consigner(request: RequeteHabilitee, nud: str, nature: str) -> HttpResponse:
    """One fact more; for an event, its type is in the address."""
    genre = _lire_nature(nature)
    fiche = lire_demande(request, nud)
    type_evenement = None
    if genre is NatureFait.EVENEMENT:
        code = request.GET.get("type", "")
        type_evenement = get_types_evenement(aujourd_hui()).get(code, territoire=fiche.demande.territoire)
        if type_evenement is None or type_evenement.par_acte:
            return redirect("fait-type", fiche.demande.nud)
        if demande_des_pieces(type_evenement):
            return redirect("pieces-demander", fiche.demande.nud)
    if request.method == "GET":
        _permettre(request, fiche, genre)
    formulaire = GENRES[genre].formulaire(
        saisi_de(request),
        contexte_fait=_contexte(request, fiche, type_evenement=type_evenement),
    )
    if formulaire.is_valid() and _consigner(request, fiche, genre, formulaire, None):
        return redirect(f"{reverse('demande', args=[fiche.demande.nud])}#evenements")
    titre = type_evenement.libelle if type_evenement else AJOUTER[genre]
    return _montrer(request, fiche, formulaire, gabarit="guichet/faits/fait.html", titre=titre)


@exiger(Permission.DEMANDE_LIRE)
@require_http_methods(["GET", "POST"])
def corriger(request: RequeteHabilitee, nud: str, nature: str, fait_id: uuid.UUID) -> HttpResponse:
    """A fact as it should have been, and why; the one corrected stays, struck out of what counts."""
    genre = _lire_nature(nature)
    fiche, fait = _fait(request, nud, genre, fait_id)
    mots = get_mots(fiche.demande.territoire, aujourd_hui())
    type_evenement = None
    if genre is NatureFait.EVENEMENT:
        type_evenement = mots.types.get(fait.detail.type, territoire=fiche.demande.territoire)  # type: ignore[union-attr]
        if type_evenement is not None and demande_des_pieces(type_evenement):
            return redirect("fait-retirer", nud, nature, fait_id)
    if request.method == "GET":
        _permettre(request, fiche, genre, correction=True)
    formulaire = GENRES[genre].formulaire(
        saisi_de(request),
        initial=initiales(fait, mots),
        contexte_fait=_contexte(request, fiche, type_evenement=type_evenement, correction=True),
    )
    if formulaire.is_valid():
        correction = Correction(fait_id, formulaire.cleaned_data[MOTIF])
        if _consigner(request, fiche, genre, formulaire, correction):
            return redirect("faits", fiche.demande.nud)
    (ligne,) = presenter_faits([fait], mots)
    return _montrer(
        request,
        fiche,
        formulaire,
        gabarit="guichet/faits/fait.html",
        titre=f"Corriger\u00a0: {ligne.quoi}",
        corrige=ligne,
    )


@exiger(Permission.DEMANDE_LIRE)
@require_http_methods(["GET", "POST"])
def retirer(request: RequeteHabilitee, nud: str, nature: str, fait_id: uuid.UUID) -> HttpResponse:
    """A fact recorded by mistake: why it is taken back."""
    genre = _lire_nature(nature)
    fiche, fait = _fait(request, nud, genre, fait_id)
    if request.method == "GET":
        _permettre(request, fiche, genre, correction=True)
    formulaire = FormulaireRetrait(saisi_de(request))
    if formulaire.is_valid() and formulaire.tenter(
        retirer_fait,
        fiche.demande.id,
        genre,
        Correction(fait_id, formulaire.cleaned_data["motif"]),
        acte=acte_de(request),
    ):
        messages.success(request, "Retiré. Le motif est gardé dans le dossier.")
        return redirect("faits", fiche.demande.nud)
    (ligne,) = presenter_faits([fait], get_mots(fiche.demande.territoire, aujourd_hui()))
    return _montrer(
        request, fiche, formulaire, gabarit="guichet/faits/retirer.html", titre="Retirer", corrige=ligne
    )


def _consigner(
    request: RequeteHabilitee,
    fiche: Fiche,
    nature: NatureFait,
    formulaire: FormulaireFait,
    correction: Correction | None,
) -> bool:
    """Record; a refusal comes back beside its field."""
    genre = GENRES[nature]
    saisie = formulaire.saisie(correction)
    if not formulaire.tenter(genre.action, fiche.demande.id, saisie, acte=acte_de(request)):
        return False
    messages.success(request, genre.fait, extra_tags="evenements")
    return True


def _lire_nature(adresse: str) -> NatureFait:
    nature = NATURES.get(adresse)
    if nature is None:
        raise Introuvable("Cette page n’existe pas.")
    return nature


def _fait(
    request: RequeteHabilitee, nud: str, nature: NatureFait, fait_id: uuid.UUID
) -> tuple[Fiche, FaitLu]:
    """The file and its fact in force. Raises ``Introuvable``."""
    fiche = lire_demande(request, nud)
    for fait in list_faits(fiche.demande.id, acteur=request.acteur, le=aujourd_hui()):
        if fait.id == fait_id and fait.nature is nature and fait.etat is EtatFait.EN_VIGUEUR:
            return fiche, fait
    raise Introuvable("Rien à corriger ici. Une correction existe peut-être déjà\u00a0: rouvrez le dossier.")


def _natures(request: RequeteHabilitee, fiche: Fiche, *, correction: bool = False) -> tuple[NatureFait, ...]:
    return natures_consignables(fiche.source, request.acteur, le=aujourd_hui(), correction=correction)


def _permettre(
    request: RequeteHabilitee, fiche: Fiche, nature: NatureFait, *, correction: bool = False
) -> None:
    """Open the page only to the person who could record: looking at a form is no attempt. Raises as the act."""
    exiger_consignable(fiche.source, request.acteur, nature, le=aujourd_hui(), correction=correction)


def _contexte(
    request: RequeteHabilitee,
    fiche: Fiche,
    *,
    type_evenement: TypeEvenement | None,
    correction: bool = False,
) -> Contexte:
    le, territoire, acteur = aujourd_hui(), fiche.demande.territoire, request.acteur
    bailleurs = (
        {} if est_bailleur(acteur, le=le) else list_organismes(territoire, TypeOrganisme.BAILLEUR, le=le)
    )
    pieces = [(p.code, p.intitule(le)) for p in get_pieces(le).types if p.demandable]
    return Contexte(
        cadre=get_cadre(territoire, le),
        publics=publics_a_dire(acteur, territoire=territoire, le=le),
        bailleurs=list(bailleurs.items()),
        pieces=pieces,
        type_evenement=type_evenement,
        correction=correction,
        lit_dalo=is_dalo_a_dire(acteur, territoire=territoire),
    )


def _montrer(
    request: RequeteHabilitee, fiche: Fiche, formulaire: Any, *, gabarit: str, titre: str, **autres: Any
) -> HttpResponse:
    contexte = {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "nud": fiche.demande.nud,
        "titre": titre,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        **autres,
    }
    return render(request, gabarit, contexte)
