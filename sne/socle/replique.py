"""Where a reading goes: to the server that writes or, from a page that says so, to a replica that is near enough.

Nothing decides on a replica. Sign-in, sessions and rights are read where they are written; so is whatever runs in a
transaction, thus every action and every lock. A page that only reads says :func:`lue_ailleurs`; what it asks of the
register by models, or by :data:`connection`, then goes to the replica, unless it is away, too late, or behind what
this very person wrote last: then to the server that writes, without a word. No replica: everything is read there.

What reads a whole register (:func:`lectures_en_nombre`) is never read where it is written: it waits for the replica.
"""

import functools
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Any, Concatenate

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from psycopg_pool import PoolTimeout

from sne.socle.erreurs import Interdit

ECRITURE, LECTURE = DEFAULT_DB_ALIAS, "lecture"
RETARD, ABSENCE, PAUSE = 30.0, 3.0, 0.1  # seconds: what reads a whole register is in no hurry
D_UNE_PAGE = 5.0  # seconds: asked for by a page, it holds one of the few threads of its process meanwhile
TREVE = 10.0  # seconds for which pages do not ask a replica that did not answer
ABSENTE = (
    "Cette lecture se fait sur une copie de la base, qui ne répond pas ou a pris trop de retard. "
    "Réessayez dans quelques minutes."
)
SURES = ("GET", "HEAD")
CLE_POSITION = "ecrit_jusqu_a"  # in a session: where its last write ends
# Never read late: who signs in, who may do what, since a right that was withdrawn bites at once; which cell a territory
# is of; what a process keeps a minute for every page and act, which then decides.
JAMAIS_AILLEURS = frozenset(
    {
        *("habilitations", "sessions", "otp_totp", "otp_static", "axes", "auth", "conventions"),
        *("cellules", "demandeurs", "oidc", "referentiels"),
    }
)
# An idle service writes nothing, and its replica then looks late: the other server has the time to answer.
A_JOUR = """
    SELECT pg_is_in_recovery() AND (%s::pg_lsn IS NULL OR pg_last_wal_replay_lsn() >= %s::pg_lsn)
       AND clock_timestamp() - pg_last_xact_replay_timestamp() <= make_interval(secs => %s)
"""
A_PASSE = "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn"

_ou: ContextVar[str] = ContextVar("base", default=ECRITURE)
_a_ecrit: ContextVar[bool] = ContextVar("a_ecrit", default=False)
_treve = SimpleNamespace(fin=0.0)  # pages do not ask the replica before then
lignes = logging.getLogger("sne.replique")


def base() -> str:
    """Alias of the database where a reading that starts now goes; never the replica in another cell than its own."""
    ecriture = connections[ECRITURE]
    return ECRITURE if ecriture.in_atomic_block or ecriture.alias != ECRITURE else _ou.get()


class _Connexion:
    """Django's ``connection``, of the database where a reading that starts now goes."""

    def __getattr__(self, nom: str) -> Any:
        return getattr(connections[base()], nom)


connection = _Connexion()


class Routeur:
    """Where Django's models are read and written; every table is migrated by the server that writes, alone."""

    def db_for_read(self, model: type[Any], **_: Any) -> str:
        """The replica, inside a page that may be read there, but for :data:`JAMAIS_AILLEURS`."""
        return ECRITURE if model._meta.app_label in JAMAIS_AILLEURS else base()

    def db_for_write(self, *_: Any, **__: Any) -> str:
        """Always the same one."""
        return ECRITURE

    def allow_relation(self, *_: Any, **__: Any) -> bool:
        """Both hold the same rows."""
        return True

    def allow_migrate(self, db: str, *_: Any, **__: Any) -> bool:
        """What the replica has comes by replication."""
        return db != LECTURE


def existe() -> bool:
    """Whether a replica was named (``SNE_LECTURE_HOTE``)."""
    return LECTURE in connections


@contextmanager
def lectures(apres: str = "") -> Iterator[bool]:
    """What is read inside goes to the replica; yields whether it does.

    ``apres``: a position of the write-ahead log (``0/16B3748``) that the replica must have passed, empty for none.
    """
    # In another cell, no: the replica is of the first.
    if not existe() or connections[ECRITURE].alias != ECRITURE or not _a_jour(apres, settings.LECTURE_RETARD):
        yield False
        return
    with _la_bas():
        yield True


