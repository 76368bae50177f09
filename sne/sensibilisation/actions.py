"""Saying that one has read the reminder, answering a situation, saying what is unclear to households."""

from django.db import transaction

from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.sensibilisation import selectors
from sne.sensibilisation.models import LectureRappel, RemarqueMenage, ReponseScenario
from sne.sensibilisation.possible import exiger_concerne, exiger_remarquant
from sne.sensibilisation.rules import RAPPEL, Choix, choisir, exiger_le_meme, lire_ecran, lire_remarque
from sne.sensibilisation.verbes import VerbeSensibilisation
from sne.socle.acte import Acte


@transaction.atomic
def reconnaitre_rappel(version: str, *, acte: Acte) -> bool:
    """Write that this person read the reminder; ``False`` when it is known already.

    Raises ``NonHabilite``, ``Interdit`` (the text changed since the page was opened).
    """
    exiger_concerne(acte.acteur)
    exiger_le_meme(version)
    if selectors.has_lu(acte.acteur.id, le=acte.survenu_le):
        return False
    lecture = LectureRappel(
        territoire=acte.acteur.territoire,
        guichet=acte.acteur.guichet,
        compte_id=acte.acteur.id,
        version=RAPPEL.version,
        survenu_le=acte.survenu_le,
    )
    lecture.save(force_insert=True)
    _inscrire(VerbeSensibilisation.LIRE_RAPPEL, acte, version=RAPPEL.version)
    return True


@transaction.atomic
def repondre_scenario(code: str, reponse: str, *, acte: Acte) -> Choix:
    """Write one answer, right or wrong, and give it back with its why. One may answer again as often as one likes.

    Raises ``NonHabilite``, ``Introuvable`` (no such situation), ``Interdit`` (no such answer).
    """
    exiger_concerne(acte.acteur)
    choix = choisir(code, reponse)
    ligne = ReponseScenario(
        territoire=acte.acteur.territoire,
        guichet=acte.acteur.guichet,
        compte_id=acte.acteur.id,
        scenario=code,
        reponse=choix.code,
        juste=choix.juste,
        survenu_le=acte.survenu_le,
    )
    ligne.save(force_insert=True)
    _inscrire(VerbeSensibilisation.REPONDRE_SCENARIO, acte, scenario=code)
    return choix


@transaction.atomic
def remarquer(ecran: str, texte: str, *, acte: Acte) -> None:
    """Keep what a household does not understand on this page of the portal, in the words of who serves it.

    Raises ``NonHabilite``, ``Introuvable`` (no such page), ``Interdit`` (nothing said, too long, a NIR inside).
    """
    exiger_remarquant(acte.acteur)
    ligne = RemarqueMenage(
        territoire=acte.acteur.territoire,
        guichet=acte.acteur.guichet,
        compte_id=acte.acteur.id,
        ecran=lire_ecran(ecran).code,
        texte=lire_remarque(texte),
        survenu_le=acte.survenu_le,
    )
    ligne.save(force_insert=True)
    _inscrire(VerbeSensibilisation.REMARQUER_PORTAIL, acte, ecran=ligne.ecran)


def _inscrire(verbe: Verbe, acte: Acte, **faits: object) -> None:
    """The entry says who and what, never whether an answer was right: a lesson is no file on somebody."""
    journal.inscrire(Entree(verbe=verbe, acte=acte, territoire=acte.acteur.territoire, faits=faits))
