"""What the search does by night: forms of words as pages stand, and what is no longer to be kept."""

from procrastinate.contrib.django import app

from sne.recherche.actions import oublier_les_anciennes, refaire_les_formes
from sne.socle.horloge import jour, maintenant

NUIT = "recherche.nuit"


@app.periodic(cron="41 3 * * *", periodic_id="nuit")
@app.task(name=NUIT, queue="entretien", queueing_lock=NUIT, lock=NUIT)
def nuit(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: made again, they are the same."""
    le = maintenant()
    refaire_les_formes(le)
    oublier_les_anciennes(jour=jour(le))
