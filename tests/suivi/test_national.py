"""The nation in counts: what the night adds up of each territory, what who runs the service reads of it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from unittest import mock

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from sne.habilitations.rules import Role
from sne.registre.attente.selectors import FileDAttente, compter_par_territoire
from sne.registre.depot.attentes import AttenteDepot
from sne.registre.faits.attentes import AttenteFait
from sne.registre.identite.attentes import AttenteIdentite
from sne.registre.joindre.attentes import AttenteJoindre
from sne.socle.acte import Acte
from sne.socle.erreurs import NonHabilite
from sne.suivi.actions import national
from sne.suivi.actions.activite import service_du_suivi
from sne.suivi.actions.national import calculer_veille
from sne.suivi.models import VeilleTerritoire
from sne.suivi.rules.national import Attendu, File, Veille, mettre_en_file
from sne.suivi.selectors.dossiers import DossiersARegarder
from sne.suivi.selectors.national import get_veille_nationale
from tests.habilitations import factories as comptes
from tests.registre import factories as f
from tests.suivi.factories import remarquable
from tests.suivi.test_alertes import ouvrir, repondre
from tests.suivi.test_policies import organisme

LE = date(2026, 11, 24)
ACTE = Acte(service_du_suivi(), f.MAINTENANT)


def test_a_queue_counts_what_is_late_and_keeps_the_oldest() -> None:
    attendus = [
        Attendu(LE - timedelta(days=9), LE - timedelta(days=1)),
        Attendu(LE - timedelta(days=2), LE),
        Attendu(LE),
    ]
    assert mettre_en_file(attendus, le=LE) == File(3, 1, 9)
    assert mettre_en_file([], le=LE) == File()


def test_territories_are_added_up_and_the_oldest_of_all_stays() -> None:
    une = Veille(identites=File(2, 1, 9), dossiers=3, du_jour=1)
    autre = Veille(identites=File(5, 0, 40), alertes=File(1, 1, 3), signales=2, enquetes=4)
    assert une + autre == Veille(
        identites=File(7, 1, 40), alertes=File(1, 1, 3), dossiers=3, du_jour=1, signales=2, enquetes=4
    )
    assert Veille().calme
    assert not une.calme


def attente(nature: object, nombre: int, jours: int, en_retard: int = 0, ou: str = "099") -> FileDAttente:
    return FileDAttente(ou, nature, nombre, f.MAINTENANT - timedelta(days=jours), en_retard)  # type: ignore[arg-type]


@pytest.fixture
def une_nuit() -> Iterator[None]:
    """What waits, and files that a score ranks, in one territory."""
    attentes = (
        attente(AttenteIdentite.IDENTITE, 4, 12, 1),
        attente(AttenteDepot.ANTERIORITE, 2, 3),
        attente(AttenteJoindre.LETTRE_REFUSEE, 7, 30, 5),
        attente(AttenteFait.REPONSE_MENAGE, 90, 80),
        attente(AttenteIdentite.IDENTITE, 1, 20, ou="974"),
    )

    def dossiers(acteur: object, **_: object) -> DossiersARegarder:
        ici = getattr(acteur, "territoire", "") == "099"
        return DossiersARegarder((), 6 if ici else 0, 2 if ici else 0)

    with (
        mock.patch.object(national, "compter_par_territoire", return_value=attentes),
        mock.patch.object(national, "list_dossiers", side_effect=dossiers),
    ):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("une_nuit")
def test_the_night_counts_every_territory_again_and_who_runs_the_service_reads_it() -> None:
    assert calculer_veille(acte=ACTE) == calculer_veille(acte=ACTE) == VeilleTerritoire.objects.count()
    lue = get_veille_nationale(comptes.acteur(comptes.creer_exploitation()))
    par_code = {code: veille for code, _, veille in lue.territoires}
    assert par_code["099"].identites == File(4, 1, 12)
    assert par_code["099"].decisions == File(2, 0, 3)
    assert par_code["099"].guichets == File(7, 5, 30)
    assert (par_code["099"].dossiers, par_code["099"].du_jour) == (6, 2)
    assert lue.ensemble.identites == File(5, 1, 20)
    assert lue.calmes == VeilleTerritoire.objects.count() - 2
    assert lue.calculee_le == f.MAINTENANT
    assert get_veille_nationale(comptes.acteur(comptes.creer_gestionnaire())).territoires == ()
    with pytest.raises(NonHabilite):
        calculer_veille(acte=Acte(f.creer_acteur(), f.MAINTENANT))


@pytest.mark.django_db
def test_what_waits_is_counted_where_it_waits() -> None:
    f.deposer(date_reception=f.AUJOURD_HUI - timedelta(days=400), anteriorite_motif="Dossier perdu")
    comptees = {(c.territoire, c.nature): c for c in compter_par_territoire(le=f.AUJOURD_HUI)}
    une = comptees[("099", AttenteDepot.ANTERIORITE)]
    assert (une.nombre, une.en_retard) == (1, 0)


@pytest.mark.django_db
@pytest.mark.usefixtures("une_nuit")
def test_the_page_names_no_file_and_opens_to_who_runs_the_service_alone() -> None:
    with time_machine.travel(datetime.fromisoformat("2026-11-24T09:30:00+01:00"), tick=False):
        client = comptes.connecter(Client(), comptes.creer_exploitation())
        adresse = reverse("suivi-national")
        assert "Revenez demain" in client.get(adresse).content.decode()
        calculer_veille(acte=ACTE)
        page = client.get(adresse).content.decode()
        gt = comptes.connecter(Client(), comptes.creer_gestionnaire())
        assert gt.get(adresse).status_code == 403
    assert "4, dont 1 en retard, le plus ancien de 12" in page
    assert "Suivi national" in page
    assert reverse("suivi") + '"' not in page


@pytest.mark.django_db
def test_a_question_to_a_counter_is_late_until_it_is_answered() -> None:
    remarquable()
    gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    alerte_id = ouvrir(gt)

    def alertes(jours: int) -> File:
        calculer_veille(acte=Acte(service_du_suivi(), f.MAINTENANT + timedelta(days=jours)))
        ensemble = get_veille_nationale(comptes.acteur(comptes.creer_exploitation())).ensemble
        return ensemble.alertes

    assert alertes(0) == File(1, 0, 0)
    assert alertes(60) == File(1, 1, 60)
    repondre(alerte_id, f.creer_acteur(Role.RESPONSABLE_GUICHET, organisme=organisme("G0993")))
    assert alertes(60) == File(1, 0, 60)
