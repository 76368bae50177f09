"""What the database refuses to the runtime role, and to the owner: the past is only ever added to."""

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import psycopg
import pytest
import pytest_django
from django.db import connection

from sne.habilitations.rules import Role, acteur_systeme
from sne.journal.actions.jalonner import jalonner
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.depot.actions.egalite import consigner_egalite_de_traitement
from sne.registre.depot.rules.egalite import Moment
from sne.registre.doublons.actions.balayer import balayage_du_registre, balayer
from sne.registre.doublons.actions.ensembles import decider_ensemble
from sne.registre.doublons.models import EnsembleDoublon
from sne.registre.faits.rules.faits import FaitRefuse, NatureFait
from sne.registre.vie.actions.prevenir import noter_echec, prevenir_demande
from sne.socle.acte import Acte
from sne.socle.bases import url_de_base
from tests import bases
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f
from tests.registre.faits.faits import consigner

pytestmark = pytest.mark.django_db
AJOUT_SEUL = [
    "identite",
    "decision_identite",
    "titre_anciennete",
    "version",
    "requete_anteriorite",
    "consigne_egalite",
    "radiation",
    "reactivation",
    "evenement",
    "decision_caleol",
    "attribution",
    "fait_dalo",
    "tentative_refusee",
    "preavis",
    "preavis_echec",
    "annulation",
    "retablissement",
    "separation",
    "decision_separation",
    "decision_anteriorite",
    "echange_identite",
    "examen_identite",
    "relecture_identite",
    "operation",
]
JOURNAL = [
    "journal_entree",
    "journal_valeur",
    "journal_scellement",
    "journal_position",
    "journal_cle",
    "journal_jalon",
    "journal_tuile",
    "journal_horodatage",
    "journal_retrait",
]


@dataclass(frozen=True, slots=True)
class Peuplee:
    """A database of this file alone, filled once and committed: what is refused leaves it as it was."""

    nom: str
    demande_id: uuid.UUID
    autre_id: uuid.UUID
    changeante_id: uuid.UUID


@pytest.fixture(scope="module")
def peuplee(
    nom_de_base: str, django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Peuplee]:
    with bases.base_a_part(f"{nom_de_base}_gardes", servie_avant=nom_de_base) as nom:
        with django_db_blocker.unblock():
            demandes = [f.deposer(doublons_ecartes="Une autre personne.").demande_id for _ in range(2)]
            decider_qu_elles_sont_differentes()
            premiere = remplir()
        yield Peuplee(nom, premiere, *demandes)


@pytest.fixture
def runtime(peuplee: Peuplee) -> Iterator[psycopg.Connection]:
    with psycopg.connect(url_de_base(os.environ["SNE_RUNTIME_URL"], peuplee.nom), autocommit=True) as c:
        yield c


@pytest.fixture
def owner(peuplee: Peuplee) -> Iterator[psycopg.Connection]:
    with psycopg.connect(url_de_base(os.environ["SNE_OWNER_URL"], peuplee.nom), autocommit=True) as c:
        yield c


@pytest.fixture
def demande_id(peuplee: Peuplee) -> uuid.UUID:
    return peuplee.demande_id


@pytest.fixture
def autre_id(peuplee: Peuplee) -> uuid.UUID:
    return peuplee.autre_id


def remplir() -> uuid.UUID:
    """A demande with a row in every table that holds one, and a sealed journal."""
    recepisse = f.deposer(doublons_ecartes="Une autre personne.")
    consigner_egalite_de_traitement(
        recepisse.demande_id, {Moment.APRES: ["NUMERO"]}, acte=Acte(f.creer_acteur(), f.MAINTENANT)
    )
    with pytest.raises(FaitRefuse):
        consigner(NatureFait.EVENEMENT, recepisse.demande_id, caracteristiques={})
    for nature in NatureFait:
        consigner(nature, recepisse.demande_id)
    prevenir(recepisse.demande_id)
    tout_sceller()
    jalonner(acte=Acte(acteur_systeme("Essai"), f.MAINTENANT))
    return recepisse.demande_id


def decider_qu_elles_sont_differentes() -> None:
    """The demandes on record, found close by night, then told apart."""
    balayer("099", acte=Acte(balayage_du_registre("099"), f.MAINTENANT))
    decider_ensemble(
        EnsembleDoublon.objects.get().id,
        issue="FOYERS_DIFFERENTS",
        motif="HOMONYME",
        precision="",
        acte=Acte(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), f.MAINTENANT),
    )


