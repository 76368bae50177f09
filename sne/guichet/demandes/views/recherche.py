"""Finding a file, then being sure: posted, so that no name is ever in an address."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sne.guichet.demandes.enregistrement import get_lecture
from sne.guichet.demandes.trouvailles import presenter, un_mot_pres
from sne.guichet.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres
from sne.registre.actions.rechercher import rechercher_demandes
from sne.registre.rules.effacement import phrase_d_effacement
from sne.registre.rules.recherche import (
    LONGUEUR_MAXIMALE,
    Filtre,
    Requete,
    comprendre,
    lire_curseur,
    masquer,
)
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee

FILTRES = ((Filtre.TOUTES, "Toutes"), (Filtre.ACTIVES, "Actives"), (Filtre.RADIEES, "Radiées"))


@exiger(Permission.DEMANDE_RECHERCHER)
@require_http_methods(["GET", "POST"])
def rechercher(request: RequeteHabilitee) -> HttpResponse:
    """The search box; once something is typed, the closest file as a card, or a page of an alphabetical list."""
    texte = request.POST.get("q", "").strip()[:LONGUEUR_MAXIMALE]
    filtre = lire_filtre(request.POST)
    contexte: dict[str, Any] = {"filtres": FILTRES, "filtre": filtre, "q": texte}
    if not texte:
        return render(request, "guichet/recherche/rechercher.html", contexte)
    le, requete, curseur = aujourd_hui(), comprendre(texte), lire_curseur(request.POST.get("page", ""))
    resultats = rechercher_demandes(
        texte, acteur=request.acteur, survenu_le=maintenant(), filtre=filtre, curseur=curseur
    )
    contexte |= {
        "affichage": masquer(texte),
        "remarque": requete.remarque,
        "effacement": phrase_d_effacement(resultats.effacement) if resultats.effacement else "",
        "resultats": resultats,
        "trouvailles": [presenter(ligne, get_lecture(le)) for ligne in resultats.lignes],
        "page_suivante": curseur is not None,
        "en_liste": bool(resultats.suite or resultats.retour),
        "inexact": un_mot_pres(requete.mots.split(), exact=resultats.exact),
        "maximum": get_parametres(le).recherche_resultats_max,
        "preremplissage": preremplissage(requete),
        "peut_deposer": request.acteur.peut(Permission.DEMANDE_DEPOSER),
    }
    return render(request, "guichet/recherche/rechercher.html", contexte)


def lire_filtre(donnees: QueryDict) -> Filtre:
    """Which files are wanted; all of them for anything but a known choice."""
    choisi = donnees.get("filtre", "")
    return Filtre(choisi) if choisi in Filtre else Filtre.TOUTES


def preremplissage(requete: Requete) -> list[tuple[str, str]]:
    """What a new demande takes over from the search: the first word as a name, the others as first names."""
    nom, _, prenoms = requete.mots.partition(" ")
    naissance = f"{requete.date_naissance:%d/%m/%Y}" if requete.date_naissance else ""
    champs = [
        ("nom_naissance", nom),
        ("prenoms", prenoms),
        ("date_naissance", naissance),
        ("nir", requete.nir),
        ("telephone_portable", requete.telephone),
    ]
    return [(champ, valeur.strip()) for champ, valeur in champs if valeur]
