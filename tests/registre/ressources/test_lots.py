"""Monthly lots: written before anything is sent, never sent twice, resumed wherever they were stopped."""

import contextlib
import itertools
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from sne.connecteurs.drm.rules.lecture import Demandee
from sne.connecteurs.drm.rules.lots import EtatLot, Page, corps_du_lot
from sne.connecteurs.rules import Motif, Pour, Reponse, SansReponse
from sne.journal.models import Entree
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.ressources import tasks
from sne.registre.ressources.actions.lots import composer_lot, noter_page, oublier_les_lots
from sne.registre.ressources.models import AppelRessources, LigneDeLot, LotRessources
from sne.socle.acte import Acte
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer
from tests.registre.identite.changements_identite import modifier
from tests.registre.ressources.ressources import MOIS, NAISSANCE, deposee, repondre

pytestmark = pytest.mark.django_db
LE = f.MAINTENANT
PAR_PAGE = 2


class Arret(Exception):
    """The worker is killed."""


class Source:
    """A source with lots, that the test stops before or after any of its calls."""

    def __init__(self) -> None:
        self.recus: list[dict[str, Any]] = []
        self.lots: dict[str, Mapping[str, Demandee]] = {}
        self.illisibles: set[str] = set()
        self.etat = EtatLot.TERMINE
        self.appels = itertools.count(1)
        self.meurt_avant = self.meurt_apres = 0

    def _vivre(self, reponse: Any) -> Reponse[Any]:
        rang = next(self.appels)
        if rang == self.meurt_avant:
            raise Arret
        valeur = reponse()
        if rang == self.meurt_apres:
            raise Arret
        return Reponse(valeur, LE)

    def demander(self, demandee: Demandee, *, pour: Pour) -> Any:
        raise AssertionError("one by one")

    def deposer_lot(self, cle: str, personnes: Mapping[str, Demandee], *, pour: Pour) -> Any:
        assert LotRessources.objects.filter(id=cle).exists(), "written before it is sent"

        def recevoir() -> EtatLot:
            self.recus.append(corps_du_lot(cle, personnes))
            self.lots[cle] = personnes
            return EtatLot.RECU

        return self._vivre(recevoir)

    def suivre_lot(self, cle: str, *, pour: Pour) -> Any:
        return self._vivre(lambda: self.etat if cle in self.lots else EtatLot.INCONNU)

    def lire_lot(self, cle: str, page: int, *, mois: Sequence[date], pour: Pour) -> Any:
        refs = list(self.lots[cle])
        lues = refs[(page - 1) * PAR_PAGE : page * PAR_PAGE]
        lignes = {r: None if self.lots[cle][r].nir in self.illisibles else MOIS for r in lues}
        return self._vivre(lambda: Page(lignes, page * PAR_PAGE >= len(refs)))


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Source:
    source = Source()
    monkeypatch.setattr(tasks, "port_des_lots", lambda: source)
    monkeypatch.setattr(tasks, "est_allume", lambda *_, **__: True)
    return source


def passer(nombre: int = 1, *, le: Any = LE) -> None:
    for _ in range(nombre):
        tasks.passer_les_ressources(le, territoires=("099",))


def dites() -> list[Any]:
    return sorted(Entree.objects.filter(verbe="DEMANDER_RESSOURCES").values_list("demande", flat=True))


def service() -> Acte:
    return Acte(service_du_registre("099"), LE)


def test_everybody_with_a_number_is_asked_about_once_a_month(source: Source) -> None:
    nir = f.nir_de(NAISSANCE)
    attendues = sorted([deposee(nir).id, deposee().id, deposee().id])
    f.deposer(doublons_ecartes="Sans numéro")
    passer(4)
    connection.check_constraints()
    assert dites() == attendues
    assert len(source.recus) == 1
    assert [len(source.recus[0]["demandes"])] == [3]
    assert "Dubreuil" in json.dumps(source.recus, ensure_ascii=False)
    assert not any(str(cle) in json.dumps(source.recus) for cle in attendues), "references say nothing"
    assert Entree.objects.filter(verbe="DEMANDER_RESSOURCES").first().faits["declenchement"] == "MENSUEL"  # type: ignore[union-attr]
    passer(2, le=LE + timedelta(days=30))
    assert len(source.recus) == 2, "the next month"


