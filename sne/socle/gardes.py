"""What the database refuses, declared beside the model and installed after each migration; the rest is ``gardes.sql``.

A model of ours carries ``gardes``: ``Gardes()`` when it needs nothing generic. Each declared trigger bears its own
definition as a comment: a trigger that is no longer declared is dropped, one that changed is made again, the others are
left alone.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connections, migrations, models
from psycopg import sql

from sne.socle.droits import role_runtime

MARQUE = "gardes.py : "
EN_PLACE = """
SELECT c.relname, t.tgname, substr(d.description, %s), t.tgenabled = CASE WHEN t.tgname LIKE 'ajout_seul%%'
    THEN 'A' ELSE 'O' END
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_description d ON d.objoid = t.oid AND d.classoid = 'pg_trigger'::regclass
WHERE c.relnamespace = 'public'::regnamespace AND starts_with(d.description, %s)
"""
CLES_ETRANGERES = """
SELECT DISTINCT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
WHERE contype = 'f' AND conrelid <> confrelid ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class EntreeExigee:
    """At commit, an entry of this transaction has one of ``verbes``, and its ``fait`` names the row (or lists it).

    ``ligne``: the column that names it; ``dossier``: the entry is of the row's demande, by which it is found however
    many rows the transaction writes; ``revision``: the same, and at the row's revision; ``sur``, ``quand``: the writes
    that it is asked of; ``nom``: the trigger's, one per table.
    """

    verbes: str
    fait: str
    ligne: str = "id"
    sur: str = "INSERT"
    quand: str = ""
    dossier: bool = False
    revision: bool = False
    nom: str = "journalise"


