"""The journal: written, sealed, delivered, verified; honest copies pass, each falsification is named."""

import hashlib
import json
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from sne.habilitations.verbes import VerbeHabilitation
from sne.journal import actions, handlers, selectors
from sne.journal.models import Abonnement, Entree, Position, Scellement, Valeur
from sne.journal.rules import Cote, Verbe
from sne.journal.rules import Entree as Ecrite
from sne.journal.rules import Valeur as ValeurEcrite
from sne.registre.lecture.verbes import VerbeLecture
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, maintenant
from tests.registre import factories as f

pytestmark = pytest.mark.django_db(transaction=True)


def ecrire(nombre: int = 1, verbe: Verbe = VerbeHabilitation.CONNEXION) -> list[uuid.UUID]:
    valeurs = (ValeurEcrite("nom", Cote.AVANT, "Dubreuil"), ValeurEcrite("nom", Cote.APRES, "Morel"))
    entree = Ecrite(verbe=verbe, acte=Acte(f.creer_acteur(), f.MAINTENANT), territoire="099", valeurs=valeurs)
    return actions.inscrire_en_lot([entree] * nombre)


def tout_sceller(au_plus: int = 100_000) -> list[int]:
    """Seal all that can be; sizes of the seals. A transaction of another database of the server would delay it, or cut
    in two what it began amid: its end is waited for.
    """
    assert not connection.in_atomic_block, "what is not committed is not sealed"
    limite = time.monotonic() + 240
    while not tous_termines():
        assert time.monotonic() < limite, "something never ends"
        time.sleep(0.02)
    tailles = []
    while taille := actions.sceller(au_plus):
        assert time.monotonic() < limite, "another seals without end"
        tailles += [taille] if taille > 0 else []
        time.sleep(0 if taille > 0 else 0.02)
    return tailles


def tous_termines() -> bool:
    """No transaction that runs on the server began before the last entry."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT coalesce(max(xid) < pg_snapshot_xmin(pg_current_snapshot()), true) FROM journal_entree "
            "WHERE ere = journal_ere()"
        )
        return bool(curseur.fetchone()[0])


def falsifier(owner: psycopg.Connection, ordre: str, parametres: list[object]) -> None:
    """As the database's owner: triggers off, which the runtime role cannot do."""
    partitions = [
        r[0]
        for r in owner.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'journal_entree'::regclass"
        )
    ]
    tables = [*partitions, "journal_position", "journal_scellement", "journal_valeur"]
    with owner.transaction():
        for table in tables:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute(ordre, parametres)
        for table in tables:
            owner.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER ajout_seul")


def test_identifiers_come_back_in_order() -> None:
    ids = ecrire(20)
    assert len(set(ids)) == 20
    assert Entree.objects.count() == 20
    inscrits = list(Entree.objects.order_by("inscrit_le").values_list("id", flat=True))
    assert inscrits == ids


def test_entries_of_one_call_share_neither_salt_nor_instant_and_keep_their_commitments() -> None:
    ecrire(5)
    sels = list(Valeur.objects.values_list("sel", flat=True))
    assert len({bytes(sel) for sel in sels}) == 10
    assert {len(sel) for sel in sels} == {32}
    assert len(set(Entree.objects.values_list("inscrit_le", flat=True))) == 5
    for entree in Entree.objects.all():
        for valeur in Valeur.objects.filter(entree=entree.id):
            clair = json.dumps([valeur.champ, valeur.cote, valeur.valeur], ensure_ascii=False)
            engagement = hashlib.sha256(bytes(valeur.sel) + clair.encode()).hexdigest()
            assert entree.faits["engagements"][f"{valeur.champ}.{valeur.cote}"] == engagement


