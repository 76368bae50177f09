"""Asked for, kept, read, forgotten: each call and each reading is told, and the database itself refuses an absence
written as a figure.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError
from hypothesis import given, settings
from hypothesis.extra.django import TestCase

from sne.connecteurs.drm.rules.mois import (
    DiscordanceIdentite,
    Mois,
    NonEligible,
    PasEligible,
)
from sne.habilitations.rules import Role
from sne.habilitations.rules.roles import LOGICIELS
from sne.journal.models import Entree
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.depot.actions.construire import PieceVue
from sne.registre.ressources.actions.interroger import noter_reponse, preparer_question
from sne.registre.ressources.actions.lire import Forme, lire_ressources
from sne.registre.ressources.actions.oublier import oublier
from sne.registre.ressources.models import AppelRessources, RessourceMensuelle
from sne.registre.ressources.rules.montrer import Connues
from sne.registre.ressources.selectors import get_demandee
from sne.registre.ressources.verbes import VerbeRessources
from sne.registre.vie.actions.radier import radier_demande
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, NonHabilite
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer
from tests.registre.identite.changements_identite import modifier
from tests.registre.lecture.test_possible import RENONCIATION
from tests.registre.ressources.ressources import (
    ABSENCES,
    MOIS,
    NAISSANCE,
    PANNE,
    deposee,
    repondre,
    tous_les_mois,
)

pytestmark = pytest.mark.django_db
DEMANDER, CONSULTER = "DEMANDER_RESSOURCES", "CONSULTER_RESSOURCES"


def lire(demande: Demande, role: Role = Role.AGENT_GUICHET, **options: Any) -> Connues:
    demande.refresh_from_db()
    return lire_ressources(demande, acte=Acte(f.creer_acteur(role), f.MAINTENANT), **options)


def dites(demande: Demande, verbe: str) -> list[dict[str, Any]]:
    return [e.faits for e in Entree.objects.filter(demande=demande.id, verbe=verbe).order_by("inscrit_le")]


def test_what_the_source_says_is_kept_told_and_shown() -> None:
    demande = deposee()
    repondre(demande.id)
    connection.check_constraints()
    connues = lire(demande, forme=Forme.IMPRESSION)
    assert (connues.mois, connues.le) == (MOIS, f.MAINTENANT)
    appel = AppelRessources.objects.get()
    assert dites(demande, DEMANDER) == [{"appel": str(appel.id), "declenchement": "GUICHET", "repondu": True}]
    assert dites(demande, CONSULTER) == [{"forme": "IMPRESSION"}]
    assert Demande.objects.get(id=demande.id).revision == 1


def test_a_reading_without_a_figure_is_not_told() -> None:
    demande = deposee()
    lire(demande)
    repondre(demande.id, PANNE)
    assert lire(demande).mois == PANNE
    assert dites(demande, CONSULTER) == []


def test_the_question_holds_what_is_needed_and_shows_nothing() -> None:
    demande = deposee(nir := f.nir_de(NAISSANCE))
    question = preparer_question(demande.id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    corps = question.demandee.corps()
    assert corps["nir"] == nir
    assert corps["periode"] == {"debut": "2026-08", "fin": "2026-10"}
    assert set(corps) == {"nir", "identite", "periode", "finalite"}
    assert nir not in repr(question)
    assert "Dubreuil" not in repr(question)


def test_a_man_is_asked_about_as_one() -> None:
    traits = {"identite": {"civilite": "1", "prenoms": "Jean,Paul"}}
    demande = deposee(f.nir_de(NAISSANCE, 1), contenu_=f.contenu(demandeur=f.personne(**traits)))
    demandee = get_demandee(demande, instant=f.MAINTENANT)
    assert (demandee.sexe, demandee.prenoms) == ("M", ("Jean", "Paul"))


@pytest.mark.parametrize(
    "role", sorted(f.LECTEURS - LOGICIELS - {Role.AGENT_GUICHET, Role.RESPONSABLE_GUICHET})
)
def test_counters_alone(role: Role) -> None:
    demande = deposee()
    with pytest.raises(NonHabilite):
        lire(demande, role)
    with pytest.raises(NonHabilite):
        preparer_question(demande.id, acte=Acte(f.creer_acteur(role), f.MAINTENANT))


def test_nobody_is_asked_about_without_a_permanent_number() -> None:
    sans = Demande.objects.get(id=f.deposer().demande_id)
    with pytest.raises(Interdit, match="absent"):
        preparer_question(sans.id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    attente = deposee(f.nir_de(NAISSANCE, 8))
    with pytest.raises(Interdit, match="provisoire"):
        preparer_question(attente.id, acte=Acte(f.creer_acteur(), f.MAINTENANT))


def test_an_association_is_not_asked_about() -> None:
    adresse = f.contenu().demandeur.adresse_courrier.model_dump(exclude_none=True)  # type: ignore[union-attr]
    association = {"nom": "Un toit pour tous", "siren": "900000001", "adresse_courrier": adresse}
    brut = {"titulaire": "ASSOCIATION", "association": association, "souhaits": f.contenu().souhaits}
    recu = f.deposer(Contenu.model_validate(brut), piece_vue=PieceVue("RNA", f.AUJOURD_HUI))
    demande = Demande.objects.get(id=recu.demande_id)
    raisons = {getattr(m, "raison", None) for m in lire(demande).mois}
    assert raisons == {NonEligible.ASSOCIATION}


def test_asked_again_only_after_a_while_unless_there_was_no_answer() -> None:
    demande = deposee()
    repondre(demande.id, PANNE)
    repondre(demande.id)
    with pytest.raises(Interdit, match=r"60.minutes"):
        repondre(demande.id, le=f.MAINTENANT + timedelta(minutes=59))
    repondre(demande.id, le=f.MAINTENANT + timedelta(minutes=60))
    assert AppelRessources.objects.count() == 1, "the last answer takes the place of those of before"


def test_while_the_source_is_away_the_last_answer_stays() -> None:
    demande = deposee()
    repondre(demande.id)
    for heures in (2, 3):
        repondre(demande.id, PANNE, le=f.MAINTENANT + timedelta(hours=heures))
    connues = lire(demande)
    assert (connues.mois, connues.anciennes, connues.anciennes_le) == (PANNE, MOIS, f.MAINTENANT)
    assert AppelRessources.objects.count() == 2


def change_qui_attend(demande: Demande) -> None:
    modifier(demande.id, f.creer_acteur(), traits={"nom_naissance": "Zimmer"})


def identite_remplacee(demande: Demande) -> None:
    change_qui_attend(demande)
    f.decider(Identite.objects.get(demande=demande.id, voie="CONTROLE"))


def dossier_fige(demande: Demande) -> None:
    figer(demande.id)


def demande_radiee(demande: Demande) -> None:
    radier_demande(demande.id, RENONCIATION, acte=Acte(f.creer_acteur(), f.MAINTENANT))


@pytest.mark.parametrize(
    ("arrive", "dit"),
    [
        (change_qui_attend, NonEligible.IDENTITE_EN_ATTENTE),
        (identite_remplacee, None),
        (dossier_fige, NonEligible.DOSSIER_FIGE),
        (demande_radiee, NonEligible.DEMANDE_FERMEE),
    ],
)
def test_a_file_whose_identity_moves_shows_nothing_of_before(
    arrive: Callable[[Demande], None], dit: NonEligible | None
) -> None:
    demande = deposee(le=f.ANCIEN)
    repondre(demande.id)
    arrive(demande)
    connues = lire(demande)
    attendu = DiscordanceIdentite if dit is None else PasEligible
    assert {type(m) for m in connues.mois} == {attendu}
    assert {getattr(m, "raison", None) for m in connues.mois} == {dit}
    assert (connues.anciennes, dites(demande, CONSULTER)) == ((), [])


def test_an_answer_to_an_identity_that_changed_meanwhile_is_kept_and_not_shown() -> None:
    demande = deposee(le=f.ANCIEN)
    acte = Acte(f.creer_acteur(), f.MAINTENANT)
    question = preparer_question(demande.id, acte=acte)
    identite_remplacee(demande)
    noter_reponse(question, MOIS, acte=acte)
    assert {type(m) for m in lire(demande).mois} == {DiscordanceIdentite}


def test_what_is_old_or_of_a_demande_that_ended_is_forgotten() -> None:
    vieille, radiee, gardee = deposee(), deposee(), deposee()
    repondre(vieille.id)
    repondre(radiee.id, le=f.MAINTENANT + timedelta(days=80))
    repondre(gardee.id, le=f.MAINTENANT + timedelta(days=80))
    demande_radiee(radiee)
    assert oublier("099", survenu_le=f.MAINTENANT + timedelta(days=100)) == 2
    assert [a.demande_id for a in AppelRessources.objects.all()] == [gardee.id]
    assert set(RessourceMensuelle.objects.values_list("demande", flat=True)) == {gardee.id}


def ligne(**champs: Any) -> None:
    """A month written past every act."""
    appel = AppelRessources.objects.get()
    champs = {"etat": "AUCUNE_DONNEE", "raison": "SOURCES_CLOSES", "natures": []} | champs
    with transaction.atomic():
        RessourceMensuelle.objects.create(
            territoire="099", demande_id=appel.demande_id, appel=appel, mois="2026-07-01", **champs
        )


@pytest.mark.parametrize(
    "champs",
    [
        {"montant": Decimal(0)},
        {"montant": Decimal("12.00")},
        {"etat": "MONTANT", "raison": ""},
        {"etat": "MONTANT", "raison": "", "montant": Decimal(0)},
        {"etat": "ZERO_CONFIRME", "raison": "", "montant": Decimal(0), "natures": [{}]},
        {"etat": "ZERO_CONFIRME", "raison": ""},
        {"etat": "SOURCE_INDISPONIBLE", "raison": "PANNE", "natures": [{}]},
        {"etat": "ZERO", "raison": ""},
        {"raison": ""},
        {"raison": "JAMAIS_DEMANDEE"},
        {"etat": "NON_ELIGIBLE", "raison": "SESSION"},
    ],
    ids=str,
)
def test_the_database_refuses_an_absence_with_a_figure(champs: dict[str, Any]) -> None:
    repondre(deposee().id)
    with pytest.raises(IntegrityError):
        ligne(**champs)


def test_the_database_asks_for_the_entry_and_lets_nothing_be_changed() -> None:
    demande = deposee()
    repondre(demande.id)
    connection.check_constraints()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        RessourceMensuelle.objects.update(montant=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        AppelRessources.objects.create(
            territoire="099",
            demande=demande,
            repondu=True,
            empreinte=b"x" * 32,
            survenu_le=f.MAINTENANT,
            id=uuid.uuid4(),
        )
        connection.check_constraints()


def test_an_entry_about_another_demande_says_nothing_of_this_one() -> None:
    demande, autre = deposee(), deposee()
    acte, appel = Acte(f.creer_acteur(), f.MAINTENANT), uuid.uuid4()
    with pytest.raises(IntegrityError, match="aucune entrée de journal"), transaction.atomic():
        AppelRessources.objects.create(
            id=appel,
            territoire="099",
            demande=demande,
            repondu=True,
            empreinte=b"x" * 32,
            survenu_le=f.MAINTENANT,
        )
        dire(VerbeRessources.DEMANDER_RESSOURCES, autre, acte=acte, faits={"appel": str(appel)})
        connection.check_constraints()


class DansLaBase(TestCase):
    """Written and read again, drawn."""

    @settings(max_examples=40)
    @given(tous_les_mois)
    def test_what_is_written_is_read(self, mois: Mois) -> None:
        demande = deposee()
        repondre(demande.id, (mois,))
        lues = lire(demande).retenues
        assert lues == (mois,)
        assert (mois in ABSENCES) == (not lire(demande).chiffrees)
