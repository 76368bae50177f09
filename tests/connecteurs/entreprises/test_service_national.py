"""The search of companies, asked over a true connection: it answers, fails, lies."""

from datetime import date
from typing import Any

import pytest

from sne.connecteurs.entreprises.port import chercher_entreprises
from sne.connecteurs.entreprises.rules.etats import Etat
from sne.connecteurs.entreprises.rules.lecture import RechercheEntreprise
from sne.connecteurs.etat import get_etats
from sne.connecteurs.rules import Motif, Reponse, SansReponse, Service
from tests.connecteurs.conftest import ICI, Regler, Simulateur

pytestmark = pytest.mark.django_db


def chercher(texte: str, code_commune: str = "") -> Any:
    return chercher_entreprises(RechercheEntreprise(texte, code_commune), pour=ICI)


def test_by_its_siret_the_establishment_and_its_state(simulateur: Simulateur) -> None:
    [trouvee] = chercher("999 000 169 00022").valeur
    [place] = trouvee.etablissements
    assert (trouvee.nom, place.siret) == ("MANUFACTURE D’AURETTE", "99900016900022")
    assert (place.etat, place.ferme_le) == (Etat.FERME, date(2024, 6, 30))


def test_by_its_name_in_a_commune(simulateur: Simulateur) -> None:
    assert [e.siren for e in chercher("habitat").valeur] == ["999000003", "999000011"]
    assert [e.siren for e in chercher("habitat", "99001").valeur] == ["999000011"]


def test_nothing_found_is_an_answer(simulateur: Simulateur) -> None:
    dit = chercher("personne ne la connaît")
    assert isinstance(dit, Reponse)
    assert dit.valeur == ()


def test_a_wrong_key_is_not_asked(simulateur: Simulateur) -> None:
    assert chercher("999000004") == SansReponse(Motif.REFUSE)
    assert simulateur.vus() == []


@pytest.mark.parametrize(
    ("travers", "motif"),
    [
        ("autre", Motif.ILLISIBLE),
        ("types", Motif.ILLISIBLE),
        ("html", Motif.ILLISIBLE),
        ("tronque", Motif.INDISPONIBLE),
        ("panne", Motif.INDISPONIBLE),
        ("429:3", Motif.TROP),
    ],
)
def test_it_fails_or_speaks_of_another(simulateur: Simulateur, travers: str, motif: Motif) -> None:
    simulateur.regler(entreprises=travers)
    assert chercher("999000011") == SansReponse(motif)
    assert get_etats()[Service.ENTREPRISES].dernier_motif is motif
    assert Service.BAN not in get_etats(), "each has its own state"


def test_asked_once_a_day(simulateur: Simulateur) -> None:
    assert chercher("habitat") == chercher("HABITAT ")
    assert len(simulateur.vus()) == 1


def test_off(simulateur: Simulateur, regler: Regler) -> None:
    regler(connecteurs_eteints=["ENTREPRISES"])
    assert chercher("habitat") == SansReponse(Motif.ETEINT)
