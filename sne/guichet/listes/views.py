"""Screens of the work lists: all of them, one of them, and its export."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sne.guichet.demandes.enregistrement import get_cadre, get_lecture
from sne.guichet.exiger import exiger
from sne.guichet.listes.forms import FormulaireListe
from sne.guichet.listes.presentation import VALEURS, presenter
from sne.guichet.listes.tableur import en_csv
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres, list_guichets
from sne.registre import policies
from sne.registre.actions.exporter import exporter_liste
from sne.registre.rules.listes import (
    LISTES,
    TITRES,
    CodeListe,
    Filtre,
    Liste,
    Page,
    Position,
    export_coupe,
    lire_position,
    nombre_en_mots,
)
from sne.registre.rules.refus import Introuvable
from sne.registre.selectors.listes import Demandee, compter_liste, list_dossiers
from sne.socle.acteur import Acteur
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee

PLACE = ("apres", "avant")


@exiger(Permission.LISTE_LIRE)
@require_GET
def listes(request: RequeteHabilitee) -> HttpResponse:
    """Every list of this person, with how many files each holds."""
    acteur, le = request.acteur, aujourd_hui()
    au_plus = get_parametres(le).liste_compte_max
    filtre = Filtre(guichet=_guichets(acteur)[0][0])
    comptees = [
        (fiche, _adresse(fiche), compter_liste(Demandee(fiche.code, filtre, acteur, le), au_plus=au_plus))
        for fiche in LISTES.values()
    ]
    lignes = [(fiche, adresse, nombre_en_mots(n, au_plus=au_plus)) for fiche, adresse, n in comptees]
    return render(request, "guichet/listes/listes.html", {"lignes": lignes})


@exiger(Permission.LISTE_LIRE)
@require_GET
def liste(request: RequeteHabilitee, nom: str) -> HttpResponse:
    """A page of a list, narrowed as the address says."""
    fiche, acteur, le = _fiche(nom), request.acteur, aujourd_hui()
    formulaire = _formulaire(request, fiche)
    filtre = formulaire.filtre()
    demandee = Demandee(fiche.code, filtre, acteur, le)
    position = lire_position(fiche, apres=request.GET.get("apres", ""), avant=request.GET.get("avant", ""))
    page, au_plus = list_dossiers(demandee, position=position), get_parametres(le).liste_compte_max
    lecture, garde = get_lecture(le), _garde(request)
    contexte = {
        "fiche": fiche,
        "filtrer": formulaire,
        "erreurs": formulaire.erreurs(),
        "lignes": [presenter(ligne, lecture) for ligne in page.lignes],
        "nombre": nombre_en_mots(compter_liste(demandee, au_plus=au_plus), au_plus=au_plus),
        "onglets": [(_adresse(autre), autre.titre, autre is fiche) for autre in LISTES.values()],
        "tout_le_territoire": not filtre.guichet,
        "export": "?".join(filter(None, (reverse("liste-export", args=[nom]), urlencode(garde)))),
        "exporte": policies.can_exporter_liste(acteur, territoire=acteur.territoire, guichet=filtre.guichet),
        "lignes_max": get_parametres(le).liste_export_lignes_max,
        **_pages(page, garde),
    }
    return render(request, "guichet/listes/liste.html", contexte)


@exiger(Permission.LISTE_EXPORTER)
@require_POST
def exporter(request: RequeteHabilitee, nom: str) -> HttpResponse | StreamingHttpResponse:
    """The whole list in a file, written while it is read."""
    fiche, acteur, le = _fiche(nom), request.acteur, aujourd_hui()
    filtre = _formulaire(request, fiche).filtre()
    export = exporter_liste(fiche.code, filtre, format_="CSV", acteur=acteur, survenu_le=maintenant())
    lecture = get_lecture(le)
    lignes = ([VALEURS[c](ligne, lecture) for c in fiche.colonnes] for ligne in export.lignes)
    fin = export_coupe(export.au_plus) if export.coupe else ""
    reponse = StreamingHttpResponse(
        en_csv([TITRES[c] for c in fiche.colonnes], lignes, fin=fin), content_type="text/csv; charset=utf-8"
    )
    reponse["Content-Disposition"] = f'attachment; filename="liste-{nom}-{le:%Y-%m-%d}.csv"'
    return reponse


def _fiche(nom: str) -> Liste:
    code = nom.upper()
    if nom != nom.lower() or code not in CodeListe:
        raise Introuvable("Cette liste n’existe pas. Choisissez-en une dans « Mes listes ».")
    return LISTES[CodeListe(code)]


def _formulaire(request: RequeteHabilitee, fiche: Liste) -> FormulaireListe:
    acteur = request.acteur
    cadre = get_cadre(acteur.territoire, aujourd_hui())
    return FormulaireListe(request.GET, liste=fiche, cadre=cadre, guichets=_guichets(acteur))


def _guichets(acteur: Acteur) -> list[tuple[str, str]]:
    """(code, label) of the counters to choose among, the one acted for first; the whole territory for its manager."""
    permis = policies.guichets_des_listes(acteur)
    if permis is None:
        ouverts = list_guichets(acteur.territoire, le=aujourd_hui())
        return [("", "Tout le territoire"), *((g.code, f"{g.libelle} ({g.code})") for g in ouverts)]
    ordre = sorted(permis, key=lambda code: code != acteur.guichet)
    return [(code, code) for code in ordre] or [(acteur.guichet, acteur.guichet)]


def _adresse(fiche: Liste) -> str:
    return reverse("liste", args=[fiche.code.lower()])


def _garde(request: RequeteHabilitee) -> dict[str, str]:
    """What the address says besides the place of the page."""
    return {nom: str(valeur) for nom, valeur in request.GET.items() if valeur and nom not in PLACE}


def _pages(page: Page[Any], garde: dict[str, str]) -> dict[str, str]:
    """Query strings of the pages beside; empty where there is none."""

    def vers(sens: str, position: Position | None) -> str:
        return "?" + urlencode({**garde, sens: position.texte}) if position else ""

    return {"suivante": vers("apres", page.suivante), "precedente": vers("avant", page.precedente)}
