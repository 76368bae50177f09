"""Campaigns of review: who answers for whom, until when, what silence does. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from sne.habilitations.rules.roles import Role

MOTIF_MIN, MOTIF_MAX = 5, 200  # signs


class Reponse(StrEnum):
    """What a reviewer answers for one role."""

    CONSERVER = "CONSERVER"
    REDUIRE = "REDUIRE"
    RETIRER = "RETIRER"


REPONSES: Mapping[Reponse, str] = {
    Reponse.CONSERVER: "Conserver",
    Reponse.REDUIRE: "Réduire",
    Reponse.RETIRER: "Retirer",
}
_NATIONAL = frozenset({Role.EXPLOITATION_NATIONALE})
RELECTEURS: Mapping[Role, frozenset[Role]] = {
    Role.AGENT_GUICHET: _NATIONAL | {Role.RESPONSABLE_GUICHET, Role.GESTIONNAIRE_TERRITORIAL},
    Role.RESPONSABLE_GUICHET: _NATIONAL | {Role.GESTIONNAIRE_TERRITORIAL},
    Role.GESTIONNAIRE_TERRITORIAL: _NATIONAL,
    Role.SUPPORT_N1: _NATIONAL,
    Role.EXPLOITATION_NATIONALE: _NATIONAL,
    Role.DPO: _NATIONAL,
    Role.AIDANT: _NATIONAL | {Role.RESPONSABLE_GUICHET, Role.GESTIONNAIRE_TERRITORIAL},
    Role.COORDINATION_DEPARTEMENTALE: _NATIONAL,
    Role.COORDINATION_REGIONALE: _NATIONAL,
    Role.ASSOCIATION_HLM: _NATIONAL,
    Role.UNION_HLM: _NATIONAL,
    Role.POLE_METIER: _NATIONAL,
    Role.SUPPORT_N2: _NATIONAL,
    Role.EDITEUR: _NATIONAL | {Role.GESTIONNAIRE_TERRITORIAL},
    Role.GESTIONNAIRE_FICHIERS_PARTAGES: _NATIONAL,
}
"""Who may answer for a role, never for themselves: a manager answers for agents, not for managers."""


class IssueSuspension(StrEnum):
    """How a suspension ends."""

    RETABLIE = "RETABLIE"
    RETIREE = "RETIREE"


class CodeModele(StrEnum):
    """A kind of campaign."""

    TRIMESTRIELLE = "TRIMESTRIELLE"
    NATIONALE_2024 = "NATIONALE_2024"


@dataclass(frozen=True, slots=True)
class ModeleRevue:
    """What a kind of campaign is. ``mois``: how many calendar months it lasts; 0, the dated parameter in days."""

    libelle: str
    nationale: bool
    mois: int = 0

    def limite(self, ouverte_le: date, *, jours: int) -> date:
        """The last day to answer."""
        if self.mois:
            return ouverte_le + relativedelta(months=self.mois) - timedelta(days=1)
        return ouverte_le + timedelta(days=jours)


MODELES: Mapping[CodeModele, ModeleRevue] = {
    CodeModele.TRIMESTRIELLE: ModeleRevue("Revue des habilitations", nationale=False),
    CodeModele.NATIONALE_2024: ModeleRevue(
        "Campagne nationale de mise à jour des droits d’accès", nationale=True, mois=9
    ),
}
"""The national one is that of 2024: opened on 1 April, every right of every territory, until 31 December."""


def rappel_du(le: date, *, limite: date, jours: tuple[int, int]) -> int:
    """Which reminder is due on ``le``: 2, 1, or 0. ``jours``: how many days before the end the two of them go.

    After an outage, only the last one due goes.
    """
    if le > limite:
        return 0
    premier, second = jours
    if le >= limite - timedelta(days=second):
        return 2
    return 1 if le >= limite - timedelta(days=premier) else 0


def refus_de_la_reponse(
    reponse: Reponse,
    *,
    motif: str,
    terminee: bool,
    hors_delai: bool,
    suspendue: bool,
    reductible: bool,
    servis: Collection[str] = (),
) -> tuple[str, str] | None:
    """Field and French sentence of what forbids an answer; ``None`` when nothing does.

    ``hors_delai``: the campaign is over and this line was answered; ``suspendue``: the role was suspended for want of
    an answer; ``servis``: rights in words, shown as never used, that were used since.
    """
    if terminee:
        return "reponse", "Cette habilitation est déjà terminée. Rechargez la page."
    if hors_delai and not suspendue:
        return "reponse", "La revue est terminée. Retirez l’habilitation depuis la fiche de la personne."
    if reponse is Reponse.CONSERVER:
        return None
    if not MOTIF_MIN <= len(motif) <= MOTIF_MAX:
        return (
            "motif",
            f"Motif : dites pourquoi, en {MOTIF_MIN} à {MOTIF_MAX} signes.",
        )
    return _refus_de_reduire(reductible, servis) if reponse is Reponse.REDUIRE else None


def _refus_de_reduire(reductible: bool, servis: Collection[str]) -> tuple[str, str] | None:
    if servis:
        ont = "des droits ont servi" if len(servis) > 1 else "un droit a servi"
        return "reponse", (
            f"Depuis l’affichage de cette page, {ont} ({', '.join(servis)}). Rien n’est retiré. "
            "Relisez ce qui resterait, puis répondez à nouveau."
        )
    if not reductible:
        return "reponse", "Il n’y a aucun droit à réduire\u00a0: tous ont servi. Conservez, ou retirez."
    return None
