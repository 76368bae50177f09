"""What the database refuses: a message or an attempt that no entry tells, a text that changes, a past rewritten."""

from collections.abc import Iterator

import psycopg
import pytest

from sne.notifications.actions import noter_tentative
from sne.notifications.rules import Issue, Resultat
from sne.notifications.tasks import service_des_messages
from sne.socle.acte import Acte
from tests.notifications.factories import ADRESSE, MAINTENANT, preparer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def runtime(url_runtime: str) -> Iterator[psycopg.Connection]:
    """The runtime role outside Django, a sent message with one attempt before it."""
    message = preparer(secours=ADRESSE)
    noter_tentative(message.id, Resultat(Issue.ACCEPTE), acte=Acte(service_des_messages(), MAINTENANT))
    with psycopg.connect(url_runtime, autocommit=True) as c:
        yield c


@pytest.mark.parametrize(
    "ordre",
    [
        "DELETE FROM message",
        "TRUNCATE message CASCADE",
        "UPDATE message SET nud = nud",
        "UPDATE message SET origine = origine",
        "UPDATE message_tentative SET code = code",
        "DELETE FROM message_tentative",
    ],
)
def test_runtime_cannot_rewrite(runtime: psycopg.Connection, ordre: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime.execute(ordre)


def test_owner_is_refused_by_the_triggers(runtime: psycopg.Connection, url_owner: str) -> None:
    with (
        psycopg.connect(url_owner, autocommit=True) as c,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="on n’y fait qu’ajouter"),
    ):
        c.execute("UPDATE message_tentative SET code = code")


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE message SET etat = 'DELIVRE'",
        "INSERT INTO message_tentative (id, territoire, message_id, entree, issue, code, texte, source, survenu_le) "
        "SELECT gen_random_uuid(), territoire, id, gen_random_uuid(), 'ACCEPTE', '', '', '', now() FROM message",
        "INSERT INTO message SELECT r.* FROM message m, jsonb_populate_record(m, jsonb_build_object("
        "'id', gen_random_uuid(), 'origine', gen_random_uuid(), 'entree', gen_random_uuid())) r",
    ],
)
def test_what_no_entry_tells_is_refused(runtime: psycopg.Connection, ordre: str) -> None:
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="aucune entrée de journal"):
        runtime.execute(ordre)


@pytest.mark.parametrize("colonne", ["destinataire", "contexte", "secours"])
def test_what_was_written_is_erased_never_changed(runtime: psycopg.Connection, colonne: str) -> None:
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="s’effacent"):
        runtime.execute(f"UPDATE message SET {colonne} = '\\x00'")
    runtime.execute(f"UPDATE message SET {colonne} = NULL")
