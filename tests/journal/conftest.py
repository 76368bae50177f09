"""A journal of a database of its own, signed three times, and its owner."""

import os
from collections.abc import Iterator
from datetime import datetime

import pytest
import pytest_django

from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.vie.actions.purger import purger_demande
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.bases import url_de_base
from sne.socle.horloge import PARIS
from tests import bases
from tests.journal.export import Journal, ecrire_en_2022, en_proprietaire, exporter, poser_jalon
from tests.journal.test_journal import ecrire, tout_sceller
from tests.registre import factories as f

EFFACEE_LE = datetime(2027, 11, 24, 12, tzinfo=PARIS)


@pytest.fixture(scope="module")
def journal(
    nom_de_base: str,
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Journal]:
    dossier = tmp_path_factory.mktemp("exports")
    with (
        bases.base_a_part(f"{nom_de_base}_preuve", servie_avant=nom_de_base) as nom,
        django_db_blocker.unblock(),
    ):
        demande_id = f.deposer().demande_id
        faits = FaitsRadiation(
            MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Lettre, classeur B"
        )
        radier_demande(demande_id, faits, acte=Acte(f.creer_acteur(), f.MAINTENANT))
        ecrire(10)
        ecrire_en_2022(url_de_base(os.environ["SNE_OWNER_URL"], nom))
        premier = poser_jalon()
        avant = exporter(dossier / "avant", avec_valeurs=True)
        ecrire(10)
        second = poser_jalon()
        reference = exporter(dossier / "reference.zip")
        purger_demande(demande_id, acte=Acte(horloge_du_registre("099"), EFFACEE_LE))
        troisieme = poser_jalon()
        ecrire(2)
        tout_sceller()
        owner = url_de_base(os.environ["SNE_OWNER_URL"], nom)
        yield Journal(owner, avant, reference, (premier, second, troisieme))


@pytest.fixture
def proprietaire(journal: Journal) -> Iterator[None]:
    with en_proprietaire(journal.url_owner):
        yield
