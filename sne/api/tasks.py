"""Imports go on in the background: a batch of one agreement at a time, then whoever waits, then the next batch."""

import uuid

from procrastinate.contrib.django import app

from sne.imports.actions import avancer
from sne.imports.actions.file import AVANCER, mettre_en_file


@app.task(name=AVANCER, queue="imports")
def avancer_imports(convention: str, territoire: str = "") -> None:
    """One step of the oldest import of this agreement there, then its place at the end of the queue. Idempotent.

    A job that the release before put in the queue says no territory: that step is of any.
    """
    from sne.api.lignes import executer  # noqa: PLC0415 - only the process that does lines loads the interface

    if avancer(uuid.UUID(convention), territoire, executer):
        mettre_en_file(uuid.UUID(convention), territoire)
