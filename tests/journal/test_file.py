"""The queue is fair: a territory that left a crowd of jobs makes no other one wait, and keeps its own order."""

from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from sne.flux.tasks import demander_un_releve
from sne.imports.actions.file import PRIORITE
from sne.journal.handlers import AU_PLUS_BAS, PAR_RANG, _mettre_en_file
from sne.registre.rattachement.tasks import ANNONCER_RATTACHEMENT

pytestmark = pytest.mark.django_db


def mettre_en_file(territoire: str, nombre: int, *, depuis: int = 0) -> None:
    charges: list[dict[str, Any]] = [
        {
            "entree_id": f"{territoire}-{rang}",
            "demande_id": "d",
            "revision": 1,
            "verbe": "V",
            "territoire": territoire,
        }
        for rang in range(depuis, depuis + nombre)
    ]
    with connection.cursor() as curseur:
        _mettre_en_file(ANNONCER_RATTACHEMENT, charges, curseur)


def prendre(nombre: int) -> list[str]:
    """What a worker takes, one job after the other, each done at once."""
    pris = []
    with connection.cursor() as curseur:
        curseur.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        (travailleur,) = curseur.fetchone()
        for _ in range(nombre):
            curseur.execute(
                "SELECT id, args ->> 'entree_id' FROM procrastinate_fetch_job_v2(NULL, %s)", [travailleur]
            )
            numero, entree = curseur.fetchone()
            curseur.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [numero])
            pris.append(entree)
    return pris


def test_a_crowd_makes_no_other_territory_wait() -> None:
    mettre_en_file("099", 7 * PAR_RANG)
    mettre_en_file("075", 2)
    assert prendre(PAR_RANG + 3)[PAR_RANG:] == ["075-0", "075-1", f"099-{PAR_RANG}"]


def test_jobs_of_one_territory_keep_their_order() -> None:
    mettre_en_file("099", PAR_RANG + 20)
    assert prendre(PAR_RANG + 5)[-1] == f"099-{PAR_RANG + 4}"
    mettre_en_file("099", PAR_RANG, depuis=PAR_RANG + 20)
    assert prendre(PAR_RANG + 15) == [f"099-{rang}" for rang in range(PAR_RANG + 5, 2 * PAR_RANG + 20)]
    mettre_en_file("099", 1, depuis=1000)
    assert ProcrastinateJob.objects.get().priority == 0, "once nothing waits, it begins anew"


def test_however_large_a_crowd_an_import_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows the acts of an import comes before its next lines: else it would go on, and they would never."""
    monkeypatch.setattr("sne.journal.handlers.PAR_RANG", 1)
    mettre_en_file("099", 5 - AU_PLUS_BAS)
    mettre_en_file("099", 2, depuis=1000)
    priorites = ProcrastinateJob.objects.order_by("id").values_list("priority", flat=True)
    assert PRIORITE < AU_PLUS_BAS == min(priorites)
    assert list(priorites)[-2:] == [AU_PLUS_BAS] * 2
    assert prendre(7 - AU_PLUS_BAS)[-2:] == ["099-1000", "099-1001"]


def test_what_a_software_asks_of_a_territory_delays_none_of_its_jobs() -> None:
    """The signature of a feed comes after everything else, and what its territory leaves since does not follow it."""
    assert demander_un_releve("099", "demandes")
    mettre_en_file("099", 2)
    assert list(ProcrastinateJob.objects.order_by("id").values_list("priority", flat=True)) == [
        PRIORITE,
        0,
        0,
    ]
    assert prendre(3) == ["099-0", "099-1", None]
