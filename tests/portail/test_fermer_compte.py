"""Closing one's account: every session and way in go, links end and are told, the demande stays as it is."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from sne.cellules.routage import ANNUAIRE
from sne.demandeurs.models import AccesDemandeur, CompteDemandeur, SessionDemandeur
from sne.habilitations.rules.acteurs import service
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.modification.models import Brouillon
from sne.registre.rattachement.actions import fermer as actions
from sne.registre.rattachement.actions.fermer import fermer_les_laisses
from sne.registre.rattachement.tasks import fermer
from sne.simulation.fournisseur.protocole import Fournisseur
from tests.portail.conftest import ELODIE, NADIA, servie_par_le_portail
from tests.portail.test_code import entrer
from tests.portail.test_connexion import se_connecter
from tests.portail.test_gardees import garder
from tests.portail.test_nouvelle import commencer
from tests.portail.test_renouveler import RFR, deposer
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
ADRESSE = "/mon-compte/fermer/"


def test_everything_of_the_account_goes_and_the_demande_stays(porte: Client, fc: Fournisseur) -> None:
    demande = deposer()
    ailleurs = Client()
    for client in (porte, ailleurs):
        se_connecter(client, fc, ELODIE)
    garder(porte, f"/ma-demande/{demande.nud}/declaration/ressources/", **{RFR: "15 1"})
    assert "Votre demande continue" in porte.get(ADRESSE).content.decode()
    assert porte.post(ADRESSE).status_code == 303
    for rangee in (CompteDemandeur, AccesDemandeur, SessionDemandeur, Brouillon):
        assert not rangee.objects.exists(), rangee  # the journal keeps identifiers only
    assert ailleurs.get("/ma-demande/").status_code == 302
    lien = Rattachement.objects.get()
    assert (lien.motif, lien.fini_le) == ("PERSONNE", f.MAINTENANT)
    assert Entree.objects.filter(demande=demande.id, verbe="DETACHER").count() == 1
    assert Entree.objects.filter(verbe="FERMER_COMPTE").count() == 1
    assert Demande.objects.get().revision == demande.revision
    se_connecter(porte, fc, ELODIE)  # comes back
    assert demande.nud[-5:] in porte.get("/ma-demande/").content.decode()
    assert Rattachement.objects.filter(fini_le=None).count() == 1


def test_what_other_cells_hold_ends_first_and_the_account_once(
    porte: Client,
    fc: Fournisseur,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deposer()
    se_connecter(porte, fc, ELODIE)
    ordre: list[str] = []
    monkeypatch.setattr(actions, "cellules", lambda: (ANNUAIRE, "nord"))
    monkeypatch.setattr(actions, "dans", lambda cellule: nullcontext(ordre.append(cellule)))  # type: ignore[func-returns-value]
    assert porte.post(ADRESSE).status_code == 303
    assert ordre == ["nord", ANNUAIRE]
    assert Entree.objects.filter(verbe="FERMER_COMPTE").count() == 1
    assert Rattachement.objects.get().motif == "PERSONNE"


def test_neither_by_a_code_nor_long_after_signing_in(porte: Client, fc: Fournisseur) -> None:
    demande = deposer()
    par_code = Client()
    entrer(par_code, demande)
    assert "FranceConnect" in par_code.get(ADRESSE).content.decode()
    assert par_code.post(ADRESSE).status_code == 403
    se_connecter(porte, fc, ELODIE)
    with time_machine.travel(f.MAINTENANT + timedelta(minutes=16), tick=False):
        assert "trop ancienne" in porte.get(ADRESSE).content.decode()
        assert porte.post(ADRESSE).status_code == 403
    assert AccesDemandeur.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_rights_of_the_portal_are_enough(porte: Client, fc: Fournisseur) -> None:
    deposer()
    with servie_par_le_portail():
        se_connecter(porte, fc, ELODIE)
        assert porte.post(ADRESSE).status_code == 303
    assert not CompteDemandeur.objects.exists()


def test_an_account_of_nothing_is_closed_once_it_is_left_for_ninety_days(
    porte: Client,
    fc: Fournisseur,
) -> None:
    """Not the one that follows a demande, nor that types one, sent one that waits, or helps somebody."""
    deposer()
    se_connecter(porte, fc, ELODIE)  # follows hers
    neuve = Client()
    se_connecter(neuve, fc, NADIA)
    commencer(neuve)  # types one
    par, apres = service("Service des comptes en ligne"), f.MAINTENANT + timedelta(days=90)
    assert fermer_les_laisses(par, survenu_le=apres) == 0
    Brouillon.objects.all().delete()
    assert fermer_les_laisses(par, survenu_le=apres - timedelta(seconds=1)) == 0
    with time_machine.travel(apres, tick=False):
        assert fermer(timestamp=0) == 1
    assert CompteDemandeur.objects.count() == 1
    assert AccesDemandeur.objects.values("compte").distinct().count() == 1
    dite = Entree.objects.get(verbe="FERMER_COMPTE")
    assert (dite.acteur["nom"], list(dite.faits)) == ("Service des comptes en ligne", ["compte"])
    assert fermer_les_laisses(par, survenu_le=apres) == 0
    assert neuve.get("/ma-demande/").status_code == 302
