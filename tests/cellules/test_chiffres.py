"""Figures of a territory that leaves and comes back are those of a cell that it never left, in each measure, by each
axis; who is erased leaves both lakes.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.conf import LazySettings
from django.db import connections
from procrastinate.contrib.django.models import ProcrastinateJob

from sne.cellules import actions
from sne.cellules.actions.trajet import Demarche
from sne.cellules.routage import ANNUAIRE, cellule_de, dans, ici, lister_partout
from sne.infocentre.lac import depart
from sne.infocentre.lac.actions import effacer
from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.infocentre.lac.models import Agregat, CleStatistique, Fichier
from sne.infocentre.lac.selectors.preuve import list_ecarts
from sne.infocentre.moteur.lancer import MoteurAbsent
from sne.referentiels import selectors
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.vie.actions.purger import purger_demande
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import maintenant
from tests import bases
from tests.cellules.paire import NORD, Paire, deux_cellules
from tests.cellules.test_deplacer import deposer
from tests.habilitations.factories import SYSTEME
from tests.infocentre.f1 import midi
from tests.infocentre.histoires import Histoire
from tests.infocentre.test_histoires import COLONNES, RECIT, exiger_les_temoins
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f

TERRITOIRE = "099"
AVANT, ENSUITE = range(120), range(120, 190)
UN_AN_APRES = midi(date(2028, 12, 1))


class Reglee(Histoire):
    """The same households each time that it is lived."""

    def _enregistrer(self, sur: int, naissance: date) -> None:
        if self.demandes and naissance == self.naissance:  # registered twice
            super()._enregistrer(sur, naissance)
        else:
            super()._enregistrer(sur, date(1960, 1, 1) + timedelta(days=1009 * len(self.demandes)))


class Lieux:
    """Each cell pours in a folder of its own, as its worker does."""

    def __init__(self, settings: LazySettings, dossier: Path) -> None:
        self.settings, self.dossier = settings, dossier
        settings.DOSSIER_VAR = dossier

    def du_lac(self, cellule: str) -> Path:
        """From now on, the lake of this process is that one."""
        self.settings.DOSSIER_LAC = self.dossier / f"lac-{cellule}"
        return self.dossier / f"lac-{cellule}"

    def travailler[T](self, cellule: str, faire: Callable[[], T]) -> T:
        """As the worker of that cell."""
        self.du_lac(cellule)
        with dans(cellule):
            return faire()

    def verser(self, cellule: str) -> None:
        """What was sealed there, and all that waits."""
        self.travailler(cellule, lambda: (tout_sceller(), verser(acte=Acte(service_du_lac(), maintenant()))))


def compter() -> list[Any]:
    return list(lister_partout(Agregat.objects.values_list(*COLONNES).all))


def ensemble(lues: list[Any]) -> dict[tuple[str, str, str, date], int]:
    """Both lakes, added up; what comes to nothing is nothing."""
    sommes = Counter[tuple[str, str, str, date]]()
    for axe, ligne, mesure, mois, valeur in lues:
        sommes[axe, ligne, mesure, mois] += valeur
    return {cle: valeur for cle, valeur in sommes.items() if valeur}


def jouer(vecue: Histoire, du: int, au: int) -> None:
    for geste, sur in RECIT[du:au]:
        vecue.jouer(geste, sur)


def partir(paire: Paire, vers: str) -> None:
    with paire.en_owner():
        actions.deplacer(
            TERRITOIRE,
            vers,
            demarche=Demarche(acte=lambda: Acte(SYSTEME, f.MAINTENANT), avant=depart.AVANT),
        )


def sans_moteur(**_: object) -> None:
    raise MoteurAbsent


def vivre_en_deux(paire: Paire, lieux: Lieux, monkeypatch: pytest.MonkeyPatch) -> Histoire:
    """The whole story: each part of it poured, or not, before the territory moves."""
    vecue = Reglee()
    for rang in AVANT:
        deposer(rang)
    jouer(vecue, 0, 9)  # under one seal: a decision, the right to be housed, a decision
    lieux.verser(ANNUAIRE)
    for rang in ENSUITE:
        deposer(rang)
    jouer(vecue, 9, 11)

    # It leaves with what was not poured; where nothing counts, its rows wait, and it works elsewhere meanwhile.
    with monkeypatch.context() as croit:
        croit.setattr(depart, "verser", sans_moteur)
        croit.setattr(depart, "ESSAIS", 2)
        with pytest.raises(Interdit, match="« annuaire » n’est pas encore dans les statistiques"):
            partir(paire, NORD)
    assert cellule_de(TERRITOIRE) == NORD
    assert Demande.objects.filter(territoire=TERRITOIRE).exists()
    partir(paire, NORD)
    assert not Demande.objects.filter(territoire=TERRITOIRE).exists()
    with dans(NORD):
        jouer(vecue, 11, 19)  # the first decision is corrected there
        tout_sceller()
        with monkeypatch.context() as croit, pytest.raises(Interdit, match="« nord » n’est pas encore"):
            croit.setattr(depart, "ESSAIS", 2)
            depart.verser_ce_qui_reste(TERRITOIRE)  # it never poured anything: all of it waits
        lieux.verser(NORD)
        exiger_les_temoins(compter())
        jouer(vecue, 19, 24)

    # It comes back: the worker of the other cell pours what it is asked to.
    with monkeypatch.context() as croit:
        croit.setattr(depart, "ESSAIS", 2)
        with pytest.raises(Interdit, match="« nord » n’est pas encore dans les statistiques"):
            partir(paire, ANNUAIRE)
    with dans(NORD):
        assert ProcrastinateJob.objects.filter(task_name="infocentre.heure", status="todo").exists()
    jouer(vecue, 24, 26)
    lieux.verser(ANNUAIRE)
    lieux.verser(NORD)
    partir(paire, ANNUAIRE)
    jouer(vecue, 26, len(RECIT))
    lieux.verser(ANNUAIRE)
    exiger_les_temoins(compter())
    return vecue


def cles_du_lac(dossier: Path) -> set[int]:
    """The keys that the files of a cell hold."""
    chemins = [dossier / c for c in Fichier.objects.filter(retire_le=None).values_list("chemin", flat=True)]
    return {
        cle
        for c in chemins
        for (cle,) in duckdb.sql(f"SELECT DISTINCT cle FROM read_parquet('{c}')").fetchall()
    }


def effacer_de_partout(vecue: Histoire, lieux: Lieux, monkeypatch: pytest.MonkeyPatch) -> None:
    """Erased where it is: the lake of the cell that it left loses it too, and nobody else."""
    avant, partante = ensemble(compter()), vecue.demandes[0]
    cle = CleStatistique.objects.get(demande=partante).cle
    purger_demande(partante, acte=Acte(horloge_du_registre(TERRITOIRE), UN_AN_APRES))
    lieux.verser(ANNUAIRE)
    dans_huit_jours = Acte(service_du_lac(), maintenant() + timedelta(days=8))
    en_route = ({TERRITOIRE: (NORD, True)}, {TERRITOIRE: (ANNUAIRE, False)})
    for lues in (en_route[:1], ({}, en_route[1])):  # closed; moved while keys are read
        with monkeypatch.context() as croit:
            croit.setattr(effacer, "list_places", partial(next, iter(lues)))
            assert lieux.travailler(NORD, lambda: effacer.effacer_du_lac(acte=dans_huit_jours)) == 0
    vivantes = set(CleStatistique.objects.values_list("cle", flat=True))
    for cellule in (NORD, ANNUAIRE):
        dossier = lieux.du_lac(cellule)
        with dans(cellule):
            etaient = cles_du_lac(dossier)
            assert effacer.effacer_du_lac(acte=dans_huit_jours) > 0
            assert cles_du_lac(dossier) == etaient - {cle}
            assert etaient - {cle} <= vivantes
            assert (list_ecarts(), ici()) == ([], cellule)
    assert ensemble(compter()) == avant, "what was counted stays"


def vivre_en_une(lieux: Lieux, nom_de_base: str) -> dict[tuple[str, str, str, date], int]:
    """The same story where nothing ever moves, poured at the end; nothing of it is left."""
    for rang in (*AVANT, *ENSUITE):
        deposer(rang)
    jouer(Reglee(), 0, len(RECIT))
    lieux.verser(ANNUAIRE)
    comptees = ensemble(compter())
    assert comptees["GUICHET", "099G0993", "DEPOTS", date(2026, 11, 1)] == len(AVANT) + len(ENSUITE)
    for connexion in connections.all(initialized_only=True):
        connexion.close()
    bases.copier(nom_de_base, bases.modele())
    selectors.oublier()
    return comptees


@pytest.fixture
def debloquee(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Every database may be reached, whenever it comes."""
    with django_db_blocker.unblock():
        yield


@pytest.mark.usefixtures("sans_mesure")
def test_figures_are_those_of_a_cell_that_it_never_left(
    debloquee: None, nom_de_base: str, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    d_une_seule = vivre_en_une(Lieux(settings, tmp_path / "une"), nom_de_base)
    with deux_cellules(tmp_path / "cellules") as paire:
        lieux = Lieux(settings, tmp_path / "deux")
        vecue = vivre_en_deux(paire, lieux, monkeypatch)
        assert ensemble(compter()) == d_une_seule
        effacer_de_partout(vecue, lieux, monkeypatch)