def test_sealed_positions_are_dense_and_hold_every_entry_once() -> None:
    for taille in (3, 1, 7):
        ecrire(taille)
        assert tout_sceller() == [taille]
    assert actions.sceller() == 0
    assert list(Scellement.objects.order_by("numero").values_list("numero", "nombre")) == [
        (1, 3),
        (2, 1),
        (3, 7),
    ]
    rangs = list(Position.objects.order_by("scellement", "rang").values_list("scellement", "rang"))
    assert rangs == [(1, 1), (1, 2), (1, 3), (2, 1), *[(3, r) for r in range(1, 8)]]
    assert Position.objects.values("entree").distinct().count() == Entree.objects.count() == 11
    assert list(selectors.verifier()) == []


def test_an_entry_is_read_in_the_month_that_its_seal_says() -> None:
    """No index begins by the identifier: by it alone, every month is read whole, and each job reads an entry."""
    scellees = ecrire(2)
    tout_sceller()
    with CaptureQueriesContext(connection) as dites:
        assert {e.id for e in selectors.list_entrees_de(scellees)} == {*scellees}
    des_entrees = [dite["sql"] for dite in dites if "journal_entree" in dite["sql"]]
    assert ["e.inscrit_le = p.inscrit_le" in sql for sql in des_entrees] == [True]
    (attend,) = ecrire()
    lues = {e.id: e.valeurs for e in selectors.list_entrees_de([scellees[0], attend])}
    assert lues == {entree: {"nom": ("Dubreuil", "Morel")} for entree in (scellees[0], attend)}


def test_entry_of_a_running_transaction_waits_and_is_never_passed_over(url_runtime: str) -> None:
    with psycopg.connect(url_runtime) as lente:
        lente.execute(
            "SELECT journal_inscrire('099', NULL, NULL, 'CONNEXION', '{}', '{}', '[]', NULL, now())"
        )
        ecrire(2)  # later, but committed first
        assert actions.sceller() == 0
        lente.commit()
    assert sum(tout_sceller()) == 3
    assert list(selectors.verifier()) == []


def test_rolled_back_entry_leaves_no_gap() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        ecrire()
        raise RuntimeError("rolled back on purpose")
    ecrire(2)
    assert tout_sceller() == [2]
    assert Scellement.objects.get().nombre == 2


def test_bounded_seal_never_splits_a_transaction() -> None:
    for _ in range(4):
        ecrire(3)
    tailles = tout_sceller(au_plus=4)
    assert sum(tailles) == 12
    assert all(taille % 3 == 0 and taille <= 6 for taille in tailles)
    assert list(selectors.verifier()) == []


def test_concurrent_writers_and_sealers_lose_nothing() -> None:
    def travail(numero: int) -> int:
        ecrites = 0
        try:
            for _ in range(20):
                if numero % 3:
                    ecrites += len(ecrire(2))
                else:
                    actions.sceller()
            return ecrites
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(6) as pool:
        ecrites = sum(pool.map(travail, range(6)))
    tout_sceller()
    etat = selectors.etat_du_journal()
    assert (etat.entrees, etat.scellees, etat.en_attente) == (ecrites, ecrites, 0)
    assert list(selectors.verifier()) == []


@pytest.mark.parametrize(
    ("ordre", "phrase"),
    [
        ("UPDATE journal_entree SET verbe = 'DECONNEXION' WHERE id = %s", "a été modifiée"),
        ("DELETE FROM journal_entree WHERE id = %s", "a disparu"),
        ("UPDATE journal_valeur SET valeur = 'Voleur' WHERE entree = %s AND cote = 'apres'", "engagement"),
        ("UPDATE journal_position SET rang = 9 WHERE entree = %s", "annonce 3 entrées"),
        ("UPDATE journal_scellement SET racine = '\\x00' WHERE %s::uuid IS NOT NULL", "ne suit pas"),
    ],
)
def test_each_falsification_by_the_owner_is_named(owner: psycopg.Connection, ordre: str, phrase: str) -> None:
    cible = ecrire(3)[1]
    tout_sceller()
    ecrire(1)
    tout_sceller()
    assert list(selectors.verifier()) == []
    falsifier(owner, ordre, [cible])
    ecarts = list(selectors.verifier())
    assert ecarts
    assert any(phrase in e.phrase for e in ecarts)
    assert {e.entree for e in ecarts} <= {cible, None}


