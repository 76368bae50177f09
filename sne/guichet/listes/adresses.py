"""What an address says of a list: which one, whose, narrowed how."""

from urllib.parse import urlencode

from django.urls import reverse

from sne.guichet.listes.forms import FormulaireListe
from sne.referentiels.selectors import list_guichets
from sne.registre.listes.rules.listes import LISTES, CodeListe, Liste
from sne.registre.listes.selectors.lecture import list_guichets_des_listes
from sne.saisie.cadre import get_cadre
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee

PLACE = ("apres", "avant", "tout")


def lire_fiche(nom: str) -> Liste:
    """The list of this address. Raises ``Introuvable``."""
    code = nom.upper()
    if nom != nom.lower() or code not in CodeListe:
        raise Introuvable("Cette liste n’existe pas. Choisissez-en une dans «\u00a0Mes listes\u00a0».")
    return LISTES[CodeListe(code)]


def lire_formulaire(request: RequeteHabilitee, fiche: Liste) -> FormulaireListe:
    """The filters that the address asks for."""
    acteur = request.acteur
    cadre = get_cadre(acteur.territoire, aujourd_hui())
    return FormulaireListe(request.GET, liste=fiche, cadre=cadre, guichets=guichets_au_choix(acteur, fiche))


def guichets_au_choix(acteur: Acteur, fiche: Liste) -> list[tuple[str, str]]:
    """(code, label) of the counters to choose among, the one acted for first; the whole territory for its manager."""
    if fiche.personnelle:
        return [("", "Tout le territoire")]
    permis = list_guichets_des_listes(acteur)
    if permis is None:
        ouverts = list_guichets(acteur.territoire, le=aujourd_hui())
        return [("", "Tout le territoire"), *((g.code, f"{g.libelle} ({g.code})") for g in ouverts)]
    ordre = sorted(permis, key=lambda code: code != acteur.guichet)
    return [(code, code) for code in ordre] or [(acteur.guichet, acteur.guichet)]


def adresse_de(fiche: Liste) -> str:
    """Where a list is."""
    return reverse("liste", args=[fiche.code.lower()])


def filtres_gardes(request: RequeteHabilitee) -> dict[str, str]:
    """What the address says besides the place of the page."""
    return {nom: str(valeur) for nom, valeur in request.GET.items() if valeur and nom not in PLACE}


def avec(adresse: str, parametres: dict[str, str]) -> str:
    """The address with these parameters, when there are some."""
    return "?".join(filter(None, (adresse, urlencode(parametres))))
