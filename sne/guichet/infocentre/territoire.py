"""A place in one page: what waits, how many, how they come and go, how long, where it presses, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sne.guichet.accueil.attend import Attend, ce_qui_attend
from sne.guichet.infocentre.forms import FormulaireLieu
from sne.guichet.infocentre.graphes import Graphe, dessiner_un
from sne.guichet.infocentre.presentation import CelluleAffichee, Lien, ouvrables, presenter
from sne.guichet.recapitulatif.forms import code_du_mois
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.infocentre.dessins.mots import SIGNES
from sne.infocentre.lac.selectors import get_fraicheur
from sne.infocentre.rapports.possible import exiger_lire, exiger_ouvrir
from sne.infocentre.rapports.rules.formules import Operation
from sne.infocentre.rapports.rules.grains import Grain
from sne.infocentre.rapports.rules.lieux import Portee, lire_lieu
from sne.infocentre.rapports.rules.periodes import Periode, periode_par_defaut
from sne.infocentre.rapports.selectors.catalogue import get_lectures
from sne.infocentre.rapports.selectors.lieux import lieu_par_defaut, list_lieux, nom_du_lieu
from sne.infocentre.rapports.selectors.tableau import Demandee, Lu, assembler
from sne.infocentre.rapports.selectors.versions import RapportLu, list_rapports
from sne.infocentre.rapports.tableau import EtatCellule
from sne.socle.acteur import Acteur
from sne.socle.erreurs import refus_de
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.replique import lue_ailleurs
from sne.socle.requete import RequeteHabilitee

CHIFFRES_AU_PLUS = 4


@dataclass(frozen=True, slots=True)
class Theme:
    """One question of the page: the report that answers it, by which lines it is drawn (month by month without any),
    and of which column first.
    """

    code: str
    question: str
    rapport: str
    grain: Grain | None = None
    colonne: str = ""


THEMES = (
    Theme("stock", "Combien attendent ?", "R01"),
    Theme("flux", "Qui arrive, qui part ?", "R04"),
    Theme("delais", "En combien de temps ?", "R07"),
    Theme("pression", "Où est la pression ?", "R06", Grain.COMMUNE, "PRESSION"),
    Theme("deficit", "Manque-t-il des attributions ?", "R13", Grain.ORGANISME, "PART_DEFICIT_A0"),
    Theme("soin", "Avec quel soin ?", "TB06"),
)


@dataclass(frozen=True, slots=True)
class Chiffre:
    """A figure of the whole place: what it is, how it is said, the demandes behind it."""

    libelle: str
    cellule: CelluleAffichee


@dataclass(frozen=True, slots=True)
class Bloc:
    """One question answered; without ``nom``, no report answers it today."""

    theme: Theme
    nom: str = ""
    adresse: str = ""
    chiffres: tuple[Chiffre, ...] = ()
    graphe: Graphe | None = None


@dataclass(frozen=True, slots=True)
class Lecture:
    """Who reads what, when."""

    acteur: Acteur
    portee: Portee
    periode: Periode
    instant: datetime


@exiger(Permission.RAPPORT_LIRE)
@require_GET
@lue_ailleurs
def territoire(request: RequeteHabilitee) -> HttpResponse:
    """The place that the address names, else one's own, over the last twelve full months."""
    instant, le = maintenant(), aujourd_hui()
    demande = request.GET.get("lieu", "")
    portee = exiger_lire(request.acteur, lire_lieu(demande) if demande else lieu_par_defaut(request.acteur))
    periode = periode_par_defaut(le)
    rapports = {r.code: r for r in list_rapports()}
    lecture = Lecture(request.acteur, portee, periode, instant)
    attend: Sequence[Attend] = ce_qui_attend(request.acteur, le=le)
    contexte = {
        "lieu": nom_du_lieu(portee.lieu),
        "formulaire": FormulaireLieu(lieux=list_lieux(request.acteur), lieu=portee.lieu.cle),
        "periode": periode,
        "fraicheur": get_fraicheur(),
        "partielle": portee.organismes is not None,
        "attend": attend,
        "blocs": [_repondre(theme, rapports.get(theme.rapport), lecture) for theme in THEMES],
    }
    return render(request, "guichet/infocentre/territoire.html", contexte)


def _repondre(theme: Theme, rapport: RapportLu | None, lecture: Lecture) -> Bloc:
    portee, periode, instant = lecture.portee, lecture.periode, lecture.instant
    courantes = rapport.courantes(instant) if rapport else ()
    if not courantes:
        return Bloc(theme)
    version = courantes[0]
    demandee = Demandee(version, portee, periode, grain=theme.grain or Grain.TERRITOIRE)
    lu = assembler(demandee, instant=instant)
    garde = {
        "lieu": portee.lieu.cle,
        "du": code_du_mois(periode.du),
        "au": code_du_mois(periode.au),
        **({"par": theme.grain.value} if theme.grain else {}),
    }
    return Bloc(
        theme,
        nom=version.vie.nom(instant),
        adresse=f"{reverse('infocentre-rapport', args=[version.rapport])}?{urlencode(garde)}",
        chiffres=_chiffres(demandee, lu, lecture.acteur, garde),
        graphe=dessiner_un(
            demandee,
            lu,
            par_ligne=theme.grain is not None,
            identifiant=f"g-{theme.code}",
            code=theme.colonne,
        ),
    )


def _chiffres(demandee: Demandee, lu: Lu, acteur: Acteur, garde: dict[str, str]) -> tuple[Chiffre, ...]:
    """The first figures of the line of everything that is read; those that mean nothing of a whole are left out."""
    colonnes, definitions = lu.tableau.colonnes, lu.matiere.definitions
    ouvre = not refus_de(exiger_ouvrir, acteur, demandee.portee.lieu, frozenset())
    adresse = reverse("infocentre-detail", args=[demandee.version.rapport, demandee.version.numero])
    lien = Lien.de(adresse, garde, ouvrables(definitions, get_lectures(aujourd_hui()))) if ouvre else None
    totaux = [ligne for ligne in lu.tableau.lignes if ligne.niveau == Grain.TOTAL]
    chiffrees = [
        c.libelle for c, d in zip(colonnes, definitions, strict=True) if d.operation is not Operation.TEXTE
    ]
    return tuple(
        Chiffre(libelle, cellule)
        for ligne in presenter(totaux, colonnes, definitions, lien)
        for libelle, cellule in zip(chiffrees, ligne.cellules, strict=True)
        if cellule.texte != SIGNES[EtatCellule.SANS_OBJET]
    )[:CHIFFRES_AU_PLUS]
