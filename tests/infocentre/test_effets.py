"""What an act moves is said of its verb, and of what a demande has: read as if it could move any fact, an act gives no
line more.
"""

from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg.sql import SQL, Identifier

from sne.infocentre.lac import effets, extraction
from sne.infocentre.lac.actions.verser import _extraire, _tirer_les_cles
from sne.infocentre.lac.effets import EFFETS, SANS_REVISION, TABLES, repartir
from sne.infocentre.mesures.faits import FAITS
from sne.journal.models import Scellement
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.actions.construire import EnLigne, PieceEnvoyee
from tests.infocentre.f1 import GUICHET
from tests.infocentre.histoires import Histoire
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f
from tests.registre.pieces import pieces

ACTES = """
SELECT p.scellement, e.verbe, e.revision, lag(e.revision) OVER (PARTITION BY e.demande ORDER BY p.scellement, p.rang)
FROM journal_entree e JOIN journal_position p ON p.entree = e.id WHERE e.demande IS NOT NULL
"""
RECIT = (
    ("deposer", 1), ("événement", 0), ("retirer l’événement", 0), ("décision", 1), ("refus du ménage", 1),
    ("décision", 0), ("attribuer", 0), ("événement", 0), ("décision", 0), ("radier, logé", 0), ("décision", 1),
    ("événement", 1),
)  # fmt: skip


def deposer_en_ligne(vecue: Histoire) -> None:
    """A registration that begins with a document of identity."""
    envoyee = pieces.fichier()
    f.deposer(
        f.contenu(demandeur=f.personne("Envoi")),
        acteur=vecue.bailleur,
        guichet=GUICHET,
        le=vecue.le,
        piece_vue=None,
        doublons_ecartes="deux personnes",
        en_ligne=EnLigne(
            f.creer_acteur(),
            vecue.le,
            (PieceEnvoyee(envoyee.document, envoyee.empreinte, "IDENTITE", "CNI"),),
        ),
    )


def lignes(dossier: Path, sceau: int) -> dict[str, list[str]]:
    """What an extraction of that seal alone gives, by fact."""
    _tirer_les_cles(sceau - 1, sceau)
    return {e.fait.code: sorted(e.csv.read_text().splitlines()) for e in _extraire(dossier, sceau - 1, sceau)}


@pytest.mark.django_db(transaction=True)
def test_an_act_moves_no_fact_that_its_verb_does_not_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vecue = Histoire()
    deposer_en_ligne(vecue)
    for geste, sur in RECIT:
        tout_sceller()
        vecue.jouer(geste, sur)
    tout_sceller()
    with connection.cursor() as curseur:
        curseur.execute(ACTES)
        actes = curseur.fetchall()
    assert {verbe for _, verbe, _, _ in actes} >= set(EFFETS)
    assert [x for x in actes if x[1] in SANS_REVISION and x[2] != x[3]] == [], "they write no revision"
    assert {revision for _, verbe, revision, _ in actes if verbe == VerbeDemande.DEPOSER} == {1}
    dits = {sceau for sceau, verbe, _, _ in actes if verbe in EFFETS}
    dites = {sceau: lignes(tmp_path, sceau) for sceau in sorted({sceau for sceau, *_ in actes})}
    assert {fait for sceau in dits for fait, lues in dites[sceau].items() if lues} >= set().union(
        *EFFETS.values()
    ), "each fact that is told of a verb is moved"
    monkeypatch.setattr(effets, "EFFETS", {})
    monkeypatch.setattr(extraction, "TABLES", {})
    assert {sceau: lignes(tmp_path, sceau) for sceau in dites} == dites


@pytest.mark.django_db(transaction=True)
def test_an_event_noted_after_its_registration_left_the_journal_registers_nothing(
    tmp_path: Path, url_owner: str
) -> None:
    """Both are of the same revision; a change sealed with the event has every fact of that demande looked at."""
    vecue = Histoire()
    tout_sceller()
    avant = Scellement.objects.latest("numero").numero
    assert lignes(tmp_path, avant)["depot"]
    vecue.jouer("événement", 0)
    vecue.jouer("modifier", 0)
    tout_sceller()
    with psycopg.connect(url_owner, autocommit=True) as owner:
        (partition,) = owner.execute(
            "SELECT tableoid::regclass::text FROM journal_entree LIMIT 1"
        ).fetchone() or ("",)
        owner.execute(SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(Identifier(partition)))
        owner.execute("DELETE FROM journal_entree WHERE verbe = 'DEPOSER'")
        owner.execute(
            "INSERT INTO journal_retrait (mois, entrees, note, retire_le) "
            "VALUES (date_trunc('month', now() AT TIME ZONE 'UTC')::date, 1, '', clock_timestamp())"
        )
    lues = lignes(tmp_path, avant + 1)
    assert (len(lues["evenement"]), len(lues["modification"]), lues["depot"]) == (1, 1, [])


def test_a_verb_that_is_not_told_may_move_any_fact() -> None:
    touchees = {
        "CONSIGNER_EVENEMENT": ["a"],
        "CONSIGNER_DECISION": ["b"],
        "MODIFIER": ["c"],
        "CHARGER_RPLS": ["d"],
    }
    reparties = repartir(touchees)
    assert set(reparties) == set(FAITS)
    assert reparties["evenement"] == {"a", "c", "d"}
    assert reparties["decision_sans_suite"] == {"a", "b", "c", "d"}
    assert reparties["stock"] == {"c", "d"}
    assert set().union(*EFFETS.values()) | set(TABLES) <= set(FAITS)
