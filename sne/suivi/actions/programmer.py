"""Deciding of the monthly mailing of a territory: started, changed, stopped, by any of its managers."""

from typing import Any

from django.db import connection, transaction

from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.identifiants import uuid7
from sne.suivi.models import EnvoiProgramme
from sne.suivi.possible import exiger_programmer
from sne.suivi.rules.envois import Reglage, exiger_change, exiger_en_cours, lire_reglage
from sne.suivi.selectors.envois import get_envoi
from sne.suivi.verbes import VerbeSuivi


@transaction.atomic
def programmer_envoi(jour: int, format_: str, *, acte: Acte) -> None:
    """Mail the recap of the territory acted for on that day of each month, or change the day or the format.

    Raises ``NonHabilite``, ``Interdit`` (a wrong day or format, the same as now).
    """
    actuel = _ouvrir(acte.acteur)
    voulu = lire_reglage(jour, format_)
    exiger_change(actuel, voulu)
    _decider(voulu, actif=True, verbe=VerbeSuivi.PROGRAMMER_ENVOI, acte=acte)


@transaction.atomic
def arreter_envoi(*, acte: Acte) -> None:
    """Stop the mailing of the territory acted for. Raises ``NonHabilite``, ``Interdit`` (there is none)."""
    actuel = exiger_en_cours(_ouvrir(acte.acteur))
    _decider(actuel, actif=False, verbe=VerbeSuivi.ARRETER_ENVOI, acte=acte)


def lock_envois(territoire: str) -> None:
    """Make decisions and mailings of one territory wait for each other, until the end of the transaction."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"envoi du récapitulatif|{territoire}"]
        )


def _ouvrir(acteur: Acteur) -> Reglage | None:
    lock_envois(acteur.territoire)
    exiger_programmer(acteur)
    en_cours = get_envoi(acteur.territoire)
    return en_cours.reglage if en_cours else None


def _decider(reglage: Reglage, *, actif: bool, verbe: Verbe, acte: Acte) -> None:
    ligne = EnvoiProgramme(
        id=uuid7(),
        territoire=acte.acteur.territoire,
        actif=actif,
        jour=reglage.jour,
        format=reglage.format.value,
        auteur=acte.acteur.id,
        decide_par=acte.acteur.instantane(),
        survenu_le=acte.survenu_le,
    )
    ligne.save(force_insert=True)
    faits: dict[str, Any] = {"envoi": str(ligne.id)}
    if actif:
        faits |= {"jour": reglage.jour, "format": reglage.format.name}
    journal.inscrire(Entree(verbe=verbe, acte=acte, territoire=acte.acteur.territoire, faits=faits))
