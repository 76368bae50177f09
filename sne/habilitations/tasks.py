"""By night, sessions and rights that end; at any hour, the national campaign, territory after territory."""

import uuid
from datetime import date, datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sne.habilitations.actions import (
    clore_revues,
    confier_les_restes,
    echoir_suspensions,
    executer_departs,
    ouvrir_revue_nationale,
    passer_inactivite,
    purger_sessions,
    rappeler_revues,
    relever_usages,
)
from sne.habilitations.rules.revues import CodeModele
from sne.habilitations.selectors import acteur_de, get_compte_actif
from sne.socle.horloge import jour, maintenant

PURGER_SESSIONS = "habilitations.purger_sessions"
PASSER_LES_DROITS = "habilitations.passer_les_droits"
OUVRIR_PARTOUT = "habilitations.ouvrir_partout"
ESSAIS = RetryStrategy(max_attempts=6, exponential_wait=3)  # the database may be restarting


@app.periodic(cron="17 3 * * *", periodic_id="nuit")
@app.task(name=PURGER_SESSIONS, queue="entretien", queueing_lock=PURGER_SESSIONS)
def purger(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what was purged stays purged."""
    return purger_sessions(maintenant())


@app.periodic(cron="53 4 * * *", periodic_id="nuit")
@app.task(name=PASSER_LES_DROITS, queue="entretien", queueing_lock=PASSER_LES_DROITS, lock=PASSER_LES_DROITS)
def passer_les_droits(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: a pass that was stopped goes on, what is done is not done again."""
    relever_usages()
    passer_la_nuit(maintenant())


def passer_la_nuit(survenu_le: datetime) -> None:
    """Everything that the days bring to rights, on the day of ``survenu_le`` (aware)."""
    executer_departs(survenu_le)
    clore_revues(survenu_le)
    echoir_suspensions(survenu_le)
    rappeler_revues(survenu_le)
    passer_inactivite(survenu_le)
    confier_les_restes(survenu_le)


@app.task(name=OUVRIR_PARTOUT, queue="entretien", lock=OUVRIR_PARTOUT, retry=ESSAIS)
def ouvrir_partout(*, modele: str, compte_id: str, correlation: str, demandee_le: str) -> int:
    """Open a national campaign for whoever asked, if they still may; returns how many reviews opened. Idempotent."""
    compte = get_compte_actif(compte_id)
    if compte is None:
        return 0
    survenu_le = maintenant()
    return ouvrir_revue_nationale(
        CodeModele(modele),
        demandee_le=date.fromisoformat(demandee_le),
        acteur=acteur_de(compte, le=jour(survenu_le), correlation=uuid.UUID(correlation)),
        survenu_le=survenu_le,
    )
