"""What the measures are made with: pgbench, clients, a feed; what the kernel and a page say."""

import os
from multiprocessing import Pipe
from pathlib import Path

import pytest
from django.db import connection

from sne.bench.demonstration import descendance, memoire
from sne.bench.equipe import Equipe
from sne.bench.lignes.flux import REMPLIR
from sne.bench.pages import Liens
from sne.bench.pgbench import MesureImpossible, Script, jouer, lire_journaux
from sne.flux.models import Ligne
from tests.registre.factories import deposer


def test_pgbench_logs_give_milliseconds(tmp_path: Path) -> None:
    (tmp_path / "acte.41").write_text("0 1 17930 0 1764000000 123\n1 1 2000 0 1764000000 456\n")
    (tmp_path / "acte.41.1").write_text("2 1 500 0 1764000000 789\n")
    assert lire_journaux(tmp_path) == (17.93, 2.0, 0.5)


@pytest.mark.django_db
def test_a_script_that_fails_says_why(url_runtime: str) -> None:
    with pytest.raises(MesureImpossible, match="table_absente"):
        jouer(Script("SELECT * FROM table_absente;\n", {}), url=url_runtime, clients=1, secondes=1)


def test_a_client_that_dies_ends_the_measure() -> None:
    equipe, (ici, la_bas) = Equipe("module:Acte", variables={}, processus=0), Pipe()
    equipe._liens.append(ici)
    la_bas.close()
    with pytest.raises(MesureImpossible, match="est mort"):
        equipe.tranche(1.0)


@pytest.mark.django_db
def test_the_feed_is_filled_with_demandes_of_whatever_territory() -> None:
    une = deposer().demande_id
    with connection.cursor() as curseur:
        curseur.execute(REMPLIR.format(lignes=3))
    assert list(Ligne.objects.order_by("numero").values_list("numero", "demande")) == [
        (numero, une) for numero in (1, 2, 3)
    ]


def test_a_process_and_what_descends_from_it() -> None:
    assert descendance(os.getpid())[0] == os.getpid()
    assert os.getpid() in descendance(os.getppid())


def test_memory_is_read_in_bytes() -> None:
    assert memoire(os.getpid(), "Pss") <= memoire(os.getpid(), "Rss")
    assert memoire(os.getpid(), "Rss") > 10_000_000


def test_links_are_those_that_a_browser_follows_by_itself() -> None:
    liens = Liens()
    liens.feed(
        '<link rel="stylesheet" href="a.css"><link rel="canonical" href="b"><script src="c.js"></script>'
        '<script>1</script><img src="d.svg"><a href="e">e</a><link rel="icon" href="f.svg">'
    )
    assert liens.adresses == ["a.css", "c.js", "d.svg", "f.svg"]
