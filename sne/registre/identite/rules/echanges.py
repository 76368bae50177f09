"""What is asked and answered around a change of identity that waits, and when it has waited too long. Pure.

A question goes to the counter that typed the change; a report goes to those who hold enquiries, and the counter is not
told of it. The report is closed by the end of that enquiry; until then the change cannot end in any other way. Delays
before a decision are counted in working days, the end of a request in days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sne.registre.controle.parametres import Seuils
from sne.registre.demande.rules.dates import compter
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

EN_ENQUETE = "Ce changement est transmis au délégué à la protection des données. Il se décide une fois l’enquête close."
PAS_LE_SIEN = "Seule la personne qui a saisi ce changement peut le retirer."


class NatureEchange(StrEnum):
    """One message around a change that waits."""

    QUESTION = "QUESTION"
    REPONSE = "REPONSE"
    SIGNALEMENT = "SIGNALEMENT_DPO"


class Rappel(StrEnum):
    """How long a change has waited, in the words of the person who decides."""

    AUCUN = "AUCUN"
    PREMIER = "PREMIER"
    SECOND = "SECOND"
    ESCALADE = "ESCALADE"


@dataclass(frozen=True, slots=True)
class Echange:
    """One message, as the rules read it."""

    nature: NatureEchange


def attend_une_reponse(echanges: Sequence[Echange]) -> bool:
    """Whether a question was asked, and not answered. ``echanges``: the oldest first."""
    suite = [e.nature for e in echanges if e.nature is not NatureEchange.SIGNALEMENT]
    return bool(suite) and suite[-1] is NatureEchange.QUESTION


def exiger_sans_question(echanges: Sequence[Echange]) -> None:
    """Refuse a second question before the answer to the first. Raises ``Interdit``."""
    if attend_une_reponse(echanges):
        raise Interdit("Une question attend déjà la réponse du guichet.", champ="precision")


def exiger_question(echanges: Sequence[Echange]) -> None:
    """Refuse an answer where nothing is asked. Raises ``Interdit``."""
    if not attend_une_reponse(echanges):
        raise Interdit("Aucune question n’attend de réponse sur ce changement.")


def exiger_non_signale(echanges: Sequence[Echange]) -> None:
    """Refuse to report twice. Raises ``Interdit``."""
    if any(e.nature is NatureEchange.SIGNALEMENT for e in echanges):
        raise Interdit("Ce changement est déjà transmis au délégué à la protection des données.")


def exiger_enquete_close(*, ouverte: bool) -> None:
    """Refuse to decide on a change that was reported, as long as its enquiry goes on. Raises ``Interdit``."""
    if ouverte:
        raise Interdit(EN_ENQUETE)


def exiger_non_examine(*, ouverte: bool) -> None:
    """The same, in words that say nothing of an enquiry to a counter. Raises ``Interdit``."""
    if ouverte:
        raise Interdit(
            "Ce changement est en cours d’examen. Il attend sa décision, il ne peut plus être retiré."
        )


def fin_de_l_attente(demande_le: date, seuils: Seuils) -> date:
    """The day on which a change that nobody decided comes to nothing."""
    return demande_le + timedelta(days=seuils.identite_expiration_jours)


def est_expiree(demande_le: date, le: date, seuils: Seuils) -> bool:
    """Whether a change asked for on that day has come to nothing."""
    return le >= fin_de_l_attente(demande_le, seuils)


def exiger_expiree(demande_le: date, le: date, seuils: Seuils) -> None:
    """Refuse to end a change too soon. Raises ``Interdit``."""
    if not est_expiree(demande_le, le, seuils):
        raise Interdit(
            f"Ce changement attend une décision jusqu’au {fin_de_l_attente(demande_le, seuils):%d/%m/%Y}{INSECABLE}: "
            "il ne s’arrête pas avant."
        )


def rappel(demande_le: date, le: date, seuils: Seuils) -> Rappel:
    """How pressing a change has become."""
    jours = compter(demande_le, le)
    if jours >= seuils.identite_escalade_jours:
        return Rappel.ESCALADE
    if jours >= seuils.identite_rappel_2_jours:
        return Rappel.SECOND
    return Rappel.PREMIER if jours >= seuils.identite_rappel_1_jours else Rappel.AUCUN
