"""Subscriptions of a place and one’s own: read, opened, changed, stopped, sent again; an edition that was sent."""

import io
import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.guichet.infocentre.abonnements import presentation
from sne.guichet.infocentre.abonnements.forms import (
    FormulaireAbonnement,
    depuis_le_rapport,
    initiales,
)
from sne.guichet.infocentre.abonnements.lignes import list_lignes
from sne.guichet.infocentre.fichier import SANS_FICHIER
from sne.guichet.infocentre.presentation import texte
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.infocentre.abonnements.actions.decider import (
    abonner,
    arreter_abonnement,
    changer_abonnement,
    reprendre_abonnement,
)
from sne.infocentre.abonnements.actions.editions import emporter_edition
from sne.infocentre.abonnements.actions.envoyer import renvoyer_envoi
from sne.infocentre.abonnements.actions.migrer import repondre_migration
from sne.infocentre.abonnements.rules.decisions import Reglage
from sne.infocentre.abonnements.rules.migration import Migration
from sne.infocentre.abonnements.rules.mots import filtres_en_mots, periode_en_mots
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.abonnements.selectors.abonnements import (
    Abonnement,
    get_abonnement,
    list_a_reprendre,
    list_decisions,
)
from sne.infocentre.abonnements.selectors.editions import EditionVue, get_edition, refaire_edition
from sne.infocentre.abonnements.selectors.envois import list_envois
from sne.infocentre.abonnements.selectors.lecteurs import list_lecteurs
from sne.infocentre.abonnements.selectors.migrations import get_migration
from sne.infocentre.abonnements.selectors.places import list_places, list_roles
from sne.infocentre.fichiers import TYPES, ecrire, nom_de_fichier
from sne.infocentre.fichiers.formats import Format
from sne.infocentre.lac.disque import pourquoi
from sne.infocentre.moteur.lancer import MoteurEnPanne
from sne.infocentre.rapports.possible import exiger_rapport
from sne.infocentre.rapports.rules.lieux import lire_lieu
from sne.infocentre.rapports.selectors.catalogue import list_definitions
from sne.infocentre.rapports.selectors.lieux import lieu_par_defaut
from sne.infocentre.rapports.selectors.tableau import grains_du_rapport
from sne.infocentre.rapports.selectors.versions import VersionLue, get_rapport, get_version, list_rapports
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.fichiers import en_fichier
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

OUVERT = "Abonnement ouvert. Il est au lieu\u00a0: il continue si vous partez."
OUVERT_A_SOI = "Abonnement ouvert, pour vous seul. Il s’arrête avec votre droit."
CHANGE = "Abonnement changé."
ARRETE = "Abonnement arrêté. Le rapport reste en ligne."
REPRIS = "Abonnement repris par le lieu."
REPONSES = {
    Migration.ACCEPTEE: "L’abonnement suit la nouvelle version.",
    Migration.GARDEE: "L’ancienne version est gardée jusqu’à son retrait.",
    Migration.ARRETEE: ARRETE,
}
HORS = "Ce lieu n’existe pas, ou n’est pas dans votre périmètre."


@exiger(Permission.RAPPORT_ABONNER)
@require_GET
def abonnements(request: RequeteHabilitee) -> HttpResponse:
    """Who receives what, when, and how the last occurrence ended."""
    instant = maintenant()
    lignes = list_lignes(request.acteur, instant=instant)
    repris = list_a_reprendre(request.acteur, le=aujourd_hui())
    rapports = {rapport.code: rapport for rapport in list_rapports()}
    contexte = {
        "en_cours": [ligne for ligne in lignes if ligne.abonnement.vivant],
        "arretes": [ligne for ligne in lignes if not ligne.abonnement.vivant],
        "a_repondre": sum(ligne.a_repondre for ligne in lignes),
        "a_reprendre": [(a, presentation.titre(a, rapports[a.reglage.rapport], instant)) for a in repris],
    }
    return render(request, "guichet/infocentre/abonnements/liste.html", contexte)


