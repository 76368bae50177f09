"""The five steps of a move; each may be cut anywhere and done again. Runs as the owner of the tables of both cells."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.db import connection
from procrastinate.contrib.django import app
from psycopg import sql

from sne.cellules import barriere, copie
from sne.cellules.places import Sort, is_un_module_de_l_annuaire, tables_qui
from sne.cellules.routage import dans, directe
from sne.journal.handlers import distribuer
from sne.socle.erreurs import Interdit

Connexion = psycopg.Connection[Any]
PATIENCE = 60.0  # seconds, for each thing that is waited for
RETARD = 5.0  # seconds that the copy of the directory may take
NON_SCELLEES = """
SELECT count(*) FROM journal_entree e WHERE e.territoire = %s AND e.demande IS NOT NULL
    AND NOT EXISTS (SELECT FROM journal_position p WHERE p.entree = e.id)
    AND NOT EXISTS (SELECT FROM journal_reprise r WHERE r.entree = e.id)
"""
DERNIER_SCEAU = "SELECT coalesce(max(numero), 0) FROM journal_scellement"
EN_COURS = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND args ->> 'territoire' = %s"
TACHES = """
SELECT id, queue_name, task_name, priority, lock, queueing_lock, args::text, scheduled_at FROM procrastinate_jobs j
WHERE args ->> 'territoire' = %s AND NOT task_name = ANY(%s) AND (%s AND status = 'todo' OR status = 'failed'
    AND EXISTS (SELECT FROM procrastinate_events e WHERE e.job_id = j.id AND e.type = 'failed' AND e.at >= %s))