def prevenir(demande_id: uuid.UUID) -> None:
    """A notice, and that it reached nobody."""
    acteur, le = horloge_du_registre("099"), f.MAINTENANT + timedelta(days=330)
    preavis = prevenir_demande(demande_id, acte=Acte(acteur, le))
    assert preavis is not None
    assert noter_echec(preavis.entree, (), acte=Acte(acteur, le))


def partitions(c: psycopg.Connection) -> list[str]:
    return [
        r[0]
        for r in c.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'journal_entree'::regclass"
        )
    ]


@pytest.mark.parametrize("table", AJOUT_SEUL + JOURNAL)
@pytest.mark.parametrize("ordre", ["UPDATE {t} SET {c} = {c}", "DELETE FROM {t}", "TRUNCATE {t}"])
def test_runtime_cannot_rewrite(
    runtime: psycopg.Connection, demande_id: uuid.UUID, table: str, ordre: str
) -> None:
    colonne = runtime.execute(f"SELECT * FROM {table} LIMIT 0").description[0].name
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime.execute(ordre.format(t=table, c=colonne))


@pytest.mark.parametrize("table", [*AJOUT_SEUL, *JOURNAL, "secret_nir"])
@pytest.mark.parametrize("ordre", ["UPDATE {t} SET {c} = {c}", "DELETE FROM {t}", "TRUNCATE {t} CASCADE"])
def test_owner_is_refused_by_the_triggers(
    owner: psycopg.Connection, demande_id: uuid.UUID, table: str, ordre: str
) -> None:
    colonne = owner.execute(f"SELECT * FROM {table} LIMIT 0").description[0].name
    vide = not owner.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()
    if vide and "TRUNCATE" not in ordre:
        assert owner.execute(ordre.format(t=table, c=colonne)).rowcount == 0
        return
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="on n’y fait qu’ajouter"):
        owner.execute(ordre.format(t=table, c=colonne))


def test_partitions_refuse_the_owner_too(owner: psycopg.Connection, demande_id: uuid.UUID) -> None:
    noms = partitions(owner)
    assert len(noms) >= 3
    for nom in noms:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute(f"TRUNCATE {nom}")


@pytest.mark.parametrize(
    "ordre",
    [
        "INSERT INTO journal_entree SELECT * FROM journal_entree",
        "INSERT INTO journal_valeur SELECT * FROM journal_valeur",
        "INSERT INTO {partition} SELECT * FROM journal_entree",
        "INSERT INTO identite SELECT * FROM identite ON CONFLICT (id) DO UPDATE SET nom_naissance = 'X'",
        "ALTER TABLE journal_entree DETACH PARTITION {partition}",
        "ALTER TABLE identite DISABLE TRIGGER ALL",
        "DROP TRIGGER ajout_seul ON identite",
        "SET session_replication_role = replica",
        "SET ROLE sne_owner",
        "SELECT setval('nud_099', 1)",
        "SELECT nud_ouvrir_ere()",
        "SELECT nud_ouvrir_territoire('098')",
        "DELETE FROM secret_nir",
        "DROP TABLE brouillon",
        "CREATE TABLE public.porte_derobee (a int)",
    ],
)
def test_runtime_has_no_way_round(runtime: psycopg.Connection, demande_id: uuid.UUID, ordre: str) -> None:
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.GeneratedAlways)):
        runtime.execute(ordre.format(partition=partitions(runtime)[0]))


def test_temporary_table_of_the_same_name_does_not_receive_the_entry(
    runtime: psycopg.Connection, demande_id: uuid.UUID
) -> None:
    runtime.execute("CREATE TEMP TABLE journal_entree (LIKE public.journal_entree)")
    runtime.execute("SELECT journal_inscrire('099', NULL, NULL, 'CONNEXION', '{}', '{}', '[]', NULL, now())")
    assert runtime.execute("SELECT count(*) FROM pg_temp.journal_entree").fetchone() == (0,)


STATUT = "UPDATE demande SET statut = 'EXPIREE', revision = revision + 1 WHERE id = %s"
ENTREE = "SELECT journal_inscrire('099', %s, %s, %s, '{}', '{}', '[]', NULL, now())"


