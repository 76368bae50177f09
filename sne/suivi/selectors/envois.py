"""The monthly mailing of a territory: as it is now, how it came to be so, what left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sne.habilitations.models import Compte
from sne.habilitations.rules import Role
from sne.habilitations.selectors import list_porteurs
from sne.socle.horloge import jour
from sne.socle.tableur import Format
from sne.suivi.models import EnvoiFait, EnvoiProgramme
from sne.suivi.rules.envois import Reglage

DERNIERS = 24


@dataclass(frozen=True, slots=True)
class EnvoiEnCours:
    """A mailing that goes on. ``depuis``: the day since which it has not been stopped."""

    programme: EnvoiProgramme
    reglage: Reglage
    depuis: date


@dataclass(frozen=True, slots=True)
class DecisionDEnvoi:
    """One decision, and whose."""

    reglage: Reglage | None
    par: str
    survenu_le: datetime


def get_envoi(territoire: str) -> EnvoiEnCours | None:
    """The mailing of a territory; ``None`` when there is none, or when it was stopped."""
    return _en_cours(_lignes(territoire))


def list_territoires_servis() -> list[str]:
    """Territories that a mailing was ever decided for."""
    return list(EnvoiProgramme.objects.order_by("territoire").values_list("territoire", flat=True).distinct())


def list_lecteurs(territoire: str, *, le: date) -> list[Compte]:
    """Whom the recap of a territory is mailed to: its managers."""
    porteurs = list_porteurs({Role.GESTIONNAIRE_TERRITORIAL}, territoire=territoire, le=le)
    return [compte for compte, _ in porteurs]


def list_decisions(territoire: str) -> list[DecisionDEnvoi]:
    """What was decided, the newest first."""
    return [
        DecisionDEnvoi(
            _reglage(ligne) if ligne.actif else None, str(ligne.decide_par["nom"]), ligne.survenu_le
        )
        for ligne in _lignes(territoire)[:DERNIERS]
    ]


def list_envois(territoire: str, *, lus: bool | None = True) -> list[EnvoiFait]:
    """Recaps that left, the newest month first; ``lus`` false: those that had nobody to be read by; ``None``: both."""
    faits = EnvoiFait.objects.filter(territoire=territoire)
    if lus is not None:
        faits = faits.filter(lu=lus)
    return list(faits.order_by("-mois", "-survenu_le", "-id"))


def _lignes(territoire: str) -> list[EnvoiProgramme]:
    return list(EnvoiProgramme.objects.filter(territoire=territoire).order_by("-survenu_le", "-id"))


def _en_cours(lignes: Iterable[EnvoiProgramme]) -> EnvoiEnCours | None:
    suite: list[EnvoiProgramme] = []
    for ligne in lignes:
        if not ligne.actif:
            break
        suite.append(ligne)
    if not suite:
        return None
    return EnvoiEnCours(suite[0], _reglage(suite[0]), jour(suite[-1].survenu_le))


def _reglage(ligne: EnvoiProgramme) -> Reglage:
    return Reglage(ligne.jour, Format(ligne.format))