@exiger(Permission.RAPPORT_ABONNER)
@require_http_methods(["GET", "POST"])
def nouveau(request: RequeteHabilitee) -> HttpResponse:
    """Subscribe a place, or oneself, to what the page of a report was showing."""
    rapport, version = get_version(
        request.GET.get("rapport", ""), _numero(request.GET.get("version", "")), instant=maintenant()
    )
    exiger_rapport(request.acteur, rapport.code)
    nomme = request.GET.get("lieu", "")
    lieu = lire_lieu(nomme) if nomme else lieu_par_defaut(request.acteur)
    places = list_places(request.acteur, lieu) if lieu else ()
    if not places:
        raise Introuvable(HORS)
    roles = {code: nom for place, _ in places for code, nom in list_roles(place, rapport.code)}
    formulaire = FormulaireAbonnement(
        saisi_de(request),
        initial=depuis_le_rapport(request.GET.dict()) | {"pour": _cle(places[0][0]), "roles": [*roles]},
        places=[(_cle(place), nom) for place, nom in places],
        roles=[*roles.items()],
        colonnes=_colonnes(version),
        grains=grains_du_rapport(version, le=aujourd_hui()),
    )
    if formulaire.is_valid():
        place = next(p for p, _ in places if _cle(p) == formulaire.cleaned_data["pour"])
        reglage = _reglage(formulaire, rapport.code, version.numero, place)
        cle = _ouvrir(request, formulaire, place, reglage) if reglage else None
        if cle:
            messages.success(request, OUVERT_A_SOI if place.compte else OUVERT)
            return redirect("abonnement", cle)
    contexte = {
        "titre": f"S’abonner à {version.vie.nom(maintenant())}",
        "phrase": version.phrase,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "bouton": "S’abonner",
    }
    return render(request, "guichet/infocentre/abonnements/reglage.html", contexte)


@exiger(Permission.RAPPORT_ABONNER)
@require_GET
def abonnement(request: RequeteHabilitee, abonnement_id: uuid.UUID) -> HttpResponse:
    """One subscription: how it is set, who would receive it today, its last ten occurrences, what was decided."""
    instant = maintenant()
    lu = get_abonnement(abonnement_id, request.acteur)
    rapport, migration = get_rapport(lu.reglage.rapport), get_migration(lu.id)
    contexte = {
        "abonnement": lu,
        "titre": presentation.titre(lu, rapport, instant),
        "pour": presentation.pour(lu),
        "reglage": presentation.reglage_en_mots(lu, dict(_colonnes(rapport.versions[lu.reglage.version]))),
        "prochain": presentation.prochain(lu, instant),
        "lecteurs": [c.nom_complet for c in list_lecteurs(lu.place, lu.reglage.roles, le=aujourd_hui())],
        "envois": [presentation.afficher(e) for e in list_envois(lu.id)],
        "decisions": [(d, presentation.decision(d)) for d in list_decisions(lu.id)],
        "version": presentation.version_proposee(migration, rapport, instant) if migration else None,
    }
    return render(request, "guichet/infocentre/abonnements/abonnement.html", contexte)


@exiger(Permission.RAPPORT_ABONNER)
@require_http_methods(["GET", "POST"])
def changer(request: RequeteHabilitee, abonnement_id: uuid.UUID) -> HttpResponse:
    """Set it otherwise, on its version or, where one is proposed, on the new one (``version`` of the address)."""
    lu = get_abonnement(abonnement_id, request.acteur)
    numero = _numero(request.GET.get("version", "")) or lu.reglage.version
    rapport, version = get_version(lu.reglage.rapport, numero, instant=maintenant())
    formulaire = FormulaireAbonnement(
        saisi_de(request),
        initial=initiales(lu.reglage),
        places=(),
        roles=list_roles(lu.place, rapport.code) if lu.place.compte is None else (),
        colonnes=_colonnes(version),
        grains=grains_du_rapport(version, le=aujourd_hui()),
    )
    if formulaire.is_valid():
        reglage = _reglage(formulaire, rapport.code, version.numero, lu.place)
        if reglage and _changer(request, formulaire, lu, reglage):
            messages.success(request, CHANGE)
            return redirect("abonnement", lu.id)
    contexte = {
        "titre": f"Changer l’abonnement à {version.vie.nom(maintenant())}, version {version.numero}",
        "phrase": presentation.pour(lu),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "bouton": "Changer",
        "retour": lu.id,
    }
    return render(request, "guichet/infocentre/abonnements/reglage.html", contexte)


@exiger(Permission.RAPPORT_ABONNER)
@require_POST
def arreter(request: RequeteHabilitee, abonnement_id: uuid.UUID) -> HttpResponse:
    """Stop it."""
    arreter_abonnement(abonnement_id, acte=acte_de(request))
    messages.success(request, ARRETE)
    return redirect("abonnement", abonnement_id)


@exiger(Permission.RAPPORT_ABONNER)
@require_POST
def reprendre(request: RequeteHabilitee, abonnement_id: uuid.UUID) -> HttpResponse:
    """The place takes over what was somebody’s own."""
    cle = reprendre_abonnement(abonnement_id, acte=acte_de(request))
    messages.success(request, REPRIS)
    return redirect("abonnement", cle)


@exiger(Permission.RAPPORT_ABONNER)
@require_POST
def version(request: RequeteHabilitee, abonnement_id: uuid.UUID) -> HttpResponse:
    """Answer the new version that is proposed."""
    reponse = request.POST.get("reponse", "")
    if reponse not in {str(r) for r in REPONSES}:
        raise Http404
    repondre_migration(abonnement_id, Migration(reponse), acte=acte_de(request))
    messages.success(request, REPONSES[Migration(reponse)])
    return redirect("abonnement", abonnement_id)


