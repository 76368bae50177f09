"""What the register does by itself: clock, sweeps, drafts, documents, antivirus, messages, what revisions lack."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sne.registre.demande.actions.examiner import examiner_demandes

EXAMINER = "registre.examiner"


PAR_PASSAGE = 20_000  # revisions examined by one run: less than a minute of one process


ESSAIS = RetryStrategy(max_attempts=6, exponential_wait=3)  # the database may be restarting


@app.periodic(cron="* * * * *", periodic_id="minute")
@app.task(name=EXAMINER, queue="entretien", queueing_lock=EXAMINER, lock=EXAMINER)
def examiner(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Examine what was written since; a register upgraded is examined a part at each run, until nothing is left."""
    return examiner_demandes(au_plus=PAR_PASSAGE)


class HorlogeInachevee(RuntimeError):
    """Applications that the clock could not read: everything else of the night is done."""
