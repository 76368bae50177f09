"""A photo sent over a line that loses one piece in five: it arrives whole, once, and is one document."""

import base64
import io
import os
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.test import Client
from PIL import Image
from pytest_django.live_server_helper import LiveServer

from sne.documents.models import Document, Televersement
from sne.registre.pieces.models import Piece
from tests.documents.ligne import MauvaiseLigne, mauvaise_ligne
from tests.portail.test_code import entrer
from tests.portail.test_documents import adresse
from tests.portail.test_renouveler import deposer, texte

pytestmark = pytest.mark.django_db(transaction=True)
CORPS = "application/offset+octet-stream"
ESSAIS = 2_000


@pytest.fixture
def serveur(fc: object) -> Iterator[LiveServer]:  # a server takes its middleware as it starts
    serveur = LiveServer("127.0.0.1")
    yield serveur
    serveur.stop()


def photo(octets: int) -> bytes:
    """A picture that no compression makes smaller, of about that many bytes."""
    cote = int((octets / 3) ** 0.5)
    tampon = io.BytesIO()
    Image.frombytes("RGB", (cote, cote), os.urandom(3 * cote * cote)).save(tampon, "PNG", compress_level=0)
    return tampon.getvalue()


class Telephone:
    """What the script of the page does, over that line: where is it, the next bytes, again."""

    def __init__(self, porte: Client, ligne: MauvaiseLigne, page: str) -> None:
        self.ligne, self.hote = ligne, f"http://127.0.0.1:{ligne.port}"
        self.session = requests.Session()
        self.session.cookies.update({nom: morceau.value for nom, morceau in porte.cookies.items()})
        jeton = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert jeton
        self.session.headers.update({"X-CSRFToken": jeton[1], "Tus-Resumable": "1.0.0"})

    def demander(self, methode: str, ou: str, **options: Any) -> requests.Response | None:
        """The answer, if it came."""
        try:
            return self.session.request(methode, f"{self.hote}{ou}", timeout=10, **options)
        except requests.RequestException:
            return None

    def insister(self, methode: str, ou: str, *, selon: str, **options: Any) -> requests.Response:
        """The answer, asked for until it comes whole: the header ``selon`` is there, and what it announces."""
        for _ in range(ESSAIS):
            reponse = self.demander(methode, ou, **options)
            if reponse is not None and selon in reponse.headers:
                return reponse
        raise AssertionError(f"{methode} {ou}: no answer")

    def envoyer(self, ou: str, octets: bytes) -> str:
        """Send it to the end; where it is."""
        nom = base64.b64encode(b"photo.png").decode()
        entetes = {"Upload-Length": str(len(octets)), "Upload-Metadata": f"filename {nom}"}
        adresse = self.insister("POST", ou, selon="Location", headers=entetes).headers["Location"]
        self.ligne.perd = True
        recu = 0
        while recu < len(octets):
            recu = int(self.insister("HEAD", adresse, selon="Upload-Offset").headers["Upload-Offset"])
            suite = octets[recu : recu + 500_000]
            self.demander(
                "PATCH", adresse, data=suite, headers={"Upload-Offset": str(recu), "Content-Type": CORPS}
            )
        return adresse


@pytest.mark.parametrize(
    ("taille", "coupures"), [(300_000, 3), pytest.param(4_000_000, 20, marks=pytest.mark.longue)]
)
def test_one_piece_in_five_is_lost_and_the_photo_arrives_once(
    porte: Client, serveur: LiveServer, taille: int, coupures: int
) -> None:
    demande = deposer()
    entrer(porte, demande)
    ou = adresse(porte, demande)
    page = texte(porte.get(ou))
    debut = re.search(r'data-reg-adresse="([^"]+/documents/fichiers/[^"]+)"', page)
    assert debut
    octets = photo(taille)
    hote = urlsplit(str(serveur))
    with mauvaise_ligne((str(hote.hostname), int(hote.port or 0)), graine=7) as ligne:
        telephone = Telephone(porte, ligne, page)
        adresse_ = telephone.envoyer(debut[1].replace("&amp;", "&"), octets)
        dit = telephone.insister("POST", f"{adresse_}conclure/", selon="Content-Length").json()
        assert ligne.coupures >= coupures
    assert (dit["refus"], Televersement.objects.get().recu) == ("", len(octets))
    assert "fait=oui" in porte.post(ou, {"televersements": dit["id"]}).headers["Location"]
    (piece,) = Piece.objects.all()
    assert Document.objects.get().id == piece.document
    assert Document.objects.get().taille == len(octets)
