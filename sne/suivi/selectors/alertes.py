"""Alerts to counters: those that one person may read, one of them whole, those to be reminded of."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sne.habilitations.models import Compte
from sne.habilitations.rules import Role
from sne.habilitations.selectors import list_comptes_de, list_comptes_des, list_porteurs, list_postes
from sne.referentiels.rules import FicheGuichet
from sne.referentiels.selectors import get_parametres, list_fiches
from sne.socle.acteur import SYSTEME, Acteur
from sne.socle.erreurs import refus_de
from sne.socle.horloge import jour
from sne.socle.lignes import trouver
from sne.socle.pages import DEBUT, Page, Position, paginer
from sne.socle.pages_sql import au_dela
from sne.suivi import policies
from sne.suivi.models import AlerteGuichet, SuiteAlerte
from sne.suivi.parametres import ParametresSuivi
from sne.suivi.rules import alertes as rules
from sne.suivi.rules.alertes import EtatAlerte, NatureSuite, Suite
from sne.suivi.rules.classement import MotifClassement

PAR_PAGE = 50
ORDRE = ("close", "-survenu_le", "-id")
ABSENTE = "Aucune alerte de votre périmètre sous cet identifiant."
_CLOTURES = SuiteAlerte.objects.filter(alerte=OuterRef("pk"), nature=NatureSuite.CLOTURE.value)


@dataclass(frozen=True, slots=True)
class SuiteLue:
    """One thing that followed. ``par``: its author in words; ``designe``: who is to answer, by name."""

    nature: NatureSuite
    texte: str
    motif: MotifClassement | None
    par: str
    designe: str
    survenu_le: datetime
    du_service: bool


@dataclass(frozen=True, slots=True)
class AlerteLue:
    """One alert. ``repond``: the reader may answer for the counter; ``suit``: they opened it, or may close it."""

    id: uuid.UUID
    territoire: str
    guichet: str
    libelle: str
    de: date
    a: date
    chiffres: Sequence[dict[str, Any]]
    texte: str
    par: str
    survenu_le: datetime
    suites: tuple[SuiteLue, ...]
    etat: EtatAlerte
    attendue_le: date
    repond: bool
    designe: bool
    suit: bool

    @property
    def a_repondre(self) -> bool:
        """Whether the reader may answer now."""
        return self.repond and not refus_de(rules.exiger_a_repondre, self.etat)

    @property
    def a_designer(self) -> bool:
        """Whether the reader may say now who answers."""
        return self.designe and not refus_de(rules.exiger_a_repondre, self.etat)

    @property
    def a_relancer(self) -> bool:
        """Whether the reader may ask again now."""
        return self.suit and not refus_de(rules.exiger_repondue, self.etat)

    @property
    def a_clore(self) -> bool:
        """Whether the reader may end it now."""
        return self.suit and not refus_de(rules.exiger_non_close, self.etat)


def scope(acteur: Acteur, *, le: date) -> Q:
    """Alerts that the actor may read: of the counters that they follow, and those that they were designated for.

    Somebody who was designated, but has left that counter since, reads them no more.
    """
    return _lisibles(acteur, le, None)


def _lisibles(acteur: Acteur, le: date, designe: Exists | None) -> Q:
    """``designe``: whether the actor was designated, when the caller has it: it takes three statements."""
    ou = Q(territoire=acteur.territoire)
    suivis = policies.guichets_suivis(acteur, le=le)
    if suivis is None:
        return ou
    return ou & (Q(guichet__in=suivis) | Q(designe or _est_designe(acteur, le)))


def list_alertes(acteur: Acteur, *, le: date, apres: uuid.UUID | None = None) -> Page[AlerteLue]:
    """Those of the reader, the open ones first, then the newest first; ``apres``: where a page ends, as
    :func:`_repere` says it, an unknown key gives the first page.
    """
    lignes = _alertes(acteur, le).annotate(close=Exists(_CLOTURES))
    borne = (
        lignes.filter(Q(id=apres) | Q(suites=apres)).values_list("survenu_le", "id").first()
        if apres
        else None
    )
    if borne is not None:
        lignes = lignes.filter(au_dela(ORDRE, (apres != borne[1], *borne)))
    lues = list(lignes.order_by(*ORDRE)[: PAR_PAGE + 1])
    page = paginer(lues, DEBUT, par_page=PAR_PAGE, repere=_repere)
    fiches, suivis = _autour(acteur, le)
    return page.montrer(_lire(ligne, acteur, le=le, fiches=fiches, suivis=suivis) for ligne in page.lignes)


def _repere(ligne: AlerteGuichet) -> Position:
    """Where a page ends: after an open alert, by its own key; after a closed one, by that of its end. An alert that is
    closed while its page is read keeps its place, and none of those that follow is passed over.
    """
    fin = next((suite for suite in ligne.suites.all() if suite.nature == NatureSuite.CLOTURE), None)
    return Position(None, (fin or ligne).id)


def compter_alertes(acteur: Acteur, *, le: date) -> int:
    """How many wait for the reader: to be answered by a counter, to be followed up by a manager of the territory."""
    ouvertes = _alertes(acteur, le).exclude(Exists(_CLOTURES))
    tour = (
        EtatAlerte.REPONDUE
        if policies.can_classer(acteur, territoire=acteur.territoire)
        else EtatAlerte.A_REPONDRE
    )
    return sum(rules.etat(suites_de(ligne)) is tour for ligne in ouvertes)


def get_alerte(alerte_id: uuid.UUID, acteur: Acteur, *, le: date) -> AlerteLue:
    """One alert of the reader. Raises ``Introuvable``."""
    ligne = trouver(_alertes(acteur, le).filter(id=alerte_id), ABSENTE)
    fiches, suivis = _autour(acteur, le)
    return _lire(ligne, acteur, le=le, fiches=fiches, suivis=suivis)


def list_ouvertes(*, guichet: tuple[str, str] | None = None) -> list[AlerteGuichet]:
    """Alerts that are not closed, with what followed, of every territory or of one (territory, counter)."""
    lues = AlerteGuichet.objects.exclude(Exists(_CLOTURES)).prefetch_related("suites")
    if guichet is not None:
        lues = lues.filter(territoire=guichet[0], guichet=guichet[1])
    return list(lues.order_by("territoire", "survenu_le", "id"))


def suites_de(alerte: AlerteGuichet) -> list[Suite]:
    """What followed, in order, as the rules read it."""
    return [
        Suite(NatureSuite(s.nature), jour(s.survenu_le), du_service=s.auteur == SYSTEME)
        for s in _en_ordre(alerte.suites.all())
    ]


def list_repondants(territoire: str, guichet: str, *, le: date) -> list[Compte]:
    """Who answers for a counter on that day: the guichet managers of its body."""
    fiche = list_fiches(territoire).get(guichet)
    organisme = fiche.organisme if fiche else ""
    porteurs = list_porteurs({Role.RESPONSABLE_GUICHET}, territoire=territoire, le=le)
    return [compte for compte, poste in porteurs if organisme and poste.organisme == organisme]


def list_designables(territoire: str, guichet: str, *, le: date) -> list[Compte]:
    """Who may be designated to answer for a counter: its agents."""
    porteurs = list_porteurs({Role.AGENT_GUICHET}, territoire=territoire, le=le, guichet=guichet)
    return [compte for compte, _ in porteurs]


def list_designes(alerte: AlerteGuichet, *, le: date) -> list[Compte]:
    """Who was designated to answer, and is still an agent of that counter on that day."""
    designes = {s.compte for s in alerte.suites.all() if s.compte is not None}
    if not designes:
        return []
    personnes = list_comptes_des(designes)
    return [c for c in list_designables(alerte.territoire, alerte.guichet, le=le) if c.id in personnes]


def _est_designe(acteur: Acteur, le: date) -> Exists:
    """Whether the actor was designated to answer an alert, under any account, and is still an agent of its counter."""
    comptes = list_comptes_de(acteur.id)
    return Exists(
        SuiteAlerte.objects.filter(
            alerte=OuterRef("pk"),
            alerte__guichet__in=_guichets_tenus(comptes, acteur.territoire, le),
            territoire=acteur.territoire,
            nature=NatureSuite.DESIGNATION.value,
            compte__in=comptes,
        )
    )


def _guichets_tenus(comptes: Collection[uuid.UUID], territoire: str, le: date) -> frozenset[str]:
    """Counters of a territory whose agent this person is on that day, under any of their accounts."""
    return frozenset(
        poste.guichet
        for compte in Compte.objects.filter(id__in=comptes, actif=True)
        for poste in list_postes(compte, le=le)
        if poste.role is Role.AGENT_GUICHET and poste.territoire == territoire
    )


def _alertes(acteur: Acteur, le: date) -> QuerySet[AlerteGuichet]:
    designe = _est_designe(acteur, le)
    return (
        AlerteGuichet.objects.filter(_lisibles(acteur, le, designe))
        .annotate(designee=designe)
        .prefetch_related("suites")
        .order_by("-survenu_le", "-id")
    )


def _autour(acteur: Acteur, le: date) -> tuple[dict[str, FicheGuichet], tuple[str, ...] | None]:
    return list_fiches(acteur.territoire), policies.guichets_suivis(acteur, le=le)


def _lire(
    ligne: Any,
    acteur: Acteur,
    *,
    le: date,
    fiches: dict[str, FicheGuichet],
    suivis: tuple[str, ...] | None,
) -> AlerteLue:
    suites, ouverte_le = suites_de(ligne), jour(ligne.survenu_le)
    fiche = fiches.get(ligne.guichet)
    responsable = suivis is not None and ligne.guichet in suivis
    return AlerteLue(
        id=ligne.id,
        territoire=ligne.territoire,
        guichet=ligne.guichet,
        libelle=fiche.libelle if fiche else ligne.guichet,
        de=ligne.de,
        a=ligne.a,
        chiffres=ligne.chiffres,
        texte=ligne.texte,
        par=str(ligne.ouverte_par["nom"]),
        survenu_le=ligne.survenu_le,
        suites=tuple(_suite(s) for s in _en_ordre(ligne.suites.all())),
        etat=rules.etat(suites),
        attendue_le=rules.attendue_le(
            ouverte_le, suites, jours=get_parametres(le)[ParametresSuivi].alerte_guichet_reponse_jours
        ),
        repond=responsable or bool(ligne.designee),
        designe=responsable,
        suit=policies.can_classer(acteur, territoire=ligne.territoire),
    )


def _en_ordre(suites: Iterable[SuiteAlerte]) -> list[SuiteAlerte]:
    return sorted(suites, key=lambda s: (s.survenu_le, s.id))


def _suite(ligne: SuiteAlerte) -> SuiteLue:
    return SuiteLue(
        nature=NatureSuite(ligne.nature),
        texte=ligne.texte,
        motif=MotifClassement(ligne.motif) if ligne.motif else None,
        par=str(ligne.ecrite_par["nom"]),
        designe=str(ligne.ecrite_par.get("designe", "")),
        survenu_le=ligne.survenu_le,
        du_service=ligne.auteur == SYSTEME,
    )
