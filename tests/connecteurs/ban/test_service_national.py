"""The national service of addresses, asked over a true connection: it answers, fails, lies; nobody is stopped."""

import logging
import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from sne.connecteurs.appel import PLACES, appeler
from sne.connecteurs.ban.http import memoire
from sne.connecteurs.ban.port import chercher_adresses
from sne.connecteurs.ban.rules import Adresse, Nature, RechercheAdresse
from sne.connecteurs.client import Requete, lire_attente
from sne.connecteurs.etat import get_etats
from sne.connecteurs.rules import Canal, Motif, Pour, Reponse, SansReponse, Service
from sne.socle.horloge import maintenant
from sne.socle.sortie import client
from tests.connecteurs.conftest import ICI, Regler, Simulateur

pytestmark = pytest.mark.django_db
RECHERCHE = RechercheAdresse("12 bis rue des specimens fictifs lille")


def chercher(texte: str = RECHERCHE.texte) -> Any:
    return chercher_adresses(RechercheAdresse(texte), pour=ICI)


def test_an_address_is_proposed(simulateur: Simulateur) -> None:
    dit = chercher()
    assert isinstance(dit, Reponse)
    assert dit.valeur == (
        Adresse(
            nature=Nature.NUMERO,
            libelle="12 bis Rue des Spécimens Fictifs 59000 Lille",
            numero="12 bis",
            voie="Rue des Spécimens Fictifs",
            code_postal="59000",
            code_commune="59350",
            commune="Lille",
            identifiant="59350_0001_12_bis",
            score=dit.valeur[0].score,
        ),
    )
    assert get_etats()[Service.BAN].dernier_succes == dit.le


def test_nothing_found_is_an_answer(simulateur: Simulateur) -> None:
    dit = chercher("avenue que personne ne connaît")
    assert isinstance(dit, Reponse)
    assert dit.valeur == ()


@pytest.mark.parametrize(
    ("travers", "motif"),
    [
        ("panne:500", Motif.INDISPONIBLE),
        ("panne:503", Motif.INDISPONIBLE),
        ("coupe", Motif.INDISPONIBLE),
        ("tronque", Motif.INDISPONIBLE),
        ("html", Motif.ILLISIBLE),
        ("ailleurs", Motif.ILLISIBLE),
        ("types", Motif.ILLISIBLE),
        ("enorme", Motif.ILLISIBLE),
        ("profond", Motif.ILLISIBLE),
        ("429:7", Motif.TROP),
        ("horloge", Motif.TROP),
        ("panne:401", Motif.REFUSE),
        ("panne:404", Motif.REFUSE),
    ],
)
def test_each_way_to_fail_says_why_and_counts(simulateur: Simulateur, travers: str, motif: Motif) -> None:
    simulateur.regler(ban=travers)
    assert chercher() == SansReponse(motif)
    etat = get_etats()[Service.BAN]
    assert (etat.echecs, etat.dernier_motif) == (1, motif)
    assert len(simulateur.vus()) == 1, "asked once: nobody waits for a second try"


@pytest.mark.parametrize("travers", ["lent:5000", "goutte:40"])
def test_a_slow_service_holds_nobody(simulateur: Simulateur, travers: str) -> None:
    simulateur.regler(ban=travers)
    debut = time.monotonic()
    assert chercher() == SansReponse(Motif.LENT)
    assert time.monotonic() - debut < 4.5, (
        "two seconds of silence, three in all, and the machine's own slowness"
    )


def test_a_question_of_ours_that_it_does_not_want_is_not_its_fault(simulateur: Simulateur) -> None:
    simulateur.regler(ban="panne:400")
    assert chercher() == SansReponse(Motif.REFUSE)
    assert Service.BAN not in get_etats()


def test_nobody_listens(simulateur: Simulateur, settings: Any) -> None:
    settings.CONNECTEURS = {**settings.CONNECTEURS, "BAN": "http://127.0.0.1:1/ban"}
    assert chercher() == SansReponse(Motif.INDISPONIBLE)


@pytest.mark.parametrize("texte", ["", "ab", "  a ", "?!.,", "-- --"])
def test_too_short_is_not_asked(simulateur: Simulateur, texte: str) -> None:
    assert chercher(texte) == SansReponse(Motif.REFUSE)
    assert simulateur.vus() == []


def test_off_when_not_configured(simulateur: Simulateur, settings: Any) -> None:
    settings.CONNECTEURS = dict.fromkeys(settings.CONNECTEURS, "")
    assert chercher() == SansReponse(Motif.ETEINT)
    assert Service.BAN not in get_etats(), "nothing is wrong"


def test_switched_off_there_only(simulateur: Simulateur, regler: Regler) -> None:
    regler(connecteurs_eteints=["BAN:099:guichet"])
    assert chercher() == SansReponse(Motif.ETEINT)
    ailleurs = [Pour("02B", Canal.GUICHET), Pour("099", Canal.PORTAIL)]
    assert [type(chercher_adresses(RECHERCHE, pour=p)) for p in ailleurs] == [Reponse, Reponse]


def test_what_is_remembered_does_not_help_either_where_it_is_switched_off(
    simulateur: Simulateur, regler: Regler
) -> None:
    assert isinstance(chercher(), Reponse)
    regler(connecteurs_eteints=["*"])
    assert chercher() == SansReponse(Motif.ETEINT)


