"""Signing in through FranceConnect, over HTTP: who comes in, to what, and what a refusal says and does."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
import time_machine
from django.db import DataError, connection
from django.http import HttpResponse
from django.test import Client

from sne.cellules import barriere
from sne.cellules.routage import TerritoireFerme
from sne.demandeurs.models import AccesDemandeur, CompteDemandeur, SessionDemandeur
from sne.demandeurs.selectors import cle_de
from sne.demandeurs.tasks import purger
from sne.journal.models import Entree
from sne.portail.views import connexion
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.demande.rules.rattachement import FinRattachement
from sne.registre.rattachement.actions import connexions as actions
from sne.registre.rattachement.actions.rattacher import detacher
from sne.registre.rattachement.policies import demandeur
from sne.simulation.fournisseur.personnes import Personne
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.acte import Acte
from tests.portail.conftest import ELODIE, HUGO, NADIA, PORTAIL, YVONNE, servie_par_le_portail
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.enquete.enquetes import figer


def partir(porte: Client, prefixe: str = "") -> dict[str, str]:
    """The parameters that the browser takes to the provider."""
    reponse = porte.post(f"{prefixe}/connexion/franceconnect/")
    assert reponse.status_code == 303
    return {nom: v[0] for nom, v in parse_qs(urlsplit(reponse.headers["Location"]).query).items()}


def revenir(porte: Client, adresse: str) -> HttpResponse:
    """The callback, as the browser follows it."""
    return porte.get(adresse.removeprefix(PORTAIL))


def se_connecter(porte: Client, fc: Fournisseur, qui: Personne, **options: Any) -> HttpResponse:
    prefixe = options.pop("prefixe", "")
    return revenir(porte, fc.accorder(partir(porte, prefixe), qui.code, **options))


def deposer() -> Demande:
    nee = a.contenu(demandeur={"identite": {"lieu_naissance": {"commune": "76540"}}})
    return Demande.objects.get(id=a.deposer(nee, le=f.ANCIEN).demande_id)


def lire(porte: Client, adresse: str = "/ma-demande/") -> str:
    reponse = porte.get(adresse)
    assert reponse.status_code == 200
    assert reponse.headers["Cache-Control"] == "no-store, private"
    return str(reponse.content.decode())


@pytest.mark.django_db
class TestConnexion:
    """One browser, the runtime role."""

    def test_what_is_received_is_said_before_and_nothing_starts_by_opening(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        lue = porte.get("/connexion/").content.decode()
        assert "vos date et lieu de naissance" in lue
        assert "S’identifier avec" in lue
        assert "Qu’est-ce que FranceConnect" in lue
        assert porte.get("/connexion/franceconnect/").status_code == 405
        assert porte.get("/ma-demande/").headers["Location"] == "/connexion/"

    def test_somebody_finds_their_demande(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        reponse = se_connecter(porte, fc, ELODIE)
        assert (reponse.status_code, reponse.headers["Location"]) == (303, "/ma-demande/")
        for lue in (lire(porte), lire(porte)):
            assert "Votre demande est enregistrée et active" in lue
            assert f"{demande.nud[:3]}" in lue
            assert lue.count("<script") == lue.count(
                '<script type="module" src="/static/socle/sne.js"></script>'
            )
        assert 'dir="rtl"' in lire(porte, "/ar/ma-demande/")
        dits = list(Entree.objects.filter(demande=demande.id).values_list("verbe", flat=True))
        assert dits.count("RATTACHER") == 1
        assert dits.count("CONSULTER") == 1

    def test_who_saw_the_file_is_read_whole_and_reading_it_is_a_line(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        demande = deposer()
        autre = Demande.objects.get(
            id=a.deposer(
                a.contenu(nom="Castaing"), le=f.ANCIEN, doublons_ecartes="Une autre personne"
            ).demande_id
        )
        se_connecter(porte, fc, ELODIE)
        adresse = f"/ma-demande/{demande.nud}/historique/"
        assert adresse in lire(porte)
        assert "a enregistré votre demande" in lire(porte, adresse)
        assert "a enregistré votre demande" in lire(porte, adresse)
        assert "a enregistré" not in lire(porte, f"{adresse}?genre=lectures")
        assert "سُجّل طلبك" in lire(porte, f"/ar{adresse}")
        assert porte.get(f"/ma-demande/{autre.nud}/historique/").status_code == 404
        dits = list(Entree.objects.filter(demande=demande.id).values_list("verbe", flat=True))
        assert dits.count("CONSULTER_HISTORIQUE") == 1

    def test_a_helper_reads_where_it_stands_and_nothing_of_its_past(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        demande = deposer()
        se_connecter(porte, fc, YVONNE)
        assert "est enregistrée et active" in lire(porte)
        assert "historique" not in lire(porte)
        assert porte.get(f"/ma-demande/{demande.nud}/historique/").status_code == 403

    def test_no_civil_status_is_kept_outside_the_session(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, NADIA)
        with connection.cursor() as curseur:
            for table in ("compte_demandeur", "acces_demandeur", "session_demandeur"):
                curseur.execute(f"SELECT t::text FROM {table} t")
                assert "OUVRARD" not in str(curseur.fetchall())
        assert SessionDemandeur.objects.filter(cle=cle_de(porte.cookies["menage"].value)).exists()
        with time_machine.travel(f.MAINTENANT + timedelta(days=1), tick=False):
            assert purger(0) > 0
        assert not SessionDemandeur.objects.exists()

    def test_a_new_person_is_asked_for_a_number_and_learns_nothing(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        demande = deposer()
        se_connecter(porte, fc, NADIA)
        inconnu = lire(porte)
        assert "Avez-vous un numéro de demande" in inconnu
        for numero in (demande.nud, "099000000000000000", "abc"):
            reponse = porte.post("/ma-demande/", {"numero": numero})
            assert "Nous ne pouvons pas ouvrir cette demande ici" in reponse.content.decode()
            assert numero in reponse.content.decode()  # nothing typed is lost
        assert not Rattachement.objects.exists()

    def test_numbers_are_not_tried_without_end(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, NADIA)
        dites = [porte.post("/ma-demande/", {"numero": f"099{n}"}).status_code for n in [0, 0, *range(11)]]
        assert dites == [200] * 12 + [429]
        assert "Avez-vous un numéro" in lire(porte)

    def test_the_number_opens_what_nobody_knew(self, porte: Client, fc: Fournisseur) -> None:
        demande = Demande.objects.get(id=a.deposer(le=f.ANCIEN).demande_id)  # no place of birth on file
        se_connecter(porte, fc, ELODIE)
        assert "Avez-vous un numéro" in lire(porte)
        assert porte.post("/ma-demande/", {"numero": demande.nud}).status_code == 302
        assert "Votre demande est enregistrée et active" in lire(porte)

    def test_a_frozen_file_is_not_linked_and_says_so(self, porte: Client, fc: Fournisseur) -> None:
        figer(deposer().id)
        assert se_connecter(porte, fc, ELODIE).headers["Location"] == "/ma-demande/?verification=oui"
        assert "Ne déposez pas une nouvelle demande" in lire(porte, "/ma-demande/?verification=oui")

    def test_a_link_that_ends_closes_at_the_next_page(self, porte: Client, fc: Fournisseur) -> None:
        deposer()
        se_connecter(porte, fc, ELODIE)
        assert "est enregistrée et active" in lire(porte)
        (lien,) = Rattachement.objects.all()
        acteur = demandeur(lien.compte, territoire=lien.territoire, demande=lien.demande_id)
        detacher(lien.id, de=lien.demande_id, motif=FinRattachement.PERSONNE, acte=Acte(acteur, f.MAINTENANT))
        assert "Avez-vous un numéro" in lire(porte)

    def test_an_identity_put_right_by_the_state_is_the_same_account(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        deposer()
        se_connecter(porte, fc, ELODIE)
        ancienne = porte.cookies["menage"].value
        autre = Client()
        se_connecter(autre, fc, ELODIE, rectifie=True)
        assert CompteDemandeur.objects.count() == AccesDemandeur.objects.count() == 1
        assert "est enregistrée et active" in lire(autre)
        assert not SessionDemandeur.objects.filter(cle=cle_de(ancienne)).exists()
        assert porte.get("/ma-demande/").headers["Location"] == "/connexion/?fin=oui"

    def test_a_minor_reads_what_holds_for_them(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, HUGO)
        assert "Il faut avoir 18 ans" in lire(porte)

    def test_signing_out_ends_both(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, NADIA)
        secret = porte.cookies["menage"].value
        assert porte.get("/deconnexion/").status_code == 405
        sortie = porte.post("/deconnexion/")
        assert sortie.headers["Location"].startswith(f"{fc.emetteur}/session/end?id_token_hint=")
        assert not SessionDemandeur.objects.exists()
        fin = fc.fin({n: v[0] for n, v in parse_qs(urlsplit(sortie.headers["Location"]).query).items()})
        assert "La déconnexion est faite" in revenir(porte, fin).content.decode()
        porte.cookies["menage"] = secret  # somebody kept it
        assert porte.get("/ma-demande/").headers["Location"] == "/connexion/?fin=oui"

    @pytest.mark.parametrize(("avance", "pas"), [(30, 1), (241, 9)])
    def test_a_session_is_short(self, porte: Client, fc: Fournisseur, avance: int, pas: int) -> None:
        """Idle for half an hour, or four hours old whatever is done: at the next request nobody is signed in."""
        se_connecter(porte, fc, NADIA)
        minutes = [avance] if pas == 1 else [*range(20, avance - 1, 20), avance]
        for rang, minute in enumerate(minutes):
            with time_machine.travel(f.MAINTENANT + timedelta(minutes=minute), tick=False):
                dernier = rang == len(minutes) - 1
                assert porte.get("/ma-demande/").status_code == (302 if dernier else 200)

    @pytest.mark.parametrize(
        ("erreur", "dit"),
        [
            ("access_denied", "vous avez quitté FranceConnect avant la fin"),
            ("server_error", "FranceConnect ne répond pas"),
            ("invalid_scope", "FranceConnect ne répond pas"),
            ("<script>alert(1)</script>", "FranceConnect ne répond pas"),
        ],
    )
    def test_a_refusal_has_one_text_and_other_ways_in(
        self, porte: Client, fc: Fournisseur, erreur: str, dit: str
    ) -> None:
        reponse = revenir(porte, fc.refuser(partir(porte), erreur, "User auth aborted SPECIMEN"))
        lue = reponse.content.decode()
        assert reponse.status_code in {400, 503}
        assert dit in lue
        assert "/guichets/" in lue
        assert not {"SPECIMEN", "alert(1)"} & set(lue.split())
        assert not SessionDemandeur.objects.exists()

    def test_a_provider_that_is_down_is_said_before_leaving(
        self, porte: Client, fc: Fournisseur, settings: Any
    ) -> None:
        settings.FRANCECONNECT = {**settings.FRANCECONNECT, "emetteur": "http://127.0.0.1:9/api/v2"}
        reponse = porte.post("/uk/connexion/franceconnect/")
        assert reponse.status_code == 503
        assert "FranceConnect не відповідає" in reponse.content.decode()

    def test_a_callback_serves_once_and_only_the_browser_that_left(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        adresse = fc.accorder(partir(porte), NADIA.code)
        for navigateur in (Client(), porte):  # the first one takes the state away
            reponse = revenir(navigateur, adresse)
            assert reponse.status_code == 400
            assert "Cette connexion ne peut plus servir" in reponse.content.decode()
        assert se_connecter(porte, fc, NADIA).status_code == 303
        assert revenir(porte, adresse).status_code == 400

    def test_a_person_comes_back_in_the_language_they_left(self, porte: Client, fc: Fournisseur) -> None:
        reponse = se_connecter(porte, fc, NADIA, prefixe="/pt")
        assert reponse.headers["Location"] == "/pt/ma-demande/"

    def test_without_settings_nobody_signs_in_and_the_page_says_so(self, porte: Client) -> None:
        assert (
            "La connexion avec FranceConnect n’est pas ouverte" in porte.get("/connexion/").content.decode()
        )
        assert porte.post("/connexion/franceconnect/").headers["Location"] == "/connexion/"
        assert porte.get("/connexion/retour/?code=a&state=b").headers["Location"] == "/connexion/"

    def test_a_form_from_elsewhere_is_refused(self, fc: Fournisseur) -> None:
        sur = Client(enforce_csrf_checks=True)
        assert sur.post("/connexion/franceconnect/").status_code == 403
        assert "Cette page est trop ancienne" in sur.post("/connexion/franceconnect/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_sign_in_goes_on_once_a_territory_that_moves_is_open_again(
    porte: Client, fc: Fournisseur, url_owner: str
) -> None:
    """Nobody identifies themselves twice, and nothing is told twice."""
    demande, porte.raise_request_exception = deposer(), False
    with psycopg.connect(url_owner, autocommit=True) as owner:
        barriere.fermer(owner, demande.territoire)
        try:
            assert se_connecter(porte, fc, ELODIE, prefixe="/pt").headers["Location"] == "/pt/ma-demande/"
            for _ in range(2):
                ferme = porte.get("/pt/ma-demande/")
                assert (ferme.status_code, ferme.headers["Retry-After"]) == (503, "60")
                assert '<html lang="pt" dir="ltr">' in ferme.content.decode()
                assert "Os pedidos deste território mudam de servidor." in ferme.content.decode()
                assert '<a class="fr-btn" href="">Tentar de novo</a>' in ferme.content.decode()
        finally:
            barriere.ouvrir(owner, demande.territoire)
    suite = porte.get("/pt/ma-demande/")
    assert (suite.status_code, suite.headers["Location"]) == (302, "/pt/ma-demande/")
    assert "est enregistrée et active" in lire(porte)
    dits = list(Entree.objects.filter(demande=demande.id).values_list("verbe", flat=True))
    assert (dits.count("RATTACHER"), dits.count("SE_CONNECTER")) == (1, 1)
    assert SessionDemandeur.objects.count() == 1


@pytest.mark.django_db
def test_a_sign_in_is_told_nowhere_while_one_of_its_territories_is_closed(
    porte: Client, fc: Fournisseur, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked again until it opens, it would be told each time in the other cells."""
    demande, porte.raise_request_exception = deposer(), False

    def refuser(territoire: str) -> None:
        assert territoire == demande.territoire
        raise TerritoireFerme

    connexions = Entree.objects.filter(demande=demande.id, verbe="SE_CONNECTER")
    with monkeypatch.context() as ferme:
        ferme.setattr(actions, "exiger_ouvert", refuser)
        assert se_connecter(porte, fc, ELODIE).headers["Location"] == "/ma-demande/"
        assert porte.get("/ma-demande/").status_code == 503
        assert not connexions.exists()
    assert porte.get("/ma-demande/").status_code == 302
    assert connexions.count() == 1


@pytest.mark.django_db
def test_another_fault_of_a_sign_in_is_said_at_once(
    porte: Client, fc: Fournisseur, monkeypatch: pytest.MonkeyPatch
) -> None:
    def se_tromper(*_: object, **__: object) -> None:
        raise DataError("division by zero")

    monkeypatch.setattr(connexion, "rattacher", se_tromper)
    with pytest.raises(DataError):
        se_connecter(porte, fc, NADIA)


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_is_gone_with_the_rights_of_the_portal_alone(porte: Client, fc: Fournisseur) -> None:
    demande = deposer()
    with servie_par_le_portail():
        se_connecter(porte, fc, ELODIE)
        assert "est enregistrée et active" in lire(porte)
        assert "Qui a vu ma demande" in lire(porte, f"/ma-demande/{demande.nud}/historique/")
        assert porte.post("/deconnexion/").status_code == 303
        se_connecter(porte, fc, NADIA)
        assert porte.post("/ma-demande/", {"numero": demande.nud}).status_code == 200
