"""What processes count of what they do: requests, acts, messages, connections; never who nor what.

With ``PROMETHEUS_MULTIPROC_DIR`` (an empty folder as the service starts), the processes of one port are added up.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.db import connection, transaction
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY

BORNES = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
DOSSIER = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
MORTS = 0  # the process of what those that ended had counted: no process has this number


def preparer(dossier: str) -> None:
    """Make the folder, where there is to be one, before the first figure, which is a file of it."""
    if dossier:
        Path(dossier).mkdir(mode=0o700, parents=True, exist_ok=True)


preparer(DOSSIER)
_jauge = partial(Gauge, multiprocess_mode="livesum")
_requetes = Counter("sne_requetes_total", "Requêtes", ["route", "methode", "classe"])
_durees = Histogram("sne_requete_secondes", "Durée des requêtes", ["route"], buckets=BORNES)
_en_cours = _jauge("sne_requetes_en_cours", "Requêtes reçues, sans réponse encore")
_en_cours.set(0)  # what an ended process of this number was doing is no more
_actes = Counter("sne_actes_total", "Actes inscrits au journal", ["verbe"])
_recherches = Counter("sne_recherches_total", "Recherches d’une demande")
_fusions = Counter("sne_fusions_total", "Saisies réunies avec ce qu’un autre a changé entre-temps")
_messages = Counter("sne_messages_total", "Essais et retours de messages", ["canal", "issue"])
_connexions = _jauge("sne_pool_connexions", "Connexions à la base que la réserve tient")
_attente = _jauge("sne_pool_attente_secondes", "Temps passé à attendre une connexion, en tout")
_echecs = _jauge("sne_pool_echecs", "Connexions attendues en vain, en tout")
RECHERCHE = "RECHERCHER"  # the verb of an act that has a figure of its own besides


@contextmanager
def en_cours() -> Iterator[None]:
    """Around a request: it is being answered."""
    _en_cours.inc()
    try:
        yield
    finally:
        _en_cours.dec()


def compter(*, route: str | None, methode: str | None, statut: int, secondes: float) -> None:
    """One request more. ``route``: the pattern of its address, ``None`` for none: never the address."""
    lieu = route if route is not None else "aucune"
    _requetes.labels(
        lieu, methode if methode in {"GET", "HEAD", "POST"} else "autre", f"{statut // 100}xx"
    ).inc()
    _durees.labels(lieu).observe(secondes)
    _relever_la_reserve()


def compter_un_acte(verbe: str) -> None:
    """One act more, once it is committed: what was given up is none. ``verbe``: of the closed list of the journal."""
    transaction.on_commit(partial(_compter_un_acte, verbe), robust=True)


def compter_un_message(canal: str, issue: str) -> None:
    """One more attempt at a message, or return of it, once it is committed."""
    transaction.on_commit(_messages.labels(canal, issue).inc, robust=True)


def compter_une_fusion() -> None:
    """One more change put together with what somebody else changed meanwhile, once it is committed."""
    transaction.on_commit(_fusions.inc, robust=True)


def exposer() -> bytes:
    """What was counted, as Prometheus reads it."""
    if not DOSSIER:
        return generate_latest(REGISTRY)
    dossier, registre = Path(DOSSIER), CollectorRegistry()
    with _seul(dossier):
        _reunir_les_morts(dossier)
        additionner(dossier, avec=registre)
        return generate_latest(registre)


def additionner(dossier: Path, *, avec: CollectorRegistry) -> None:
    """Say what the processes that count in this folder did, together, beside the figures that are there."""
    MultiProcessCollector(avec, str(dossier))  # type: ignore[no-untyped-call]


def _compter_un_acte(verbe: str) -> None:
    _actes.labels(verbe).inc()
    if verbe == RECHERCHE:
        _recherches.inc()


def _relever_la_reserve() -> None:
    """How the pool of this process fares; nothing where connections are not pooled."""
    reserve = connection.pool  # type: ignore[attr-defined]  # of the wrapper for PostgreSQL
    if reserve is not None:
        dits = reserve.get_stats()
        _connexions.set(dits["pool_size"])
        _attente.set(dits.get("requests_wait_ms", 0) / 1000)
        _echecs.set(dits.get("requests_errors", 0))


@contextmanager
def _seul(dossier: Path) -> Iterator[None]:
    """One process at a time reads the folder and puts it in order."""
    with (dossier / "verrou").open("w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        yield


def _reunir_les_morts(dossier: Path) -> None:
    """What processes that ended had counted goes on as one; what they were doing is no more.

    They are replaced twice a day: a file more each time would be read at each scraping.
    """
    for fichier in dossier.glob("*.db"):
        genre, _, pid = fichier.stem.rpartition("_")
        if int(pid) == MORTS or Path(f"/proc/{pid}").exists():
            continue
        if genre in {"counter", "histogram"}:
            _ajouter(fichier, dossier / f"{genre}_{MORTS}.db")
        fichier.unlink()


def _ajouter(fichier: Path, ensemble: Path) -> None:
    somme = MmapedDict(str(ensemble))  # type: ignore[no-untyped-call]
    for cle, valeur, *_ in MmapedDict.read_all_values_from_file(str(fichier)):  # type: ignore[no-untyped-call]
        avant, _ = somme.read_value(cle)  # type: ignore[no-untyped-call]
        somme.write_value(cle, avant + valeur, 0.0)  # type: ignore[no-untyped-call]
    somme.close()  # type: ignore[no-untyped-call]
