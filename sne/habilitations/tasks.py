"""By night, sessions and rights that end, regular reviews that open; at any hour, the national campaign."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from sne.habilitations.actions import (
    annoncer_revue_non_ouverte,
    clore_revues,
    confier_les_restes,
    echoir_suspensions,
    executer_departs,
    ouvrir_revue_due,
    ouvrir_revue_nationale,
    passer_inactivite,
    purger_sessions,
    rappeler_revues,
    relever_usages,
)
from sne.habilitations.policies import mandat_pour_ouvrir_revue
from sne.habilitations.rules.revues import CodeModele
from sne.habilitations.selectors import acteur_de, get_compte_actif
from sne.habilitations.selectors.revues import list_territoires_a_ouvrir
from sne.habilitations.selectors.rythmes import list_revues_dues
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import aujourd_hui, jour, maintenant

PURGER_SESSIONS = "habilitations.purger_sessions"
PASSER_LES_DROITS = "habilitations.passer_les_droits"
OUVRIR_PARTOUT = "habilitations.ouvrir_partout"
OUVRIR_ICI = "habilitations.ouvrir_ici"
OUVRIR_LES_DUES = "habilitations.ouvrir_les_dues"
OUVRIR_DUE = "habilitations.ouvrir_due"
ESSAIS_AU_PLUS = 6
ESSAIS = RetryStrategy(max_attempts=ESSAIS_AU_PLUS, exponential_wait=3)  # the database may be restarting


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
    """A job for each territory where a national campaign is not open, and one for national roles; returns how many.

    They do not wait for each other: a territory that keeps failing does not stop the others. Nothing when the person
    who asked no longer has the right.
    """
    le = aujourd_hui()
    acteur = _acteur(compte_id, correlation, le)
    if acteur is None or mandat_pour_ouvrir_revue(acteur, territoire="") is None:
        return 0
    commun: JSONDict = {
        "modele": modele,
        "compte_id": compte_id,
        "correlation": correlation,
        "demandee_le": demandee_le,
    }
    charges = [
        {**commun, "territoire": code} for code in list_territoires_a_ouvrir(CodeModele(modele), le=le)
    ]
    ouvrir_ici.batch_defer(*charges)
    return len(charges)


@app.task(name=OUVRIR_ICI, queue="entretien", retry=ESSAIS, pass_context=True)
def ouvrir_ici(
    contexte: JobContext, *, territoire: str, modele: str, compte_id: str, correlation: str, demandee_le: str
) -> bool:
    """Open a national campaign in one territory, or for national roles; whether it opened. Idempotent."""
    survenu_le = maintenant()
    acteur = _acteur(compte_id, correlation, jour(survenu_le))
    if acteur is None:
        return False
    with _dire_un_echec(contexte, territoire, CodeModele(modele)):
        return ouvrir_revue_nationale(
            territoire,
            CodeModele(modele),
            demandee_le=date.fromisoformat(demandee_le),
            acte=Acte(acteur, survenu_le),
        )


@app.periodic(cron="7 5 * * *", periodic_id="nuit")
@app.task(name=OUVRIR_LES_DUES, queue="entretien", queueing_lock=OUVRIR_LES_DUES, retry=ESSAIS)
def ouvrir_les_dues(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """A job for each territory whose regular review is due; returns how many."""
    charges: list[JSONDict] = [{"territoire": code} for code in list_revues_dues(le=aujourd_hui())]
    ouvrir_due.batch_defer(*charges)
    return len(charges)


@app.task(name=OUVRIR_DUE, queue="entretien", retry=ESSAIS, pass_context=True)
def ouvrir_due(contexte: JobContext, *, territoire: str) -> bool:
    """Open the regular review of one territory; whether it opened. Idempotent."""
    with _dire_un_echec(contexte, territoire, CodeModele.TRIMESTRIELLE):
        return ouvrir_revue_due(territoire, survenu_le=maintenant())


def _acteur(compte_id: str, correlation: str, le: date) -> Acteur | None:
    """The person who asked, with what they hold now; ``None`` when their account is switched off."""
    compte = get_compte_actif(compte_id)
    return acteur_de(compte, le=le, correlation=uuid.UUID(correlation)) if compte else None


@contextmanager
def _dire_un_echec(contexte: JobContext, territoire: str, modele: CodeModele) -> Iterator[None]:
    """Tell national operation when the last try fails too; the job fails all the same, with its error."""
    try:
        yield
    except Exception:
        if contexte.job.attempts >= ESSAIS_AU_PLUS:
            annoncer_revue_non_ouverte(territoire, modele, survenu_le=maintenant())
        raise
