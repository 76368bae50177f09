"""What the database refuses: rewriting an attestation, a chain that forks, an act that no entry tells."""

import uuid
from datetime import timedelta

import psycopg
import pytest

from sne.attestations.actions import emettre_attestation, traiter_attestation
from sne.attestations.models import Attestation, AttestationATraiter
from sne.attestations.rules import AttestationAEtablir
from sne.habilitations.rules import Role
from sne.socle.acte import Acte
from tests.attestations.test_actions import SANS_GLYPHE
from tests.registre import factories as f

pytestmark = pytest.mark.django_db(transaction=True)
COLONNES = (
    "territoire, demande_id, revision, modele, modele_version, moteur, donnees, empreinte, date_delivrance, "
    "date_expiration, emise_par, canal, survenu_le"
)
COPIER = (
    f"INSERT INTO attestation (id, reference, remplace_id, {COLONNES}) "
    f"SELECT %(id)s, %(reference)s, %(remplace)s, {COLONNES} FROM attestation WHERE id = %(depuis)s"
)
TEMOIGNER = (
    "SELECT journal_inscrire(a.territoire, a.demande_id, a.revision, 'EMETTRE_ATTESTATION', '{}'::jsonb, "
    "jsonb_build_object('attestation', %(id)s::text), '[]'::jsonb, NULL, now()) "
    "FROM attestation a WHERE a.id = %(depuis)s"
)


@pytest.fixture
def chaine() -> tuple[Attestation, Attestation]:
    """Two attestations of one demande, the second replacing the first."""
    recepisse, agent = f.deposer(), f.creer_acteur()
    premiere = emettre_attestation(recepisse.demande_id, acte=Acte(agent, f.MAINTENANT))
    lendemain = f.MAINTENANT + timedelta(days=1)
    return premiere, emettre_attestation(recepisse.demande_id, acte=Acte(agent, lendemain))


@pytest.fixture
def cas() -> AttestationATraiter:
    recepisse = f.deposer(f.contenu(demandeur=SANS_GLYPHE))
    with pytest.raises(AttestationAEtablir):
        emettre_attestation(recepisse.demande_id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    return AttestationATraiter.objects.get()


def copier(
    c: psycopg.Connection, depuis: Attestation, *, remplace: uuid.UUID | None, temoin: bool = True
) -> None:
    """Insert a copy of an attestation as another link, with or without the entry that tells it."""
    valeurs = {
        "id": uuid.uuid4(),
        "reference": "222222222222",
        "remplace": remplace,
        "depuis": depuis.id,
    }
    with c.transaction():
        c.execute(COPIER, valeurs)
        if temoin:
            c.execute(TEMOIGNER, valeurs)


@pytest.mark.parametrize(
    "ordre",
    ["UPDATE attestation SET canal = canal", "DELETE FROM attestation", "TRUNCATE attestation CASCADE"],
)
def test_runtime_cannot_rewrite(
    runtime: psycopg.Connection, chaine: tuple[Attestation, Attestation], ordre: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime.execute(ordre)


@pytest.mark.parametrize(
    "ordre",
    ["UPDATE attestation SET canal = canal", "DELETE FROM attestation", "TRUNCATE attestation CASCADE"],
)
def test_owner_is_refused_by_the_triggers(
    owner: psycopg.Connection, chaine: tuple[Attestation, Attestation], ordre: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="on n’y fait qu’ajouter"):
        owner.execute(ordre)


def test_a_link_told_by_its_entry_is_accepted(
    runtime: psycopg.Connection, chaine: tuple[Attestation, Attestation]
) -> None:
    """The copy that the refusals below start from is right in itself."""
    copier(runtime, chaine[1], remplace=chaine[1].id)
    assert Attestation.objects.count() == 3


def test_attestation_without_entry_is_refused(
    runtime: psycopg.Connection, chaine: tuple[Attestation, Attestation]
) -> None:
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="aucune entrée de journal"):
        copier(runtime, chaine[1], remplace=chaine[1].id, temoin=False)


def test_chain_cannot_fork(runtime: psycopg.Connection, chaine: tuple[Attestation, Attestation]) -> None:
    with pytest.raises(psycopg.errors.UniqueViolation, match="remplace"):
        copier(runtime, chaine[1], remplace=chaine[0].id)


def test_second_first_link_is_refused(
    runtime: psycopg.Connection, chaine: tuple[Attestation, Attestation]
) -> None:
    with pytest.raises(psycopg.errors.UniqueViolation, match="attestation_premiere"):
        copier(runtime, chaine[1], remplace=None)


def test_attestation_cannot_replace_that_of_another_demande(
    runtime: psycopg.Connection, chaine: tuple[Attestation, Attestation]
) -> None:
    autre = f.deposer(
        f.contenu(demandeur=f.personne("Haddad", "Karima", identite={"date_naissance": "1990-05-05"}))
    )
    ailleurs = emettre_attestation(autre.demande_id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    with pytest.raises(psycopg.errors.ForeignKeyViolation, match="attestation_sa_precedente"):
        copier(runtime, ailleurs, remplace=chaine[1].id)


@pytest.mark.parametrize("colonne", ["territoire", "demande_id", "nud", "motif", "survenu_le"])
def test_runtime_cannot_rewrite_a_waiting_case(
    runtime: psycopg.Connection, cas: AttestationATraiter, colonne: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime.execute(f"UPDATE attestation_a_traiter SET {colonne} = {colonne}")


def test_case_cannot_be_ended_in_silence_nor_half(
    runtime: psycopg.Connection, cas: AttestationATraiter
) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="qui_et_quand"):
        runtime.execute("UPDATE attestation_a_traiter SET traitee_le = now()")
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="TRAITER_ATTESTATION"):
        runtime.execute(
            "UPDATE attestation_a_traiter SET traitee_le = now(), traitee_par = '{}'::jsonb, suite = 'Remise'"
        )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime.execute("DELETE FROM attestation_a_traiter")
    traiter_attestation(
        cas.id, suite="Remise", acte=Acte(f.creer_acteur(Role.RESPONSABLE_GUICHET), f.MAINTENANT)
    )
    assert AttestationATraiter.objects.filter(traitee_le=None).count() == 0
