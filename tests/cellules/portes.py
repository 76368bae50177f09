"""The doors of a territory, wherever it is: its households come in and read, its vendors call."""

import importlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error
from django.test import Client, override_settings
from django.urls import clear_url_caches
from django.utils import translation

from sne.api.contenu import emettre
from sne.cellules.routage import ANNUAIRE, dans, lister_partout
from sne.conventions.models import Appel, ReponseGardee
from sne.demandeurs.models import SessionDemandeur
from sne.flux.models import Ligne
from sne.flux.selectors.lignes import get_etat, get_scellement, verifier
from sne.journal.handlers import distribuer
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.depot.actions.deposer import Recepisse
from sne.registre.rattachement import tasks
from sne.registre.rattachement.actions.rattacher import Issue, rattacher
from sne.registre.rattachement.selectors.liens import list_liens
from tests.api import conftest as rest
from tests.cellules.paire import NORD, Paire
from tests.journal.test_journal import tout_sceller
from tests.nuu import conftest as soap
from tests.portail import conftest as portail
from tests.registre import factories as f
from tests.registre.rattachement.test_rattacher import NEE, pivot

COURRIEL = "lise.fontaine@exemple.fr"
ANCIEN = f.MAINTENANT - timedelta(days=200)
COMPTE = uuid.uuid4()
ETAT_CIVIL = pivot(
    given_name="Élodie", given_name_array=["Élodie"], family_name="FONTAINE", birthdate="1961-05-09"
)
PAGES = ("historique/", "documents/", "messages/", "declaration/", "contacts/", "assistance/", "mes-donnees/")


def deposer_de_longue_date() -> Recepisse:
    """A household whose contacts are old enough for a code."""
    demandeur = f.personne(
        "Fontaine",
        identite={"date_naissance": "1961-05-09"} | NEE,
        contact={"courriel": COURRIEL, "telephone_portable": "06 39 98 11 22"},
    )
    return f.deposer(
        f.contenu(demandeur=demandeur), guichet="G0993", le=ANCIEN, doublons_ecartes="Un autre ménage."
    )


def refuser_aux_menages() -> None:
    """Who signs in by FranceConnect while their territory is closed is linked to nothing there, and is told so."""
    with pytest.raises(Error, match="pas maintenant"):
        rattacher(ETAT_CIVIL, compte=COMPTE, survenu_le=f.MAINTENANT)


def relier_le_menage() -> None:
    """As soon as it has switched, they are, and have one demande: rows of the cell that it left are its no more."""
    issue = rattacher(ETAT_CIVIL, compte=COMPTE, survenu_le=f.MAINTENANT).issue
    assert issue is Issue.RELIEE
    assert len(lister_partout(lambda: list_liens(COMPTE))) == 1


@contextmanager
def _servi(nom: str, reglages: tuple[str, ...]) -> Iterator[None]:
    """This process answers as that of these settings."""
    lus = importlib.import_module(f"config.settings.{nom}")
    with (
        override_settings(**{reglage: getattr(lus, reglage) for reglage in reglages}),
        translation.override("fr"),
    ):
        clear_url_caches()
        yield
    clear_url_caches()


def essayer_le_portail(paire: Paire, recepisse: Recepisse, cellule: str) -> None:
    """A number, a contact, the code that was sent there: the demande and its pages, from the cell where it is."""
    with _servi("portail", portail.REGLAGES), paire.en("portail"):
        porte = Client()
        porte.post("/connexion/code/", {"numero": recepisse.nud, "contact": COURRIEL})
        with paire.en("runtime"):
            _envoyer_les_codes()
        entre = porte.post("/connexion/code/saisir/", {"code": _code_recu(paire, cellule)})
        assert (entre.status_code, entre.headers["Location"]) == (303, "/ma-demande/"), entre.content.decode()
        espace = porte.get("/ma-demande/").content.decode()
        assert "Votre demande est enregistrée et active" in espace, espace
        for page in PAGES:
            lue = porte.get(f"/ma-demande/{recepisse.nud}/{page}")
            assert lue.status_code == 200, (page, lue.content.decode())
        question = {
            "formulaire": "0192f3f0-0000-7000-8000-00000000000a",
            "categorie": "QUESTION",
            "titre": "Mon adresse",
            "corps": "Comment la changer ?",
        }
        porte.post(f"/ma-demande/{recepisse.nud}/assistance/nouvelle/", question)
        choisie = porte.post("/mon-compte/langue/", {"langue": "en"})
        assert choisie.status_code == 302
    for ou in paire.acces:
        with dans(ou):
            liens = Rattachement.objects.filter(demande=recepisse.demande_id, fini_le=None)
            assert liens.exists() is (ou == cellule)
    with dans(ANNUAIRE):
        assert SessionDemandeur.objects.exists()