@pytest.mark.parametrize(
    ("nommee", "revision", "verbe"),
    [
        pytest.param(None, None, None, id="no entry"),
        pytest.param("autre", 2, "MODIFIER", id="an entry naming another demande"),
        pytest.param("elle", 1, "MODIFIER", id="an entry naming the revision before"),
        pytest.param("elle", 2, "CONSULTER", id="a reading that names the new revision"),
    ],
)
def test_status_change_needs_its_own_entry(
    runtime: psycopg.Connection,
    peuplee: Peuplee,
    nommee: str | None,
    revision: int | None,
    verbe: str | None,
) -> None:
    demande_id, autre_id = peuplee.demande_id, peuplee.autre_id
    with (
        pytest.raises(psycopg.errors.IntegrityError, match="aucune entrée de journal"),
        runtime.transaction(),
    ):
        if nommee:
            runtime.execute(ENTREE, [demande_id if nommee == "elle" else autre_id, revision, verbe])
        nouvelle = runtime.execute(_insertion_de_version(runtime), [demande_id]).fetchone()[0]
        runtime.execute(STATUT.replace(" WHERE", ", version_courante_id = %s WHERE"), [nouvelle, demande_id])
    assert Demande.objects.get(id=demande_id).statut == "ACTIVE"


def _insertion_de_version(c: psycopg.Connection) -> str:
    colonnes = [
        d.name
        for d in c.execute("SELECT * FROM version LIMIT 0").description
        if d.name not in {"id", "numero", "inscrit_le"}
    ]
    liste = ", ".join(colonnes)
    return (
        f"INSERT INTO version (id, numero, inscrit_le, {liste}) "
        f"SELECT gen_random_uuid(), 2, now(), {liste} FROM version WHERE demande_id = %s RETURNING id"
    )


def test_status_change_with_its_entry_passes(runtime: psycopg.Connection, peuplee: Peuplee) -> None:
    demande_id = peuplee.changeante_id
    with runtime.transaction():
        runtime.execute(ENTREE, [demande_id, 2, "MODIFIER"])
        nouvelle = runtime.execute(_insertion_de_version(runtime), [demande_id]).fetchone()[0]
        runtime.execute(STATUT.replace(" WHERE", ", version_courante_id = %s WHERE"), [nouvelle, demande_id])
    assert Demande.objects.get(id=demande_id).statut == "EXPIREE"


def test_striking_off_without_its_reason_is_refused(
    runtime: psycopg.Connection, demande_id: uuid.UUID
) -> None:
    radier = STATUT.replace("EXPIREE", "RADIEE").replace(" WHERE", ", version_courante_id = %s WHERE")
    with pytest.raises(psycopg.errors.IntegrityError, match="ni radiation"), runtime.transaction():
        runtime.execute(ENTREE, [demande_id, 2, "RADIER"])
        nouvelle = runtime.execute(_insertion_de_version(runtime), [demande_id]).fetchone()[0]
        runtime.execute(radier, [nouvelle, demande_id])


@pytest.mark.parametrize(
    ("numero", "entree"),
    [
        pytest.param(2, False, id="the next one, without an entry"),
        pytest.param(2, True, id="the next one, with an entry but no revision"),
        pytest.param(0, False, id="one before the deposit"),
    ],
)
def test_version_added_apart_from_a_revision_is_refused(
    runtime: psycopg.Connection, demande_id: uuid.UUID, numero: int, entree: bool
) -> None:
    with pytest.raises(psycopg.errors.IntegrityError), runtime.transaction():
        if entree:
            runtime.execute(ENTREE, [demande_id, 2, "MODIFIER"])
        ordre = _insertion_de_version(runtime).replace("gen_random_uuid(), 2", f"gen_random_uuid(), {numero}")
        runtime.execute(ordre, [demande_id])
    assert Version.objects.filter(demande=demande_id).count() == 1


def test_one_entry_does_not_cover_two_demandes(
    runtime: psycopg.Connection, demande_id: uuid.UUID, autre_id: uuid.UUID
) -> None:
    with pytest.raises(psycopg.errors.IntegrityError), runtime.transaction():
        runtime.execute(ENTREE, [demande_id, 2, "MODIFIER"])
        for cle in (demande_id, autre_id):
            nouvelle = runtime.execute(_insertion_de_version(runtime), [cle]).fetchone()[0]
            runtime.execute(STATUT.replace(" WHERE", ", version_courante_id = %s WHERE"), [nouvelle, cle])


