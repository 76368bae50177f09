"""Striking off: for a reason of the list, by whom it belongs to, with its proof; what it ends and what it keeps."""

import uuid
from dataclasses import replace
from datetime import date, datetime
from unittest import mock

import pytest
from django.db import connection

from sne.habilitations.rules import ROLES, SYSTEME, Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande, PlaceOuverte, Version
from sne.registre.demande.models.personne import TitreAnciennete
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.models.tentative import TentativeRefusee
from sne.registre.demande.rules.cycle_de_vie import TransitionInterdite
from sne.registre.demande.rules.radiation import MotifRadiation, SousMotif
from sne.registre.demande.selectors.etat import etat
from sne.registre.depot.actions.deposer import Recepisse
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.vie.actions.radier import Radiee, expirer_demande, radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.registre.vie.selectors.radiation import est_bailleur, list_motifs
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.factories import midi
from tests.registre.faits.faits import consigner

pytestmark = pytest.mark.django_db
M = MotifRadiation
BAILLEUR, MAIRIE = "G0991", "G0993"
RENONCIATION = FaitsRadiation(
    M.RADABA, date_courrier=date(2026, 11, 20), document="Lettre du 20/11, classeur B"
)


@pytest.fixture
def recepisse() -> Recepisse:
    return f.deposer(nirs={"demandeur": f.nir_de(date(1984, 3, 12))})


@pytest.fixture
def horloge_du_registre() -> Acteur:
    """The register itself, as its clock acts."""
    permissions = frozenset({"DEMANDE_LIRE", "DEMANDE_RADIER"})
    return Acteur(
        id=SYSTEME,
        nom="Horloge du registre",
        canal=Canal.SYSTEME,
        mandats=(Mandat("HORLOGE", permissions, Perimetre("099")),),
    )


def radier(
    recepisse: Recepisse,
    faits: FaitsRadiation = RENONCIATION,
    acteur: Acteur | None = None,
    survenu_le: datetime = f.MAINTENANT,
) -> Radiee:
    acte = Acte(acteur or f.creer_acteur(), survenu_le)
    faite = radier_demande(recepisse.demande_id, faits, acte=acte)
    connection.check_constraints()
    return faite


def test_number_seniority_and_content_stay(recepisse: Recepisse) -> None:
    avant = Version.objects.get(demande=recepisse.demande_id)
    titre = TitreAnciennete.objects.filter(demande=recepisse.demande_id).values().get()
    faite = radier(recepisse)
    demande = Demande.objects.get(id=recepisse.demande_id)
    assert (demande.statut, demande.revision, demande.nud) == ("RADIEE", 2, recepisse.nud)
    assert (faite.revision, faite.date_radiation) == (2, f.AUJOURD_HUI)
    apres = Version.objects.get(demande=recepisse.demande_id, numero=2)
    assert (apres.contenu, apres.identites, apres.date_depot) == (
        avant.contenu,
        avant.identites,
        avant.date_depot,
    )
    assert (apres.statut, apres.motif, apres.document) == (
        "RADIEE",
        "Renonciation écrite du demandeur",
        RENONCIATION.document,
    )
    assert TitreAnciennete.objects.filter(demande=recepisse.demande_id).values().get() == titre


def test_reason_and_proof_stay_on_record(recepisse: Recepisse) -> None:
    agent = f.creer_acteur()
    radier(recepisse, acteur=agent)
    ligne = Radiation.objects.get(demande=recepisse.demande_id)
    assert (ligne.motif, ligne.sous_motif, ligne.date_radiation) == ("RADABA", "", f.AUJOURD_HUI)
    assert (ligne.date_courrier, ligne.document) == (RENONCIATION.date_courrier, RENONCIATION.document)
    assert (ligne.auteur, ligne.guichet) == (agent.id, MAIRIE)
    assert ligne.reactivable_jusqu_au == date(2027, 11, 23)
    entree = Entree.objects.get(demande=recepisse.demande_id, verbe="RADIER")
    assert entree.revision == 2
    assert entree.faits["radiation"] == str(ligne.id)
    assert (entree.faits["motif"], entree.faits["reactivable_jusqu_au"]) == ("RADABA", "2027-11-23")


def test_household_may_be_registered_again(recepisse: Recepisse) -> None:
    assert PlaceOuverte.objects.filter(demande=recepisse.demande_id).exists()
    radier(recepisse)
    assert not PlaceOuverte.objects.filter(demande=recepisse.demande_id).exists()