@contextmanager
def lectures_en_nombre(apres: str = "", *, retard: float = RETARD) -> Iterator[None]:
    """What is read inside reads much of a register: on the replica, once it has what is written by now, or by
    ``apres``; never where it is written, whose pages others wait for. In an act, in another cell, and where there is no
    replica, there is nowhere else.

    Raises ``Interdit`` when the replica is away, or later than ``retard`` seconds of waiting make up for.
    """
    ecriture = connections[ECRITURE]
    if not existe() or ecriture.in_atomic_block or ecriture.alias != ECRITURE:
        yield
        return
    _attendre(apres or jusqu_ici(), retard)
    with _la_bas():
        yield


@contextmanager
def _la_bas() -> Iterator[None]:
    jeton = _ou.set(LECTURE)
    try:
        yield
    finally:
        _ou.reset(jeton)


def _attendre(position: str, retard: float) -> None:
    debut, passee = time.perf_counter(), _demander(A_PASSE, [position])
    while not passee:
        patience = ABSENCE if passee is None else retard  # one that is away may be changing places
        if time.perf_counter() - debut > patience:
            raise Interdit(ABSENTE)
        time.sleep(PAUSE)
        passee = _demander(A_PASSE, [position])


def _a_jour(apres: str, retard: int) -> bool:
    if time.monotonic() < _treve.fin:
        return False
    a_jour = _demander(A_JOUR, [apres or None, apres or None, retard])
    if a_jour is None:
        _treve.fin = time.monotonic() + TREVE
    return bool(a_jour)


def _demander(ordre: str, parametres: list[Any]) -> bool | None:
    """What the replica says of itself; ``None`` when it is away."""
    try:
        with connections[LECTURE].cursor() as curseur:
            curseur.execute(ordre, parametres)
            return bool(curseur.fetchone()[0])
    except (Error, PoolTimeout) as exc:
        connections[LECTURE].close()
        lignes.warning("replique_absente", extra={"erreur": type(exc).__name__})
        return None


def lue_ailleurs[**P, R: HttpRequest, S: HttpResponseBase](
    vue: Callable[Concatenate[R, P], S],
) -> Callable[Concatenate[R, P], S]:
    """A view whose page, asked by GET, may be read on the replica: it decides nothing, and shows no right."""

    @functools.wraps(vue)
    def _vue(request: R, /, *args: P.args, **kwargs: P.kwargs) -> S:
        if request.method not in SURES:
            return vue(request, *args, **kwargs)
        session = getattr(request, "session", None) or {}
        return _ailleurs_sinon_ici(lambda: vue(request, *args, **kwargs), session.get(CLE_POSITION, ""))[0]

    return _vue


def lue_en_nombre[**P, S](vue: Callable[P, S]) -> Callable[P, S]:
    """A view that makes a file of a list: what it reads outside its act is read by :func:`lectures_en_nombre`."""

    @functools.wraps(vue)
    def _vue(*args: P.args, **kwargs: P.kwargs) -> S:
        with lectures_en_nombre(retard=D_UNE_PAGE):
            return vue(*args, **kwargs)

    return _vue


def _ailleurs_sinon_ici[T](lire: Callable[[], T], apres: str) -> tuple[T, bool]:
    """What this reading gives, and whether the replica gave it: lost meanwhile, or a reading that its own replication
    cut, and it is asked again where it is written.
    """
    with lectures(apres) as ailleurs:
        try:
            return lire(), ailleurs
        except Error:
            if not ailleurs:
                raise
    return lire(), False


def d_abord_ailleurs[T](lire: Callable[[], T | None]) -> T | None:
    """What the replica finds; what it does not know is asked again of the server that writes before it is said."""
    trouve, ailleurs = _ailleurs_sinon_ici(lire, "")
    return lire() if trouve is None and ailleurs else trouve


def jusqu_ici() -> str:
    """Where the write-ahead log of the server that writes ends now; nothing is asked where there is no replica."""
    if not existe():
        return ""
    with connections[ECRITURE].cursor() as curseur:
        curseur.execute("SELECT pg_current_wal_insert_lsn()::text")
        return str(curseur.fetchone()[0])


def noter_une_ecriture() -> None:
    """This request writes: what the same person reads next must show it."""
    _a_ecrit.set(True)


class PositionMiddleware:
    """Keeps, in the session of who wrote, the position that a replica must have passed to be read by them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing is asked where there is no replica, nor of a page that wrote nothing."""
        if not existe():
            return self.get_response(request)
        _a_ecrit.set(False)
        reponse = self.get_response(request)
        if request.session.session_key and (_a_ecrit.get() or request.method not in SURES):
            request.session[CLE_POSITION] = jusqu_ici()
        return reponse
