"""A permit opens in the transaction that holds it, not in one that another cluster happens to number the same."""

from datetime import datetime
from typing import LiteralString

import psycopg
import pytest
from django.db import connection

from sne.journal.models import Valeur
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.vie.actions.purger import purger_demande
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.horloge import PARIS
from tests.journal.test_journal import ecrire, tout_sceller
from tests.registre import factories as f

pytestmark = pytest.mark.django_db(transaction=True)

EFFACEE_LE = datetime(2027, 11, 24, 12, tzinfo=PARIS)


def rouvrir(owner: psycopg.Connection, table: LiteralString) -> None:
    """The number of this transaction on every permit of the past, as when another cluster counts from the start."""
    owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER ajout_seul")
    owner.execute(f"UPDATE {table} SET xid = pg_current_xact_id()")
    owner.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER ajout_seul")


def test_erasure_permitted_elsewhere_opens_nothing(url_owner: str) -> None:
    demande = f.deposer().demande_id
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Lettre, classeur B")
    radier_demande(demande, faits, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    purger_demande(demande, acte=Acte(horloge_du_registre("099"), EFFACEE_LE))
    with psycopg.connect(url_owner) as owner:
        rouvrir(owner, "purge")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("DELETE FROM version WHERE demande_id = %s", [demande])


@pytest.mark.parametrize("champ", ["nom", "recherche"])
def test_erasure_permitted_elsewhere_gives_up_no_value_of_the_journal(url_owner: str, champ: str) -> None:
    demande = f.deposer().demande_id
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Lettre, classeur B")
    radier_demande(demande, faits, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    purger_demande(demande, acte=Acte(horloge_du_registre("099"), EFFACEE_LE))
    with psycopg.connect(url_owner) as owner:
        owner.execute(
            "INSERT INTO journal_valeur SELECT id, %s, 'apres', '', 'Morel' FROM journal_entree WHERE demande = %s "
            "LIMIT 1",
            [champ, demande],
        )
        rouvrir(owner, "purge")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("DELETE FROM journal_valeur WHERE champ = %s", [champ])


def test_month_removed_elsewhere_gives_up_no_value(url_owner: str) -> None:
    ecrire()
    tout_sceller()
    assert Valeur.objects.count() == 2
    with psycopg.connect(url_owner) as owner:
        owner.execute(
            "INSERT INTO journal_retrait (mois, entrees, note, retire_le) "
            "VALUES (date_trunc('month', now() AT TIME ZONE 'UTC')::date, 1, '', clock_timestamp())"
        )
    with psycopg.connect(url_owner) as owner:
        rouvrir(owner, "journal_retrait")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("DELETE FROM journal_valeur")
    connection.close()