def _envoyer_les_codes() -> None:
    """What the worker of the directory does of what was asked at the door."""
    with dans(ANNUAIRE):
        tout_sceller()
        for entree in Entree.objects.filter(verbe="DEMANDER_CODE"):
            tasks.envoyer(entree_id=str(entree.id))


def _code_recu(paire: Paire, cellule: str) -> str:
    with paire.en("runtime"), dans(cellule):
        envoyes = Message.objects.filter(genre="CODE_CONNEXION").order_by("inscrit_le", "id")
        lus = [lu for message in envoyes if (lu := get_contenu(message.id)) and lu.destinataire == COURRIEL]
    return str(lus[-1].contexte["code"])


def essayer_les_editeurs(recepisse: Recepisse, cellule: str, *, cle: str) -> str:
    """A software reads a demande and registers another one, by REST; reads it by SOAP: the number of that one."""
    with _servi("editeurs", rest.REGLAGES):
        editeur, corps = _editeur(cle), _corps(cellule)
        lue = editeur("GET", f"/demandes/{recepisse.nud}")
        assert lue.status_code == 200, lue.content.decode()
        recue = editeur("POST", "/demandes", corps, cle=f"ici-{cellule}")
        assert recue.status_code == 201, recue.content.decode()
        nud = str(recue.json()["data"]["nud"])
        encore = editeur("POST", "/demandes", corps, cle=f"ici-{cellule}")
        assert (encore.json()["data"]["nud"], encore["Idempotency-Replayed"]) == (nud, "true")
        assert editeur("GET", "/flux/099").status_code == 200
        assert editeur("GET", "/abonnements").status_code == 200
        vendeur = soap.Vendeur(Client())
        assert nud.encode() in vendeur.consulter(nud).content
    for ou in (ANNUAIRE, cellule):
        with dans(ou):
            assert Demande.objects.filter(nud=nud).exists() is (ou == cellule)
    with dans(ANNUAIRE):
        # A key is one for the nation: under a counter of another cell too, it has served.
        assert ReponseGardee.objects.exists()
        assert Appel.objects.filter(operation__contains="demandes", statut=201).exists()
    _lire_le_flux(nud, cellule)
    return nud


def _editeur(cle: str) -> Any:
    prise: dict[str, Any] = {"gunicorn.socket": soap.Prise()}
    return rest.Editeur(Client(raise_request_exception=False, **prise), cle=cle)


def _corps(cellule: str) -> Any:
    nom = {NORD: "Vannier", ANNUAIRE: "Quillard"}[cellule]
    demandeur = f.personne(nom, identite={"date_naissance": f"19{60 + len(nom)}-02-17"}, contact={})
    return rest.demande(contenu=emettre(f.contenu(demandeur=demandeur)))


def renvoyer_des_editeurs(nud: str, depuis: str, *, cle: str) -> None:
    """A key that served in another cell, before the territory moved, registers nothing again: its answer is given again
    or, when its caller was cut before that was kept, what it made is found where it is now.
    """
    with _servi("editeurs", rest.REGLAGES):
        for gardee in (True, False):
            encore = _editeur(cle)("POST", "/demandes", _corps(depuis), cle=f"ici-{depuis}")
            assert (encore.status_code, encore.json()["data"]["nud"]) == (201, nud), encore.content.decode()
            assert encore.has_header("Idempotency-Replayed") is gardee
            with dans(ANNUAIRE):
                ReponseGardee.objects.all().delete()


def _lire_le_flux(nud: str, cellule: str) -> None:
    """Each cell counts its own seals: what is done where a territory came is told, and lines keep their age."""
    with dans(cellule):
        while tout_sceller() or distribuer():
            pass
        dites = Ligne.objects.filter(demande=Demande.objects.get(nud=nud).id, serie="demandes")
        assert dites.filter(type="demande.enregistree").count() == 1
        assert list(verifier("099", "demandes")) == []
        ages = [get_scellement("099", "demandes", 1 + n) for n in range(get_etat("099", "demandes").numero)]
        connus = [age for age in ages if age is not None]
        assert connus == sorted(connus)
        assert len(connus) == len(ages)


def refuser_aux_editeurs(recepisse: Recepisse, *, cle: str) -> None:
    """While it moves, each interface says so in its own words, and when to come back."""
    with _servi("editeurs", rest.REGLAGES):
        refus = _editeur(cle)("GET", f"/demandes/{recepisse.nud}")
        assert (refus.status_code, refus["Retry-After"]) == (503, "60"), refus.content.decode()
        assert refus.json()["errors"][0]["code"] == "TERRITOIRE_FERME"
        faute = soap.Vendeur(Client()).consulter(recepisse.nud)
        assert (faute.status_code, faute["Retry-After"]) == (503, "60"), faute.content.decode()
        assert "changent de serveur" in faute.content.decode()
