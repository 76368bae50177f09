"""Saying that one has read the reminder, and answering a situation."""

from datetime import datetime

from django.db import transaction

from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.sensibilisation import policies, selectors
from sne.sensibilisation.models import LectureRappel, ReponseScenario
from sne.sensibilisation.rules import RAPPEL, Choix, choisir, exiger_le_meme
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require

NON_CONCERNE = "Ce rappel s’adresse à qui change un état civil ou en décide. Vous n’avez rien à faire."


@transaction.atomic
def reconnaitre_rappel(version: str, *, acteur: Acteur, survenu_le: datetime) -> bool:
    """Write that this person read the reminder; ``False`` when it is known already.

    Raises ``NonHabilite``, ``Interdit`` (the text changed since the page was opened).
    """
    require(policies.est_concerne(acteur), NON_CONCERNE)
    exiger_le_meme(version)
    if selectors.has_lu(acteur.id, le=survenu_le):
        return False
    lecture = LectureRappel(
        territoire=acteur.territoire,
        guichet=acteur.guichet,
        compte_id=acteur.id,
        version=RAPPEL.version,
        survenu_le=survenu_le,
    )
    lecture.save(force_insert=True)
    _inscrire(Verbe.LIRE_RAPPEL, acteur, survenu_le, version=RAPPEL.version)
    return True


@transaction.atomic
def repondre_scenario(code: str, reponse: str, *, acteur: Acteur, survenu_le: datetime) -> Choix:
    """Write one answer, right or wrong, and give it back with its why. One may answer again as often as one likes.

    Raises ``NonHabilite``, ``Introuvable`` (no such situation), ``Interdit`` (no such answer).
    """
    require(policies.est_concerne(acteur), NON_CONCERNE)
    choix = choisir(code, reponse)
    ligne = ReponseScenario(
        territoire=acteur.territoire,
        guichet=acteur.guichet,
        compte_id=acteur.id,
        scenario=code,
        reponse=choix.code,
        juste=choix.juste,
        survenu_le=survenu_le,
    )
    ligne.save(force_insert=True)
    _inscrire(Verbe.REPONDRE_SCENARIO, acteur, survenu_le, scenario=code)
    return choix


def _inscrire(verbe: Verbe, acteur: Acteur, survenu_le: datetime, **faits: object) -> None:
    """The entry says who and what, never whether an answer was right: a lesson is no file on somebody."""
    journal.inscrire(
        Entree(verbe=verbe, acteur=acteur, survenu_le=survenu_le, territoire=acteur.territoire, faits=faits)
    )
