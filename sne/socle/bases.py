"""The roles of a database and its addresses: one owns it, two serve and own nothing, each with rights of its own."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROLE_OWNER, ROLE_RUNTIME, ROLE_ADMIN = "sne_owner", "sne_runtime", "sne_admin"
ROLE_PORTAIL = "sne_portail"
PORT = "5432"  # PostgreSQL's, where none is said
ROLES = (ROLE_OWNER, ROLE_RUNTIME, ROLE_PORTAIL)
CREER = ("CREATE ROLE {} LOGIN", "CREATE ROLE {} LOGIN CREATEDB")
SANS_GRANDS_OBJETS = """
DO $$
DECLARE
    f regprocedure;
BEGIN
    IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN  -- on somebody else's server, we may not
        FOR f IN SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
            AND proname IN ('lo_creat', 'lo_create', 'lo_from_bytea')
        LOOP
            EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
        END LOOP;
    END IF;
END $$;
"""


@dataclass(frozen=True, slots=True)
class Acces:
    """URLs of one database: administration (roles), owner (migrations), runtime (service), the households' portal."""

    admin: str
    owner: str
    runtime: str
    portail: str = ""


def url_de_base(url: str, base: str) -> str:
    """The same server and role, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{base}"))


def url_de_lecture(url: str, hote: str) -> str:
    """The same role and database, on the replica: ``host``, ``host:port`` or the folder of a socket."""
    lue = urlsplit(url)
    nom, _, port = hote.partition(":")
    valeurs = [*parse_qsl(lue.query), ("host", nom), ("port", port or PORT)]  # the last one said is obeyed
    return urlunsplit(lue._replace(query=urlencode(valeurs)))


def url_de_role(url: str, role: str, secret: str) -> str:
    """The same server and database, another role."""
    morceaux = urlsplit(url)
    hote = morceaux.netloc.rpartition("@")[2]
    return urlunsplit(morceaux._replace(netloc=f"{quote(role)}:{quote(secret)}@{hote}"))


def preparer_base(url_admin: str, base: str, secrets_des_roles: dict[str, str]) -> Acces:
    """Create the three roles and the database, idempotently, under one lock.

    No other role may make temporary tables there (one could hide a table that a guard reads), nor large objects.
    """
    with psycopg.connect(url_admin, autocommit=True) as connexion:
        connexion.execute("SELECT pg_advisory_lock(hashtext('sne:preparer_base'))")
        for role in ROLES:
            nom, secret = sql.Identifier(role), sql.Literal(secrets_des_roles[role])
            if not connexion.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connexion.execute(sql.SQL(CREER[role == ROLE_OWNER]).format(nom))
            connexion.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(nom, secret))
        connexion.execute(f"GRANT {ROLE_RUNTIME} TO {ROLE_OWNER}")
        connexion.execute(f"GRANT {ROLE_OWNER} TO CURRENT_USER")
        if not connexion.execute("SELECT 1 FROM pg_database WHERE datname = %s", [base]).fetchone():
            connexion.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                    sql.Identifier(base), sql.Identifier(ROLE_OWNER)
                )
            )
        connexion.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(sql.Identifier(base)))
    with psycopg.connect(url_de_base(url_admin, base), autocommit=True) as connexion:
        connexion.execute(SANS_GRANDS_OBJETS)
    admin = url_de_base(url_admin, base)
    return Acces(admin, *(url_de_role(admin, role, secrets_des_roles[role]) for role in ROLES))
