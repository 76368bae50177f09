"""The list behind a figure, as it is read: how much of it each makes, what was erased, why it cannot be made."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from sne.infocentre.lac.selectors import Derriere
from sne.infocentre.rapports.selectors import detail, lieux
from sne.infocentre.rapports.selectors.tableau import COMPTES_AILLEURS
from tests.guichet.test_infocentre import CE_MATIN
from tests.habilitations import factories as comptes
from tests.infocentre.rapports.scene import remplir
from tests.registre import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def heure() -> Iterator[None]:
    with time_machine.travel(CE_MATIN, tick=False):
        yield


def lire(statut: int = 200, **autres: str) -> str:
    query = {"colonne": "DECISIONS", "ligne": "TOTAL:", **autres}
    client = comptes.connecter(Client(), comptes.creer_gestionnaire())
    reponse = client.get(reverse("infocentre-detail", args=["R11", 1]), query)
    assert reponse.status_code == statut
    return reponse.content.decode()


def test_a_demande_that_counts_several_times_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    remplir()
    demande = f.deposer(le=f.MAINTENANT).demande_id
    trouvees = Derriere((demande,), 2, {demande: ("2026-10-12",)}, {demande: 3})
    monkeypatch.setattr(detail, "list_derriere", lambda *_, **__: trouvees)
    page = lire()
    assert "pour 3\u00a0cas comptés (une même demande peut compter plusieurs fois)" in page
    assert "et 2\u00a0cas de demandes effacées depuis" in page, "3 and 2: the figure is 5"
    assert "Le 12/10/2026, 3\u00a0fois dans ce chiffre" in page
    une_fois = Derriere((demande,), 2, {demande: ("2026-10-12",)})
    monkeypatch.setattr(detail, "list_derriere", lambda *_, **__: une_fois)
    page = lire()
    assert "cas comptés" not in page, "once each: the figure is their number"
    assert "et 2\u00a0effacées depuis" in page


def test_a_lake_that_is_away_is_said_and_the_table_is_still_read(settings: Any, tmp_path: Path) -> None:
    remplir()
    settings.DOSSIER_LAC = tmp_path / "lac"
    settings.DOSSIER_LAC.touch()  # not a folder: as a disk that does not answer
    page = lire(409)
    assert "Les fichiers des statistiques ne sont pas accessibles en ce moment" in page
    adresse = reverse("infocentre-rapport", args=["TB06"])
    client = comptes.connecter(Client(), comptes.creer_gestionnaire())
    assert "Val-d’Aurette" in client.get(adresse).content.decode()


def test_a_machine_without_the_engine_says_that_another_counts(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remplir()
    settings.DOSSIER_LAC = tmp_path / "lac"
    monkeypatch.setattr("sne.socle.moteur.est_installe", lambda: False)
    assert "Ce calcul se fait sur une autre machine, qui ne répond pas en ce moment" in lire(409)


def test_what_another_server_counted_is_said_to_be_missing_of_the_past_and_of_lists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remplir()
    monkeypatch.setattr(detail, "list_derriere", lambda *_, **__: Derriere((), 0))
    nation = comptes.connecter(Client(), comptes.creer_pole_metier())
    rapport = reverse("infocentre-version", args=["R11", 1])
    fichier = reverse("infocentre-fichier", args=["R11", 1, "csv"])
    alors = {"connu_le": "23/11/2026"}

    def emporter(query: str) -> str:
        reponse = comptes.connecter(Client(), comptes.creer_gestionnaire()).post(f"{fichier}?{query}")
        return b"".join(reponse.streaming_content).decode("utf-8-sig")

    def dire() -> list[str]:
        d_ici = comptes.connecter(Client(), comptes.creer_gestionnaire())
        return [
            d_ici.get(rapport, alors).content.decode(),
            emporter("connu_le=23/11/2026"),
            lire(),
            nation.get(rapport, alors | {"lieu": "nation"}).content.decode(),
            nation.get(rapport, alors | {"lieu": "territoire-02A", "contre": "nation"}).content.decode(),
        ]

    assert not any("autre serveur" in page for page in dire()), "one cell"
    monkeypatch.setattr(lieux, "list_places", lambda: {"02B": ("nord", False)})
    assert ["autre serveur" in page for page in dire()] == [False, False, False, True, True], (
        "not of this one"
    )
    monkeypatch.setattr(lieux, "list_places", lambda: {"099": ("annuaire", False), "02B": ("nord", False)})
    page, emporte, liste, nationale, _ = dire()
    ici = f"Un autre serveur tient, ou a pu tenir, ce territoire\u00a0: {COMPTES_AILLEURS}"
    assert ici in page
    assert ici in emporte
    assert (
        "ou a pu tenir, ce territoire\u00a0: les demandes qu’il a comptées peuvent manquer à cette liste."
        in liste
    )
    assert "tenir, 2\u00a0territoires de ce rapport\u00a0: ce qu’il en a compté" in nationale
    d_ici = comptes.connecter(Client(), comptes.creer_gestionnaire())
    assert "autre serveur" not in d_ici.get(rapport).content.decode(), "today's figures are whole"
