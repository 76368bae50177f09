"""Signing in by a code, over HTTP: the same for everybody until the right code is typed, and what it then opens."""

import re
import uuid
from datetime import timedelta
from typing import Any

import psycopg
import pytest
import time_machine
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sne.cellules.routage import TerritoireFerme
from sne.demandeurs.models import AccesDemandeur, CodeConnexion, CompteurLimite, SessionDemandeur
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.portail.views import code as vue_du_code
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.rattachement import tasks
from sne.registre.rattachement.actions.rattacher import rattacher_par_numero
from sne.registre.rattachement.actions.signaler import fermer_au_code
from sne.registre.rattachement.selectors.liens import list_liens
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.acte import Acte
from tests.portail.conftest import servie_par_le_portail
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.enquete.enquetes import figer
from tests.registre.rattachement.test_rattacher import pivot
from tests.registre.rattachement.test_suivre import PRESENCE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("un_jour_sans_fin")]
GENRES = ("CODE_CONNEXION", "ACCES_GENERIQUE", "CONNEXION_PAR_CODE")


def deposer(contenu: Any = None, *, le: Any = f.ANCIEN, **autres: Any) -> Demande:
    return Demande.objects.get(id=a.deposer(contenu, le=le, **autres).demande_id)


def demander(porte: Client, demande: Demande | str, contact: str = a.AVANT) -> HttpResponse:
    numero = demande if isinstance(demande, str) else demande.nud
    reponse: Any = porte.post("/connexion/code/", {"numero": numero, "contact": contact})
    return reponse


def distribuer() -> None:
    """What the worker does of the entries that ask for something."""
    for entree in Entree.objects.filter(verbe="DEMANDER_CODE").order_by("inscrit_le", "id"):
        tasks.envoyer(entree_id=str(entree.id))
    for entree in Entree.objects.filter(verbe="SE_CONNECTER").order_by("inscrit_le", "id"):
        tasks.annoncer_une_connexion(
            entree_id=str(entree.id), demande_id=str(entree.demande), territoire=entree.territoire
        )
    connection.check_constraints()


def envois() -> list[tuple[str, str]]:
    """Kind and address of each message, in the order they were written."""
    messages = Message.objects.filter(genre__in=GENRES).order_by("inscrit_le", "id")
    return [(m.genre, lu.destinataire) for m in messages if (lu := get_contenu(m.id))]


def code_recu(a_qui: str = a.AVANT) -> str:
    codes = [
        lu.contexte["code"]
        for m in Message.objects.filter(genre="CODE_CONNEXION").order_by("inscrit_le", "id")
        if (lu := get_contenu(m.id)) and lu.destinataire == a_qui
    ]
    return str(codes[-1])


def taper(porte: Client, code: str) -> HttpResponse:
    reponse: Any = porte.post("/connexion/code/saisir/", {"code": code})
    return reponse


def entrer(porte: Client, demande: Demande, contact: str = a.AVANT) -> HttpResponse:
    demander(porte, demande, contact)
    distribuer()
    return taper(porte, code_recu(contact if "@" in contact else "+33611223344"))


def lire(porte: Client, adresse: str = "/ma-demande/") -> str:
    return str(porte.get(adresse).content.decode())


def sans_jeton(reponse: HttpResponse) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", reponse.content)


def test_the_number_a_contact_and_the_code_open_the_demande(porte: Client) -> None:
    demande = deposer()
    assert demander(porte, demande).headers["Location"] == "/connexion/code/saisir/"
    assert "un code vient de partir" in lire(porte, "/connexion/code/saisir/")
    distribuer()
    distribuer()  # the job runs twice
    assert envois() == [("CODE_CONNEXION", a.AVANT)]
    code = code_recu()
    reponse = taper(porte, f" {code[:3]} {code[3:]}")
    assert (reponse.status_code, reponse.headers["Location"]) == (303, "/ma-demande/")
    assert "Votre demande est enregistrée et active" in lire(porte)
    (lien,) = Rattachement.objects.all()
    assert (lien.preuve, lien.ecarts) == ("NUMERO", [])
    (dite,) = Entree.objects.filter(verbe="SE_CONNECTER")
    assert dite.faits == {"voie": "CODE", "appareil": "un ordinateur"}
    for table in (CodeConnexion, SessionDemandeur, AccesDemandeur):
        assert a.AVANT not in str(list(table.objects.values_list()))  # type: ignore[attr-defined]
    distribuer()
    assert envois()[1:] == [("CONNEXION_PAR_CODE", "+33611223344")]  # the other contact alone
    assert porte.post("/deconnexion/").headers["Location"] == "/deconnexion/retour/"
    assert "Recevoir un code" in lire(porte, "/connexion/")


