"""The vendors' listener in this process: its addresses, an agreement, a client that shows a certificate."""

import uuid
from collections.abc import Mapping

import pytest
from django.http import HttpResponse
from django.test import Client

from sne.nuu.rules.enveloppe import SERVICE, SOAP
from tests.interop.annuaire import Convention

SERVICE_DEMANDE = "/services/DemandeLogementImplService/"
FRONTIERE = "MIMEBoundary"
XOP = '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:{}"/>'


class Prise:
    """A TLS socket whose client has shown a certificate."""

    def getpeercert(self, binaire: bool) -> bytes:
        assert binaire
        return b"der"


def enveloppe(corps: str, enfants: Mapping[str, str]) -> str:
    """The SOAP envelope of a call; children are texts or includes already written."""
    dedans = "".join(f"<{nom}>{valeur}</{nom}>" for nom, valeur in enfants.items())
    return (
        f'<soap:Envelope xmlns:soap="{SOAP}" xmlns:ws="{SERVICE}"><soap:Body><ws:{corps}>{dedans}</ws:{corps}>'
        "</soap:Body></soap:Envelope>"
    )


def parties(*morceaux: tuple[str, str, bytes]) -> bytes:
    """A body in parts: Content-ID, type, bytes."""
    lignes = [
        f"--{FRONTIERE}\r\nContent-Type: {genre}\r\nContent-ID: <{cle}>\r\n\r\n".encode() + octets + b"\r\n"
        for cle, genre, octets in morceaux
    ]
    return b"".join(lignes) + f"--{FRONTIERE}--\r\n".encode()


def type_mime(start: str = "<racine>") -> str:
    return (
        f'multipart/related; type="application/xop+xml"; start="{start}"; start-info="application/soap+xml"; '
        f'boundary="{FRONTIERE}"; action="{SERVICE}getNumUnique"'
    )


class Vendeur:
    """A vendor's software, in this process."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def poster(
        self, corps: bytes, genre: str, adresse: str = SERVICE_DEMANDE, **autres: object
    ) -> HttpResponse:
        return self.client.post(adresse, corps, content_type=genre, **{"gunicorn.socket": Prise(), **autres})

    def appeler(
        self, corps: str, enfants: Mapping[str, str], fichier: str = "", **autres: object
    ) -> HttpResponse:
        """One call, its file in a part, its certificate part empty as the known client's."""
        racine = enveloppe(corps, enfants | {"nomCertificat": "CER.pem", "certificat": XOP.format("cert")})
        morceaux = [
            ("racine", "application/xop+xml", racine.encode()),
            ("cert", "application/octet-stream", b""),
        ]
        if fichier:
            morceaux.append(("fichier", "text/xml; charset=us-ascii", fichier.encode()))
        return self.poster(parties(*morceaux), type_mime(), **autres)

    def numero(self, fichier: str, **autres: object) -> HttpResponse:
        enfants = {"nomFichierDemande": "DEM.xml", "fichierDemande": XOP.format("fichier")}
        return self.appeler("numUniqueParametres", enfants, fichier, **autres)

    def consulter(self, nud: str) -> HttpResponse:
        return self.appeler("demandeLogementParametres", {"numUnique": nud})


class Annuaire:
    def __init__(self) -> None:
        self.convention = Convention()
        self.convention.id = uuid.uuid4()

    def par_certificat(self, _empreinte: bytes, **_: object) -> Convention:
        return self.convention


courant = Annuaire()


@pytest.fixture
def convention() -> Convention:
    """A new agreement, which the listener finds behind any certificate."""
    courant.__init__()
    return courant.convention


@pytest.fixture
def vendeur(convention: Convention, settings: object) -> Vendeur:
    settings.ROOT_URLCONF = "config.urls_editeurs"
    settings.MIDDLEWARE = ["sne.socle.journalisation.JournalisationMiddleware"]
    settings.ANNUAIRE_DES_EDITEURS = "tests.nuu.conftest.courant"
    settings.CERTIFICAT_PAR_ENTETE = False
    settings.ALLOWED_HOSTS = ["*"]
    return Vendeur(Client(raise_request_exception=False))
