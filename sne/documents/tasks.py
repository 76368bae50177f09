"""What the documents do by themselves: ask the antivirus again. The sweep is the register's, which knows its delays."""

from procrastinate.contrib.django import app

from sne.documents.quarantaine import reprendre_quarantaine

REPRENDRE = "documents.reprendre_quarantaine"


@app.periodic(cron="*/5 * * * *", periodic_id="quarantaine")
@app.task(name=REPRENDRE, queue="entretien", queueing_lock=REPRENDRE, lock=REPRENDRE)
def reprendre(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what left quarantine is not asked again."""
    return reprendre_quarantaine()
