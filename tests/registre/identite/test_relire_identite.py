"""A blind second reading: of what no territorial manager decided, by one who had no part in it; the file stays."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, connection, transaction

from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.identite.actions.relire import relire_identite
from sne.registre.identite.models import RelectureIdentite
from sne.registre.identite.selectors.relectures import compter_relectures, get_relecture, list_relectures
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable
from tests.registre import factories as f
from tests.registre.identite.changements_identite import (
    demander,
    modifier,
    ouvrir,
    refuser,
    responsable,
    valider,
)
from tests.registre.pieces.pieces import joindre

pytestmark = pytest.mark.django_db
PLUS_TARD = f.MAINTENANT + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _toutes() -> Iterator[None]:
    """Every change is drawn: which ones are is told by the rules' own tests."""
    with mock.patch("sne.registre.controle.actions.est_tiree", return_value=True):
        yield


@pytest.fixture
def automatique(agent: Acteur) -> Identite:
    recu = f.deposer(acteur=agent, le=f.ANCIEN)
    modifier(recu.demande_id, agent, traits={"nom_naissance": "Dubreuill"}, motif="Faute de frappe")
    return Identite.objects.get(demande=recu.demande_id, voie="AUTOMATIQUE")


def relire(ligne: Identite, acteur: Acteur, avis: str = "VALIDEE", precision: str = "") -> bool:
    with transaction.atomic():
        concorde = relire_identite(ligne.id, avis=avis, precision=precision, acte=Acte(acteur, PLUS_TARD))
        connection.check_constraints()
    return concorde


def test_what_was_applied_at_once_is_read_without_its_end(automatique: Identite, gt: Acteur) -> None:
    (breve,) = list_relectures(gt, le=f.AUJOURD_HUI).lignes
    assert breve.id == automatique.id
    lue = get_relecture(automatique.id, gt, le=f.AUJOURD_HUI)
    assert (lue.ancre.nom_naissance, lue.base.nom_naissance, lue.demandee.nom_naissance) == (
        "Dubreuil",
        "Dubreuil",
        "Dubreuill",
    )
    assert lue.motif == "Faute de frappe"
    revision = Demande.objects.get(id=automatique.demande_id).revision
    assert relire(automatique, gt) is True
    assert Demande.objects.get(id=automatique.demande_id).revision == revision
    assert list_relectures(gt, le=f.AUJOURD_HUI).lignes == ()
    entree = Entree.objects.get(verbe="RELIRE_IDENTITE")
    assert entree.faits["relecture"] == str(RelectureIdentite.objects.get().id)
    with pytest.raises(Interdit, match="plus rien à décider"):
        relire(automatique, f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL))
    with pytest.raises(Introuvable):
        get_relecture(automatique.id, gt, le=f.AUJOURD_HUI)


@pytest.mark.parametrize("acte", [valider, refuser])
@pytest.mark.parametrize("avis", ["VALIDEE", "REFUSEE"])
def test_what_a_guichet_manager_decided_too(agent: Acteur, gt: Acteur, acte: Any, avis: str) -> None:
    ligne = demander(agent)
    acte(ligne, responsable("G0993"))
    ouvrir(ligne, gt)
    assert relire(ligne, gt, avis, "Rien ne le montre") is ((acte is valider) == (avis == "VALIDEE"))


def test_not_what_a_territorial_manager_decided_nor_what_is_young_or_waits(agent: Acteur, gt: Acteur) -> None:
    decidee, attend = (
        demander(agent),
        demander(agent, depot={"contenu_": f.contenu(demandeur=f.personne("Roy"))}),
    )
    valider(decidee, gt)
    jeune = f.deposer(f.contenu(demandeur=f.personne("Petit")), acteur=agent)
    modifier(jeune.demande_id, agent, traits={"nom_naissance": "Grand"})
    autre = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    assert compter_relectures(autre, le=f.AUJOURD_HUI) == 0
    for ligne in (decidee, attend, Identite.objects.get(demande=jeune.demande_id, voie="AUTOMATIQUE")):
        with pytest.raises(Introuvable):
            relire(ligne, autre)


def test_nor_one_of_long_ago(automatique: Identite, gt: Acteur) -> None:
    assert compter_relectures(gt, le=f.AUJOURD_HUI + timedelta(days=90)) == 1
    assert compter_relectures(gt, le=f.AUJOURD_HUI + timedelta(days=91)) == 0


@pytest.mark.parametrize(
    ("role", "territoire"),
    [(r, "099") for r in Role if r is not Role.GESTIONNAIRE_TERRITORIAL]
    + [(Role.GESTIONNAIRE_TERRITORIAL, "02A")],
)
def test_nobody_else_reads_again(automatique: Identite, role: Role, territoire: str) -> None:
    acteur = f.creer_acteur(role, territoire=territoire)
    assert list_relectures(acteur, le=f.AUJOURD_HUI).lignes == ()
    with pytest.raises(Introuvable):
        relire(automatique, acteur)


def test_nor_who_had_a_part_in_it(agent: Acteur) -> None:
    chef = responsable("G0993")
    ligne = demander(agent)
    valider(ligne, chef)
    for premier in (agent, chef):
        gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
        object.__setattr__(gt, "id", premier.id)
        assert compter_relectures(gt, le=f.AUJOURD_HUI) == 0
        with pytest.raises(Interdit, match="Vous avez saisi ou décidé"):
            relire(ligne, gt)
    with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
        RelectureIdentite.objects.create(
            territoire="099", demande_id=ligne.demande_id, identite=ligne, avis="VALIDEE", concorde=True,
            auteur=chef.id, decideur=chef.id, decide_par={}, survenu_le=PLUS_TARD,
        )  # fmt: skip


def test_documents_are_opened_and_no_says_why(automatique: Identite, gt: Acteur) -> None:
    joindre(automatique.demande_id)
    with pytest.raises(Interdit, match="Ouvrez d’abord"):
        relire(automatique, gt)
    with pytest.raises(Interdit) as exc:
        relire(automatique, gt, "REFUSEE")
    assert exc.value.champ == "precision"


def test_a_number_is_masked(agent: Acteur, gt: Acteur) -> None:
    recu = f.deposer(acteur=agent, le=f.ANCIEN)
    modifier(recu.demande_id, agent, nirs={"demandeur": f.nir_de(f.AUJOURD_HUI.replace(1987, 3, 14))})
    ligne = Identite.objects.get(demande=recu.demande_id, voie="AUTOMATIQUE")
    assert get_relecture(ligne.id, gt, le=f.AUJOURD_HUI).nirs == ("", "", "2 87 03 •• ••• ••• ••")


def test_nothing_is_kept_when_the_journal_fails(automatique: Identite, gt: Acteur) -> None:
    with (
        mock.patch.object(journal, "inscrire", side_effect=RuntimeError("journal")),
        pytest.raises(RuntimeError),
    ):
        relire(automatique, gt)
    assert not RelectureIdentite.objects.exists()


def test_unknown(gt: Acteur) -> None:
    with pytest.raises(Introuvable):
        relire_identite(uuid.uuid4(), avis="VALIDEE", precision="", acte=Acte(gt, PLUS_TARD))
