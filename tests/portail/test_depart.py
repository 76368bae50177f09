"""Filing without FranceConnect, over HTTP: an e-mail, a birth date and a code; what is found again, and by whom."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sne.demandeurs.actions import accueillir_par_courriel, trouver_l_acces
from sne.demandeurs.models import AccesDemandeur, CodeConnexion, CompteurLimite, SessionDemandeur
from sne.demandeurs.rules.codes import CourrielProuve, Depart
from sne.demandeurs.tasks import purger as purger_demandeurs
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.portail.tasks import rappeler
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.depot_en_ligne.actions.envoyer import envoyer_depot_en_ligne
from sne.registre.depot_en_ligne.tasks import purger as purger_depots
from sne.registre.modification.models import Brouillon
from sne.registre.modification.tasks import purger as purger_brouillons
from sne.registre.rattachement import tasks
from sne.simulation.fournisseur.protocole import Fournisseur
from tests.portail.conftest import NADIA, servie_par_le_portail
from tests.portail.test_connexion import deposer, se_connecter
from tests.portail.test_nouvelle import ESSENTIEL, ICI, derouler, repondre, texte
from tests.registre import factories as f
from tests.registre.avis.avis import AVANT
from tests.registre.depot_en_ligne.envois import a_envoyer, acte, brouillon

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("un_jour_sans_fin")]
DEPART = "/connexion/courriel/"
INES = "ines@exemple.fr"
EMAIL = NADIA.donnees["email"]
NEE = "04/12/1996"
"""Nadia, as her civil status says."""
IDENTITE = {
    "civilite": "2",
    "nom_naissance": "Carvalho",
    "prenoms": "Inès",
    "lieu_naissance": "Marseille",
    "nationalite": "1",
}
SANS_FC = ESSENTIEL | {
    "identite": IDENTITE,
    "contact": {"telephone_portable": "06 12 34 56 78"},
}


def commencer(porte: Client) -> Any:
    return porte.post("/nouvelle-demande/", {"commune": "Port-Aurette", "parcours": "essentiel"})


def dire(courriel: str = INES, naissance: str = "14/03/1999", **autres: str) -> dict[str, str]:
    return {"courriel": courriel, "naissance": naissance, "nature": "PERSONNEL"} | autres


def distribuer() -> None:
    """What the worker does of the codes that were asked for."""
    for entree in Entree.objects.filter(verbe="DEMANDER_CODE").order_by("inscrit_le", "id"):
        tasks.envoyer(entree_id=str(entree.id))
    connection.check_constraints()


def code_recu(courriel: str = INES) -> str:
    messages = Message.objects.filter(genre="CODE_DEPOT").order_by("inscrit_le", "id")
    lus = [lu for m in messages if (lu := get_contenu(m.id)) and lu.destinataire == courriel]
    return lus[-1].contexte["code"]


def entrer(porte: Client, courriel: str = INES, naissance: str = "14/03/1999", **autres: str) -> str:
    """The form, the code; where it leads."""
    assert (
        porte.post(DEPART, dire(courriel, naissance, **autres)).headers["Location"]
        == "/connexion/code/saisir/"
    )
    distribuer()
    reponse = porte.post("/connexion/code/saisir/", {"code": code_recu(courriel)})
    assert reponse.status_code in {302, 303}, texte(reponse)
    return str(reponse.headers["Location"])


def test_from_the_e_mail_to_the_receipt(porte: Client) -> None:
    assert DEPART in texte(porte.get("/connexion/"))
    assert entrer(porte) == "/nouvelle-demande/"
    assert commencer(porte).headers["Location"] == f"{ICI}identite/"
    page = texte(porte.get(f"{ICI}identite/"))
    assert 'value="14/03/1999"' in page
    assert derouler(porte, SANS_FC) == list(SANS_FC)
    assert repondre(porte, "relire", declare="oui", envoyer="oui").headers["Location"] == f"{ICI}envoyee/"
    depot = DepotEnLigne.objects.get()
    assert depot.niveau == "CODE"
    assert not Brouillon.objects.exists()
    porte.post("/deconnexion/")
    assert entrer(porte) == "/ma-demande/"
    assert "Votre demande envoyée le 24 novembre 2026" in texte(porte.get("/ma-demande/"))
    for table in (CodeConnexion, SessionDemandeur, AccesDemandeur):
        assert INES not in str(list(table.objects.values_list()))


class TestAdresse:
    """The e-mail that is typed: its slips, who reads it, what a page says of it."""

    def test_a_slip_is_proposed_by_a_button_and_kept_by_another(self, porte: Client) -> None:
        doute = porte.post(DEPART, dire("ines@gmial.com"))
        assert doute.status_code == 200
        page = texte(doute)
        assert "Vouliez-vous dire" in page
        assert 'name="prendre" value="ines@gmail.com"' in page
        assert not CodeConnexion.objects.exists()
        porte.post(DEPART, dire("ines@gmial.com", tel_quel="ines@gmial.com"))
        porte.post(DEPART, dire("ines@gmial.com", prendre="ines@gmail.com"))
        distribuer()
        messages = Message.objects.order_by("inscrit_le", "id")
        assert [lu.destinataire for m in messages if (lu := get_contenu(m.id))] == ["ines@gmail.com"]
        assert "Vouliez-vous dire" in texte(
            porte.post(DEPART, dire("ines@gmial.com", tel_quel="ines@gmai.com"))
        )

    @pytest.mark.parametrize(
        ("champs", "phrase"),
        [
            ({"courriel": ""}, "Tapez votre adresse électronique."),
            ({"courriel": "ines@exemple"}, "Tapez une adresse électronique entière."),
            ({"courriel": "06 12 34 56 78"}, "Tapez une adresse électronique entière."),
            ({"naissance": "31/02/1990"}, "Tapez le jour, le mois et l’année"),
            ({"naissance": "14/03/2012"}, "Il faut avoir 18 ans"),
            ({"nature": ""}, "Dites qui lit cette boîte."),
        ],
    )
    def test_what_is_wrong_is_said_and_kept(self, porte: Client, champs: dict[str, str], phrase: str) -> None:
        refus = porte.post(DEPART, dire() | champs)
        assert refus.status_code == 200
        assert phrase in texte(refus)
        assert "id_naissance" in texte(refus)
        assert not CodeConnexion.objects.exists()
        assert "Trouver un guichet" in texte(refus)

    def test_known_or_not_it_is_answered_alike(self, porte: Client) -> None:
        """A draft, a demande on file, a protected one, nobody: one answer, as many statements, one message each."""
        entrer(porte)
        commencer(porte)
        deposer()
        porte.cookies.clear()
        vues = []
        for courriel in (INES, AVANT, "personne@exemple.fr"):
            with CaptureQueriesContext(connection) as lus:
                reponse = porte.post(DEPART, dire(courriel))
            page = re.sub(r'value="[^"]{64}"', "", texte(porte.get("/connexion/code/saisir/")))
            vues.append((reponse.status_code, reponse.headers["Location"], len(lus), page))
            porte.cookies.clear()
        assert len(set(vues)) == 1
        distribuer()
        partis = Message.objects.filter(genre="CODE_DEPOT").exclude(destinataire=None)
        assert sorted(lu.destinataire for m in partis if (lu := get_contenu(m.id))) == sorted(
            [INES, INES, AVANT, "personne@exemple.fr"]
        )

    def test_too_many_codes_are_refused_and_the_code_is_sent_again_by_a_button(self, porte: Client) -> None:
        porte.post(DEPART, dire())
        assert "Un code vient de partir" in texte(porte.get("/connexion/code/saisir/"))
        for _ in range(2):
            assert porte.post("/connexion/code/encore/").headers["Location"] == "/connexion/code/saisir/"
        assert porte.post(DEPART, dire()).status_code == 429

    def test_the_code_is_of_no_use_in_another_browser(self, porte: Client) -> None:
        porte.post(DEPART, dire())
        distribuer()
        autre = Client()
        autre.post(DEPART, dire("autre@exemple.fr"))
        assert "Ce code ne convient pas" in texte(
            autre.post("/connexion/code/saisir/", {"code": code_recu()})
        )


class TestReprendre:
    """What was begun is found again by who reads the mailbox and knows the birth date; by nobody else."""

    def commencee(self, porte: Client, **autres: str) -> None:
        entrer(porte, **autres)
        commencer(porte)
        repondre(porte, "identite", **IDENTITE)

    def test_from_another_device(self, porte: Client) -> None:
        self.commencee(porte)
        autre = Client()
        assert entrer(autre) == ICI
        page = texte(autre.get(ICI))
        assert "Vous en étiez à" in page
        assert "gardées jusqu’au 22 février 2027" in page
        assert "Carvalho" in texte(autre.get(f"{ICI}identite/"))
        assert (
            entrer(Client(), naissance="15/03/1999") == "/nouvelle-demande/"
        )  # a mailbox alone opens nothing
        assert "numero" not in texte(autre.get("/ma-demande/"))

    def test_another_birth_date_typed_in_the_draft_is_the_one_that_is_asked(self, porte: Client) -> None:
        self.commencee(porte)
        repondre(porte, "identite", **IDENTITE, date_naissance="15/03/1998")
        assert entrer(Client(), naissance="14/03/1999") == "/nouvelle-demande/"
        assert entrer(Client(), naissance="15/03/1998") == ICI

    def test_violence_asks_for_two_words_that_are_said_once(self, porte: Client) -> None:
        self.commencee(porte)
        page = texte(repondre(porte, "motifs", motif_1="06"))
        assert "Notez ces deux mots" in page
        (mots,) = re.findall(r'<bdi lang="fr" dir="ltr">(\w+ \w+)</bdi>', page)
        assert repondre(porte, "motifs", motif_1="06").status_code == 302
        assert entrer(Client()) == "/nouvelle-demande/"  # as for who has begun nothing
        assert entrer(Client(), mots="mauvais mots") == "/nouvelle-demande/"
        voisin = Client()
        assert entrer(voisin, courriel="voisin@exemple.fr") == "/nouvelle-demande/"
        CompteurLimite.objects.all().delete()
        autre = Client()
        assert entrer(autre, mots=mots.upper()) == ICI
        neufs = texte(autre.post(f"{ICI}mots/"))
        assert "Notez ces deux mots" in neufs
        assert mots not in neufs
        assert voisin.post(f"{ICI}mots/").status_code == 404

    def test_words_are_tried_five_times_a_day(self, porte: Client) -> None:
        self.commencee(porte)
        page = texte(repondre(porte, "motifs", motif_1="06"))
        (mots,) = re.findall(r'<bdi lang="fr" dir="ltr">(\w+ \w+)</bdi>', page)
        depart = Depart(naissance=date(1999, 3, 14), mots="mauvais mots")
        for _ in range(5):
            trouver_l_acces(CourrielProuve(contact=INES, depart=depart), survenu_le=f.MAINTENANT)
        bons = CourrielProuve(contact=INES, depart=depart.model_copy(update={"mots": mots}))
        assert trouver_l_acces(bons, survenu_le=f.MAINTENANT) is None
        assert trouver_l_acces(bons, survenu_le=f.MAINTENANT + timedelta(days=1)) is not None


class TestFranceConnect:
    """An equal e-mail gives nothing; the same browser, or the code, does."""

    def test_in_the_same_browser_what_was_begun_is_taken_up(self, porte: Client, fc: Fournisseur) -> None:
        entrer(porte, naissance=NEE)
        commencer(porte)
        assert se_connecter(porte, fc, NADIA).headers["Location"] == "/ma-demande/"
        assert ICI in texte(porte.get("/ma-demande/"))
        assert AccesDemandeur.objects.values("compte").distinct().count() == 1

    def test_in_a_browser_that_others_use_somebody_else_s_is_not(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        """Whoever forgot to leave keeps what they began, and their mailbox leads to nothing of the next person."""
        entrer(porte)
        commencer(porte)
        se_connecter(porte, fc, NADIA)
        assert "Vous avez commencé" not in texte(porte.get("/ma-demande/"))
        assert commencer(porte).headers["Location"] == f"{ICI}identite/"
        assert AccesDemandeur.objects.values("compte").distinct().count() == 2
        suivante = Client()
        assert entrer(suivante) == ICI
        assert "Nadia" not in texte(suivante.get(f"{ICI}identite/"))

    def test_an_equal_e_mail_gives_nothing_before_its_code(self, porte: Client, fc: Fournisseur) -> None:
        """Somebody prepares an account under the victim's e-mail and waits for her FranceConnect."""
        courriel = EMAIL
        entrer(porte, courriel, "04/12/1996")
        commencer(porte)
        victime = Client()
        se_connecter(victime, fc, NADIA)
        assert "Vous avez commencé" not in texte(victime.get("/ma-demande/"))
        assert "J’ai commencé avec mon adresse" in texte(victime.get("/nouvelle-demande/"))
        assert entrer(victime, courriel, "04/12/1996") == "/nouvelle-demande/"
        assert ICI in texte(victime.get("/nouvelle-demande/"))
        assert porte.get(ICI).headers["Location"] == "/connexion/?fin=oui"  # the other session is over

    def test_what_was_sent_stays_with_the_account_that_sent_it(self, porte: Client, fc: Fournisseur) -> None:
        prouve = CourrielProuve(contact=INES, depart=Depart(naissance=date(1999, 3, 14)))
        venue = accueillir_par_courriel(prouve, survenu_le=f.MAINTENANT)
        cle = brouillon(compte=venue.compte)
        envoyer_depot_en_ligne(cle, a_envoyer(), acte=acte(cle, compte=venue.compte))
        se_connecter(porte, fc, NADIA)
        assert entrer(porte) == "/nouvelle-demande/"
        assert "La demande que vous avez envoyée" not in texte(porte.get("/nouvelle-demande/"))
        assert entrer(Client()) == "/ma-demande/"

    def test_its_address_is_prefilled_and_proved_as_any_other(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        repondre(porte, "identite", nationalite="1")
        verifier = f"{ICI}courriel/"
        assert repondre(porte, "contact").headers["Location"] == verifier
        assert f'value="{EMAIL}"' in texte(porte.get(verifier))
        envoi = texte(repondre(porte, "relire", declare="oui", envoyer="oui"))
        assert "Répondez à cette page" in envoi
        porte.post(verifier, {"courriel": "nadia@exemple.fr", "nature": "PARTAGE"})
        distribuer()
        suite = porte.post("/connexion/code/saisir/", {"code": code_recu("nadia@exemple.fr")})
        assert suite.headers["Location"] == f"{ICI}adresse/"
        assert "nadia@exemple.fr" in texte(porte.get(f"{ICI}contact/"))
        assert porte.get(verifier).headers["Location"] == f"{ICI}adresse/"
        reste = {code: dits for code, dits in ESSENTIEL.items() if code not in {"identite", "contact"}}
        repondre(porte, "famille", **ESSENTIEL["famille"])
        derouler(porte, reste, "adresse")
        repondre(porte, "contact", courriel="autre@exemple.fr")
        assert "Vérifiez votre adresse" in texte(repondre(porte, "relire", declare="oui", envoyer="oui"))
        repondre(porte, "contact", courriel="nadia@exemple.fr")
        assert repondre(porte, "relire", declare="oui", envoyer="oui").headers["Location"] == f"{ICI}envoyee/"


class TestRappels:
    """Told twice at most of what was left, and nothing of it stays once it goes."""

    def rappels(self, jours: int) -> int:
        with time_machine.travel(f.MAINTENANT + timedelta(days=jours), tick=False):
            rappeler(0)
            rappeler(0)
        return Message.objects.filter(genre="BROUILLON_RAPPEL").exclude(destinataire=None).count()

    def test_seven_days_after_and_seven_days_before_it_goes(self, porte: Client) -> None:
        entrer(porte)
        commencer(porte)
        assert [self.rappels(jours) for jours in (6, 7, 40, 82, 83, 89)] == [0, 1, 1, 1, 2, 2]
        (lu, _) = [get_contenu(m.id) for m in Message.objects.filter(genre="BROUILLON_RAPPEL")]
        assert lu is not None
        assert (lu.destinataire, lu.contexte) == (INES, {"fin": "22 février 2027"})

    @pytest.mark.parametrize("cause", ["dit", "protegee", "non_prouvee"])
    def test_not_to_who_said_no_nor_of_what_is_secret(self, porte: Client, cause: str) -> None:
        entrer(porte)
        commencer(porte)
        match cause:
            case "dit":
                assert "Ne plus me le rappeler" in texte(porte.get(ICI))
                assert porte.post(f"{ICI}sans-rappel/").headers["Location"] == ICI
                assert "Ne plus me le rappeler" not in texte(porte.get(ICI))
            case "protegee":
                repondre(porte, "motifs", motif_1="06")
            case _:
                repondre(porte, "contact", courriel="autre@exemple.fr")
        assert self.rappels(8) == 0

    def test_once_it_is_gone_nothing_of_it_is_left(self, porte: Client) -> None:
        entrer(porte)
        commencer(porte)
        assert self.rappels(8) == 1
        with time_machine.travel(f.MAINTENANT + timedelta(days=8), tick=False):
            purger_depots(0)
        assert AccesDemandeur.objects.count() == 1
        assert self.rappels(8) == 1
        with time_machine.travel(f.MAINTENANT + timedelta(days=91), tick=False):
            purger_brouillons(0)
            purger_depots(0)
            purger_demandeurs(0)
        assert not Brouillon.objects.exists()
        assert not AccesDemandeur.objects.exists()
        assert not CodeConnexion.objects.exists()
        assert set(Message.objects.values_list("destinataire", "contexte")) == {(None, None)}

    def test_who_has_just_come_in_has_a_day_to_begin(self, porte: Client) -> None:
        entrer(porte)
        purger_depots(0)
        assert AccesDemandeur.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_is_gone_with_the_rights_of_the_portal_alone(porte: Client, fc: Fournisseur) -> None:
    porte.post(DEPART, dire(naissance=NEE))
    distribuer()
    code = code_recu()
    with servie_par_le_portail():
        reponse = porte.post("/connexion/code/saisir/", {"code": code})
        assert reponse.headers["Location"] == "/nouvelle-demande/"
        commencer(porte)
        repondre(porte, "identite", **IDENTITE, date_naissance=NEE)
        assert "Notez ces deux mots" in texte(repondre(porte, "motifs", motif_1="06"))
        se_connecter(porte, fc, NADIA)
        assert ICI in texte(porte.get("/ma-demande/"))
    assert DepotEnLigne.objects.count() == 0