def test_past_says_active(recepisse: Recepisse) -> None:
    lendemain = f.MAINTENANT.replace(day=25)
    radier(recepisse, survenu_le=lendemain)
    agent = f.creer_acteur()
    assert etat(recepisse.nud, f.MAINTENANT, acteur=agent).statut == "ACTIVE"
    assert etat(recepisse.nud, lendemain, acteur=agent).statut == "RADIEE"


def test_file_says_why_and_until_when(recepisse: Recepisse) -> None:
    agent = f.creer_acteur()
    assert consulter_demande(recepisse.nud, acte=Acte(agent, f.MAINTENANT)).radiation is None
    radier(recepisse)
    lue = consulter_demande(recepisse.nud, acte=Acte(agent, f.MAINTENANT)).radiation
    assert lue is not None
    assert lue.motif == "RADABA"


def test_landlord_declares_inadmissible(recepisse: Recepisse) -> None:
    faits = FaitsRadiation(M.RADIRR, SousMotif.IRRRES, date(2026, 10, 1), "CALEOL du 28/09/2026")
    radier(recepisse, faits, f.creer_acteur(guichet=BAILLEUR))
    assert Radiation.objects.get(demande=recepisse.demande_id).sous_motif == "IRRRES"


def test_landlord_strikes_off_once_the_lease_is_signed(recepisse: Recepisse) -> None:
    bailleur = f.creer_acteur(guichet=BAILLEUR)
    consigner(NatureFait.ATTRIBUTION, recepisse.demande_id, bailleur)
    radier(recepisse, FaitsRadiation(M.RADATT), bailleur)
    assert Radiation.objects.get(demande=recepisse.demande_id).motif == "RADATT"


def test_a_day_just_past_counts_and_the_household_loses_none_of_its_delays() -> None:
    recepisse = f.deposer(le=f.ANCIEN)
    faits = replace(RENONCIATION, date=date(2026, 11, 20))
    radier(recepisse, faits)
    radiation = Radiation.objects.get(demande=recepisse.demande_id)
    assert radiation.date_radiation == date(2026, 11, 20)
    assert radiation.reactivable_jusqu_au == date(2027, 11, 23)
    autre = f.deposer(le=f.ANCIEN, doublons_ecartes="Une autre personne.")
    with pytest.raises(Interdit, match="20/12"):
        radier(autre, FaitsRadiation(M.RADCON, None, date(2026, 11, 20), "AR 2C", date=date(2026, 11, 20)))


def test_an_id_from_outside_strikes_off_once(recepisse: Recepisse) -> None:
    agent, cle = f.creer_acteur(), uuid.uuid4()
    acte = Acte(agent, f.MAINTENANT)
    faites = [radier_demande(recepisse.demande_id, RENONCIATION, acte=acte, cle=cle) for _ in range(2)]
    assert faites[0] == faites[1]
    assert Radiation.objects.get().id == cle
    with pytest.raises(Interdit, match="déjà servi"):
        radier_demande(recepisse.demande_id, RENONCIATION, acte=Acte(f.creer_acteur(), f.MAINTENANT), cle=cle)
    with pytest.raises(TransitionInterdite):
        radier_demande(recepisse.demande_id, RENONCIATION, acte=acte, cle=uuid.uuid4())


@pytest.mark.parametrize(("motif", "acte"), [(M.RADATT, "RADIER_ATTRIBUTION"), (M.RADIRR, "RADIER")])
def test_refused_attempt_is_kept(recepisse: Recepisse, motif: MotifRadiation, acte: str) -> None:
    with pytest.raises(Interdit):
        radier(recepisse, FaitsRadiation(motif), f.creer_acteur(guichet=BAILLEUR))
    tentative = TentativeRefusee.objects.get(demande=recepisse.demande_id)
    assert (tentative.acte, tentative.code, tentative.guichet) == (acte, "INTERDIT", BAILLEUR)


def test_reason_of_others_is_refused(recepisse: Recepisse) -> None:
    faits = FaitsRadiation(M.RADIRR, SousMotif.IRRRES, date(2026, 10, 1), "CALEOL du 28/09/2026")
    with pytest.raises(NonHabilite, match="ne peut pas radier pour ce motif"):
        radier(recepisse, faits, f.creer_acteur(guichet=MAIRIE))
    with pytest.raises(NonHabilite):
        radier(recepisse, FaitsRadiation(M.RADREN), f.creer_acteur(guichet=BAILLEUR))
    assert Demande.objects.get(id=recepisse.demande_id).statut == "ACTIVE"


