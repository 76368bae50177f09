"""What the roles that serve may do to each table, declared beside the model and granted after each migration.

A model of ours carries ``droits_runtime`` (for example ``"SELECT, INSERT"`` on an append-only table). Tables of
third-party applications get the four ordinary rights. The role of the households' portal has ``droits_portail``, and
nothing of a table that does not say so. Neither owns anything; neither truncates.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, Literal

from django.apps import apps
from django.conf import settings
from django.db import connections
from psycopg import sql

DROITS_ORDINAIRES = "SELECT, INSERT, UPDATE, DELETE"
ADMETTRE = sql.SQL(
    "CREATE OR REPLACE FUNCTION base_admet(p_quoi text) RETURNS boolean LANGUAGE sql STABLE "
    "SET search_path = pg_catalog, pg_temp AS $$ SELECT p_quoi = ANY ({}::text[]) $$"
)


def droits_attendus() -> dict[str, str]:
    """Table name → rights of the runtime role. Raises ``LookupError`` for a model of ours without a declaration."""
    attendus = {"django_migrations": "SELECT"}
    for modele in apps.get_models(include_auto_created=True):
        if modele._meta.proxy:
            continue
        a_nous = modele.__module__.startswith("sne.")
        droits: str | None = getattr(modele, "droits_runtime", None if a_nous else DROITS_ORDINAIRES)
        if droits is None:
            raise LookupError(f"{modele.__name__} declares no droits_runtime")
        attendus[modele._meta.db_table] = droits
    return attendus


def droits_du_portail() -> dict[str, str]:
    """Table name → rights of the portal's role; empty where it has none. Its schema is read to say that it is ready."""
    modeles = (m for m in apps.get_models(include_auto_created=True) if not m._meta.proxy)
    siens = {m._meta.db_table: getattr(m, "droits_portail", "") for m in modeles}
    return {"django_migrations": "SELECT", **siens}


def fonctions_attendues(nom: Literal["runtime", "portail"] = "runtime") -> tuple[str, ...]:
    """SECURITY DEFINER functions that a role may call: ``fonctions_runtime``, ``fonctions_portail`` of applications."""
    return tuple(f for app in apps.get_app_configs() for f in getattr(app, f"fonctions_{nom}", ()))


def role_runtime() -> str:
    """Name of the runtime role: the user of ``SNE_RUNTIME_URL``."""
    return str(settings.ROLE_RUNTIME)


def role_portail() -> str:
    """Name of the portal's role: the user of ``SNE_PORTAIL_RUNTIME_URL``; empty where there is no portal."""
    return str(settings.ROLE_PORTAIL)


def accorder(using: str = "default") -> None:
    """Grant exactly the declared rights, table by table, and the use of sequences. Runs as the owner.

    PostgreSQL's default right to make temporary tables is taken from everybody: one of them could hide a table of ours.
    """
    connexion = connections[using]
    with connexion.cursor() as curseur:
        presentes = set(connexion.introspection.table_names(curseur))
        base = sql.Identifier(connexion.settings_dict["NAME"])
        ordres = [sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(base)]
        ordres += _ordres(role_runtime(), droits_attendus(), fonctions_attendues(), presentes=presentes)
        if role_portail():
            fonctions = fonctions_attendues("portail")
            ordres += _ordres(role_portail(), droits_du_portail(), fonctions, presentes=presentes)
        for ordre in ordres:
            curseur.execute(ordre.as_string(connexion.connection))


def _ordres(
    role: str, droits: Mapping[str, str], fonctions: Iterable[str], *, presentes: Container[str]
) -> Iterator[sql.Composed]:
    qui = sql.Identifier(role)
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(qui)
    for table, accordes in droits.items():
        if table not in presentes:
            continue
        nom = sql.Identifier(table)
        yield sql.SQL("REVOKE ALL ON {} FROM {}").format(nom, qui)
        if accordes:
            yield sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(accordes), nom, qui)
    yield sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(qui)
    for fonction in fonctions:
        yield sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(sql.Identifier(fonction), qui)


def admettre(*quoi: Literal["AUTRE_JOUR", "REPRISE"], using: str = "default") -> None:
    """Let this database do what no register in service may. Runs as the owner, the only one who can.

    ``AUTRE_JOUR``: acts of another day than the server's (people and days are fictional). ``REPRISE``: demandes taken
    over from a former system, of any age. Calling it without anything closes both.
    """
    connexion = connections[using]
    with connexion.cursor() as curseur:
        curseur.execute(ADMETTRE.format(list(quoi)).as_string(connexion.connection))


def accorder_apres_migration(*, using: str, **_: Any) -> None:
    """``post_migrate`` receiver; a migration run as the runtime role itself grants nothing."""
    with connections[using].cursor() as curseur:
        curseur.execute("SELECT current_user")
        if curseur.fetchone()[0] == role_runtime():
            return
    accorder(using)
