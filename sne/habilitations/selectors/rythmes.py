"""Regular reviews: how a territory decided them, which came before, when the next one opens."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q

from sne.habilitations import policies
from sne.habilitations.models import CampagneRevue, RythmeRevue
from sne.habilitations.rules.rythmes import Rythme
from sne.referentiels.selectors import get_geographie
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import jour

DERNIERES = 24


@dataclass(frozen=True, slots=True)
class EtatDesRevues:
    """Regular reviews of one territory. ``derniere``: when a review of the whole of it last opened; ``ouverte``: one is
    under way. ``prochaine``: the day from which the next one opens, ``None`` when none is regular.
    """

    territoire: str
    rythme: Rythme | None
    derniere: date | None
    ouverte: bool

    @property
    def prochaine(self) -> date | None:
        return self.rythme.prochaine(self.derniere) if self.rythme else None

    def is_due(self, le: date) -> bool:
        """Whether a review is to open; while one is under way, whichever it is, the next one waits."""
        return self.prochaine is not None and self.prochaine <= le and not self.ouverte


@dataclass(frozen=True, slots=True)
class DecisionDeRythme:
    """One decision, and whose; no rhythm: stopped."""

    rythme: Rythme | None
    par: str
    survenu_le: datetime


def get_etat_des_revues(territoire: str) -> EtatDesRevues:
    """Regular reviews of a territory, as they are now."""
    return _etats([territoire])[0]


def get_revues_du_territoire(territoire: str, acteur: Acteur) -> EtatDesRevues:
    """The same, for somebody who decides on them. Raises ``Introuvable``."""
    connu = territoire in get_geographie().territoires
    if not connu or policies.mandat_pour_ouvrir_revue(acteur, territoire=territoire) is None:
        raise Introuvable("Ce territoire n’existe pas, ou n’est pas dans votre périmètre.")
    return get_etat_des_revues(territoire)


def list_etats_des_revues(acteur: Acteur) -> tuple[EtatDesRevues, ...]:
    """Those of the territories where the actor decides on them, in the order of their codes: two statements."""
    siens = [
        code
        for code in get_geographie().territoires
        if policies.mandat_pour_ouvrir_revue(acteur, territoire=code)
    ]
    return _etats(sorted(siens))


def list_revues_dues(*, le: date) -> tuple[str, ...]:
    """Territories where a regular review is to open on that day."""
    regles = RythmeRevue.objects.order_by("territoire").values_list("territoire", flat=True).distinct()
    return tuple(etat.territoire for etat in _etats(list(regles)) if etat.is_due(le))


def is_revue_due(territoire: str, *, le: date) -> bool:
    """Whether it is one of them."""
    return get_etat_des_revues(territoire).is_due(le)


def list_decisions_de_rythme(territoire: str) -> tuple[DecisionDeRythme, ...]:
    """What was decided, the newest first."""
    lignes = RythmeRevue.objects.filter(territoire=territoire).order_by("-survenu_le", "-id")
    return tuple(
        DecisionDeRythme(_rythme(ligne), ligne.auteur_nom, ligne.survenu_le) for ligne in lignes[:DERNIERES]
    )


def _etats(territoires: Collection[str]) -> tuple[EtatDesRevues, ...]:
    actuels = RythmeRevue.objects.filter(territoire__in=territoires).order_by(
        "territoire", "-survenu_le", "-id"
    )
    rythmes = {ligne.territoire: _rythme(ligne) for ligne in actuels.distinct("territoire")}
    entieres = CampagneRevue.objects.filter(territoire__in=territoires, guichet="").order_by()
    faites = {
        territoire: (jour(derniere), bool(ouvertes))
        for territoire, derniere, ouvertes in entieres.values_list("territoire").annotate(
            derniere=Max("ouverte_le"), ouvertes=Count("id", filter=Q(close_le=None))
        )
    }
    return tuple(
        EtatDesRevues(code, rythmes.get(code), *faites.get(code, (None, False))) for code in territoires
    )


def _rythme(ligne: RythmeRevue) -> Rythme | None:
    return Rythme(ligne.mois, ligne.premiere) if ligne.actif else None
