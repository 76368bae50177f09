"""Somebody signs in who was on another demande: an enquiry says so once, and nothing of it comes back to the door."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import DecisionIdentite
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.depot_en_ligne.actions.recevoir import suivre_envoi
from sne.registre.doublons.actions.signaler import signaler_ancienne_identite
from sne.registre.doublons.selectors.proches import PersonneCherchee
from sne.registre.enquete.models.enquete import DossierEnquete, ElementEnquete
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, NonHabilite
from sne.socle.identifiants import uuid7
from tests.registre import factories as f
from tests.registre.depot_en_ligne.envois import envoyer
from tests.registre.doublons.anciens import PLUS_TARD, clore, nuit, victime
from tests.registre.enquete import enquetes as e
from tests.registre.separation.separations import deposer_couple, separer
from tests.verrous import verrous

pytestmark = pytest.mark.django_db
ELODIE = PersonneCherchee(nom="Dubreuil", prenoms="Élodie", date_naissance=date(1987, 3, 14))


def connecter(
    demande_id: uuid.UUID | None = None, personne: PersonneCherchee = ELODIE, territoire: str = "099"
) -> None:
    assert (
        signaler_ancienne_identite(  # type: ignore[func-returns-value]
            personne,
            territoire=territoire,
            demande_id=demande_id,
            acte=Acte(service_du_registre(territoire), PLUS_TARD),
        )
        is None
    )
    connection.check_constraints()


def test_signing_in_says_so_once_and_gives_nothing_back() -> None:
    ancienne, recente = victime()
    for _ in range(2):
        connecter(recente)
    (enquete,) = DossierEnquete.objects.all()
    assert enquete.origine == "CONNEXION"
    assert set(enquete.demandes.values_list("demande", "principale")) == {(ancienne, True), (recente, False)}
    clore()
    connecter(recente)
    nuit(4)
    assert DossierEnquete.objects.count() == 1


@pytest.mark.parametrize("de_nuit", [False, True])
def test_demandes_are_locked_before_the_enquiry_on_them(de_nuit: bool) -> None:
    """As by who links one to it: in two orders, each would wait for the other."""
    ancienne, recente = victime()
    with verrous() as pris:
        nuit() if de_nuit else connecter(recente)
    (demandes, tenues), (enquete, _) = [verrou for verrou in pris if verrou[0] != "passage_doublons"]
    assert (demandes, enquete) == ("demande", "dossier_enquete")
    assert {ancienne, recente} <= set(tenues)


def test_birth_dates_are_locked_before_any_row() -> None:
    """By who separates, or looks for who sent a demande, as by who registers: in two orders, each would wait."""
    premiere, envoi = deposer_couple(), envoyer()
    for faire, ligne in (
        (partial(separer, premiere), '"demande"'),
        (partial(suivre_envoi, envoi.id, origine=uuid7(), survenu_le=f.MAINTENANT), '"depot_en_ligne"'),
    ):
        with CaptureQueriesContext(connection) as vus:
            faire()
        ordres = [vu["sql"] for vu in vus]
        naissances = next(rang for rang, ordre in enumerate(ordres) if "pg_advisory_xact_lock" in ordre)
        verrou = next(rang for rang, o in enumerate(ordres) if f"FROM {ligne}" in o and "FOR UPDATE" in o)
        assert naissances < verrou


def test_signing_in_without_a_demande() -> None:
    ancienne = Demande.objects.get(nud=f.remplacer()).id
    for _ in range(2):
        connecter()
    (enquete,) = DossierEnquete.objects.all()
    assert list(enquete.demandes.values_list("demande", "principale")) == [(ancienne, True)]
    assert ElementEnquete.objects.count() == 1
    recente = f.deposer().demande_id
    assert list(enquete.demandes.order_by("-principale").values_list("demande", flat=True)) == [
        ancienne,
        recente,
    ]
    connecter(recente)
    assert (DossierEnquete.objects.count(), ElementEnquete.objects.count()) == (1, 2)


def test_signing_in_after_the_night_adds_nothing() -> None:
    _, recente = victime()
    nuit()
    connecter(recente)
    assert (DossierEnquete.objects.count(), ElementEnquete.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "personne",
    [
        PersonneCherchee(nom="Dubreuil", prenoms="Élodie"),
        PersonneCherchee(nom="Zimmer", prenoms="Élodie", date_naissance=date(1987, 3, 14)),
        PersonneCherchee(nom="Leca", prenoms="Léa", date_naissance=date(1987, 3, 14)),
    ],
)
def test_signing_in_as_somebody_else_says_nothing(personne: PersonneCherchee) -> None:
    f.remplacer()
    connecter(personne=personne)
    assert not DossierEnquete.objects.exists()


def test_who_left_by_a_separation_signs_in() -> None:
    separer(deposer_couple())
    paul = PersonneCherchee(nom="Morel", prenoms="Paul", date_naissance=date(1985, 6, 2))
    nouvelle = Demande.objects.order_by("date_enregistrement").last()
    assert nouvelle is not None
    connecter(nouvelle.id, paul)
    assert not DossierEnquete.objects.exists()


@pytest.mark.parametrize(
    "acteur",
    [
        lambda: service_du_registre("02A"),
        f.creer_acteur,
        e.gt,
    ],
)
def test_the_service_alone_signals(acteur: Callable[[], Acteur]) -> None:
    f.remplacer()
    with pytest.raises(NonHabilite):
        signaler_ancienne_identite(ELODIE, territoire="099", demande_id=None, acte=Acte(acteur(), PLUS_TARD))


def test_who_validated_the_replacement_does_not_end_the_enquiry() -> None:
    """Whoever said that the change was right does not judge what it took."""
    _, recente = victime()
    connecter(recente)
    decision = DecisionIdentite.objects.get()
    with pytest.raises(Interdit, match="Vous avez validé le changement"):
        clore(acteur=replace(e.gt(), id=decision.decideur))
    clore()