def test_the_same_person_comes_back_to_the_same_account_and_others_are_told_once_a_day(porte: Client) -> None:
    demande = deposer()
    for _ in range(2):
        entrer(porte, demande)
        distribuer()
        porte.post("/deconnexion/")
    assert AccesDemandeur.objects.count() == Rattachement.objects.count() == 1
    assert [e for e in envois() if e[0] == "CONNEXION_PAR_CODE"] == [("CONNEXION_PAR_CODE", "+33611223344")]
    entrer(porte, demande, a.MOBILE)
    assert AccesDemandeur.objects.count() == 2  # another way in, another account
    assert "est enregistrée et active" in lire(porte)


def changer(demande: Demande, contenu: Any, **autres: Any) -> None:
    modifier_demande(
        demande.id, contenu=contenu, revision=1, acte=Acte(f.creer_acteur(), f.MAINTENANT), **autres
    )


def proteger(demande: Demande) -> None:
    changer(demande, a.contenu(motifs=a.VIOLENCES))


def fermer(demande: Demande) -> None:
    """FranceConnect alone opens it, as its holder wants it."""
    compte = uuid.uuid4()
    rattacher_par_numero(demande.nud, pivot(), compte=compte, survenu_le=f.MAINTENANT)
    (lien,) = list_liens(compte)
    fermer_au_code(Visite(compte, lien, PRESENCE), survenu_le=f.MAINTENANT)


CAS: dict[str, Any] = {
    "fits": (lambda d: None, a.AVANT, ["CODE_CONNEXION"]),
    "another contact": (lambda d: None, "autre@exemple.fr", []),
    "protected": (proteger, a.AVANT, ["ACCES_GENERIQUE"]),
    "frozen": (lambda d: figer(d.id), a.AVANT, ["ACCES_GENERIQUE"]),
    "FranceConnect alone": (fermer, a.AVANT, ["ACCES_GENERIQUE"]),
    "a foreign mobile": (lambda d: None, "+1 202 555 0123", []),
}


@pytest.mark.parametrize("cas", CAS)
def test_whether_it_fits_is_said_to_the_contact_alone(porte: Client, cas: str) -> None:
    """The same bytes, the same number of statements as for a number that nobody has."""
    demande = deposer()
    preparer, contact, partis = CAS[cas]
    preparer(demande)
    vus = []
    for numero, navigateur in (
        (demande.nud, porte),
        ("099112600000999991"[:13] + demande.nud[13:], Client()),
    ):
        porte.get("/connexion/code/")  # what is read once by a process
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            reponse = demander(navigateur, numero, contact)
        assert reponse.status_code == 303
        page = navigateur.get("/connexion/code/saisir/")
        with CaptureQueriesContext(connection) as au_code:
            essai = taper(navigateur, "000000" if cas != "fits" else "abcdef")
        vus.append(
            (reponse.headers["Location"], sans_jeton(page), sans_jeton(essai), len(requetes), len(au_code))
        )
    assert vus[0] == vus[1]
    distribuer()
    assert [genre for genre, _ in envois()] == partis
    assert all(ou == a.AVANT for _, ou in envois())


def test_a_code_is_tried_five_times_in_the_browser_that_asked_and_serves_once(porte: Client) -> None:
    demande = deposer()
    demander(porte, demande)
    distribuer()
    code = code_recu()
    ailleurs = Client()
    assert taper(ailleurs, code).headers["Location"] == "/connexion/code/"
    faux = f"{(int(code) + 1) % 1_000_000:06d}"
    assert "Le code a 6 chiffres" in taper(porte, "12").content.decode()  # no try
    for _ in range(4):
        assert "ne convient pas" in taper(porte, faux).content.decode()
    assert taper(porte, code).status_code == 303
    entre = porte.cookies["menage"].value
    demander(ailleurs, demande)
    distribuer()
    for _ in range(5):
        taper(ailleurs, faux)
    assert "ne convient pas" in taper(ailleurs, code_recu()).content.decode()
    porte.post("/deconnexion/")
    porte.cookies["menage-code"] = entre
    assert "ne convient pas" in taper(porte, code).content.decode()


