"""What web processes count of the requests they answer: by route, method and class of status, never who nor what.

With ``PROMETHEUS_MULTIPROC_DIR`` (an empty folder as the service starts), the processes of one port are added up.
"""

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY

BORNES = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds

_requetes = Counter("sne_requetes_total", "Requêtes", ["route", "methode", "classe"])
_durees = Histogram("sne_requete_secondes", "Durée des requêtes", ["route"], buckets=BORNES)


def compter(*, route: str | None, methode: str | None, statut: int, secondes: float) -> None:
    """One request more. ``route``: the pattern of its address, ``None`` for none: never the address."""
    lieu = route if route is not None else "aucune"
    _requetes.labels(
        lieu, methode if methode in {"GET", "HEAD", "POST"} else "autre", f"{statut // 100}xx"
    ).inc()
    _durees.labels(lieu).observe(secondes)


def exposer() -> bytes:
    """What was counted, as Prometheus reads it."""
    registre = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registre = CollectorRegistry()
        MultiProcessCollector(registre)  # type: ignore[no-untyped-call]
    return generate_latest(registre)
