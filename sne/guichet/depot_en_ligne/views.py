"""What was sent online: the list, one of them, its pictures; each button answers."""

import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.documents.pages import ouvrir_page
from sne.documents.rules import Filigrane
from sne.guichet.depot_en_ligne.forms import (
    FormulaireDocument,
    FormulaireReconnaitre,
    FormulaireRefus,
    FormulaireValider,
)
from sne.guichet.depot_en_ligne.presentation import presenter_depot
from sne.guichet.listes.montrer import ouvrir_file
from sne.guichet.listes.parcours import (
    get_adresse,
    is_suivant_voulu,
    list_actes_suivants,
    retenir,
)
from sne.guichet.pieces.views.servir import servir
from sne.guichet.pieces.views.voir import CHEZ_SOI
from sne.guichet.pieces.visionneuse import PIXELS_A_100, nombre
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.demande.rules.depot_en_ligne import TransitionDepot
from sne.registre.demande.rules.refus import DejaOuverte, DepotIncomplet, DoublonAJustifier
from sne.registre.depot_en_ligne.actions.lire import consulter_depot, exiger_document
from sne.registre.depot_en_ligne.actions.verifier import (
    demander_document,
    prendre_depot,
    reconnaitre_depot,
    refuser_depot,
    rendre_depot,
    valider_depot_en_ligne,
)
from sne.registre.depot_en_ligne.possible import exiger_verifiable
from sne.registre.depot_en_ligne.selectors.a_verifier import (
    DepotAVerifier,
    get_a_verifier,
    get_demande_du_depot,
    is_verificateur,
)
from sne.registre.listes.rules.listes import CodeFile
from sne.registre.pieces.selectors.documents import get_bornes
from sne.socle.erreurs import Interdit, Introuvable, refus_de
from sne.socle.forms import Formulaire
from sne.socle.horloge import jour, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de
from sne.socle.templatetags.socle_tags import numero

POURQUOI = "Demande en ligne, vérification"
DEMANDE = "Document demandé\u00a0: un message part. La date de la demande est gardée."
REFUSE = (
    "Demande en ligne refusée\u00a0: un message part, avec la raison. La personne peut venir dans un guichet."
)
RECONNU = "Demande en ligne rapprochée de la demande {nud}. Ses documents y sont, sa date ne change pas."
VALIDE = (
    "Demande enregistrée sous le numéro {nud}, à la date de son envoi. L’attestation part par les moyens que la "
    "personne a donnés."
)


@dataclass(frozen=True, slots=True)
class Geste:
    """One button: its form, what it does, what it moves."""

    formulaire: Callable[..., Formulaire]
    transition: TransitionDepot


GESTES: Mapping[str, Geste] = {
    "valider": Geste(FormulaireValider, TransitionDepot.VALIDER),
    "demander": Geste(FormulaireDocument, TransitionDepot.DEMANDER),
    "refuser": Geste(FormulaireRefus, TransitionDepot.REFUSER),
    "reconnaitre": Geste(FormulaireReconnaitre, TransitionDepot.RECONNAITRE),
}


@exiger(Permission.LISTE_LIRE)
@require_GET
def liste(request: RequeteHabilitee) -> HttpResponse:
    """What waits, the oldest first."""
    page, de_la_file = ouvrir_file(request, CodeFile.EN_LIGNE)
    verifie = is_verificateur(request.acteur)
    if verifie:
        actes = (("", reverse("demande-en-ligne", args=[ligne.id])) for ligne in page.lignes)
        retenir(request, "Demandes en ligne à vérifier", actes)
    contexte = {"verifie": verifie, **de_la_file}
    return render(request, "guichet/depot_en_ligne/liste.html", contexte)


@exiger(Permission.DEMANDE_DEPOSER)
@require_POST
def prendre(request: RequeteHabilitee, depot_id: uuid.UUID) -> HttpResponse:
    """Keep one for this agent, and open it."""
    try:
        prendre_depot(depot_id, acte=acte_de(request))
    except Interdit as exc:
        messages.warning(request, exc.phrase)
        return redirect("demandes-en-ligne")
    return redirect("demande-en-ligne", depot_id)


