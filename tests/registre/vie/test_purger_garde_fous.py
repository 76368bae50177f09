"""What the database refuses of an erasure: to the runtime role, to the owner, and to the only function that may."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.vie.actions.purger import purger_demande
from sne.socle.acte import Acte
from tests.registre import factories as f
from tests.registre.vie.a_effacer import PURGEE_LE, AEffacer, en_clair_partout, midi

TROP_TOT = midi(PURGEE_LE - timedelta(days=1))
ECHUE = midi(PURGEE_LE)
PURGER = "SELECT * FROM registre_purger(%s, %s, %s)"
GARDEES = (
    "demande", "personne", "identite", "decision_identite", "titre_anciennete", "version", "requete_anteriorite",
    "consigne_egalite", "radiation", "evenement", "decision_caleol", "attribution", "fait_dalo", "tentative_refusee",
    "secret_nir", "cas_doublon", "attestation", "attestation_part_de_lot", "attestation_remise", "message",
    "message_tentative", "journal_valeur", "journal_entree", "journal_position",
    "preavis", "element_enquete", "levee_gel", "gel", "dossier_enquete",
    "demande_enquetee", "avis_changement", "opposition",
)  # fmt: skip


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def demande(transactional_db: None, settings: Any, var: Path) -> AEffacer:
    settings.DOSSIER_VAR, settings.SMTP_URL = var, ""
    return en_clair_partout()


def purger(c: psycopg.Connection, cible: uuid.UUID, le: datetime = ECHUE) -> None:
    c.execute(PURGER, [cible, uuid.uuid4(), le])


def test_nobody_deletes_one_row_otherwise(
    demande: AEffacer, runtime: psycopg.Connection, owner: psycopg.Connection
) -> None:
    for table in GARDEES:
        assert owner.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone(), f"{table}: nothing to try on"
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied"):
            runtime.execute(f"DELETE FROM {table}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="on n’y fait qu’ajouter"):
            owner.execute(f"DELETE FROM {table}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="on n’y fait qu’ajouter"):
            owner.execute(f"TRUNCATE {table} CASCADE")
    for table in ("secret_nir", "journal_valeur"):
        colonne = owner.execute(f"SELECT * FROM {table} LIMIT 0").description[0].name
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="on n’y fait qu’ajouter"):
            owner.execute(f"UPDATE {table} SET {colonne} = {colonne}")


def test_permit_is_refused_too_early_and_given_to_nobody_else(
    demande: AEffacer, runtime: psycopg.Connection, owner: psycopg.Connection
) -> None:
    active = f.deposer(doublons_ecartes="Une autre personne.").demande_id
    permis = (
        "INSERT INTO purge (id, territoire, demande_id, jour, auteur, survenu_le) "
        "VALUES (gen_random_uuid(), '099', %s, %s, gen_random_uuid(), now())"
    )
    for cible, le in (
        (demande.id, TROP_TOT),
        (active, midi(PURGEE_LE.replace(year=2050))),
        (uuid.uuid4(), ECHUE),
    ):
        for c in (runtime, owner):
            with pytest.raises(psycopg.errors.IntegrityError, match="ne peut pas être effacée"):
                purger(c, cible, le)
        with pytest.raises(psycopg.errors.IntegrityError, match="ne peut pas être effacée"):
            owner.execute(permis, [cible, le.date()])
    for table in ("purge", "purge_compte", "statistique_effacee", "message_a_effacer"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runtime.execute(f"INSERT INTO {table} SELECT * FROM {table}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime.execute("SELECT purge_effacer_recherches(d) FROM demande d")
    # A permit is for one demande, whole, told to the journal.
    with pytest.raises(psycopg.errors.IntegrityError, match="ne nomme l’effacement"):
        owner.execute(permis, [demande.id, PURGEE_LE])
    with owner.transaction() as essai:
        owner.execute(permis, [demande.id, PURGEE_LE])
        assert owner.execute("DELETE FROM evenement WHERE demande_id = %s", [demande.id]).rowcount > 0
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege, match="identite : DELETE"),
            owner.transaction(),
        ):
            owner.execute("DELETE FROM identite WHERE demande_id = %s", [active])
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege, match="valeur : DELETE"),
            owner.transaction(),
        ):
            owner.execute(
                "DELETE FROM journal_valeur v USING journal_entree e WHERE e.id = v.entree AND e.demande = %s",
                [active],
            )
        raise psycopg.Rollback(essai)
    with pytest.raises(psycopg.errors.IntegrityError, match="aucune entrée de journal"):
        purger(runtime, demande.id)  # erased, and said by nobody
    assert Demande.objects.get(id=demande.id).statut == "RADIEE"


def test_erased_one_changes_no_more_and_no_other_way_leads_there(
    demande: AEffacer, runtime: psycopg.Connection, owner: psycopg.Connection
) -> None:
    for c in (runtime, owner):
        with pytest.raises(psycopg.errors.IntegrityError, match="ne peut pas l’être ainsi"):
            c.execute(
                "UPDATE demande SET statut = 'PURGEE', revision = revision + 1 WHERE id = %s", [demande.id]
            )
    purger_demande(demande.id, acte=Acte(horloge_du_registre("099"), ECHUE))
    connection.check_constraints()
    for c in (runtime, owner):
        for colonne in ("statut = 'RADIEE'", "titulaire = 'PERSONNE'", "nud = '0'"):
            with pytest.raises(psycopg.errors.IntegrityError):
                c.execute(
                    f"UPDATE demande SET {colonne}, revision = revision + 1 WHERE id = %s", [demande.id]
                )
        with pytest.raises(psycopg.errors.IntegrityError):
            purger(c, demande.id, midi(PURGEE_LE + timedelta(days=1)))
    for table in ("purge", "purge_compte"):
        for ordre in ("DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET id = id"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="on n’y fait qu’ajouter"):
                owner.execute(ordre.format(table))
