"""« Renewed online at least once » (CCH R441-2-7) stays true when the month of that renewal has left the journal."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
import pytest_django

from sne.journal.models import Entree
from sne.registre.joindre.selectors.coordonnees import get_coordonnees
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.socle.acte import Acte
from sne.socle.acteur import Canal
from sne.socle.bases import url_de_base
from tests import bases
from tests.cli.commandes import sne
from tests.journal.export import en_proprietaire, poser_jalon
from tests.registre import factories as f

IL_Y_A_UN_AN = f.MAINTENANT - timedelta(days=340)


@pytest.fixture
def url_owner(
    nom_de_base: str, django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[str]:
    with (
        bases.base_a_part(f"{nom_de_base}_en_ligne", servie_avant=nom_de_base) as nom,
        django_db_blocker.unblock(),
    ):
        yield url_de_base(os.environ["SNE_OWNER_URL"], nom)


def vieillir(url: str, demande_id: object) -> None:
    """As the owner: the entry of the renewal as it would have been written in May 2022."""
    with psycopg.connect(url) as owner:
        owner.execute(
            "CREATE TABLE journal_entree_2022_05 PARTITION OF journal_entree "
            "FOR VALUES FROM ('2022-05-01 00:00+00') TO ('2022-06-01 00:00+00')"
        )
        (actuelle,) = owner.execute(
            "SELECT tableoid::regclass::text FROM journal_entree WHERE demande = %s LIMIT 1", [demande_id]
        ).fetchone() or ("",)
        for ordre in (
            f"ALTER TABLE {actuelle} DISABLE TRIGGER USER",
            "ALTER TABLE journal_entree_2022_05 DISABLE TRIGGER USER",
        ):
            owner.execute(ordre)  # type: ignore[arg-type]
        owner.execute(
            "UPDATE journal_entree SET inscrit_le = '2022-05-20 10:00+00' "
            "WHERE demande = %s AND verbe = 'RENOUVELER'",
            [demande_id],
        )
        owner.execute(
            "UPDATE journal_entree e SET empreinte = journal_feuille(e) "
            "WHERE demande = %s AND verbe = 'RENOUVELER'",
            [demande_id],
        )
        owner.execute(f"ALTER TABLE {actuelle} ENABLE ALWAYS TRIGGER ajout_seul")  # type: ignore[arg-type]


def test_a_renewal_online_is_remembered_by_the_register(
    url_owner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = f.creer_acteur()
    recu = f.deposer(acteur=agent, le=IL_Y_A_UN_AN)
    assert not get_coordonnees(recu.demande_id, acteur=agent).en_ligne
    fiche = consulter_demande(recu.nud, acte=Acte(agent, f.MAINTENANT))
    renouveler_demande(
        recu.demande_id,
        saisie=Saisie(contenu=fiche.contenu, revision=1),
        acte=Acte(replace(agent, canal=Canal.PGP, guichet=""), f.MAINTENANT),
        sans_changement=True,
    )
    assert get_coordonnees(recu.demande_id, acteur=agent).en_ligne
    vieillir(url_owner, recu.demande_id)
    poser_jalon()
    monkeypatch.setenv("SNE_ROLE", "owner")
    with en_proprietaire(url_owner):
        assert sne("journal", "retirer", "2022-05", "--json").json["entrees"] == 1
        assert not Entree.objects.filter(demande=recu.demande_id, verbe="RENOUVELER").exists()
        assert get_coordonnees(recu.demande_id, acteur=agent).en_ligne