@dataclass(frozen=True, slots=True)
class Suite:
    """At the commit of an act of ``mouvements`` (verb → what it may change), ``fonction`` keeps the rows up to date."""

    nom: str
    fonction: str
    mouvements: Callable[[], Mapping[Any, Collection[str]]]  # by verb

    def definition(self) -> str:
        """The trigger on the journal: it fires for these verbs only, and hands over what each may change."""
        natures = self.mouvements()
        verbes = ", ".join(f"'{v}'" for v in sorted(natures))
        arguments = ", ".join(f"'{v}', '{','.join(sorted(natures[v]))}'" for v in sorted(natures))
        return (
            f"CREATE CONSTRAINT TRIGGER {self.nom} AFTER INSERT ON journal_entree DEFERRABLE INITIALLY DEFERRED "
            f"FOR EACH ROW WHEN (NEW.verbe IN ({verbes})) EXECUTE FUNCTION {self.fonction}({arguments})"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gardes:
    """What the database guarantees of the rows of a table.

    ``ajout_seul``: they neither change nor go; ``sans_retrait``: they change under guards of their own, but stay.
    ``estampille``: the server's clock says when they were written. ``personnes``: columns of accounts, whose persons
    the database writes beside (``personne_…``), again when the last of them is written. ``efface_par``: how a row
    names the demande with which it is erased, and only with it: paths (``"gel__demande_id"``), or one condition in SQL
    where no path says it (``ligne`` is the row, ``$1`` the demande, ``$2`` the sets that end with it);
    ``avant_effacement``: what is done of these rows first, in SQL (``$3`` is the instant of the erasure). ``suit``:
    what keeps these rows up to date, from the entries of other acts.
    """

    ajout_seul: bool = False
    sans_retrait: bool = False
    estampille: bool = False
    personnes: tuple[str, ...] = ()
    efface_par: tuple[str, ...] | str = ()
    avant_effacement: str = ""
    journalise: tuple[EntreeExigee, ...] = ()
    suit: Suite | None = None


def executer(module: str, *fichiers: str) -> list[migrations.RunSQL]:
    """Operations that run the ``.sql`` files of a module in order; a function may stand before what it calls."""
    dossier = Path(__file__).parents[1] / module
    prealable = "SET LOCAL check_function_bodies = off;\n"
    return [
        migrations.RunSQL(prealable + (dossier / f"{nom}.sql").read_text("utf-8"), migrations.RunSQL.noop)
        for nom in fichiers
    ]


def gardes_declarees() -> dict[str, tuple[type[models.Model], Gardes]]:
    """Table name → model and guards. Raises ``LookupError`` for a model of ours without a declaration."""
    declarees = {}
    for modele in apps.get_models(include_auto_created=True):
        if modele._meta.proxy or not modele.__module__.startswith("sne."):
            continue
        gardes: Gardes | None = getattr(modele, "gardes", None)
        if gardes is None:
            raise LookupError(f"{modele.__name__} declares no gardes")
        declarees[modele._meta.db_table] = (modele, gardes)
    return declarees


def declencheurs_de(table: str, gardes: Gardes) -> Iterator[tuple[str, str]]:
    """Name and definition of each trigger of a table that its declaration asks for."""
    pour = "FOR EACH ROW EXECUTE FUNCTION"
    if gardes.ajout_seul or gardes.sans_retrait:
        actes = "UPDATE OR DELETE" if gardes.ajout_seul else "DELETE"
        refus = "refuser_ecriture_sauf_purge" if gardes.efface_par else "refuser_ecriture"
        yield "ajout_seul", f"CREATE TRIGGER ajout_seul BEFORE {actes} ON {table} {pour} {refus}()"
        yield (
            "ajout_seul_vider",
            f"CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture()",
        )
    if gardes.estampille:
        yield "estampille", f"CREATE TRIGGER estampille BEFORE INSERT ON {table} {pour} estampiller()"
    if gardes.personnes:
        sur = "INSERT" if gardes.ajout_seul else f"INSERT OR UPDATE OF {gardes.personnes[-1]}"
        comptes = ", ".join(f"'{colonne}'" for colonne in gardes.personnes)
        yield (
            "personnes",
            f"CREATE TRIGGER personnes BEFORE {sur} ON {table} {pour} compte_nommer_les_personnes({comptes})",
        )
    for e in gardes.journalise:
        quand = f"WHEN ({e.quand}) " if e.quand else ""
        fonction = "journal_exiger_entree_du_dossier" if e.dossier else "journal_exiger_entree"
        arguments = f"'{e.verbes}', '{e.fait}', '{e.ligne}'" + (", 'revision'" if e.revision else "")
        yield (
            e.nom,
            f"CREATE CONSTRAINT TRIGGER {e.nom} AFTER {e.sur} ON {table} DEFERRABLE INITIALLY DEFERRED "
            f"FOR EACH ROW {quand}EXECUTE FUNCTION {fonction}({arguments})",
        )


def condition_d_effacement(modele: type[models.Model], efface_par: tuple[str, ...] | str) -> str:
    """The rows (``ligne``) of a table that go with the demande ``$1``, in SQL."""
    if isinstance(efface_par, str):
        return efface_par
    return " OR ".join(_par_un_chemin(modele, chemin) for chemin in efface_par)


def _par_un_chemin(modele: type[models.Model], chemin: str) -> str:
    cle, separe, colonne = chemin.rpartition("__")
    if not separe:
        return f"ligne.{colonne} = $1"
    champ: Any = modele._meta.get_field(cle)
    vers = champ.remote_field.model._meta
    de = f"FROM {vers.db_table} x WHERE x.{colonne} = $1"
    return f"ligne.{champ.column} IN (SELECT x.{vers.pk.column} {de})"


def ordre_d_effacement(tables: Iterable[str], cles: Iterable[tuple[str, str]]) -> list[str]:
    """The tables, those that refer before those that they refer to (``cles``); a circle is cut anywhere."""
    tables = sorted(tables)
    ordre: list[str] = []
    vues: set[str] = set()
    qui_renvoient: dict[str, list[str]] = {t: [] for t in tables}
    for de, vers in cles:
        if de in qui_renvoient and vers in qui_renvoient:
            qui_renvoient[vers].append(de)

    def placer(table: str) -> None:
        if table not in vues:
            vues.add(table)
            for t in qui_renvoient[table]:
                placer(t)
            ordre.append(table)

    for t in tables:
        placer(t)
    return ordre


def installer(using: str = "default") -> None:
    """Install what is declared, and the rules of erasure. Runs as the owner; changes nothing the second time."""
    connexion = connections[using]
    with connexion.cursor() as curseur:
        presentes = set(connexion.introspection.table_names(curseur))
        declarees = {t: d for t, d in gardes_declarees().items() if t in presentes}
        voulus = {
            (table, nom): definition
            for table, (_, gardes) in declarees.items()
            for nom, definition in declencheurs_de(table, gardes)
        } | {("journal_entree", g.suit.nom): g.suit.definition() for _, g in declarees.values() if g.suit}
        curseur.execute(EN_PLACE, [len(MARQUE) + 1, MARQUE])
        en_place = {(table, nom): (texte, actif) for table, nom, texte, actif in curseur.fetchall()}
        ordres = [
            *(
                _retirer(cle)
                for cle, (texte, actif) in en_place.items()
                if voulus.get(cle) != texte or not actif
            ),
            *(_poser(cle, d) for cle, d in voulus.items() if en_place.get(cle) != (d, True)),
        ]
        if ordres:
            curseur.execute("; ".join(o.as_string(connexion.connection) for o in ordres))
        if "effacement" in presentes:
            _ecrire_les_regles(curseur, declarees)


def _retirer(cle: tuple[str, str]) -> sql.Composed:
    table, nom = cle
    return sql.SQL("DROP TRIGGER {} ON {}").format(sql.Identifier(nom), sql.Identifier(table))


def _poser(cle: tuple[str, str], definition: str) -> sql.Composed:
    """The trigger, its definition as its comment; a guard of what is written once fires in replication too."""
    table, nom = sql.Identifier(cle[0]), sql.Identifier(cle[1])
    parts = [
        sql.SQL(definition),
        sql.SQL("COMMENT ON TRIGGER {} ON {} IS {}").format(nom, table, sql.Literal(MARQUE + definition)),
    ]
    if cle[1].startswith("ajout_seul"):
        parts.append(sql.SQL("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}").format(table, nom))
    return sql.SQL("; ").join(parts)


def _ecrire_les_regles(curseur: Any, declarees: Mapping[str, tuple[type[models.Model], Gardes]]) -> None:
    effacees = {t: (m, g) for t, (m, g) in declarees.items() if g.efface_par}
    curseur.execute(CLES_ETRANGERES)
    ordre = ordre_d_effacement(effacees, curseur.fetchall())
    regles = [
        (
            t,
            rang,
            condition_d_effacement(effacees[t][0], effacees[t][1].efface_par),
            effacees[t][1].avant_effacement,
        )
        for rang, t in enumerate(ordre, 1)
    ]
    curseur.execute("SELECT quoi, rang, condition, avant FROM effacement ORDER BY rang")
    if curseur.fetchall() != regles:
        curseur.execute("DELETE FROM effacement")
        curseur.executemany(
            "INSERT INTO effacement (quoi, rang, condition, avant) VALUES (%s, %s, %s, %s)", regles
        )


def installer_apres_migration(*, using: str, **_: Any) -> None:
    """``post_migrate`` receiver; a migration run as the runtime role itself installs nothing."""
    with connections[using].cursor() as curseur:
        curseur.execute("SELECT current_user")
        if curseur.fetchone()[0] == role_runtime():
            return
    installer(using)
