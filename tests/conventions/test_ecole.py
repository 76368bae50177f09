"""At the École a vendor opens its agreement by itself; in production these pages do not exist."""

import html
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.core import signing
from django.db import connection
from django.test import Client
from django.urls import reverse

from sne.conventions.actions import ouvrir_a_l_ecole
from sne.conventions.actions.ecole import SEL
from sne.conventions.autorite import Autorite
from sne.conventions.models import Convention
from sne.conventions.rules.portees import Portee, sans_certificat
from sne.conventions.selectors import AccesRefuse, par_certificat, par_cle
from sne.notifications.models import MessageAgent
from sne.notifications.selectors import lire_chiffre
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import maintenant
from tests.conventions.factories import organisme

pytestmark = pytest.mark.django_db
PAGES = ("convention-ecole", "convention-ecole-envoyee")


@pytest.fixture
def ecole(settings: Any) -> None:
    settings.ECOLE = True


def demander(client: Client, **champs: str) -> Any:
    siren = organisme()
    envoi = {
        "editeur": "Aurette Habitat",
        "organisme": f"{siren[:3]} {siren[3:]}",
        "courriel": "interfaces@editeur.exemple.fr",
    }
    return client.post(reverse("convention-ecole"), envoi | champs)


def lien() -> str:
    """The page that the message leads to."""
    contexte = lire_chiffre(MessageAgent.objects.get(genre="ADRESSE_A_VERIFIER"), "contexte")
    assert contexte is not None
    return "/" + str(contexte["lien"]).split("/", 3)[3]


def test_in_production_there_is_no_such_page(client: Client) -> None:
    for page in (*map(reverse, PAGES), reverse("convention-ecole-verifier", args=["x"])):
        assert client.get(page).status_code == 404
    assert demander(client).status_code == 404
    with pytest.raises(Introuvable, match="École"):
        ouvrir_a_l_ecole("x", survenu_le=maintenant())


def test_the_address_then_the_key(client: Client, ecole: None) -> None:
    assert "Demander une convention" in client.get(reverse("convention-ecole")).content.decode()
    assert demander(client).url == reverse("convention-ecole-envoyee")
    assert "Message envoyé" in client.get(reverse("convention-ecole-envoyee")).content.decode()
    adresse = lien()
    assert "voir ma clé" in client.get(adresse).content.decode()
    assert not Convention.objects.get().portees.exists()
    page = client.post(adresse)
    assert "no-store" in page["Cache-Control"]
    texte = re.search(r"sne_ecole_\w+", page.content.decode())
    assert texte is not None
    identite = par_cle(texte[0], survenu_le=maintenant())
    assert identite.portees == sans_certificat(Portee)
    assert identite.postes == ()  # its only guichet comes with its bac, at the first call
    encore = client.post(adresse).content.decode()
    assert "déjà vérifiée" in encore
    assert "sne_ecole_" not in encore
    connection.check_constraints()


def test_the_authority_of_the_ecole_certifies_each_vendor(
    client: Client, ecole: None, settings: Any, tmp_path: Path
) -> None:
    autorite = Autorite.nouvelle("Autorité d’essai")
    (tmp_path / "autorite.pem").write_text(autorite.emise.pem)
    (tmp_path / "autorite.cle").write_text(autorite.emise.cle)
    settings.ECOLE_AUTORITE = str(tmp_path)
    demander(client)
    adresse = lien()
    page = html.unescape(client.post(adresse).content.decode())
    pem, cle = (page[page.index(f"-----BEGIN {nom}") :] for nom in ("CERTIFICATE", "PRIVATE KEY"))
    certificat = x509.load_pem_x509_certificate(pem.encode())
    certificat.verify_directly_issued_by(autorite.certificat)
    assert (
        load_pem_private_key(cle[: cle.index("</pre>")].encode(), None).public_key()
        == certificat.public_key()
    )
    seul = par_certificat(certificat.fingerprint(hashes.SHA256()), survenu_le=maintenant())
    assert seul.convention == Convention.objects.get()
    assert seul.portees == frozenset(Portee)
    assert (seul.reglages.piece_vue, seul.reglages.preuve_gardee) == (True, True)
    encore = html.unescape(client.post(adresse).content.decode())
    assert "Certificat renouvelé" in encore
    assert "sne_ecole_" not in encore
    nouveau = x509.load_pem_x509_certificate(encore[encore.index("-----BEGIN CERTIFICATE") :].encode())
    for un in (certificat, nouveau):
        assert par_certificat(un.fingerprint(hashes.SHA256()), survenu_le=maintenant()).portees == frozenset(
            Portee
        )
    assert nouveau.serial_number != certificat.serial_number
    connection.check_constraints()


def test_a_link_too_old_or_not_ours_opens_nothing(client: Client, ecole: None) -> None:
    demander(client)
    adresse = lien()
    personne = signing.dumps(str(uuid.uuid4()), salt=SEL)
    for jeton in ("faux", personne):
        assert client.post(reverse("convention-ecole-verifier", args=[jeton])).status_code == 404
    with time_machine.travel(maintenant().replace(day=28)):
        assert client.post(adresse).status_code == 404
    assert Convention.objects.get().adresse_verifiee_le is None


def test_what_is_wrong_is_said(client: Client, ecole: None) -> None:
    page = demander(client, organisme="000000000").content.decode()
    assert "n’est pas connu" in page
    assert not Convention.objects.exists()


def test_before_its_address_is_read_nothing_is_called(client: Client, ecole: None) -> None:
    demander(client)
    texte = re.search(r"sne_ecole_\w+", client.post(lien()).content.decode())
    assert texte is not None
    Convention.objects.update(adresse_verifiee_le=None)
    with pytest.raises(AccesRefuse, match="adresse"):
        par_cle(texte[0], survenu_le=maintenant())