def test_entry_of_a_rolled_back_savepoint_does_not_count(
    runtime: psycopg.Connection, demande_id: uuid.UUID
) -> None:
    with pytest.raises(psycopg.errors.IntegrityError), runtime.transaction():
        with runtime.transaction() as interne:
            runtime.execute(ENTREE, [demande_id, 2, "MODIFIER"])
            raise psycopg.Rollback(interne)
        nouvelle = runtime.execute(_insertion_de_version(runtime), [demande_id]).fetchone()[0]
        runtime.execute(STATUT.replace(" WHERE", ", version_courante_id = %s WHERE"), [nouvelle, demande_id])


def test_revision_must_advance_by_one(runtime: psycopg.Connection, demande_id: uuid.UUID) -> None:
    with pytest.raises(psycopg.errors.IntegrityError), runtime.transaction():
        runtime.execute(ENTREE, [demande_id, 1, "MODIFIER"])
        runtime.execute("UPDATE demande SET statut = 'RADIEE' WHERE id = %s", [demande_id])


@pytest.mark.parametrize(
    "colonne",
    [
        "nud = '099112699999G0993'",
        "date_depot = date_depot - 365",
        "territoire = '001'",
        "guichet_createur = 'G0991'",
    ],
)
def test_number_and_seniority_never_change(
    runtime: psycopg.Connection, demande_id: uuid.UUID, colonne: str
) -> None:
    with pytest.raises(psycopg.errors.IntegrityError, match="ne changent jamais"):
        runtime.execute(f"UPDATE demande SET {colonne}, revision = 2 WHERE id = %s", [demande_id])


def test_person_cannot_point_at_another_persons_identity(
    runtime: psycopg.Connection, demande_id: uuid.UUID, autre_id: uuid.UUID
) -> None:
    identite = Personne.objects.get(demande=autre_id).identite_courante_id
    with pytest.raises(psycopg.errors.ForeignKeyViolation), runtime.transaction():
        runtime.execute(ENTREE, [demande_id, 1, "MODIFIER"])
        runtime.execute(
            "UPDATE personne SET identite_courante_id = %s WHERE demande_id = %s", [identite, demande_id]
        )


def test_pointer_moved_in_silence_is_refused(runtime: psycopg.Connection, demande_id: uuid.UUID) -> None:
    with pytest.raises(psycopg.errors.IntegrityError, match="aucune entrée"):
        runtime.execute(
            "UPDATE personne SET courriel = 'voleur@exemple.fr' WHERE demande_id = %s", [demande_id]
        )


PERSONNE_DE_PLUS = (
    "WITH neuve AS (SELECT gen_random_uuid() AS personne, gen_random_uuid() AS identite), "
    "p AS (INSERT INTO personne (id, territoire, demande_id, role, rang, courriel, telephone, identite_courante_id) "
    "SELECT n.personne, d.territoire, d.id, 'COTITULAIRE', 1, '', '', n.identite FROM demande d, neuve n "
    "WHERE d.id = %(demande)s) "
)
SON_IDENTITE = (
    "INSERT INTO identite (id, territoire, demande_id, personne_id, revision, civilite, nom_naissance, nom_usage, "
    "prenoms, date_naissance, date_naissance_presumee, naissance_commune, naissance_pays, nationalite, nir_etat, voie, "
    "retrait, auteur, guichet, survenu_le) SELECT n.identite, i.territoire, i.demande_id, n.personne, i.revision, "
    "i.civilite, i.nom_naissance, '', i.prenoms, i.date_naissance, false, '', '', i.nationalite, '', i.voie, false, "
    "i.auteur, i.guichet, i.survenu_le FROM identite i, neuve n WHERE i.demande_id = %(demande)s"
)


@pytest.mark.parametrize("revision", ["2", "0"])
def test_an_identity_of_a_revision_that_no_entry_tells_is_refused(
    runtime: psycopg.Connection, demande_id: uuid.UUID, revision: str
) -> None:
    with (
        pytest.raises(psycopg.errors.IntegrityError, match=r"aucune entrée.*\(INSERT sur identite\)"),
        runtime.transaction(),
    ):
        runtime.execute(ENTREE, [demande_id, 1, "MODIFIER"])
        runtime.execute(
            SON_IDENTITE.replace("i.revision", revision)
            .replace("n.identite", "gen_random_uuid()")
            .replace("n.personne", "i.personne_id")
            .replace(", neuve n", ""),
            {"demande": demande_id},
        )


