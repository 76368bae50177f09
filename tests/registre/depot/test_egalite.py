"""Recording equal treatment: for any household in the same words, journalled, append-only, never a condition."""

import uuid
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from sne.habilitations.rules import Permission, Role
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande
from sne.registre.depot.actions.egalite import consigner_egalite_de_traitement
from sne.registre.depot.models import ConsigneEgalite
from sne.registre.depot.rules.egalite import Moment
from sne.registre.depot.selectors.egalite import get_egalite
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def demande_id() -> uuid.UUID:
    return f.deposer().demande_id


def consigner(demande_id: uuid.UUID, acteur: Acteur | None = None, **points: list[str]) -> tuple[Moment, ...]:
    """Record lines by step: ``consigner(id, APRES=["NUMERO"])``."""
    return consigner_egalite_de_traitement(
        demande_id,
        {Moment(moment): codes for moment, codes in points.items()},
        acte=Acte(acteur or f.creer_acteur(), f.MAINTENANT),
    )


def faits(demande_id: uuid.UUID) -> dict[str, set[str]]:
    """Codes done, by step."""
    etapes = get_egalite(demande_id, acteur=f.creer_acteur())
    return {e.moment: {point.code for point, fait in e.lignes if fait} for e in etapes}


def test_lines_said_with_the_deposit_are_written_by_it() -> None:
    """The number, the rows and their entries come in one statement, whatever is not a line being left aside."""
    dits = {Moment.AVANT: ["PIECE_SEULE", "INCONNU"], Moment.PENDANT: [], Moment.APRES: ["INCONNU"]}
    recepisse = f.deposer(consignes=dits)
    connection.check_constraints()
    assert faits(recepisse.demande_id) == {"AVANT": {"PIECE_SEULE"}, "PENDANT": set(), "APRES": set()}
    (ligne,) = ConsigneEgalite.objects.filter(demande=recepisse.demande_id)
    assert (ligne.revision, ligne.points) == (1, ["PIECE_SEULE"])
    verbes = Entree.objects.filter(demande=recepisse.demande_id).values_list("verbe", flat=True)
    assert sorted(verbes) == ["CONSIGNER_EGALITE", "DEPOSER"]


def test_without_the_right_to_record_them_the_number_is_given() -> None:
    acteur = f.creer_acteur()
    droits = tuple(
        replace(m, permissions=m.permissions - {str(Permission.DEMANDE_MODIFIER)}) for m in acteur.mandats
    )
    recepisse = f.deposer(acteur=replace(acteur, mandats=droits), consignes={Moment.PENDANT: ["RELECTURE"]})
    assert recepisse.nud
    assert not ConsigneEgalite.objects.filter(demande=recepisse.demande_id).exists()


def test_steps_are_recorded_and_told(demande_id: uuid.UUID) -> None:
    dites = consigner(demande_id, AVANT=["PIECE_SEULE", "GUICHET_AU_CHOIX"], PENDANT=["RELECTURE"])
    assert dites == (Moment.AVANT, Moment.PENDANT)
    assert faits(demande_id) == {
        "AVANT": {"GUICHET_AU_CHOIX", "PIECE_SEULE"},
        "PENDANT": {"RELECTURE"},
        "APRES": set(),
    }
    entrees = Entree.objects.filter(demande=demande_id, verbe="CONSIGNER_EGALITE")
    assert sorted((e.revision, e.faits["moment"], e.faits["points"]) for e in entrees) == [
        (1, "AVANT", ["GUICHET_AU_CHOIX", "PIECE_SEULE"]),
        (1, "PENDANT", ["RELECTURE"]),
    ]


def test_same_record_again_writes_nothing(demande_id: uuid.UUID) -> None:
    consigner(demande_id, APRES=["NUMERO"])
    assert consigner(demande_id, APRES=["NUMERO", "NUMERO"], AVANT=[]) == ()
    assert ConsigneEgalite.objects.filter(demande=demande_id).count() == 1


def test_correction_is_a_new_record(demande_id: uuid.UUID) -> None:
    consigner(demande_id, APRES=["NUMERO", "LISTE_DES_PIECES"])
    consigner(demande_id, APRES=[])
    assert faits(demande_id)["APRES"] == set()
    assert ConsigneEgalite.objects.filter(demande=demande_id).count() == 2


def test_unknown_line_is_refused_and_nothing_is_kept(demande_id: uuid.UUID) -> None:
    with pytest.raises(Interdit, match="Après le dépôt"):
        consigner(demande_id, AVANT=["PIECE_SEULE"], APRES=["PIECE_SEULE"])
    assert not ConsigneEgalite.objects.filter(demande=demande_id).exists()


@pytest.mark.parametrize("role", [Role.SUPPORT_N1, Role.DPO, Role.EXPLOITATION_NATIONALE])
def test_readers_record_nothing(demande_id: uuid.UUID, role: Role) -> None:
    with pytest.raises(NonHabilite):
        consigner(demande_id, f.creer_acteur(role), APRES=["NUMERO"])


def test_any_counter_of_the_territory_records_and_no_other(demande_id: uuid.UUID) -> None:
    assert consigner(demande_id, f.creer_acteur(guichet="G0991"), APRES=["NUMERO"]) == (Moment.APRES,)
    ailleurs = f.creer_acteur(territoire="02B", guichet="GD2B1")
    with pytest.raises(Introuvable):
        consigner(demande_id, ailleurs, APRES=["NUMERO"])
    with pytest.raises(Introuvable):
        get_egalite(demande_id, acteur=ailleurs)


def test_deposit_needs_no_record(demande_id: uuid.UUID) -> None:
    assert faits(demande_id) == {"AVANT": set(), "PENDANT": set(), "APRES": set()}


def test_record_without_its_entry_is_refused_by_the_database(demande_id: uuid.UUID) -> None:
    demande = Demande.objects.get(id=demande_id)
    orpheline = ConsigneEgalite(
        territoire="099",
        demande=demande,
        revision=1,
        moment="APRES",
        points=["NUMERO"],
        auteur=demande.id,
        survenu_le=f.MAINTENANT,
    )
    with pytest.raises(IntegrityError, match="aucune entrée de journal"), transaction.atomic():
        orpheline.save(force_insert=True)
        connection.check_constraints()