@pytest.mark.parametrize("panne", [OperationalError("connection failed"), TerritoireFerme()])
def test_a_code_is_not_spent_while_its_demande_cannot_be_opened(
    porte: Client, monkeypatch: pytest.MonkeyPatch, panne: Exception
) -> None:
    """Its cell is away, or its territory on its way to another one."""
    demander(porte, deposer())
    distribuer()

    def refuser(territoire: str) -> None:
        assert territoire == "099"
        raise panne from psycopg.OperationalError()

    porte.raise_request_exception = False
    with monkeypatch.context() as essai:
        essai.setattr(vue_du_code, "exiger_ouvert", refuser)
        assert taper(porte, code_recu()).status_code == 503
    assert taper(porte, code_recu()).status_code == 303


def test_a_code_is_short_lived_and_replaced_by_the_next_one(porte: Client) -> None:
    demande = deposer()
    demander(porte, demande)
    distribuer()
    premier = code_recu()
    assert porte.post("/connexion/code/encore/").headers["Location"] == "/connexion/code/saisir/"
    assert CodeConnexion.objects.filter(expire_le__gt=f.MAINTENANT).count() == 1
    distribuer()
    second = code_recu()
    if premier != second:  # one in a million
        assert "ne convient pas" in taper(porte, premier).content.decode()
    with time_machine.travel(f.MAINTENANT + timedelta(minutes=10), tick=False):
        assert "ne convient pas" in taper(porte, second).content.decode()
        assert Client().post("/connexion/code/encore/").headers["Location"] == "/connexion/code/"
    assert taper(porte, second).status_code == 303


def test_what_is_asked_too_often_is_refused_to_everybody_alike(porte: Client) -> None:
    demande = deposer()
    for numero, contact in ((demande.nud, a.AVANT), (demande.nud, "personne@exemple.fr")):
        dites = [demander(Client(), numero, contact).status_code for _ in range(4)]
        assert dites == [303, 303, 303, 429]
    trop = demander(Client(), demande)
    assert "Vous avez demandé beaucoup de codes" in trop.content.decode()
    assert CompteurLimite.objects.exists()


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"numero": "", "contact": a.AVANT}, "Tapez votre numéro de demande"),
        ({"numero": "099", "contact": a.AVANT}, "Recopiez ses 18 caractères"),
        ({"numero": "099", "contact": ""}, "Tapez une adresse électronique ou un téléphone portable."),
        ({"numero": "099", "contact": "elodie@"}, "une adresse électronique entière"),
        ({"numero": "099", "contact": "01 42 00 00 00"}, "une adresse électronique entière"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(porte: Client, champs: dict[str, str], phrase: str) -> None:
    lue = porte.post("/connexion/code/", champs).content.decode()
    assert phrase in lue
    assert all(f'value="{valeur}"' in lue for valeur in champs.values() if valeur)
    assert not CodeConnexion.objects.exists()


def test_a_session_by_code_is_worth_less_at_once_and_shorter(porte: Client) -> None:
    demande = deposer()
    entrer(porte, demande)
    changer(demande, a.contenu("neuve@exemple.fr", None))
    assert "Cette demande ne s’ouvre plus par code" in lire(porte)
    assert porte.post("/ma-demande/", {"numero": demande.nud}).status_code == 302
    for minutes in (25, 50, 75, 100, 119):
        with time_machine.travel(f.MAINTENANT + timedelta(minutes=minutes), tick=False):
            assert porte.get("/ma-demande/").status_code == 200
    with time_machine.travel(f.MAINTENANT + timedelta(minutes=120), tick=False):
        assert porte.get("/ma-demande/").headers["Location"] == "/connexion/?fin=oui"


def test_a_file_that_froze_since_the_code_left_does_not_open(porte: Client) -> None:
    demande = deposer()
    demander(porte, demande)
    distribuer()
    figer(demande.id)
    assert "ne convient pas" in taper(porte, code_recu()).content.decode()
    assert not SessionDemandeur.objects.exists()


def test_an_identity_that_changed_gives_another_link(porte: Client) -> None:
    demande = deposer(le=f.MAINTENANT - timedelta(days=10))
    entrer(porte, demande)
    changer(demande, a.contenu(nom="Dubreuill"), motif="Une lettre")
    assert "ne s’ouvre plus par code" in lire(porte)
    entrer(Client(), demande)
    assert [lien.motif for lien in Rattachement.objects.order_by("survenu_le", "id")] == [
        "IDENTITE_CHANGEE",
        "",
    ]


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_is_gone_with_the_rights_of_the_portal_alone(porte: Client) -> None:
    demande = deposer()
    with servie_par_le_portail():
        assert demander(porte, demande).status_code == 303
    distribuer()
    code = code_recu()
    with servie_par_le_portail():
        assert taper(porte, "000000").status_code == 200
        assert taper(porte, code).status_code == 303
        assert "est enregistrée et active" in lire(porte)
