"""The search in the journal: a form, a page of acts, the same in a file; nothing is read before something is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sne.guichet.journal.forms import FormulaireJournal, au_depart, depuis_l_adresse
from sne.guichet.journal.presentation import ENTETES, en_colonnes, presenter
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.preuve.actions.exporter import exporter_actes
from sne.preuve.actions.rechercher import PageActes, rechercher_actes
from sne.preuve.parametres import ParametresPreuve
from sne.preuve.selectors import (
    Agent,
    chercher_agents,
    get_agent,
    list_guichets_lisibles,
    list_territoires_lisibles,
)
from sne.referentiels.selectors import get_parametres
from sne.registre.listes.rules.listes import milliers
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.fichiers import en_tableur
from sne.socle.horloge import aujourd_hui
from sne.socle.pages import Position, lire_place
from sne.socle.requete import RequeteHabilitee, acte_de, identifiant

AGENT_INCONNU = "Cet agent n’est pas dans votre périmètre."


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the journal, by an address: the territory, the form, the agent when one is named."""

    territoire: str
    formulaire: FormulaireJournal
    agent: Agent | None


@exiger(Permission.JOURNAL_LIRE)
@require_http_methods(["GET", "POST"])
def journal(request: RequeteHabilitee) -> HttpResponse:
    """The form; once something is asked, a page of acts, which is itself told to the journal.

    What is typed comes by POST, since a name stays out of addresses; it leads to the address of the search.
    """
    if request.method == "POST":
        return _demander(request)
    question = _lire_l_adresse(request, request.GET)
    return _montrer(request, question, page=_chercher(request, question))


@exiger(Permission.JOURNAL_LIRE)
@require_POST
def exporter(request: RequeteHabilitee) -> HttpResponse | StreamingHttpResponse:
    """The acts of one search in a file; a refusal comes back beside its field."""
    question = _lire_l_adresse(request, request.POST)
    formulaire = question.formulaire
    if formulaire.is_valid():
        try:
            trouves = exporter_actes(
                formulaire.criteres(question.territoire, question.agent), acte=acte_de(request)
            )
        except (Interdit, Introuvable) as refus:
            formulaire.refuser(refus)
        else:
            lignes = en_colonnes(trouves.actes, trouves.nuds)
            return en_tableur(f"journal-{aujourd_hui():%Y-%m-%d}", ENTETES, lignes)
    return _montrer(request, question, page=None)


def _demander(request: RequeteHabilitee) -> HttpResponse:
    """Lead to the address of the search, once the name typed is that of one person."""
    territoire = _territoire(request.acteur, request.POST)
    formulaire = _formulaire(request.acteur, territoire, request.POST)
    if formulaire.is_valid():
        agent = _agent(formulaire, request.acteur, territoire)
        if not formulaire.errors:
            return redirect(f"{reverse('journal')}?{urlencode(formulaire.adresse(agent))}")
    return _montrer(request, Question(territoire, formulaire, None), page=None)


def _agent(formulaire: FormulaireJournal, acteur: Acteur, territoire: str) -> Agent | None:
    """The agent searched for; ``None`` for any agent, or when the form says why none is found."""
    texte, connu = formulaire.cleaned_data["agent"], identifiant(formulaire.cleaned_data["connu"])
    if not texte:
        return None
    deja = get_agent(connu, acteur, territoire=territoire) if connu else None
    if deja is not None and deja.nom == texte:
        return deja
    return formulaire.retenir(chercher_agents(texte, acteur, territoire=territoire, le=aujourd_hui()))


def _lire_l_adresse(request: RequeteHabilitee, adresse: Mapping[str, str]) -> Question:
    acteur, territoire = request.acteur, _territoire(request.acteur, adresse)
    vise = adresse.get("agent", "")
    cle = identifiant(vise)
    agent = get_agent(cle, acteur, territoire=territoire) if cle else None
    donnees = depuis_l_adresse(adresse, agent) if adresse else None
    formulaire = _formulaire(acteur, territoire, donnees)
    if vise and agent is None:
        formulaire.add_error("agent", AGENT_INCONNU)
    return Question(territoire, formulaire, agent)


def _formulaire(acteur: Acteur, territoire: str, donnees: Mapping[str, str] | None) -> FormulaireJournal:
    le = aujourd_hui()
    return FormulaireJournal(
        donnees,
        initial=au_depart(
            le, jours=get_parametres(le)[ParametresPreuve].journal_recherche_jours_max, territoire=territoire
        ),
        territoires=list_territoires_lisibles(acteur),
        guichets=_guichets(acteur, territoire),
    )


def _montrer(request: RequeteHabilitee, question: Question, *, page: PageActes | None) -> HttpResponse:
    formulaire, parametres = question.formulaire, get_parametres(aujourd_hui())
    contexte = {
        "chercher": formulaire,
        "erreurs": formulaire.erreurs(),
        "jours": parametres[ParametresPreuve].journal_recherche_jours_max,
        "fichier_au_plus": milliers(parametres[ParametresPreuve].journal_export_lignes_max),
        "demandee": page is not None,
        "adresse": formulaire.adresse(question.agent).items() if page else (),
        "lignes": presenter(page.lignes, page.nuds) if page else [],
        "precedente": _adresse(request, page.precedente) if page else "",
        "suivante": _adresse(request, page.suivante) if page else "",
    }
    return render(request, "guichet/journal/recherche.html", contexte)


def _chercher(request: RequeteHabilitee, question: Question) -> PageActes | None:
    """The page; ``None`` when nothing is asked, or when it cannot be, which is said beside the field."""
    formulaire = question.formulaire
    if not formulaire.is_valid():
        return None
    try:
        return rechercher_actes(
            formulaire.criteres(question.territoire, question.agent),
            acte=acte_de(request),
            position=lire_place(request.GET.get("place", "")),
        )
    except (Interdit, Introuvable) as refus:
        formulaire.refuser(refus)
    return None


def _territoire(acteur: Acteur, adresse: Mapping[str, str]) -> str:
    """The territory asked for, when it is one of theirs; else the one acted for, else the first one."""
    territoires = list_territoires_lisibles(acteur)
    voulu = adresse.get("territoire", "") or acteur.territoire
    return voulu if voulu in {code for code, _ in territoires} else territoires[0][0]


def _guichets(acteur: Acteur, territoire: str) -> list[tuple[str, str]]:
    """Counters that this person may read, as the lists name them."""
    lisibles = list_guichets_lisibles(acteur, territoire=territoire, le=aujourd_hui())
    return [(g.code, f"{g.libelle} ({g.code})") for g in lisibles]


def _adresse(request: RequeteHabilitee, position: Position | None) -> str:
    """The same search, from another place; empty when there is none."""
    if position is None:
        return ""
    garde = {nom: valeur for nom, valeur in request.GET.items() if nom != "place"}
    return f"?{urlencode({**garde, 'place': position.adresse})}"