def test_missing_proof_leaves_nothing(recepisse: Recepisse) -> None:
    with pytest.raises(Interdit, match="Aucun bail signé"):
        radier(recepisse, FaitsRadiation(M.RADATT), f.creer_acteur(guichet=BAILLEUR))
    assert Version.objects.filter(demande=recepisse.demande_id).count() == 1
    assert not Radiation.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if "DEMANDE_RADIER" not in ROLES[role].permissions])
def test_readers_strike_off_nothing(recepisse: Recepisse, role: Role) -> None:
    with pytest.raises(NonHabilite if role in f.LECTEURS else Introuvable):
        radier(recepisse, acteur=f.creer_acteur(role))


def test_another_territory_is_not_found(recepisse: Recepisse) -> None:
    with pytest.raises(Introuvable):
        radier(recepisse, acteur=f.creer_acteur(territoire="02A", guichet="G02A1"))


def test_struck_off_once(recepisse: Recepisse) -> None:
    radier(recepisse)
    with pytest.raises(TransitionInterdite):
        radier(recepisse)


def test_journal_failure_leaves_nothing(recepisse: Recepisse) -> None:
    with mock.patch.object(journal, "inscrire", side_effect=RuntimeError), pytest.raises(RuntimeError):
        radier(recepisse)
    assert Demande.objects.get(id=recepisse.demande_id).statut == "ACTIVE"
    assert PlaceOuverte.objects.filter(demande=recepisse.demande_id).exists()
    assert not Radiation.objects.exists()


@pytest.mark.parametrize(
    ("acteur", "motifs"),
    [
        (f.creer_acteur(guichet=MAIRIE), (M.RADABA, M.RADCON)),
        (f.creer_acteur(guichet=BAILLEUR), (M.RADATT, M.RADABA, M.RADCON, M.RADIRR)),
        (f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), (M.RADABA, M.RADCON)),
        (f.creer_acteur(Role.SUPPORT_N1), ()),
    ],
)
def test_reasons_offered_are_those_accepted(acteur: Acteur, motifs: tuple[M, ...]) -> None:
    assert list_motifs(acteur, territoire="099", le=f.AUJOURD_HUI) == motifs


def test_unknown_counter_is_no_landlord() -> None:
    assert not est_bailleur(f.creer_acteur(guichet="XXXXX"), le=f.AUJOURD_HUI)


def test_validity_ends_after_its_last_day(recepisse: Recepisse, horloge_du_registre: Acteur) -> None:
    def expirer(jour: date) -> None:
        expirer_demande(recepisse.demande_id, acte=Acte(horloge_du_registre, midi(jour)))
        connection.check_constraints()

    with pytest.raises(Interdit, match="jusqu’au 23/11/2027"):
        expirer(date(2027, 11, 23))
    expirer(date(2027, 11, 24))
    demande = Demande.objects.get(id=recepisse.demande_id)
    assert (demande.statut, demande.date_expiration) == ("EXPIREE", date(2027, 11, 23))
    assert Entree.objects.filter(demande=demande.id, verbe="EXPIRER", revision=2).exists()
    assert PlaceOuverte.objects.filter(demande=demande.id).exists()


def test_only_the_register_ends_validity(recepisse: Recepisse) -> None:
    with pytest.raises(NonHabilite):
        expirer_demande(recepisse.demande_id, acte=Acte(f.creer_acteur(), midi(date(2027, 12, 1))))


def test_not_renewed_is_struck_off_when_the_month_of_tolerance_is_over(
    recepisse: Recepisse, horloge_du_registre: Acteur
) -> None:
    faits = FaitsRadiation(M.RADREN)
    with pytest.raises(Interdit, match="encore être renouvelée jusqu’au 23/12/2027"):
        radier(recepisse, faits, horloge_du_registre, survenu_le=midi(date(2027, 12, 23)))
    faite = radier(recepisse, faits, horloge_du_registre, survenu_le=midi(date(2027, 12, 24)))
    assert faite.reactivable_jusqu_au == date(2028, 5, 24)


def test_unknown_demande_is_not_found(horloge_du_registre: Acteur) -> None:
    with pytest.raises(Introuvable):
        expirer_demande(uuid.uuid4(), acte=Acte(horloge_du_registre, f.MAINTENANT))