@pytest.mark.parametrize(
    ("identite", "refus"),
    [
        pytest.param(SON_IDENTITE, "aucune entrée", id="with an identity, in silence"),
        pytest.param("SELECT 1", "personne_son_identite", id="without an identity"),
    ],
)
def test_person_added_is_refused(
    runtime: psycopg.Connection, demande_id: uuid.UUID, identite: str, refus: str
) -> None:
    with pytest.raises(psycopg.errors.IntegrityError, match=refus):
        runtime.execute(PERSONNE_DE_PLUS + identite, {"demande": demande_id})


def test_identity_filed_under_another_demande_is_refused(
    runtime: psycopg.Connection, demande_id: uuid.UUID, autre_id: uuid.UUID
) -> None:
    with (
        pytest.raises(psycopg.errors.ForeignKeyViolation, match="identite_de_sa_demande"),
        runtime.transaction(),
    ):
        runtime.execute(ENTREE, [autre_id, 1, "MODIFIER"])
        runtime.execute(
            SON_IDENTITE.replace("i.demande_id, n.personne", "%(autre)s, n.personne")
            .replace("n.identite", "gen_random_uuid()")
            .replace("n.personne", "i.personne_id")
            .replace(", neuve n", ""),
            {"demande": demande_id, "autre": autre_id},
        )


def test_second_title_is_refused(runtime: psycopg.Connection, demande_id: uuid.UUID) -> None:
    with pytest.raises(psycopg.errors.IntegrityError), runtime.transaction():
        runtime.execute(ENTREE, [demande_id, 1, "MODIFIER"])
        runtime.execute(
            "INSERT INTO titre_anciennete "
            "(id, territoire, demande_id, personne_id, date_depot, acte, auteur, survenu_le) "
            "SELECT gen_random_uuid(), territoire, demande_id, personne_id, date_depot - 3650, acte, auteur, "
            "survenu_le "
            "FROM titre_anciennete WHERE demande_id = %s",
            [demande_id],
        )


def test_author_cannot_decide(runtime: psycopg.Connection, demande_id: uuid.UUID) -> None:
    ordre = (
        "INSERT INTO decision_identite "
        "(id, territoire, demande_id, revision, identite_id, auteur, decideur, decide_par, issue, motif, precision, "
        "pieces, survenu_le) SELECT gen_random_uuid(), territoire, demande_id, 1, id, {auteur}, {decideur}, '{{}}', "
        "'VALIDEE', '', '', '{{}}', now() "
        "FROM identite WHERE demande_id = %s"
    )
    with pytest.raises(psycopg.errors.CheckViolation):
        runtime.execute(ordre.format(auteur="auteur", decideur="auteur"), [demande_id])
    with (
        pytest.raises(psycopg.errors.IntegrityError),
        runtime.transaction(),
    ):  # a copied author that is not the author
        runtime.execute(ENTREE, [demande_id, 1, "MODIFIER"])
        runtime.execute(ordre.format(auteur="gen_random_uuid()", decideur="auteur"), [demande_id])


def test_instant_sent_for_inscrit_le_is_overwritten(
    runtime: psycopg.Connection, demande_id: uuid.UUID
) -> None:
    with runtime.transaction() as retour:
        runtime.execute(ENTREE, [demande_id, 1, "MODIFIER"])
        lu = runtime.execute(
            _insertion_de_version(runtime)
            .replace("now()", "timestamptz '2000-01-01'")
            .replace("RETURNING id", "RETURNING extract(year FROM inscrit_le)"),
            [demande_id],
        ).fetchone()[0]
        raise psycopg.Rollback(retour)
    assert lu > 2020


def test_entries_are_in_the_current_partition(demande_id: uuid.UUID) -> None:
    assert Entree.objects.filter(demande=demande_id).count() == 9
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT tableoid::regclass::text FROM journal_entree WHERE demande = %s", [demande_id]
        )
        assert curseur.fetchone()[0].startswith("journal_entree_20")


def test_what_was_decided_of_close_demandes_stays(owner: psycopg.Connection) -> None:
    for table in ("ensemble_membre", "ensemble_paire", "ensemble_sort"):
        for ordre in ("UPDATE {t} SET territoire = territoire", "DELETE FROM {t}", "TRUNCATE {t} CASCADE"):
            with pytest.raises(psycopg.DatabaseError, match="ajout"):
                owner.execute(ordre.format(t=table))
    with pytest.raises(psycopg.DatabaseError, match="il est clos"):
        owner.execute("UPDATE ensemble_doublon SET precision = 'autre chose'")