@pytest.mark.parametrize("apres", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("rang", range(1, 6))
def test_killed_anywhere_it_goes_on_and_sends_nothing_twice(source: Source, rang: int, apres: bool) -> None:
    attendues = sorted(deposee().id for _ in range(3))
    setattr(source, "meurt_apres" if apres else "meurt_avant", rang)
    for _ in range(5):
        with contextlib.suppress(Arret):
            passer()
    assert len(source.recus) == 1
    assert dites() == attendues
    assert LotRessources.objects.get().fini_le == LE


def test_every_few_minutes_the_worker_goes_on_in_every_territory(source: Source) -> None:
    demande = deposee()
    with time_machine.travel(LE, tick=False):
        for _ in range(3):
            tasks.ressources(timestamp=0)
    assert dites() == [demande.id]


def test_before_the_day_of_the_sources_nothing_is_asked(source: Source) -> None:
    deposee()
    passer(2, le=LE.replace(day=19))
    assert not LotRessources.objects.exists()


def test_off_nothing_is_written(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "est_allume", lambda *_, **__: False)
    deposee()
    passer()
    assert not LotRessources.objects.exists()


def test_a_rejected_lot_changes_nothing_and_is_asked_once_more(source: Source) -> None:
    demande = deposee()
    repondre(demande.id, le=LE - timedelta(days=9))
    source.etat = EtatLot.REJETE
    passer(6)
    assert [lot.rejete for lot in LotRessources.objects.order_by("id")] == [True, True]
    assert AppelRessources.objects.get().survenu_le == LE - timedelta(days=9)


def test_a_line_that_is_not_to_be_believed_is_asked_about_once_more(source: Source) -> None:
    source.illisibles = {nir := f.nir_de(NAISSANCE)}
    illisible, lue = deposee(nir), deposee()
    passer(6)
    assert dites() == [lue.id]
    assert [len(corps["demandes"]) for corps in source.recus] == [2, 1]
    assert set(LigneDeLot.objects.filter(demande=illisible).values_list("rang", "ecartee")) == {
        (1, True),
        (2, True),
    }


def test_at_work_or_away_it_waits(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    deposee()
    source.etat = EtatLot.EN_COURS
    passer(3)
    assert (dites(), LotRessources.objects.get().fini_le) == ([], None)
    source.etat = EtatLot.TERMINE
    for appel in ("lire_lot", "suivre_lot"):
        with monkeypatch.context() as panne:
            panne.setattr(source, appel, lambda *_, **__: SansReponse(Motif.INDISPONIBLE))
            passer()
        assert dites() == []
    passer()
    assert len(dites()) == 1


def test_refused_at_the_door_it_is_sent_later(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    deposee()
    with monkeypatch.context() as panne:
        panne.setattr(source, "deposer_lot", lambda *_, **__: SansReponse(Motif.TROP))
        passer(2)
    assert LotRessources.objects.get().depose_le is None
    passer(2)
    assert (len(source.recus), len(dites())) == (1, 1)


def test_a_lot_that_the_source_lost_is_not_sent_again(source: Source) -> None:
    deposee()
    source.etat = EtatLot.EN_COURS
    passer(2)
    source.lots.clear()
    passer()
    lot = LotRessources.objects.order_by("id").first()
    assert lot is not None
    assert lot.rejete
    assert [corps["lot_id"] for corps in source.recus].count(str(lot.id)) == 1


def test_what_moved_meanwhile_keeps_nothing(source: Source) -> None:
    figee, change, gardee = deposee(le=f.ANCIEN), deposee(le=f.ANCIEN), deposee()
    passer()
    figer(figee.id)
    modifier(change.id, f.creer_acteur(), traits={"nom_naissance": "Zimmer"})
    passer(2)
    assert dites() == [gardee.id]


def test_who_changed_identity_before_the_sending_is_asked_about_as_they_are_now(source: Source) -> None:
    demande = deposee(le=f.ANCIEN)
    composer_lot("099", acte=service())
    modifier(demande.id, f.creer_acteur(), traits={"prenoms": "Élodye"})
    passer(3)
    (corps,) = source.recus
    assert [d["identite"]["prenoms"] for d in corps["demandes"]] == [["Élodye"]]


def test_references_of_nobody_are_left_alone(source: Source) -> None:
    assert noter_page({"r-000001": MOIS, str(f.inconnu()): MOIS}, acte=service()) == 0
    deposee()
    composer_lot("099", acte=service())
    ligne = LigneDeLot.objects.get()
    gens = Acte(f.creer_acteur(), LE)
    assert noter_page({str(ligne.id): MOIS}, acte=gens) == 0, "the service alone"


def test_old_lots_are_forgotten() -> None:
    deposee()
    composer_lot("099", acte=service())
    oublier_les_lots("099", avant=date(2026, 12, 1))
    assert not LotRessources.objects.exists()
    assert not LigneDeLot.objects.exists()
