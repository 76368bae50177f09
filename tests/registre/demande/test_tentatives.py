"""Refused attempts: kept though the act is undone, told, and no caller can do without."""

import uuid
from unittest import mock

import pytest
from django.db import transaction

from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.demande.actions.tentatives import d_un_bloc
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.models.tentative import TentativeRefusee
from sne.registre.demande.rules.cycle_de_vie import TransitionInterdite
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.faits.actions.faits import retirer_fait
from sne.registre.faits.models import Attribution
from sne.registre.faits.rules.faits import Correction, FaitRefuse, NatureFait
from sne.registre.lecture.selectors.historique import get_historique
from sne.registre.vie.actions.annuler import annuler_enregistrement, retablir_demande
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.faits.faits import CCAS, consigner
from tests.registre.separation.separations import deposer_couple, separer, seul

A = NatureFait.ATTRIBUTION


@pytest.mark.django_db(transaction=True)
def test_a_refusal_by_rule_is_kept_after_the_rollback() -> None:
    demande_id = f.deposer().demande_id
    with pytest.raises(FaitRefuse) as refus:
        consigner(A, demande_id, reservataire="")
    assert not Attribution.objects.exists()
    (tentative,) = TentativeRefusee.objects.all()
    assert (tentative.territoire, tentative.demande_id, tentative.revision) == ("099", demande_id, 1)
    assert (tentative.acte, tentative.code) == ("CONSIGNER_ATTRIBUTION", "FAIT_REFUSE")
    assert tentative.phrase == refus.value.phrase
    assert (tentative.guichet, tentative.survenu_le) == ("G0991", f.MAINTENANT)
    assert tentative.tente_par["nom"] == "Camille Rousset"
    entree = Entree.objects.get(verbe="REFUSER_ACTE")
    assert entree.demande == demande_id
    assert entree.faits == {
        "fait": str(tentative.id),
        "acte": "CONSIGNER_ATTRIBUTION",
        "code": "FAIT_REFUSE",
        "saisie": True,
    }
    page = get_historique(demande_id, acteur=f.creer_acteur())
    assert "Acte refusé\u00a0: consigner une attribution" not in [ligne.libelle for ligne in page.lignes]
    assert page.total == len(page.lignes)


@pytest.mark.django_db(transaction=True)
def test_an_act_inside_a_transaction_is_refused_since_its_trace_would_be_lost() -> None:
    demande_id = f.deposer().demande_id
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        consigner(A, demande_id)


RADATT = FaitsRadiation(MotifRadiation.RADATT)


def radatt(demande_id: uuid.UUID, **autres: str) -> None:
    """An allocation and its striking-off, together."""
    bailleur = f.creer_acteur(guichet="G0991")
    with d_un_bloc():
        consigner(A, demande_id, bailleur, **autres)
        radier_demande(demande_id, RADATT, acte=Acte(bailleur, f.MAINTENANT))