@exiger(Permission.RAPPORT_ABONNER)
@require_POST
def renvoyer(request: RequeteHabilitee, envoi_id: uuid.UUID) -> HttpResponse:
    """Send an edition again to whoever receives it today."""
    renvoi = renvoyer_envoi(envoi_id, acte=acte_de(request))
    messages.success(request, presentation.renvoye(renvoi.destinataires))
    return redirect("abonnement", renvoi.abonnement)


@exiger(Permission.RAPPORT_LIRE)
@require_GET
def edition(request: RequeteHabilitee, edition_id: uuid.UUID) -> HttpResponse:
    """An edition as it was sent."""
    return _page_de_l_edition(request, get_edition(edition_id, request.acteur))


@exiger(Permission.RAPPORT_LIRE)
@require_POST
def refaire(request: RequeteHabilitee, edition_id: uuid.UUID) -> HttpResponse:
    """The same edition computed again at its seal: equal, or why not."""
    vue = get_edition(edition_id, request.acteur)
    refaite = refaire_edition(vue, instant=maintenant())
    return _page_de_l_edition(request, vue, refaite=presentation.comparaison_en_mots(refaite))


@exiger(Permission.RAPPORT_EXPORTER)
@require_POST
def fichier(request: RequeteHabilitee, edition_id: uuid.UUID) -> HttpResponse:
    """The file of an edition, as it was sent."""
    voulu = request.POST.get("format", "")
    if voulu not in set(Format):
        raise Http404
    format_, flux = Format(voulu), io.BytesIO()
    vue = emporter_edition(edition_id, format_, acte=acte_de(request))
    try:
        ecrire(vue.tableau, format_, flux, fait_le=vue.edition.survenu_le)
    except MoteurEnPanne as panne:
        raise Interdit(pourquoi(panne, SANS_FICHIER)) from panne
    reponse = HttpResponse(flux.getvalue(), content_type=TYPES[format_])
    return en_fichier(reponse, nom_de_fichier(vue.tableau, format_))


def _page_de_l_edition(request: RequeteHabilitee, vue: EditionVue, *, refaite: str = "") -> HttpResponse:
    tableau = vue.tableau
    lignes = [
        (
            ligne.libelle,
            [
                (colonne.libelle, texte(cellule, colonne), cellule.motif, colonne.unite != "texte")
                for colonne, cellule in zip(tableau.colonnes, ligne.cellules, strict=True)
            ],
        )
        for ligne in tableau.lignes
    ]
    contexte: dict[str, Any] = {
        "edition": vue.edition,
        "en_ligne": f"{reverse('infocentre-rapport', args=[tableau.code])}?lieu={vue.place.lieu.cle}",
        "tableau": tableau,
        "lignes": lignes,
        "periode": periode_en_mots(tableau.du, tableau.au),
        "filtres": filtres_en_mots(tableau.filtres),
        "refaite": refaite,
        "formats": [f.value for f in Format],
    }
    return render(request, "guichet/infocentre/abonnements/edition.html", contexte)


def _ouvrir(
    request: RequeteHabilitee, formulaire: FormulaireAbonnement, place: Place, reglage: Reglage
) -> uuid.UUID | None:
    try:
        return abonner(place, reglage, acte=acte_de(request))
    except Interdit as exc:
        formulaire.refuser(exc)
        return None


def _changer(
    request: RequeteHabilitee, formulaire: FormulaireAbonnement, lu: Abonnement, reglage: Reglage
) -> bool:
    return formulaire.tenter(changer_abonnement, lu.id, reglage, acte=acte_de(request))


def _reglage(formulaire: FormulaireAbonnement, rapport: str, numero: int, place: Place) -> Reglage | None:
    """What was chosen, for that place; ``None`` once the form says what is wrong."""
    siens = {code for code, _ in list_roles(place, rapport)} if place.compte is None else set()
    formulaire.cleaned_data["roles"] = [r for r in formulaire.cleaned_data["roles"] if r in siens]
    try:
        return formulaire.reglage(rapport, numero)
    except Interdit as exc:
        formulaire.refuser(exc)
        return None


def _cle(place: Place) -> str:
    """How the form names a place: the place, a body of it, oneself."""
    return "moi" if place.compte else place.organisme or "lieu"


def _numero(texte_: str) -> int | None:
    return int(texte_) if texte_.isdecimal() and len(texte_) <= 4 else None


def _colonnes(version_: VersionLue) -> Sequence[tuple[str, str]]:
    """Columns of a version, as choices of an order."""
    return [(d.code, d.libelle) for d in list_definitions(version_, le=aujourd_hui())]