def test_erased_value_breaks_no_seal(owner: psycopg.Connection) -> None:
    ecrire(2)
    tout_sceller()
    falsifier(owner, "DELETE FROM journal_valeur", [])
    assert Valeur.objects.count() == 0
    assert list(selectors.verifier()) == []


def test_hash_does_not_depend_on_session_settings(owner: psycopg.Connection) -> None:
    cible = ecrire()[0]
    for reglage in ("TimeZone = 'Pacific/Auckland'", "DateStyle = 'SQL, DMY'", "extra_float_digits = 0"):
        owner.execute(f"SET {reglage}")
        egal = owner.execute(
            "SELECT empreinte = journal_feuille(e) FROM journal_entree e WHERE id = %s", [cible]
        ).fetchone()
        assert egal == (True,)


@pytest.fixture
def abonne() -> Iterator[str]:
    handlers.abonner(
        "essai",
        verbes=[VerbeHabilitation.CONNEXION],
        tache="builtin:procrastinate.builtin_tasks.remove_old_jobs",
    )
    yield "essai"
    del handlers._ABONNES["essai"]


def taches() -> list[dict[str, object]]:
    with connection.cursor() as curseur:
        curseur.execute("SELECT args FROM procrastinate_jobs WHERE args ? 'verbe' ORDER BY id")
        return [json.loads(r[0]) for r in curseur.fetchall()]


def test_sealed_entries_become_jobs_once_in_order(abonne: str) -> None:
    ids = [str(i) for i in ecrire(3)]
    ecrire(2, VerbeHabilitation.DECONNEXION)
    assert handlers.distribuer() == 0  # not sealed yet
    tout_sceller()
    assert handlers.distribuer() == 3
    assert handlers.distribuer() == 0
    assert [t["entree_id"] for t in taches()] == ids
    assert Abonnement.objects.get(abonne=abonne).scellement == 1


def test_what_was_queued_may_be_queued_once_more(abonne: str) -> None:
    ids = [str(i) for i in ecrire(2)]
    ecrire(1, VerbeHabilitation.DECONNEXION)
    assert handlers.redistribuer(abonne, depuis=f.MAINTENANT - timedelta(days=30_000)) == 0  # not sealed yet
    tout_sceller()
    # somebody moved the cursor past what was not delivered
    dernier = Scellement.objects.latest("numero").numero
    Abonnement.objects.create(abonne=abonne, scellement=dernier, avance_le=maintenant())
    assert handlers.distribuer() == 0
    assert handlers.redistribuer(abonne, depuis=f.MAINTENANT - timedelta(days=30_000)) == 2
    assert [t["entree_id"] for t in taches()] == ids
    assert handlers.redistribuer(abonne, depuis=maintenant() + timedelta(days=1)) == 0


def test_failed_delivery_is_repeated_whole(abonne: str) -> None:
    ecrire(2)
    tout_sceller()
    with pytest.raises(RuntimeError), transaction.atomic():
        handlers.distribuer()
        raise RuntimeError("crash between the jobs and the commit")
    assert taches() == []
    assert handlers.distribuer() == 2


def test_months_open_ahead_and_twice_without_harm() -> None:
    jour = aujourd_hui()  # months are opened near the server's own day alone
    noms = actions.ouvrir_mois(jour)
    assert noms == actions.ouvrir_mois(jour)
    assert noms[-1] == f"journal_entree_{jour + relativedelta(months=2):%Y_%m}"


def test_entry_names_a_demande_and_its_revision_or_neither() -> None:
    with pytest.raises(ValueError, match="revision"):
        Ecrite(
            verbe=VerbeLecture.CONSULTER, acte=Acte(f.creer_acteur(), f.MAINTENANT), demande_id=uuid.uuid4()
        )
    with pytest.raises(ValueError, match="aware"):
        Ecrite(
            verbe=VerbeHabilitation.CONNEXION, acte=Acte(f.creer_acteur(), f.MAINTENANT.replace(tzinfo=None))
        )