@pytest.mark.django_db(transaction=True)
def test_two_acts_hold_together_or_neither_does() -> None:
    demande_id = f.deposer().demande_id
    bailleur = f.creer_acteur(guichet="G0991")
    with pytest.raises(TransitionInterdite), d_un_bloc():
        consigner(A, demande_id, bailleur)
        radier_demande(demande_id, RADATT, acte=Acte(bailleur, f.MAINTENANT))
        radier_demande(demande_id, RADATT, acte=Acte(bailleur, f.MAINTENANT))
    assert not Attribution.objects.exists()
    assert [t.acte for t in TentativeRefusee.objects.all()] == ["RADIER_ATTRIBUTION"]
    radatt(demande_id)
    assert (Attribution.objects.count(), Radiation.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_refusal_caught_in_a_block_undoes_its_act_alone_and_is_kept() -> None:
    demande_id, agent = f.deposer().demande_id, f.creer_acteur(guichet="G0991")
    with d_un_bloc():
        cle = consigner(A, demande_id, agent, bail_signe=False, bail_signe_le=None)
        with pytest.raises(Interdit, match="Aucun bail"):
            radier_demande(demande_id, RADATT, acte=Acte(agent, f.MAINTENANT))
    assert Attribution.objects.get().id == cle
    assert TentativeRefusee.objects.get().acte == "RADIER_ATTRIBUTION"


@pytest.mark.django_db(transaction=True)
def test_a_block_takes_no_transaction_around_it_and_ends_with_itself() -> None:
    demande_id = f.deposer().demande_id
    with pytest.raises(RuntimeError, match="durable"), d_un_bloc(), d_un_bloc():
        pass
    with pytest.raises(FaitRefuse):
        radatt(demande_id, reservataire="")
    consigner(A, demande_id)
    assert Attribution.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("nature", NatureFait)
def test_a_refusal_by_right_is_kept(nature: NatureFait) -> None:
    demande_id = f.deposer().demande_id
    with pytest.raises(NonHabilite):
        consigner(nature, demande_id, f.creer_acteur(Role.SUPPORT_N1))
    (tentative,) = TentativeRefusee.objects.all()
    assert (tentative.acte, tentative.code) == (f"CONSIGNER_{nature}", "NON_HABILITE")
    assert tentative.tente_par["role"] == "SUPPORT_N1"


@pytest.mark.django_db
def test_an_attempt_from_elsewhere_is_kept_where_the_demande_is() -> None:
    demande_id = f.deposer().demande_id
    with pytest.raises(Introuvable):
        consigner(A, demande_id, f.creer_acteur(territoire="02B", guichet="GD2B1"))
    (tentative,) = TentativeRefusee.objects.all()
    assert (tentative.territoire, tentative.code) == ("099", "INTROUVABLE")


@pytest.mark.django_db
def test_a_demande_that_never_was_leaves_no_attempt() -> None:
    with pytest.raises(Introuvable):
        consigner(A, f.inconnu())
    assert not TentativeRefusee.objects.exists()


@pytest.mark.django_db
def test_taking_back_in_vain_is_kept_too() -> None:
    demande_id = f.deposer().demande_id
    with pytest.raises(Interdit):
        retirer_fait(
            demande_id,
            A,
            Correction(uuid.uuid4(), "Erreur."),
            acte=Acte(f.creer_acteur(guichet="G0991"), f.MAINTENANT),
        )
    assert TentativeRefusee.objects.get().acte == "RETIRER_FAIT"


@pytest.mark.django_db
def test_what_succeeds_and_what_breaks_leaves_no_attempt() -> None:
    demande_id = f.deposer().demande_id
    consigner(A, demande_id)
    with (
        mock.patch.object(journal, "inscrire_en_lot", side_effect=RuntimeError("journal")),
        pytest.raises(RuntimeError),
    ):
        consigner(A, demande_id)
    assert not TentativeRefusee.objects.exists()


@pytest.mark.django_db
def test_journal_failure_leaves_no_attempt_untold() -> None:
    demande_id = f.deposer().demande_id
    with (
        mock.patch.object(journal, "inscrire_en_lot", side_effect=RuntimeError("journal")),
        pytest.raises(RuntimeError),
    ):
        consigner(A, demande_id, f.creer_acteur(guichet=CCAS))
    assert not TentativeRefusee.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("nature", "autres"),
    [
        (A, {"rpls": "DUBREUIL"}),
        (NatureFait.EVENEMENT, {"caracteristiques": {"moyen": "DUBREUIL"}}),
        (NatureFait.EVENEMENT, {"type": "DUBREUIL"}),
        (NatureFait.DECISION, {"code": "DUBREUIL"}),
        (NatureFait.DALO, {"statut": "DUBREUIL"}),
    ],
)
def test_nothing_typed_is_kept(nature: NatureFait, autres: dict[str, object]) -> None:
    demande_id = f.deposer().demande_id
    with pytest.raises(Interdit):
        consigner(nature, demande_id, **autres)
    assert "DUBREUIL" not in TentativeRefusee.objects.get().phrase


@pytest.mark.django_db
def test_the_history_names_the_act_refused_but_not_dalo() -> None:
    demande_id = f.deposer().demande_id
    for nature in (A, NatureFait.DALO):
        with pytest.raises(NonHabilite):
            consigner(nature, demande_id, f.creer_acteur(guichet=CCAS))
    lignes = get_historique(demande_id, acteur=f.creer_acteur()).lignes
    assert [ligne.libelle for ligne in lignes][:2] == [
        "Acte refusé",
        "Acte refusé\u00a0: consigner une attribution",
    ]


@pytest.mark.django_db
def test_the_register_itself_attempts_nothing() -> None:
    demande_id = f.deposer().demande_id
    with pytest.raises(Interdit):
        radier_demande(
            demande_id,
            FaitsRadiation(MotifRadiation.RADREN),
            acte=Acte(horloge_du_registre("099"), f.MAINTENANT),
        )
    assert not TentativeRefusee.objects.exists()


@pytest.mark.django_db
class TestSeparation:
    """Refused separations are kept where the household left is, and quote nobody."""

    def test_without_its_proof(self) -> None:
        demande = deposer_couple()
        with pytest.raises(Interdit):
            separer(demande, document="")
        tentative = TentativeRefusee.objects.get()
        assert (tentative.demande_id, tentative.acte, tentative.code) == (demande.id, "SEPARER", "INTERDIT")

    def test_of_somebody_else(self) -> None:
        demande = deposer_couple()
        with pytest.raises(DepotIncomplet):
            separer(demande, seul(f.personne("Dupuis", "Paul")))
        tentative = TentativeRefusee.objects.get()
        assert tentative.code == "INCOMPLET"
        assert "nom de naissance" in tentative.phrase
        assert "dupuis" not in tentative.phrase.casefold()

    def test_done_once_and_handed_in_again_is_no_attempt(self) -> None:
        demande, commun = (
            deposer_couple(),
            {
                "depot": {"id": uuid.uuid4()},
                "acteur": f.creer_acteur(),
                "accord": False,
            },
        )
        assert separer(demande, **commun).id == separer(demande, **commun, personne=str(f.inconnu())).id
        assert not TentativeRefusee.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("action", "acte"), [("annuler", "ANNULER"), ("retablir", "RETABLIR")])
def test_a_cancellation_in_vain_is_kept(action: str, acte: str) -> None:
    demande_id = f.deposer().demande_id
    faits = {"precision": "Saisie deux fois", "acte": Acte(f.creer_acteur(), f.MAINTENANT)}
    with pytest.raises(NonHabilite):
        if action == "annuler":
            annuler_enregistrement(demande_id, gardee="", **faits)
        else:
            retablir_demande(demande_id, **faits)
    assert TentativeRefusee.objects.get().acte == acte
