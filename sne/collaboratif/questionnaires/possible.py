"""Whether a questionnaire may be filled in, held, relayed, or its results read now."""

from datetime import datetime

from sne.collaboratif.espaces.possible import exiger_relayable, exiger_tenir
from sne.collaboratif.espaces.rules import INTROUVABLE
from sne.collaboratif.espaces.selectors import Lecteur, est_allume, siens
from sne.collaboratif.questionnaires.models import Participation, Questionnaire
from sne.socle.erreurs import Interdit, Introuvable

PAS_OUVERT = "Ce questionnaire n’est pas ouvert aujourd’hui."
ETEINT = "Ce questionnaire est fermé pour le moment. Ce que vous avez écrit est gardé."
DEJA = "Vous avez déjà répondu. Une réponse anonyme ne se retrouve pas\u00a0: elle ne se change pas."
EN_COURS = "Les résultats se lisent quand le questionnaire est clos."
RELAYE = "Ce questionnaire est déjà relayé à ces guichets."


def exiger_voir(lecteur: Lecteur, questionnaire: Questionnaire) -> None:
    """Raises ``Introuvable``: not for them. Who opened it sees it too."""
    if lecteur.equipes.isdisjoint(questionnaire.acces) and questionnaire.auteur != lecteur.acteur.id:
        raise Introuvable(INTROUVABLE)


def exiger_repondre(lecteur: Lecteur, questionnaire: Questionnaire, *, le: datetime) -> None:
    """Raises ``Introuvable``, ``Interdit`` (not open, switched off, answered already without a name)."""
    if lecteur.equipes.isdisjoint(questionnaire.acces):
        raise Introuvable(INTROUVABLE)
    if questionnaire.clos_le is not None or not questionnaire.du <= le < questionnaire.au:
        raise Interdit(PAS_OUVERT)
    if not est_allume(questionnaire.drapeau, lecteur, le=le):
        raise Interdit(ETEINT)
    if questionnaire.anonyme and a_repondu(lecteur, questionnaire):
        raise Interdit(DEJA)


def exiger_tenir_questionnaire(lecteur: Lecteur, questionnaire: Questionnaire) -> None:
    """Close it, read who answered where. Raises ``Introuvable``, ``NonHabilite``."""
    exiger_voir(lecteur, questionnaire)
    exiger_tenir(lecteur.acteur, questionnaire.territoire)


def exiger_exporter(lecteur: Lecteur, questionnaire: Questionnaire) -> None:
    """Raises ``Introuvable``, ``NonHabilite``, ``Interdit``: without names and not closed, for two files of two days
    would tell what was answered in between, beside who took part.
    """
    exiger_tenir_questionnaire(lecteur, questionnaire)
    if questionnaire.anonyme and questionnaire.clos_le is None:
        raise Interdit(EN_COURS)


def exiger_resultats(lecteur: Lecteur, questionnaire: Questionnaire) -> None:
    """Once closed, who answered and who holds it. Raises ``Introuvable``, ``Interdit`` (not closed)."""
    exiger_voir(lecteur, questionnaire)
    if questionnaire.clos_le is None:
        raise Interdit(EN_COURS)
    if not a_repondu(lecteur, questionnaire):
        exiger_tenir(lecteur.acteur, questionnaire.territoire)


def exiger_relayer(lecteur: Lecteur, questionnaire: Questionnaire) -> tuple[str, str]:
    """The territory and the counter that it is relayed to. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    exiger_voir(lecteur, questionnaire)
    return exiger_relayable(lecteur.acteur, questionnaire.relais.all(), RELAYE)


def a_repondu(lecteur: Lecteur, questionnaire: Questionnaire) -> bool:
    """Whether the person took part, from any of their accounts."""
    faites = Participation.objects.filter(compte__in=siens(lecteur))
    return faites.filter(questionnaire=questionnaire).exists()
