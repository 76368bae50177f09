"""Finding a file, then being sure: posted, so that no name is ever in an address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sne.guichet.demandes.enregistrement import get_lecture
from sne.guichet.demandes.trouvailles import presenter
from sne.guichet.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres
from sne.registre.actions.rechercher import rechercher_demandes
from sne.registre.selectors.recherche import comprendre
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee

LONGUEUR_MAXIMALE = 200


@exiger(Permission.DEMANDE_RECHERCHER)
@require_http_methods(["GET", "POST"])
def rechercher(request: RequeteHabilitee) -> HttpResponse:
    """The search box; once something is typed, the closest file as a card, the others with the reason."""
    texte = request.POST.get("q", "").strip()[:LONGUEUR_MAXIMALE]
    if not texte:
        return render(request, "guichet/recherche/rechercher.html")
    le = aujourd_hui()
    lignes = rechercher_demandes(texte, acteur=request.acteur, survenu_le=maintenant())
    maximum = get_parametres(le).recherche_resultats_max
    trouvailles = [presenter(ligne, get_lecture(le)) for ligne in lignes[:maximum]]
    contexte = {
        "q": texte,
        "trouvailles": trouvailles,
        "trop": len(lignes) > maximum,
        "maximum": maximum,
        "preremplissage": preremplissage(texte),
        "peut_deposer": request.acteur.peut(Permission.DEMANDE_DEPOSER),
    }
    return render(request, "guichet/recherche/rechercher.html", contexte)


def preremplissage(texte: str) -> list[tuple[str, str]]:
    """What a new demande takes over from the search: the first word as a name, the others as first names."""
    requete = comprendre(texte)
    nom, _, prenoms = requete.mots.partition(" ")
    naissance = f"{requete.date_naissance:%d/%m/%Y}" if requete.date_naissance else ""
    champs = [("nom_naissance", nom), ("prenoms", prenoms), ("date_naissance", naissance)]
    return [(champ, valeur.strip()) for champ, valeur in champs if valeur]
