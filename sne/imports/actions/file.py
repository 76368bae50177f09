"""The queue: one job an agreement and a territory, after everything else that the service has to do."""

import uuid

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

AVANCER = "imports.avancer"
PRIORITE = -100


def mettre_en_file(convention_id: uuid.UUID, territoire: str) -> None:
    """Have the imports of this agreement go on there, in this transaction; nothing when they are to already. The job
    says its territory: it moves with it.
    """
    verrou = f"{AVANCER}:{convention_id}"
    tache = app.configure_task(
        AVANCER,
        allow_unknown=True,
        queue="imports",
        priority=PRIORITE,
        lock=verrou,
        queueing_lock=f"{verrou}:{territoire}",
    )
    try:
        with transaction.atomic():
            tache.defer(convention=str(convention_id), territoire=territoire)
    except AlreadyEnqueued:
        return