@exiger(Permission.DEMANDE_DEPOSER)
@require_http_methods(["GET", "POST"])
def depot(request: RequeteHabilitee, depot_id: uuid.UUID) -> HttpResponse:
    """The document beside what was typed, and the answers; once it is a demande, its file."""
    nud = get_demande_du_depot(depot_id, request.acteur)
    if nud:
        return redirect("demande", nud)
    if request.method == "GET":
        lu = consulter_depot(depot_id, acte=acte_de(request))
        return _montrer(request, lu, {})
    lu = get_a_verifier(depot_id, request.acteur, instant=maintenant())
    quoi = request.POST.get("geste", "")
    if quoi == "rendre":
        rendre_depot(depot_id, acte=acte_de(request))
        return redirect("demandes-en-ligne")
    if quoi not in GESTES:
        return redirect("demande-en-ligne", depot_id)
    formulaire = _construire(quoi, lu, request.POST)
    reponse = _faire(request, lu, quoi, formulaire) if formulaire.is_valid() else None
    return reponse or _montrer(request, lu, {quoi: formulaire})


def _construire(quoi: str, lu: DepotAVerifier, donnees: object = None) -> Formulaire:
    en_plus = {"depot": lu} if quoi == "valider" else {}
    return GESTES[quoi].formulaire(donnees, prefix=None if quoi == "valider" else quoi, **en_plus)


def _faire(
    request: RequeteHabilitee, lu: DepotAVerifier, quoi: str, formulaire: Formulaire
) -> HttpResponse | None:
    """Answer; ``None``, with the refusal beside its field, when the act refuses what was typed."""
    acte = acte_de(request)
    try:
        if isinstance(formulaire, FormulaireValider):
            recepisse = valider_depot_en_ligne(lu.id, formulaire.verification(), acte=acte)
            messages.success(request, VALIDE.format(nud=numero(recepisse.nud)))
        elif quoi == "reconnaitre":
            nud = formulaire.cleaned_data["nud"]
            reconnaitre_depot(lu.id, nud=nud, acte=acte)
            messages.success(request, RECONNU.format(nud=numero(nud)))
        elif quoi == "demander":
            demander_document(lu.id, **formulaire.cleaned_data, acte=acte)
            messages.success(request, DEMANDE)
        else:
            refuser_depot(lu.id, **formulaire.cleaned_data, acte=acte)
            messages.success(request, REFUSE)
    except (DepotIncomplet, DejaOuverte, DoublonAJustifier) as exc:
        formulaire.add_error("justification" if "justification" in formulaire.fields else None, exc.phrase)
        return None
    except Interdit as exc:
        formulaire.refuser(exc)
        return None
    return redirect(_prendre_la_suivante(request) if is_suivant_voulu(request) else "demandes-en-ligne")


def _prendre_la_suivante(request: RequeteHabilitee) -> str:
    """Where the next one of the list is that no other agent verifies, kept for this one; after the last, the list."""
    for adresse in list_actes_suivants(request):
        with suppress(Interdit, Introuvable):  # somebody else's, or answered since the list was shown
            prendre_depot(resolve(adresse).kwargs["depot_id"], acte=acte_de(request))
            return adresse
    return get_adresse(request) or reverse("demandes-en-ligne")


def _montrer(
    request: RequeteHabilitee, lu: DepotAVerifier, remplis: Mapping[str, Formulaire]
) -> HttpResponse:
    instant = maintenant()
    refus = {
        quoi: refus_de(exiger_verifiable, lu.ligne, request.acteur, geste.transition, instant=instant)
        for quoi, geste in GESTES.items()
    }
    formulaires = {quoi: remplis.get(quoi) or _construire(quoi, lu) for quoi in GESTES if not refus[quoi]}
    contexte = {
        "depot": presenter_depot(lu),
        "formulaires": formulaires,
        "refus": "" if formulaires else refus["valider"],
        "a_moi": lu.ligne.verrou == request.acteur.id,
        "erreurs": [e for f in remplis.values() for e in f.erreurs()],
    }
    return render(request, "guichet/depot_en_ligne/depot.html", contexte)


@exiger(Permission.DEMANDE_DEPOSER)
@require_GET
def page(request: RequeteHabilitee, depot_id: uuid.UUID, document: uuid.UUID, rang: int) -> HttpResponseBase:
    """The picture of one page, with the name of the person who looks across it."""
    territoire = exiger_document(depot_id, document, acteur=request.acteur)
    instant = maintenant()
    qui = ", ".join((request.acteur.nom, request.acteur.guichet))
    return servir(
        ouvrir_page(
            document,
            territoire=territoire,
            rang=rang,
            largeur=nombre(request.GET.get("largeur"), PIXELS_A_100),
            filigrane=Filigrane(qui, instant, POURQUOI, bornes=get_bornes(jour(instant))),
        ),
        csp=CHEZ_SOI,
    )
