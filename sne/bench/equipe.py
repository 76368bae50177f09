"""Clients of ours at work: processes of threads that repeat one act, as the web server would have it."""

import contextlib
import ctypes
import gc
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Protocol, Self

import django

from sne.bench.pgbench import MesureImpossible
from sne.bench.rules import Tranche, fusionner

PR_SET_PDEATHSIG = 1


class Acte(Protocol):
    """One client: what it repeats. Built in its process, once Django is set up."""

    def preparer(self, nombre: int) -> None:
        """Make ready what ``nombre`` acts will need: this time is not measured."""

    def agir(self) -> float | None:
        """One act, from the front to the commit; the milliseconds to count for it, unless all of them do."""


@dataclass(frozen=True, slots=True)
class Poste:
    """What a client is given: its number, the first rank of its households, and what the act needs."""

    client: int
    premier_rang: int
    options: Mapping[str, Any] = field(default_factory=dict)


class Equipe:
    """``processus`` processes of ``fils`` threads on one database, all repeating the act ``module:classe``."""

    def __init__(
        self,
        acte: str,
        *,
        variables: Mapping[str, str],
        processus: int = 2,
        fils: int = 4,
        options: Sequence[Mapping[str, Any]] = (),
        premier_rang: int = 0,
        rangs_par_client: int = 50_000,
    ) -> None:
        contexte = get_context("spawn")
        self._liens: list[Connection] = []
        self._enfants = []
        self.clients = processus * fils
        postes = [
            Poste(n, premier_rang + n * rangs_par_client, options[n] if options else {})
            for n in range(self.clients)
        ]
        for p in range(processus):
            ici, la_bas = contexte.Pipe()
            lot = postes[p * fils : (p + 1) * fils]
            enfant = contexte.Process(target=_servir, args=(la_bas, acte, lot, dict(variables)), daemon=True)
            enfant.start()
            self._liens.append(ici)
            self._enfants.append(enfant)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.fermer()

    def fermer(self) -> None:
        """Let the processes end, then make sure of it."""
        for lien in self._liens:
            lien.close()
        for enfant in self._enfants:
            enfant.join(timeout=10)
            enfant.kill()

    @property
    def pids(self) -> list[int]:
        """The processes at work."""
        return [enfant.pid for enfant in self._enfants if enfant.pid]

    def tranche(self, secondes: float, *, par_seconde: int = 70) -> Tranche:
        """One slice of ``secondes``; ``par_seconde`` acts per client and second are prepared before it starts.

        Raises :class:`MesureImpossible` when an act failed.
        """
        self.preparer(secondes, par_seconde=par_seconde)
        self.partir(secondes)
        return self.revenir()

    def preparer(self, secondes: float, *, par_seconde: int) -> None:
        """Make ready what a slice needs. Raises :class:`MesureImpossible`."""
        self._envoyer("preparer", int(secondes * par_seconde))
        self._recevoir()

    def partir(self, secondes: float) -> None:
        """Start a slice, which :meth:`revenir` gives: others may start beside it."""
        self._envoyer("courir", secondes)

    def revenir(self) -> Tranche:
        """The slice that was started. Raises :class:`MesureImpossible` when an act failed."""
        return fusionner(self._recevoir())

    @contextlib.contextmanager
    def pendant(self, secondes: float) -> Iterator[None]:
        """Work for so long while the block runs; what it did is not counted."""
        self.partir(secondes)
        yield
        self._recevoir()

    def _envoyer(self, quoi: str, valeur: float) -> None:
        with _vivants():
            for lien in self._liens:
                lien.send((quoi, valeur))

    def _recevoir(self) -> list[Any]:
        with _vivants():
            reponses = [lien.recv() for lien in self._liens]
        for reponse in reponses:
            if isinstance(reponse, str):
                raise MesureImpossible(f"Un acte a échoué : {reponse}")
        return reponses


@contextlib.contextmanager
def _vivants() -> Iterator[None]:
    try:
        yield
    except (EOFError, ConnectionError) as exc:
        traceback.clear_frames(exc.__traceback__)  # a message half sent would keep its buffer open
        raise MesureImpossible("Un client de la mesure est mort : sa trace est plus haut.") from exc


def _servir(lien: Connection, acte: str, postes: Sequence[Poste], variables: Mapping[str, str]) -> None:
    """Life of a process of clients: follow the parent in death, set Django up, answer until the pipe closes."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(variables)
    django.setup()
    module, _, classe = acte.partition(":")
    clients = [getattr(import_module(module), classe)(poste) for poste in postes]
    with ThreadPoolExecutor(len(clients)) as fils, contextlib.suppress(EOFError):
        while True:
            quoi, valeur = lien.recv()
            try:
                lien.send(ORDRES[quoi](fils, clients, valeur))
            except Exception as exc:  # told to the parent, who stops the measure
                lien.send(f"{type(exc).__name__} : {exc}")


def _preparer(fils: Executor, clients: Sequence[Acte], nombre: float) -> None:
    list(fils.map(lambda client: client.preparer(int(nombre)), clients))
    gc.collect()
    gc.freeze()  # what was made ready is ours, not the product's: the collector leaves it alone


def _courir(fils: Executor, clients: Sequence[Acte], secondes: float) -> Tranche:
    avant = time.process_time()
    tranche = fusionner(list(fils.map(lambda client: courir(client, secondes), clients)))
    return replace(tranche, processeur=time.process_time() - avant)


ORDRES: Mapping[str, Callable[[Executor, Sequence[Acte], float], Tranche | None]] = {
    "preparer": _preparer,
    "courir": _courir,
}


def courir(client: Acte, secondes: float) -> Tranche:
    """Repeat the act until the time is over."""
    latences = []
    debut = avant = time.perf_counter()
    while avant - debut < secondes:
        compte = client.agir()
        apres = time.perf_counter()
        latences.append((apres - avant) * 1000 if compte is None else compte)
        avant = apres
    return Tranche(len(latences), avant - debut, tuple(latences))
