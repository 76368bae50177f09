"""Counters of a territory over the rolling quarter: the funnel, the indicator decided on, one counter whole."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sne.referentiels.rules import FicheGuichet
from sne.referentiels.selectors import get_parametres, list_guichets
from sne.registre.enquete.selectors.enquetes import EnqueteBreve, list_enquetes
from sne.registre.identite.selectors.suivi import (
    ActeSuivi,
    AgentDuGuichet,
    Lieu,
    get_derniers_risques,
    list_actes,
    list_agents,
)
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.suivi import policies
from sne.suivi.parametres import ParametresSuivi
from sne.suivi.rules.classement import est_classe
from sne.suivi.rules.entonnoir import Entonnoir, Point, ReglesEntonnoir
from sne.suivi.rules.indicateur import Cout, Indicateur, chiffrer, indiquer
from sne.suivi.selectors.classements import ClassementLu, derniers_classements
from sne.suivi.selectors.entonnoir import get_entonnoir, list_siens, premier_jour
from sne.suivi.selectors.recapitulatif import get_suivis


@dataclass(frozen=True, slots=True)
class SuiviDesGuichets:
    """The counters that one person follows, from ``depuis`` to ``le``. ``partout``: the whole territory.

    ``classements``: by counter signalled, how its case stands closed. ``derniers``: their last risky acts.
    ``couts``: of the indicator decided on, then of the funnel; for a whole territory only.
    """

    partout: bool
    depuis: date
    le: date
    entonnoir: Entonnoir
    regles: ReglesEntonnoir
    fiches: Mapping[str, FicheGuichet]
    indicateurs: Mapping[str, Indicateur]
    derniers: Mapping[str, uuid.UUID | None]
    classements: Mapping[str, ClassementLu]
    couts: tuple[Cout, Cout] | None

    @property
    def a_regarder(self) -> tuple[Point, ...]:
        """Counters signalled whose case nobody closed."""
        return tuple(p for p in self.entonnoir.signales if p.guichet not in self.classements)


@dataclass(frozen=True, slots=True)
class GuichetSuivi:
    """One counter. ``point`` is ``None`` when it did nothing; small ones together have no ``fiche``.

    ``agents`` is ``None`` for somebody who may not know who did what. ``enquetes``: open ones, which may take the case
    over.
    """

    guichet: str
    fiche: FicheGuichet | None
    membres: tuple[str, ...]
    depuis: date
    point: Point | None
    indicateur: Indicateur | None
    operation: uuid.UUID | None
    classement: ClassementLu | None
    agents: tuple[AgentDuGuichet, ...] | None
    actes: tuple[ActeSuivi, ...]
    enquetes: tuple[EnqueteBreve, ...]


def get_suivi_des_guichets(acteur: Acteur, *, le: date) -> SuiviDesGuichets:
    """The funnel of the territory acted for, narrowed to the counters that the actor follows.

    Raises ``Introuvable`` when there is none.
    """
    suivis = get_suivis(acteur, le=le)
    parametres = get_parametres(le)
    regles = ReglesEntonnoir.depuis(parametres)
    depuis = premier_jour(le, regles)
    siens = list_siens(le, regles, territoire=acteur.territoire)
    entonnoir = get_entonnoir(siens, regles, territoire=acteur.territoire, le=le)
    visible = entonnoir if suivis is None else entonnoir.parmi(suivis)
    indicateurs = indiquer(siens, facteur=parametres[ParametresSuivi].alerte_guichet_rapport)
    derniers = _derniers(acteur, visible.signales, depuis=depuis, le=le)
    decides = [guichet for guichet, indicateur in indicateurs.items() if indicateur.alerte]
    signales = [membre for point in entonnoir.signales for membre in point.membres]
    return SuiviDesGuichets(
        partout=suivis is None,
        depuis=depuis,
        le=le,
        entonnoir=visible,
        regles=regles,
        fiches={fiche.code: fiche for fiche in list_guichets(acteur.territoire, le=le)},
        indicateurs=indicateurs,
        derniers=derniers,
        classements=_classes(acteur, visible.signales, derniers),
        couts=(chiffrer(decides, siens), chiffrer(signales, siens)) if suivis is None else None,
    )


def get_guichet_suivi(guichet: str, acteur: Acteur, *, le: date) -> GuichetSuivi:
    """One counter that the actor follows; an empty code is the small ones together. Raises ``Introuvable``."""
    suivi = get_suivi_des_guichets(acteur, le=le)
    fiche = suivi.fiches.get(guichet)
    point = next((p for p in suivi.entonnoir.points if p.guichet == guichet), None)
    suivis = policies.guichets_suivis(acteur, le=le)
    if (fiche is None and point is None) or (suivis is not None and guichet not in suivis):
        raise Introuvable("Aucun guichet de votre périmètre sous ce code.")
    membres = point.membres if point else (guichet,)
    lieu = Lieu(acteur.territoire, membres)
    nomme = policies.can_nommer(acteur, territoire=acteur.territoire, guichet=guichet)
    classe = policies.can_classer(acteur, territoire=acteur.territoire)
    return GuichetSuivi(
        guichet=guichet,
        fiche=fiche,
        membres=membres,
        depuis=suivi.depuis,
        point=point,
        indicateur=suivi.indicateurs.get(guichet),
        operation=suivi.derniers.get(guichet),
        classement=suivi.classements.get(guichet),
        agents=list_agents(acteur, lieu, depuis=suivi.depuis, le=le) if nomme else None,
        actes=list_actes(acteur, lieu, depuis=suivi.depuis),
        enquetes=list_enquetes(acteur).lignes if classe else (),
    )


def list_fiches_suivies(acteur: Acteur, *, le: date) -> tuple[list[FicheGuichet], bool]:
    """Counters open on that day that the actor follows, but those where nobody sits; whether these are all of them."""
    suivis = policies.guichets_suivis(acteur, le=le)
    fiches = [f for f in list_guichets(acteur.territoire, le=le) if not f.virtuel]
    return [f for f in fiches if suivis is None or f.code in suivis], suivis is None


def _derniers(
    acteur: Acteur, signales: Sequence[Point], *, depuis: date, le: date
) -> dict[str, uuid.UUID | None]:
    """The last risky act of each of these, of whichever of its counters."""
    membres = tuple(membre for point in signales for membre in point.membres)
    risques = get_derniers_risques(acteur, Lieu(acteur.territoire, membres), depuis=depuis, le=le)
    return {
        point.guichet: max((risques[m] for m in point.membres if m in risques), default=(None, None))[1]
        for point in signales
    }


def _classes(
    acteur: Acteur, signales: Sequence[Point], derniers: Mapping[str, uuid.UUID | None]
) -> dict[str, ClassementLu]:
    """Those whose case is closed and stays so."""
    connus = derniers_classements(acteur, [point.guichet for point in signales])
    return {
        point.guichet: connu
        for point in signales
        if (connu := connus.get(point.guichet))
        and est_classe(
            operation_vue=connu.operation,
            operation=derniers[point.guichet],
            observes_vus=connu.observes,
            observes=point.observes,
        )
    }
