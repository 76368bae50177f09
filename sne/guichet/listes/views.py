"""Screens of the work lists: all of them, one of them, and its export."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import batched
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sne.guichet.accueil.presentation import presenter_brouillon
from sne.guichet.listes.adresses import (
    adresse_de,
    avec,
    filtres_gardes,
    guichets_au_choix,
    lire_fiche,
    lire_formulaire,
)
from sne.guichet.listes.forms import FormulaireGarder, vers_adresse
from sne.guichet.listes.parcours import retenir
from sne.guichet.listes.presentation import VALEURS, colonnes_en_vue, lire_pour, presenter, trier_par
from sne.guichet.listes.tri import Ordre, adresses_par_rang, decouper
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_geographie, get_parametres
from sne.registre.listes.actions.exporter import exporter_liste
from sne.registre.listes.parametres import ParametresListes
from sne.registre.listes.possible import exiger_exportable, list_partages
from sne.registre.listes.rules.listes import (
    LISTES,
    PARTAGES,
    TITRES,
    CodeListe,
    Colonne,
    Filtre,
    Liste,
    export_coupe,
    lire_position,
    milliers,
    nombre_en_mots,
)
from sne.registre.listes.selectors.enregistrees import list_enregistrees
from sne.registre.listes.selectors.lecture import (
    PAR_MORCEAU,
    PAR_PAGE,
    Demandee,
    LigneDeListe,
    compter_liste,
    list_dossiers,
)
from sne.registre.modification.selectors.brouillons import list_brouillons, list_renouvellements
from sne.registre.vie.selectors.preavis import compter_preavis_a_remettre
from sne.saisie.cadre import get_lecture
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import refus_de
from sne.socle.fichiers import en_tableur, format_demande
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.navigation import ouvre
from sne.socle.pages import Page, adresses_des_pages
from sne.socle.replique import lue_ailleurs, lue_en_nombre
from sne.socle.requete import RequeteHabilitee, identifiant
from sne.socle.tableur import Valeur

SAISIES_AU_PLUS = 200
ENSEMBLE = {
    "plusieurs-ecrire": "Écrire aux ménages choisis",
    "plusieurs-pieces": "Demander leurs pièces manquantes",
    "plusieurs-attestations": "Imprimer leurs attestations",
}
"""Acts on the files chosen in a page of a list."""


@exiger(Permission.LISTE_LIRE)
@require_GET
@lue_ailleurs
def listes(request: RequeteHabilitee) -> HttpResponse:
    """Every list of this person, with how many files each holds."""
    acteur, le = request.acteur, aujourd_hui()
    au_plus = get_parametres(le)[ParametresListes].liste_compte_max
    lignes = []
    for fiche in LISTES.values():
        demandee = Demandee(fiche.code, Filtre(guichet=guichets_au_choix(acteur, fiche)[0][0]), acteur, le)
        nombre = nombre_en_mots(compter_liste(demandee, au_plus=au_plus), au_plus=au_plus)
        lignes.append((fiche, adresse_de(fiche), nombre))
    geographie = get_geographie()
    apres, avant = (identifiant(request.GET.get(sens, "")) for sens in ("apres", "avant"))
    page = decouper(
        list_enregistrees(acteur), lambda gardee: gardee.id, apres=apres, avant=avant, par_page=PAR_PAGE
    )
    gardees = []
    for gardee in page.lignes:
        fiche = LISTES[gardee.code]
        adresse = avec(adresse_de(fiche), vers_adresse(gardee.filtre, geographie))
        gardees.append((gardee, adresse, fiche.titre, PARTAGES[gardee.partage]))
    preavis = compter_preavis_a_remettre(acteur) if ouvre(acteur, "preavis-a-remettre") else 0
    contexte = {"lignes": lignes, "gardees": gardees, "preavis": preavis}
    for sens, lien in adresses_par_rang(page, {}).items():
        contexte[sens] = lien and f"{lien}#t-gardees"
    return render(request, "guichet/listes/listes.html", contexte)


@exiger(Permission.LISTE_LIRE)
@require_GET
@lue_ailleurs
def liste(request: RequeteHabilitee, nom: str) -> HttpResponse:
    """A page of a list, narrowed as the address says."""
    fiche, acteur, le = lire_fiche(nom), request.acteur, aujourd_hui()
    formulaire = lire_formulaire(request, fiche)
    demandee = Demandee(fiche.code, formulaire.filtre(), acteur, le)
    au_plus = get_parametres(le)[ParametresListes].liste_compte_max
    nombre = compter_liste(demandee, au_plus=au_plus)
    triable = nombre <= au_plus
    garde = filtres_gardes(request)
    if not triable and formulaire.tri:  # its pages and its file are then in the order that is shown
        demandee = replace(demandee, filtre=replace(demandee.filtre, tri="", inverse=False))
        garde = {nom: dit for nom, dit in garde.items() if nom not in ("tri", "ordre")}
    filtre = demandee.filtre
    page, pages = _lire_page(request, demandee, garde)
    guichet, tout = not filtre.guichet, request.GET.get("tout") == "oui"
    lecteur = lire_pour(acteur, get_lecture(le), fiche, page.lignes)
    lignes = [presenter(ligne, fiche, lecteur, guichet=guichet) for ligne in page.lignes]
    retenir(request, fiche.titre, ((ligne.nud, ligne.ou) for ligne in lignes))
    ordre = Ordre(
        filtre.tri.lower() or str(fiche.cle).lower(),
        filtre.inverse,
        str(fiche.cle).lower(),
        garde,
        sens="ordre",
        descendante=fiche.recentes_d_abord,
    )
    contexte = {
        "fiche": fiche,
        "filtrer": formulaire,
        "erreurs": formulaire.erreurs(),
        "entetes": ordre.entetes(colonnes_en_vue(fiche, guichet=guichet), triable=triable),
        "trie": filtre.tri.lower(),
        "trop_longue": not triable,
        "lignes": lignes,
        "nombre": nombre_en_mots(nombre, au_plus=au_plus),
        "triables": milliers(au_plus),
        "onglets": [(adresse_de(autre), autre.titre, autre is fiche) for autre in LISTES.values()],
        "saisies": _saisies(acteur, le) if fiche.code is CodeListe.MIENNES else (),
        "saisies_au_plus": SAISIES_AU_PLUS,
        "export": ""
        if refus_de(exiger_exportable, demandee)
        else avec(reverse("liste-export", args=[nom]), garde),
        "garder": FormulaireGarder(partages=list_partages(acteur)),
        "ou_garder": avec(reverse("liste-garder", args=[nom]), garde),
        "tout": tout,
        "cocher": "?"
        + urlencode(
            {nom: v for nom, v in request.GET.items() if nom != "tout"} | ({} if tout else {"tout": "oui"})
        ),
        "ensemble": [(reverse(route), dit) for route, dit in ENSEMBLE.items() if ouvre(acteur, route)],
        "lignes_max": milliers(get_parametres(le)[ParametresListes].liste_export_lignes_max),
        **pages,
    }
    return render(request, "guichet/listes/liste.html", contexte)


def _lire_page(
    request: RequeteHabilitee, demandee: Demandee, garde: Mapping[str, str]
) -> tuple[Page[LigneDeListe], dict[str, str]]:
    """The page that the address asks for, and where those beside it are: in the order of the index, or, of a short
    list, in that of the column chosen.
    """
    apres, avant = request.GET.get("apres", ""), request.GET.get("avant", "")
    if not demandee.filtre.tri:
        position = lire_position(LISTES[demandee.code], apres=apres, avant=avant)
        page = list_dossiers(demandee, position=position)
        if position and not page.lignes:  # all of it was dealt with: others may still wait before
            page = list_dossiers(demandee)
        return page, adresses_des_pages(page, garde)
    page = decouper(
        _lire_triee(demandee),
        lambda ligne: ligne.rang,
        apres=identifiant(apres),
        avant=identifiant(avant),
        par_page=PAR_PAGE,
    )
    return page, adresses_par_rang(page, garde)


def _lire_triee(demandee: Demandee) -> list[LigneDeListe]:
    """A short list whole, in the order of the column chosen; equals in its own order."""
    filtre, au_plus = demandee.filtre, get_parametres(demandee.le)[ParametresListes].liste_compte_max
    lues = list_dossiers(replace(demandee, filtre=replace(filtre, inverse=False)), par_page=au_plus).lignes
    return trier_par(
        Colonne(filtre.tri), lues, demandee.acteur, get_lecture(demandee.le), inverse=filtre.inverse
    )


@exiger(Permission.LISTE_EXPORTER)
@require_POST
@lue_en_nombre
def exporter(request: RequeteHabilitee, nom: str) -> HttpResponse | StreamingHttpResponse:
    """The whole list in a file, written while it is read."""
    fiche, acteur, le = lire_fiche(nom), request.acteur, aujourd_hui()
    filtre = lire_formulaire(request, fiche).filtre()
    format_ = format_demande(request)
    export = exporter_liste(fiche.code, filtre, format_=format_.name, acte=Acte(acteur, maintenant()))
    courte = export.nombre <= get_parametres(le)[ParametresListes].liste_compte_max
    triees = filtre.tri and courte
    lues = _lire_triee(Demandee(fiche.code, filtre, acteur, le)) if triees else export.lignes
    lignes = _lignes_du_fichier(acteur, fiche, lues, le)
    fin = export_coupe(export.au_plus) if export.coupe else ""
    titres = [TITRES[c] for c in fiche.colonnes]
    return en_tableur(f"liste-{nom}-{le:%Y-%m-%d}", titres, lignes, format_=format_, fin=fin)


def _lignes_du_fichier(
    acteur: Acteur, fiche: Liste, lignes: Iterable[LigneDeListe], le: date
) -> Iterator[list[Valeur]]:
    """Lines in words, a few hundred at a time."""
    for morceau in batched(lignes, PAR_MORCEAU):
        lecteur = lire_pour(acteur, get_lecture(le), fiche, morceau)
        yield from ([VALEURS[c](ligne, lecteur) for c in fiche.colonnes] for ligne in morceau)


def _saisies(acteur: Acteur, le: date) -> list[tuple[str, str, datetime]]:
    """(address, who, saved when) of what the actor is typing: registrations, then renewals; so many at most."""
    parametres, au_plus = get_parametres(le), SAISIES_AU_PLUS
    brouillons = [
        presenter_brouillon(b, le=le, parametres=parametres) for b in list_brouillons(acteur, au_plus=au_plus)
    ]
    renouvellements = [
        (reverse("renouvellement", args=[o.nud]), o.nud, o.maj_le)
        for o in list_renouvellements(acteur, au_plus=au_plus - len(brouillons))
    ]
    return [*((b.adresse, b.nom, b.maj_le) for b in brouillons), *renouvellements]
