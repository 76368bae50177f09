"""Opening a registration by its first screen; whether this household has a demande already."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sne.guichet.saisie.enregistrement import (
    DOUBLONS,
    PERSONNE,
    RECHERCHE,
    Enregistrement,
    EnregistrementNouveau,
    get_enregistrement,
)
from sne.guichet.saisie.forms.sortie import FormulaireSortie
from sne.guichet.saisie.proches import chercher_proches
from sne.guichet.saisie.views.controles import controler_page
from sne.guichet.saisie.views.pages import TITRE, montrer_page, traiter_page
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.contenu.rules.arbre.racine import Titulaire
from sne.registre.demande.rules import numero_unique
from sne.registre.demande.selectors.radiation import get_radiations
from sne.registre.doublons.actions.cas import demander_comparaison
from sne.registre.doublons.actions.chercher import chercher_envois
from sne.registre.doublons.selectors.en_ligne import EnAttente
from sne.registre.doublons.selectors.proches import Proche
from sne.registre.enquete.selectors.gels import RadiationLue, limite_de_retour
from sne.registre.modification.actions.brouillons import abandonner_brouillon, ouvrir_brouillon
from sne.registre.vie.rules.radiation import refus_de_retour
from sne.saisie.brut import CONTROLE, Brut, brut_de, premier
from sne.saisie.etapes import DERNIERE, reprise
from sne.saisie.forms.pages.preferences import PageAssociation
from sne.socle.acte import Acte
from sne.socle.erreurs import ConflitDeRevision
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de
from sne.socle.templatetags.socle_tags import date_fr

INCERTAIN = "Doute\u00a0: le guichet demande au gestionnaire territorial de comparer les deux demandes."


@exiger(Permission.DEMANDE_DEPOSER)
@require_http_methods(["GET", "POST"])
def enregistrer(request: RequeteHabilitee) -> HttpResponse:
    """The first screen; its draft is opened when it is sent."""
    if request.method == "GET" or "preremplir" in request.POST:
        brut = brut_de(request.POST)
        nouveau = EnregistrementNouveau.ouvrir(request.acteur, le=aujourd_hui())
        return montrer_page(request, nouveau, PERSONNE, nouveau.construire(PERSONNE, brut, controler=False))
    if CONTROLE in request.POST:
        return controler_page(
            request, EnregistrementNouveau.ouvrir(request.acteur, le=aujourd_hui()), PERSONNE
        )
    brouillon_id = _ouvrir_un_brouillon(request, {})
    return traiter_page(request, get_enregistrement(brouillon_id, request.acteur, le=aujourd_hui()), PERSONNE)


@exiger(Permission.DEMANDE_DEPOSER)
@require_POST
def enregistrer_association(request: RequeteHabilitee) -> HttpResponse:
    """An association that will sublet has no household to look for: its short form opens at once."""
    brouillon_id = _ouvrir_un_brouillon(request, {RECHERCHE: {"titulaire": [Titulaire.ASSOCIATION]}})
    return redirect("brouillon-etape", brouillon_id, PageAssociation.code)


def _ouvrir_un_brouillon(request: RequeteHabilitee, donnees: dict[str, Brut]) -> uuid.UUID:
    acteur = request.acteur
    return ouvrir_brouillon(donnees, acte=Acte(acteur, maintenant()), territoire=acteur.territoire)


@exiger(Permission.DEMANDE_DEPOSER)
@require_http_methods(["GET", "POST"])
def doublons(request: RequeteHabilitee, brouillon_id: uuid.UUID) -> HttpResponse:
    """Close files and the three exits; nobody close leads straight to the first step."""
    enregistrement = get_enregistrement(brouillon_id, request.acteur, le=aujourd_hui())
    if request.method == "POST":
        return _sortir(request, enregistrement)
    proches = chercher_proches(enregistrement, request.acteur)
    if not proches and not _envois(request, enregistrement):
        return redirect(f"{enregistrement.adresse(reprise(enregistrement.etapes).code)}{TITRE}")
    return montrer_doublons(request, enregistrement, proches)


def montrer_doublons(
    request: RequeteHabilitee,
    enregistrement: Enregistrement,
    proches: tuple[Proche, ...],
    sortie: FormulaireSortie | None = None,
) -> HttpResponse:
    """The page of the close files."""
    bloquante = any(proche.bloque for proche in proches)
    sortie = sortie or FormulaireSortie(a_justifier=enregistrement.a_justifier(proches))
    radiations = get_radiations([p.demande_id for p in proches if p.radiee])
    contexte = {
        "enregistrement": enregistrement,
        "proches": [(proche, _retour(radiations.get(proche.demande_id))) for proche in proches],
        "envois": _envois(request, enregistrement),
        "bloquante": bloquante,
        "sortie": sortie,
    }
    contexte["erreurs"] = sortie.erreurs()
    return render(request, "guichet/saisie/doublons.html", contexte)


def _retour(radiation: RadiationLue | None) -> str:
    """What to say of a close file that was struck off and may still come back; empty otherwise."""
    if radiation is None:
        return ""
    limite = limite_de_retour(radiation, le=aujourd_hui())
    if refus_de_retour(jour=aujourd_hui(), limite=limite):
        return ""
    return (
        f"Cette demande est radiée depuis le {date_fr(radiation.date_radiation)}. Elle peut être réactivée "
        f"jusqu’au {date_fr(limite)}\u00a0: numéro et ancienneté sont gardés."
    )


def _sortir(request: RequeteHabilitee, enregistrement: Enregistrement) -> HttpResponse:
    """The three exits: the same person, somebody else (why), or I do not know."""
    brut = brut_de(request.POST)
    choix = premier(brut, "sortie")
    if choix.startswith("meme:"):
        return _ouvrir(request, enregistrement, choix.removeprefix("meme:"))
    if choix == "incertain":
        demander_comparaison(enregistrement.id, personnes=enregistrement.recherches, acte=acte_de(request))
        brut |= {"justification": [INCERTAIN]}
    raison = premier(brut, "justification").strip()
    proches = () if raison else chercher_proches(enregistrement, request.acteur)
    sortie = FormulaireSortie({"justification": raison}, a_justifier=enregistrement.a_justifier(proches))
    if not sortie.is_valid():
        proches = proches or chercher_proches(enregistrement, request.acteur)
        return montrer_doublons(request, enregistrement, proches, sortie)
    enregistrement = _ecarter(request, enregistrement, raison, brut.get("vu", []))
    deja_relue = DERNIERE in enregistrement.donnees  # the close file was found at the very end
    return redirect(enregistrement.adresse(DERNIERE if deja_relue else reprise(enregistrement.etapes).code))


def _ecarter(
    request: RequeteHabilitee, enregistrement: Enregistrement, raison: str, vues: list[str]
) -> Enregistrement:
    """Save what was said; it is added to what the draft holds, whenever that was saved."""
    try:
        return enregistrement.garder(DOUBLONS, _ecartees(enregistrement, raison, vues), acteur=request.acteur)
    except ConflitDeRevision:  # saved by somebody else since it was read, an instant ago
        return _ecarter(request, enregistrement.relue(request.acteur), raison, vues)


def _ecartees(enregistrement: Enregistrement, raison: str, vues: list[str]) -> Brut:
    """Why, and the files it was said of, added to what was said before of others."""
    avant = enregistrement.donnees.get(DOUBLONS, {})
    raisons = dict.fromkeys(filter(None, [premier(avant, "justification"), raison]))
    return {
        "justification": [" / ".join(raisons)],
        "vu": list(dict.fromkeys([*avant.get("vu", []), *vues])),
    }


def _ouvrir(request: RequeteHabilitee, enregistrement: Enregistrement, nud: str) -> HttpResponse:
    """The same person: their file is opened, the draft has no object any more."""
    try:
        nud = numero_unique.lire(nud).canonique
    except numero_unique.NumeroInvalide as exc:
        raise Http404 from exc
    abandonner_brouillon(enregistrement.id, acteur=request.acteur)
    return redirect("demande", nud)


def _envois(request: RequeteHabilitee, enregistrement: Enregistrement) -> tuple[EnAttente, ...]:
    """What the adults typed in may have sent online."""
    return chercher_envois(
        enregistrement.recherches,
        acte=acte_de(request),
        territoire=enregistrement.brouillon.territoire,
    )
