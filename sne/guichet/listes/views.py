"""Screens of the work lists: all of them, one of them, and its export."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sne.guichet.accueil.presentation import presenter_brouillon
from sne.guichet.demandes.enregistrement import get_cadre, get_lecture
from sne.guichet.exiger import exiger
from sne.guichet.listes.forms import FormulaireListe
from sne.guichet.listes.presentation import VALEURS, Lecteur, entetes, presenter
from sne.guichet.listes.tableur import ECRIRE, TYPES, Format
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres, list_guichets
from sne.registre import policies
from sne.registre.actions.exporter import can_exporter, exporter_liste
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
from sne.registre.selectors.brouillons import list_brouillons, list_renouvellements
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
    lignes = []
    for fiche in LISTES.values():
        demandee = Demandee(fiche.code, Filtre(guichet=_guichets(acteur, fiche)[0][0]), acteur, le)
        nombre = nombre_en_mots(compter_liste(demandee, au_plus=au_plus), au_plus=au_plus)
        lignes.append((fiche, _adresse(fiche), nombre))
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
    lecteur, garde, guichet = Lecteur(acteur, get_lecture(le)), _garde(request), not filtre.guichet
    contexte = {
        "fiche": fiche,
        "filtrer": formulaire,
        "erreurs": formulaire.erreurs(),
        "entetes": entetes(fiche, guichet=guichet),
        "lignes": [presenter(ligne, fiche, lecteur, guichet=guichet) for ligne in page.lignes],
        "nombre": nombre_en_mots(compter_liste(demandee, au_plus=au_plus), au_plus=au_plus),
        "onglets": [(_adresse(autre), autre.titre, autre is fiche) for autre in LISTES.values()],
        "saisies": _saisies(acteur, le) if fiche.code is CodeListe.MIENNES else (),
        "export": "?".join(filter(None, (reverse("liste-export", args=[nom]), urlencode(garde)))),
        "exporte": can_exporter(demandee),
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
    format_ = Format.XLSX if request.POST.get("format") == Format.XLSX else Format.CSV
    export = exporter_liste(fiche.code, filtre, format_=format_.name, acteur=acteur, survenu_le=maintenant())
    lecteur = Lecteur(acteur, get_lecture(le))
    lignes = ([VALEURS[c](ligne, lecteur) for c in fiche.colonnes] for ligne in export.lignes)
    fin = export_coupe(export.au_plus) if export.coupe else ""
    fichier = ECRIRE[format_]([TITRES[c] for c in fiche.colonnes], lignes, fin=fin)
    reponse = StreamingHttpResponse(fichier, content_type=TYPES[format_])
    reponse["Content-Disposition"] = f'attachment; filename="liste-{nom}-{le:%Y-%m-%d}.{format_}"'
    return reponse


def _saisies(acteur: Acteur, le: date) -> list[tuple[str, str, datetime]]:
    """(address, who, saved when) of what the actor is typing: registrations, then renewals."""
    parametres = get_parametres(le)
    brouillons = [presenter_brouillon(b, le=le, parametres=parametres) for b in list_brouillons(acteur)]
    renouvellements = [
        (reverse("renouvellement", args=[o.nud]), o.nud, o.maj_le) for o in list_renouvellements(acteur)
    ]
    return [*((b.adresse, b.nom, b.maj_le) for b in brouillons), *renouvellements]


def _fiche(nom: str) -> Liste:
    code = nom.upper()
    if nom != nom.lower() or code not in CodeListe:
        raise Introuvable("Cette liste n’existe pas. Choisissez-en une dans « Mes listes ».")
    return LISTES[CodeListe(code)]


def _formulaire(request: RequeteHabilitee, fiche: Liste) -> FormulaireListe:
    acteur = request.acteur
    cadre = get_cadre(acteur.territoire, aujourd_hui())
    return FormulaireListe(request.GET, liste=fiche, cadre=cadre, guichets=_guichets(acteur, fiche))


def _guichets(acteur: Acteur, fiche: Liste) -> list[tuple[str, str]]:
    """(code, label) of the counters to choose among, the one acted for first; the whole territory for its manager."""
    if fiche.personnelle:
        return [("", "Tout le territoire")]
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
