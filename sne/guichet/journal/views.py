"""The search in the journal: a form, a page of acts; nothing is read before something is asked."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sne.guichet.exiger import exiger
from sne.guichet.journal.forms import FormulaireJournal, au_depart
from sne.guichet.journal.presentation import ecrire_place, lire_place, presenter
from sne.habilitations.rules import Permission
from sne.journal.selectors.recherche import PlaceDActe
from sne.preuve.actions.rechercher import PageActes, rechercher_actes
from sne.preuve.policies import guichets_lisibles
from sne.preuve.selectors import list_agents
from sne.referentiels.selectors import get_geographie, get_parametres, list_guichets
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee


@exiger(Permission.JOURNAL_LIRE)
@require_GET
def journal(request: RequeteHabilitee) -> HttpResponse:
    """The form; once something is asked, a page of acts, which is itself told to the journal."""
    acteur, jours = request.acteur, get_parametres(aujourd_hui()).journal_recherche_jours_max
    territoires = _territoires(acteur)
    connus = {code for code, _ in territoires}
    territoire = request.GET.get("territoire", "") or acteur.territoire
    territoire = territoire if territoire in connus else territoires[0][0]
    formulaire = FormulaireJournal(
        request.GET or None,
        initial=au_depart(aujourd_hui(), jours=jours, territoire=territoire),
        territoires=territoires,
        guichets=_guichets(acteur, territoire),
        agents=list_agents(acteur, territoire=territoire),
    )
    page = _chercher(request, formulaire, territoire) if formulaire.is_bound else None
    contexte = {
        "chercher": formulaire,
        "erreurs": formulaire.erreurs() if formulaire.is_bound else (),
        "jours": jours,
        "demandee": page is not None,
        "lignes": presenter(page.actes, page.nuds) if page else [],
        "precedente": _adresse(request, page.recents) if page else "",
        "suivante": _adresse(request, page.anciens) if page else "",
    }
    return render(request, "guichet/journal/recherche.html", contexte)


def _chercher(request: RequeteHabilitee, formulaire: FormulaireJournal, territoire: str) -> PageActes | None:
    """The page; ``None`` when what was asked cannot be, which is said beside the field."""
    if not formulaire.is_valid():
        return None
    try:
        return rechercher_actes(
            formulaire.criteres(territoire),
            acteur=request.acteur,
            survenu_le=maintenant(),
            place=lire_place(request.GET.get("place", "")),
        )
    except (Interdit, Introuvable) as exc:
        formulaire.add_error(exc.champ if exc.champ in formulaire.fields else None, exc.phrase)
    return None


def _territoires(acteur: Acteur) -> list[tuple[str, str]]:
    """Territories where this person reads the journal, by name."""
    lisibles = acteur.territoires(Permission.JOURNAL_LIRE)
    tous = get_geographie().territoires.items()
    choix = ((code, t.nom) for code, t in tous if lisibles is None or code in lisibles)
    return sorted(choix, key=lambda c: c[1])


def _guichets(acteur: Acteur, territoire: str) -> list[tuple[str, str]]:
    """Counters that this person may read, as the lists name them."""
    lisibles = guichets_lisibles(acteur, territoire=territoire)
    return [
        (g.code, f"{g.libelle} ({g.code})")
        for g in list_guichets(territoire, le=aujourd_hui())
        if lisibles is None or g.code in lisibles
    ]


def _adresse(request: RequeteHabilitee, place: PlaceDActe | None) -> str:
    """The same search, from another place; empty when there is none."""
    if place is None:
        return ""
    garde = {nom: valeur for nom, valeur in request.GET.items() if nom != "place"}
    return f"?{urlencode({**garde, 'place': ecrire_place(place)})}"
