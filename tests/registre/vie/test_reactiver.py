"""Coming back: by whom, until when, renewed at once, with the number and the seniority of before."""

from datetime import date
from unittest import mock

import pytest
from django.db import connection

from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande, PlaceOuverte
from sne.registre.demande.models.personne import TitreAnciennete
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.refus import DejaOuverte
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.demande.selectors.etat import etat
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.actions.renouveler import Renouvellement, ouvrir_renouvellement, renouveler_demande
from sne.registre.vie.models.radiation import Reactivation
from sne.registre.vie.possible import exiger_dans_les_temps
from sne.registre.vie.rules.radiation import FaitsRadiation, ReactivationFermee
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import NonHabilite, refus_de
from tests.registre import factories as f
from tests.registre.factories import midi

pytestmark = pytest.mark.django_db
DEPOT = date(2023, 10, 1)
RADIATION, LIMITE = date(2024, 11, 1), date(2025, 4, 1)
NAISSANCE = date(1987, 3, 14)


@pytest.fixture
def nir() -> str:
    return f.nir_de(NAISSANCE)


@pytest.fixture
def nud(nir: str) -> str:
    """Deposited on 1 October 2023, never renewed, struck off by the register thirteen months later."""
    recepisse = f.deposer(le=midi(DEPOT), date_reception=DEPOT, nirs={"demandeur": nir})
    radier_demande(
        recepisse.demande_id,
        FaitsRadiation(MotifRadiation.RADREN),
        acte=Acte(horloge_du_registre("099"), midi(RADIATION)),
    )
    return recepisse.nud


def lire(nud: str, acteur: Acteur) -> Fiche:
    return consulter_demande(nud, acte=Acte(acteur, f.MAINTENANT))


def revenir(nud: str, le: date = LIMITE, acteur: Acteur | None = None) -> Renouvellement:
    agent = acteur or f.creer_acteur(guichet="G0991")
    fiche = lire(nud, agent)
    resultat = renouveler_demande(
        fiche.demande.id,
        saisie=Saisie(fiche.contenu, fiche.demande.revision, {}),
        acte=Acte(agent, midi(le)),
        sans_changement=True,
    )
    connection.check_constraints()
    return resultat


def test_last_day_gives_back_number_seniority_and_one_more_year(nud: str) -> None:
    titre = TitreAnciennete.objects.values().get()
    fait = revenir(nud)
    assert (fait.nud, fait.date_renouvellement, fait.date_expiration) == (nud, LIMITE, date(2026, 3, 31))
    demande = Demande.objects.get(nud=nud)
    assert (demande.statut, demande.date_depot, demande.revision) == ("ACTIVE", DEPOT, 3)
    assert TitreAnciennete.objects.values().get() == titre
    assert PlaceOuverte.objects.filter(demande=demande).count() == 1


def test_return_is_a_row_and_an_entry(nud: str) -> None:
    revenir(nud)
    retour = Reactivation.objects.get()
    assert retour.radiation == Radiation.objects.get()
    entree = Entree.objects.get(verbe="REACTIVER")
    assert (entree.revision, entree.faits["reactivation"]) == (3, str(retour.id))
    assert lire(nud, f.creer_acteur()).radiation is None


def test_the_day_after_is_too_late(nud: str) -> None:
    with pytest.raises(ReactivationFermee, match="jusqu’au 01/04/2025"):
        revenir(nud, date(2025, 4, 2))
    assert Demande.objects.get(nud=nud).statut == "RADIEE"


def test_household_registered_anew_meanwhile_keeps_one_open_demande(nud: str, nir: str) -> None:
    f.deposer(nirs={"demandeur": nir}, doublons_ecartes="Ancienne demande radiée.")
    with pytest.raises(DejaOuverte):
        revenir(nud)
    assert not Reactivation.objects.exists()


def test_another_reason_is_the_territorial_manager_s(nir: str) -> None:
    recepisse = f.deposer(nirs={"demandeur": nir})
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Classeur B")
    radier_demande(recepisse.demande_id, faits, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    with pytest.raises(NonHabilite, match="gestionnaire territorial"):
        revenir(recepisse.nud, f.AUJOURD_HUI)
    gestionnaire = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    assert revenir(recepisse.nud, f.AUJOURD_HUI, gestionnaire).revision == 3


def test_refusal_told_before_is_the_one_of_the_act(nud: str) -> None:
    agent, support = f.creer_acteur(), f.creer_acteur(Role.SUPPORT_N1)
    fiche = lire(nud, agent)

    def refus(acteur: Acteur, le: date) -> str:
        temps = exiger_dans_les_temps
        return refus_de(temps, fiche.source, acteur, le=le, radiation=fiche.radiation, gel=fiche.gel)

    assert refus(agent, LIMITE) == ""
    assert "pouvait être réactivée" in refus(agent, date(2025, 4, 2))
    assert "gestionnaire territorial" in refus(support, LIMITE)


def test_draft_opens_on_a_demande_struck_off(nud: str) -> None:
    agent = f.creer_acteur()
    fiche = lire(nud, agent)
    assert ouvrir_renouvellement(fiche.demande.id, acte=Acte(agent, midi(LIMITE)))
    with pytest.raises(ReactivationFermee):
        ouvrir_renouvellement(fiche.demande.id, acte=Acte(agent, midi(date(2025, 4, 2))))


def test_journal_failure_leaves_nothing(nud: str) -> None:
    agent = f.creer_acteur()
    lu = etat(nud, f.MAINTENANT, acteur=agent)
    with mock.patch.object(journal, "inscrire_en_lot", side_effect=RuntimeError), pytest.raises(RuntimeError):
        renouveler_demande(
            lu.demande_id,
            saisie=Saisie(lu.contenu, lu.revision, {}),
            acte=Acte(agent, midi(LIMITE)),
            sans_changement=True,
        )
    assert Demande.objects.get(nud=nud).statut == "RADIEE"
    assert not PlaceOuverte.objects.exists()