ORDER BY id
"""
"""Jobs of a territory: those that wait, where they leave, and those that failed once it was closed."""
REPRENDRE = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Trajet:
    """One territory, from a cell to another. ``ferme_le``: since when nobody writes there; ``bascule``: it is there."""

    territoire: str
    de: str
    vers: str
    ferme_le: datetime | None = None
    bascule: bool = False
    patience: float = PATIENCE


def preparer(trajet: Trajet) -> None:
    """Both cells can: the same schema, the directory copied, nothing of the territory there, where nobody may write it.

    What changes no more is done while it is open: what waited is sealed and delivered, the entries sealed by now are
    copied and compared. Raises ``Interdit``, which names what is missing and the remedy.
    """
    with directe(trajet.de) as de, directe(trajet.vers) as vers:
        if not _sequence(de, trajet.territoire):
            raise Interdit(
                f"Le territoire {trajet.territoire} n’est pas ouvert dans la cellule « {trajet.de} »."
            )
        if _lire(de, "SELECT journal_ere()") == _lire(vers, "SELECT journal_ere()"):
            raise Interdit("Les deux cellules sont un même serveur : donnez l’adresse d’un autre.")
        migrations = "SELECT array_agg(app || '.' || name ORDER BY app, name) FROM django_migrations"
        if _lire(de, migrations) != _lire(vers, migrations):
            raise Interdit("Les deux cellules n’ont pas les mêmes tables : sne base migrer, dans chacune.")
        _exiger_l_annuaire(de, vers)
        for connexion in (de, vers):
            _exiger_le_sommeil(connexion)
        if not copie.est_vide(vers, trajet.territoire):
            raise Interdit(
                f"La cellule « {trajet.vers} » a déjà des lignes du territoire {trajet.territoire}, "
                "d’un déplacement qui n’est pas fini."
            )
        barriere.fermer(vers, trajet.territoire)
        _sceller(de)
        with dans(trajet.de):
            distribuer()
        with _une_lecture(de, vers):
            _refuser(_copier_les_entrees(de, vers, trajet))


def fermer(trajet: Trajet) -> None:
    """Nobody acts on the territory any more; what was done there is sealed, and told to whoever follows.

    Raises ``Interdit`` when something does not end: the territory stays closed, the same step goes on.
    """
    with directe(trajet.de) as de:
        _attendre_les_taches(de, trajet)
        try:
            barriere.fermer(de, trajet.territoire)
        except psycopg.errors.LockNotAvailable as exc:
            raise Interdit(
                "Un acte dure et empêche de fermer : « sne sante » le nomme. Relancez ensuite."
            ) from exc
        _attendre_les_taches(de, trajet)
        _attendre(
            lambda: _sceller(de) and not _lire(de, NON_SCELLEES, trajet.territoire),
            "Le journal ne se scelle pas jusqu’au bout : « sne sante » nomme l’acte qui le retient.",
            trajet.patience,
        )
        cible = _lire(de, DERNIER_SCEAU)
        with dans(trajet.de):
            _attendre(
                lambda: not distribuer() and _curseur() >= cible,
                "Le journal n’est pas distribué jusqu’au bout : voyez « sne sante ».",
                trajet.patience,
            )


def comparer(trajet: Trajet) -> None:
    """Every row is copied from one reading, then compared; both or nothing. What is there already is compared again,
    the entries that came while it was open too.

    Raises ``Interdit``, which names the tables that differ.
    """
    with directe(trajet.de) as de, directe(trajet.vers) as vers, _une_lecture(de, vers):
        deja = not copie.est_vide(vers, trajet.territoire)
        if not deja:
            copie.copier(de, vers, trajet.territoire)
        recues = copie.dernier_recu(vers, trajet.territoire, de=trajet.de)
        des_entrees = _copier_les_entrees(de, vers, trajet, depuis=recues)
        ecarts = [f"{d.table} ({d.ici} ici, {d.la} là)" for d in copie.comparer(de, vers, trajet.territoire)]
        _refuser(ecarts + des_entrees)


@contextmanager
def _une_lecture(de: Connexion, vers: Connexion) -> Iterator[None]:
    """One reading there, one transaction here, whose guards are asleep."""
    with de.transaction(), vers.transaction():
        de.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        copie.endormir(vers)
        yield


def _copier_les_entrees(de: Connexion, vers: Connexion, trajet: Trajet, *, depuis: int = 0) -> list[str]:
    """Entries sealed after this seal; how many, of all of them, stand there otherwise than where they were sealed."""
    cellules = trajet.de, trajet.vers
    copie.copier_les_entrees(de, vers, trajet.territoire, cellules=cellules, depuis=depuis)
    differentes = copie.entrees_differentes(de, vers, trajet.territoire, cellules=cellules)
    return [f"journal_entree ({differentes} entrées)"] if differentes else []


def _refuser(ecarts: Sequence[str]) -> None:
    if ecarts:
        raise Interdit(
            f"Les deux cellules ne disent pas la même chose : {', '.join(ecarts)}. Rien n’a changé."
        )


def basculer(trajet: Trajet, ecrire: Callable[[], None]) -> None:
    """Numbers go on over there; from ``ecrire`` on the territory is over there; what was still to do is done there."""
    with directe(trajet.de) as de, directe(trajet.vers) as vers:
        if not trajet.bascule:  # else numbers were maybe given there already
            vers.execute("SELECT nud_ouvrir_territoire(%s)", [trajet.territoire])
            sequence = sql.Identifier(_lire(de, "SELECT nud_sequence(%s)", trajet.territoire))
            place: Any = de.execute(
                sql.SQL("SELECT last_value, is_called FROM {}").format(sequence)
            ).fetchone()
            vers.execute(
                "SELECT setval(('public.' || nud_sequence(%s))::regclass, %s, %s)",
                [trajet.territoire, *place],
            )
        ecrire()
        barriere.ouvrir(vers, trajet.territoire)
        _remettre_les_taches(de, vers, trajet)


def oublier(trajet: Trajet) -> None:
    """The rows leave where they were, and the jobs that were being done there as it switched; the entries stay where
    they were sealed, and no demande is acted on there. Raises ``Interdit`` when such a job does not end.
    """
    with directe(trajet.de) as de, directe(trajet.vers) as vers:
        _attendre_les_taches(de, trajet)
        _remettre_les_taches(de, vers, trajet)
        copie.retirer(de, trajet.territoire)
        barriere.ouvrir(de, trajet.territoire, sauf_les_entrees=True)


def revenir(trajet: Trajet) -> None:
    """A move that is given up before it switched: what was copied leaves, the territory opens where it was."""
    with directe(trajet.de) as de, directe(trajet.vers) as vers:
        copie.retirer(vers, trajet.territoire)
        barriere.ouvrir(vers, trajet.territoire, sauf_les_entrees=True)
        barriere.ouvrir(de, trajet.territoire)
        _remettre_les_taches(de, de, trajet)


def _remettre_les_taches(de: Connexion, ou: Connexion, trajet: Trajet) -> None:
    """In the queue of where they are done from now on; what is done of the territory in the directory stays there."""
    restent = [nom for nom, tache in app.tasks.items() if is_un_module_de_l_annuaire(tache.func.__module__)]
    lues = de.execute(TACHES, [trajet.territoire, restent, de is not ou, trajet.ferme_le])
    for numero, *tache in lues.fetchall():
        ou.execute(REPRENDRE, tache)
        de.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [numero])


def _exiger_l_annuaire(de: Connexion, vers: Connexion) -> None:
    for table in tables_qui(Sort.PUBLIEE):
        nombre = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
        _attendre(
            lambda nombre=nombre: de.execute(nombre).fetchone() == vers.execute(nombre).fetchone(),  # type: ignore[misc]
            f"L’annuaire n’est pas copié ({table}) : sne base publier, puis recommencez.",
            RETARD,
        )


def _exiger_le_sommeil(connexion: Connexion) -> None:
    try:
        with connexion.transaction():
            copie.endormir(connexion)
    except psycopg.errors.InsufficientPrivilege as exc:
        raise Interdit(
            "Le propriétaire des tables ne peut pas recevoir de lignes déjà actées. Comme administrateur de chaque "
            f"serveur : GRANT SET ON PARAMETER session_replication_role TO {connexion.info.user}."
        ) from exc


def _sequence(connexion: Connexion, territoire: str) -> bool:
    try:
        return bool(
            _lire(connexion, "SELECT to_regclass('public.' || nud_sequence(%s)) IS NOT NULL", territoire)
        )
    except psycopg.errors.InvalidParameterValue:
        return False


def _attendre_les_taches(de: Connexion, trajet: Trajet) -> None:
    _attendre(
        lambda: not _lire(de, EN_COURS, trajet.territoire),
        "Une tâche de ce territoire n’en finit pas : « sne sante » la nomme. Relancez ensuite.",
        trajet.patience,
    )


def _sceller(de: Connexion) -> bool:
    """Beside the worker, which may be away."""
    return _lire(de, "SELECT journal_sceller()") is not None


def _curseur() -> int:
    """The last seal that every subscriber of this cell was served."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT min(scellement) FROM journal_abonnement")
        return int(curseur.fetchone()[0])


def _lire(connexion: Connexion, ordre: str, *valeurs: object) -> Any:
    lu: Any = connexion.execute(ordre, valeurs).fetchone()
    return lu[0]


def _attendre(vrai: Callable[[], bool], phrase: str, patience: float) -> None:
    limite = time.monotonic() + patience
    while not vrai():
        if time.monotonic() > limite:
            raise Interdit(phrase)
        time.sleep(0.1)
