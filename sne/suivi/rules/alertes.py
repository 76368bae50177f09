"""An alert to a counter about its figures: asked, answered, followed up, closed with a reason. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.rules.dates import ajouter, compter
from sne.socle.erreurs import Interdit
from sne.suivi.rules.recapitulatif import LigneRecapitulatif

TEXTE_MAX = 1_000  # signs
MOIS_MAX = 12
DEJA_CLOSE = "Cette alerte est close. Ouvrez-en une autre si les chiffres le demandent."


class NatureSuite(StrEnum):
    """What follows an alert."""

    DESIGNATION = "DESIGNATION"
    REPONSE = "REPONSE"
    RELANCE = "RELANCE"
    CLOTURE = "CLOTURE"


class EtatAlerte(StrEnum):
    """Whose turn it is."""

    A_REPONDRE = "A_REPONDRE"
    REPONDUE = "REPONDUE"
    CLOSE = "CLOSE"


@dataclass(frozen=True, slots=True)
class Suite:
    """One thing that followed, on its day. ``du_service``: reminded by the service, not asked by a person."""

    nature: NatureSuite
    le: date
    du_service: bool = False


def etat(suites: Sequence[Suite]) -> EtatAlerte:
    """Where an alert stands. ``suites``: in order. A reminder asks nothing new: it does not undo an answer."""
    natures = [s.nature for s in suites]
    if NatureSuite.CLOTURE in natures:
        return EtatAlerte.CLOSE
    tours = [n for n in natures if n in (NatureSuite.REPONSE, NatureSuite.RELANCE)]
    return EtatAlerte.REPONDUE if tours and tours[-1] is NatureSuite.REPONSE else EtatAlerte.A_REPONDRE


def attendue_le(ouverte_le: date, suites: Sequence[Suite], *, jours: int) -> date:
    """The working day by which the counter is to answer what was asked last."""
    questions = [s.le for s in suites if s.nature is NatureSuite.RELANCE and not s.du_service]
    return ajouter(questions[-1] if questions else ouverte_le, jours)


def a_relancer(ouverte_le: date, suites: Sequence[Suite], *, le: date, jours: int) -> bool:
    """Whether the counter is to be reminded on that day: so many working days without an answer, each time."""
    if etat(suites) is not EtatAlerte.A_REPONDRE:
        return False
    derniere = max([ouverte_le, *(s.le for s in suites if s.nature is NatureSuite.RELANCE)])
    return compter(derniere, le) >= jours


def lire_message(texte: str, *, champ: str = "texte") -> str:
    """What is written in an alert, as it may be kept. Raises ``Interdit`` on its field."""
    if not texte.strip():
        raise Interdit("Écrivez votre message.", champ=champ)
    return lire_texte(texte, requis=True, champ=champ, maximum=TEXTE_MAX)


def exiger_ouvrable(mois: int, *, guichet_connu: bool, deja_ouverte: bool) -> None:
    """Refuse what cannot be asked. ``mois``: how many months the alert is about. Raises ``Interdit``."""
    if not guichet_connu:
        raise Interdit("Choisissez un guichet de votre territoire.", champ="guichet")
    if not 1 <= mois <= MOIS_MAX:
        raise Interdit(f"Choisissez de 1 à {MOIS_MAX}\u00a0mois, du plus ancien au plus récent.", champ="de")
    if deja_ouverte:
        raise Interdit("Une alerte à ce guichet est déjà ouverte. Suivez-la, ou fermez-la.", champ="guichet")


def exiger_non_close(actuel: EtatAlerte) -> None:
    """Refuse to go on with what is closed. Raises ``Interdit``."""
    if actuel is EtatAlerte.CLOSE:
        raise Interdit(DEJA_CLOSE)


def exiger_a_repondre(actuel: EtatAlerte) -> None:
    """Refuse an answer when nothing is asked. Raises ``Interdit``."""
    exiger_non_close(actuel)
    if actuel is EtatAlerte.REPONDUE:
        raise Interdit(
            "Votre guichet a déjà répondu. La suite est au gestionnaire territorial.", champ="texte"
        )


def exiger_repondue(actuel: EtatAlerte) -> None:
    """Refuse another question while the first one is not answered. Raises ``Interdit``."""
    exiger_non_close(actuel)
    if actuel is EtatAlerte.A_REPONDRE:
        raise Interdit(
            "Le guichet n’a pas encore répondu. Il est relancé sans que vous ayez rien à faire.",
            champ="texte",
        )


def figer(lignes: Sequence[LigneRecapitulatif]) -> list[dict[str, object]]:
    """The figures of a counter, month by month, as they were when it was asked."""
    return [
        {
            "mois": f"{x.activite.mois:%Y-%m}",
            "traitees": x.activite.traitees,
            "mineurs": x.activite.naissance_mineure,
            "majeurs": x.activite.naissance_majeure,
            "taux": x.taux,
            "taux_territoire": x.taux_territoire,
            "rapport": x.rapport,
            "signale": x.alerte,
        }
        for x in lignes
    ]
