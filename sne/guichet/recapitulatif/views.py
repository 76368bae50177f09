"""The recap of counters: one month on screen, and a file of several."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from sne.guichet.recapitulatif.forms import (
    CROISSANT,
    DECROISSANT,
    FormulaireExport,
    FormulaireMois,
    code_du_mois,
    lire_mois,
)
from sne.guichet.recapitulatif.presentation import entetes, presenter, regle_en_mots, totaliser
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres, get_territoire
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.fichiers import en_tableur, format_demande
from sne.socle.horloge import aujourd_hui
from sne.socle.replique import lue_ailleurs
from sne.socle.requete import RequeteHabilitee, acte_de
from sne.socle.templatetags.socle_tags import mois_en_lettres
from sne.suivi.actions.exporter import Periode, exporter_recapitulatif
from sne.suivi.parametres import ParametresSuivi
from sne.suivi.possible import exiger_classer, exiger_exporter, exiger_programmer
from sne.suivi.rules.activite import premier_du_mois
from sne.suivi.rules.colonnes import D_ABORD, trier
from sne.suivi.selectors.recapitulatif import (
    Recapitulatif,
    en_lignes_de_fichier,
    entetes_de_fichier,
    get_recapitulatif,
    get_suivis,
    list_mois,
)

PAR_PAGE = 50


@exiger(Permission.SUIVI_LIRE)
@require_GET
@lue_ailleurs
def recapitulatif(request: RequeteHabilitee) -> HttpResponse:
    """One month, the last whole one unless another is asked for."""
    return _montrer(request)


@exiger(Permission.SUIVI_LIRE)
@require_POST
def exporter(request: RequeteHabilitee) -> HttpResponse | StreamingHttpResponse:
    """The lines of several months in a file; what cannot be is said beside the fields."""
    formulaire = FormulaireExport(request.POST, mois=_mois(request))
    format_ = format_demande(request)
    if not formulaire.is_valid():
        return _montrer(request, formulaire)
    periode = Periode(formulaire.cleaned_data["de"], formulaire.cleaned_data["a"])
    try:
        lignes = exporter_recapitulatif(periode, format_=format_.name, acte=acte_de(request))
    except Interdit as exc:
        formulaire.add_error(exc.champ, exc.phrase)
        return _montrer(request, formulaire)
    nom = f"recapitulatif-{request.acteur.territoire}-{code_du_mois(periode.a)}"
    return en_tableur(nom, entetes_de_fichier(), en_lignes_de_fichier(lignes), format_=format_)


def _montrer(request: RequeteHabilitee, export: FormulaireExport | None = None) -> HttpResponse:
    acteur, le = request.acteur, aujourd_hui()
    mois = _mois(request)
    choisi = lire_mois(request.GET.get("mois", ""), mois) or _dernier_entier(mois, le)
    demande = {"mois": code_du_mois(choisi) if choisi else "", "tri": "guichet", "ordre": CROISSANT}
    lus = {nom: request.GET[nom] for nom in ("tri", "ordre") if request.GET.get(nom)}
    colonnes = request.GET.getlist("colonnes") or list(D_ABORD)
    formulaire = FormulaireMois({**demande, **lus, "colonnes": colonnes}, mois=mois)
    recap = get_recapitulatif(acteur, mois=choisi, le=le) if choisi else None
    territoire = get_territoire(acteur.territoire)
    contexte = {
        "territoire": territoire.nom if territoire else acteur.territoire,
        "filtrer": formulaire,
        "recap": recap,
        "suit": not refus_de(exiger_classer, acteur),
        "partout": not refus_de(exiger_programmer, acteur),
        "exporte": not refus_de(exiger_exporter, acteur),
        "exporter": export
        or FormulaireExport(initial={"de": demande["mois"], "a": demande["mois"]}, mois=mois),
        "erreurs": export.erreurs() if export else (),
        **(_lignes(request, recap, formulaire) if recap else {}),
    }
    return render(request, "guichet/recapitulatif/recapitulatif.html", contexte)


def _lignes(request: RequeteHabilitee, recap: Recapitulatif, formulaire: FormulaireMois) -> dict[str, object]:
    colonne, decroissant = formulaire.colonne, formulaire.decroissant
    page = Paginator(trier(recap.lignes, colonne, decroissant=decroissant), PAR_PAGE).get_page(
        request.GET.get("page")
    )
    colonnes = formulaire.choisies
    codes = [c.code for c in colonnes]
    choix: dict[str, list[str]] = {} if codes == list(D_ABORD) else {"colonnes": codes}
    mois: dict[str, str | list[str]] = {"mois": code_du_mois(recap.mois), **choix}
    ordre = DECROISSANT if decroissant else CROISSANT
    return {
        "mois": mois_en_lettres(recap.mois),
        "code_du_mois": code_du_mois(recap.mois),
        "regle": regle_en_mots(recap.seuils),
        "anciennete": get_parametres(recap.mois)[ParametresSuivi].suivi_anciennete_mois,
        "entetes": entetes(colonne, colonnes, decroissant=decroissant, garde=mois),
        "lignes": presenter(page.object_list, colonnes),
        "total": totaliser(recap.lignes, colonnes) if recap.partout else (),
        **_pages(page, {**mois, "tri": colonne.code, "ordre": ordre}),
        "signales": sum(ligne.alerte for ligne in recap.lignes),
        "nombre_de_guichets": len(recap.lignes),
    }


def _pages(page: Page[Any], garde: Mapping[str, str | list[str]]) -> dict[str, str]:
    """Query strings of the pages beside; empty where there is none."""

    def vers(numero: int) -> str:
        return "?" + urlencode({**garde, "page": numero}, doseq=True)

    return {
        "precedente": vers(page.previous_page_number()) if page.has_previous() else "",
        "suivante": vers(page.next_page_number()) if page.has_next() else "",
    }


def _mois(request: RequeteHabilitee) -> list[date]:
    get_suivis(request.acteur, le=aujourd_hui())
    return list_mois(request.acteur.territoire)


def _dernier_entier(mois: list[date], le: date) -> date | None:
    """The newest month that is over, else the newest."""
    return next((m for m in mois if m < premier_du_mois(le)), mois[0] if mois else None)
