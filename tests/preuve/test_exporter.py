"""Acts of the journal in a file: those of the search, told before they leave, refused when there are too many."""

from unittest import mock

import pytest

from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.preuve.actions import exporter, rechercher
from sne.preuve.actions.exporter import ActesTrouves, exporter_actes
from sne.referentiels.selectors import get_parametres
from sne.registre.lecture.verbes import VerbeLecture
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.preuve.test_rechercher import GT, JOUR, RESPONSABLE, criteres, ecrire
from tests.registre import factories as f

pytestmark = pytest.mark.django_db


def exporter_par(par: Acteur | None = None, **autres: object) -> ActesTrouves:
    return exporter_actes(criteres(**autres), acte=Acte(par or f.creer_acteur(GT), f.MAINTENANT))


def test_every_act_of_the_search_and_no_other_is_told_and_taken() -> None:
    recepisse = f.deposer()
    sien, autre = ecrire(), ecrire(par=f.creer_acteur(guichet="G0991"))
    ailleurs = ecrire(territoire="02B")
    trouves = exporter_par(guichet="G0993")
    ids = {acte.id for acte in trouves.actes}
    assert sien in ids
    assert not ids & {autre, ailleurs}
    assert trouves.nuds == {recepisse.demande_id: recepisse.nud}
    dite = Entree.objects.get(verbe="EXPORTER_ACTES")
    assert dite.faits["lignes"] == len(trouves.actes)
    assert dite.faits["criteres"]["guichet"] == "G0993"
    assert dite.territoire == "099"


def test_the_rights_are_those_of_the_search() -> None:
    with pytest.raises(NonHabilite, match="lire le journal"):
        exporter_par(f.creer_acteur(Role.SUPPORT_N1))
    with pytest.raises(Introuvable):
        exporter_par(f.creer_acteur(RESPONSABLE), guichet="G0991")
    sante = ecrire(VerbeLecture.CONSULTER_SANTE)
    assert sante not in {acte.id for acte in exporter_par(f.creer_acteur(Role.DPO)).actes}


def test_too_many_acts_are_refused_and_nothing_is_told() -> None:
    petits = get_parametres(JOUR).avec(journal_export_lignes_max=2)
    for _ in range(2):
        ecrire()
    with mock.patch.object(exporter, "get_parametres", return_value=petits):
        assert len(exporter_par().actes) == 2
        with pytest.raises(Interdit, match="plus de 2\u00a0actes") as refus:  # the first file is one act more
            exporter_par()
    assert refus.value.champ == "du"
    assert Entree.objects.filter(verbe="EXPORTER_ACTES").count() == 1


def test_nothing_leaves_when_the_journal_fails() -> None:
    ecrire()
    with (
        mock.patch.object(rechercher.journal, "inscrire", side_effect=RuntimeError("journal")),
        pytest.raises(RuntimeError, match="journal"),
    ):
        exporter_par()
    assert not Entree.objects.filter(verbe="EXPORTER_ACTES").exists()