def test_suspended_after_failures_in_a_row_then_tried_by_one(simulateur: Simulateur) -> None:
    simulateur.regler(ban="panne")
    with time_machine.travel("2026-11-24T10:00:00+00:00", tick=False) as montre:
        for _ in range(5):
            chercher()
        assert len(simulateur.vus()) == 5
        assert chercher() == SansReponse(Motif.INDISPONIBLE)
        assert len(simulateur.vus()) == 5, "left alone"
        montre.shift(timedelta(seconds=31))
        chercher()
        assert len(simulateur.vus()) == 6, "tried once"
        chercher()
        assert len(simulateur.vus()) == 6, "it failed again: suspended at once"
        simulateur.regler()
        montre.shift(timedelta(seconds=31))
        assert isinstance(chercher(), Reponse)
        etat = get_etats()[Service.BAN]
        assert (etat.echecs, etat.suspendu_jusqua, etat.perturbe_depuis) == (0, None, None)


@pytest.mark.parametrize(("travers", "secondes"), [("429:7", 7), ("429:99999999", 600), ("horloge", 600)])
def test_left_alone_as_long_as_it_asks_but_not_for_ever(
    simulateur: Simulateur, travers: str, secondes: int
) -> None:
    simulateur.regler(ban=travers)
    with time_machine.travel("2026-11-24T10:00:00+00:00", tick=False) as montre:
        chercher()
        simulateur.regler()
        montre.shift(timedelta(seconds=secondes - 1))
        assert chercher() == SansReponse(Motif.INDISPONIBLE)
        assert simulateur.vus() == []
        montre.shift(timedelta(seconds=1))
        assert isinstance(chercher(), Reponse)


def test_not_asked_again_for_a_day(simulateur: Simulateur) -> None:
    with time_machine.travel("2026-11-24T10:00:00+00:00", tick=False) as montre:
        premiere = chercher("Rue des Spécimens  fictifs")
        assert chercher("rue des spécimens fictifs ") == premiere
        assert len(simulateur.vus()) == 1
        montre.shift(timedelta(hours=24))
        chercher("rue des spécimens fictifs")
        assert len(simulateur.vus()) == 2


def test_no_failure_is_remembered(simulateur: Simulateur) -> None:
    simulateur.regler(ban="html")
    assert chercher() == SansReponse(Motif.ILLISIBLE)
    simulateur.regler()
    assert isinstance(chercher(), Reponse)


def test_others_go_on_while_two_wait_for_whichever_service(simulateur: Simulateur) -> None:
    with PLACES, PLACES:
        assert chercher() == SansReponse(Motif.TROP)
    assert isinstance(chercher(), Reponse)
    assert Service.BAN in get_etats()
    assert get_etats()[Service.BAN].echecs == 0, "our own limit is not its fault"


def test_an_address_to_be_protected_never_leaves(simulateur: Simulateur) -> None:
    chercher_adresses(RechercheAdresse(RECHERCHE.texte, protegee=True), pour=ICI)
    assert simulateur.vus() == []


def test_what_is_looked_for_is_written_nowhere(
    simulateur: Simulateur, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    client().close()
    client.cache_clear()
    chercher()
    simulateur.regler(ban="types")
    chercher("14 rue des tilleuls")
    sortie = capsys.readouterr()
    lu = caplog.text + sortie.out + sortie.err
    assert "specimens" not in lu
    assert "tilleuls" not in lu
    assert "specimens" not in repr(memoire.__dict__["_lignes"].keys())


@pytest.mark.parametrize(
    ("recherche", "filtre"),
    [
        (RechercheAdresse("rue des tilleuls", code_commune="99001", code_postal="99000"), "citycode=99001"),
        (RechercheAdresse("rue des tilleuls", code_postal="99000"), "postcode=99000"),
        (RechercheAdresse("rue des filaos", code_postal="97400"), ""),
    ],
)
def test_the_filter_that_finds(simulateur: Simulateur, recherche: RechercheAdresse, filtre: str) -> None:
    chercher_adresses(recherche, pour=ICI)
    [vue] = simulateur.vus()
    assert filtre in vue
    assert ("code" in vue) is bool(filtre)


@pytest.mark.parametrize(
    ("texte", "secondes"),
    [
        ("5", 5),
        (" 12 ", 12),
        ("", None),
        ("bientôt", None),
        ("-5", None),
        ("Tue, 24 Nov 2026 10:00:30 GMT", 30),
        ("Tue, 24 Nov 2026 10:00:30 -0000", 30),
        ("Tue, 24 Nov 2026 99:99:99 GMT", None),
        ("9" * 400, 10**8),
    ],
)
def test_how_long_it_asks_to_be_left_alone(texte: str, secondes: int | None) -> None:
    with time_machine.travel("2026-11-24T10:00:00+00:00", tick=False):
        lue = lire_attente(texte, maintenant())
    assert lue == (None if secondes is None else timedelta(seconds=secondes))


def test_a_compressed_answer_is_refused_before_it_swells(simulateur: Simulateur) -> None:
    """We ask for none: one that comes all the same is not what was asked for."""
    simulateur.regler(ban="comprime")
    assert chercher() == SansReponse(Motif.ILLISIBLE)


def test_a_key_goes_in_a_header_and_a_body_is_posted(simulateur: Simulateur) -> None:
    requete = Requete(
        f"{simulateur.url}/ban/search", corps={"q": "x"}, cle="jeton-de-l-essai", acceptes=frozenset({400})
    )
    dit = appeler(Service.BAN, requete, pour=ICI, lire=lambda recu: recu.statut)
    assert isinstance(dit, Reponse)
    assert dit.valeur == 400
