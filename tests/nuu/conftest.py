"""The vendors' listener in this process: its addresses, an agreement, a client that shows a certificate."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.test import Client

from sne.conventions.actions import regler_convention
from sne.conventions.rules.reglages import Reglages
from sne.nuu.rules.enveloppe import SERVICE, SOAP
from tests.conventions.factories import acte, prete
from tests.habilitations.factories import creer_exploitation
from tests.interop.schemas import verifier

SERVICE_DEMANDE = "/services/DemandeLogementImplService/"
DER = b"certificat d'un vendeur"
FRONTIERE = "MIMEBoundary"
XOP = '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:{}"/>'


class Prise:
    """A TLS socket whose client has shown a certificate."""

    def getpeercert(self, binaire: bool) -> bytes:
        assert binaire
        return DER


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


def type_mime(start: str = "<racine>", action: str = "getNumUnique") -> str:
    return (
        f'multipart/related; type="application/xop+xml"; start="{start}"; start-info="application/soap+xml"; '
        f'boundary="{FRONTIERE}"; action="{SERVICE}{action}"'
    )


class Vendeur:
    """A vendor's software, in this process."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def poster(
        self,
        corps: bytes,
        genre: str,
        adresse: str = SERVICE_DEMANDE,
        *,
        envoye: bytes = b"",
        action: str = "",
        **autres: object,
    ) -> HttpResponse:
        """One call; its answer, whatever it says, is valid for the interface's own schemas."""
        ici = {"gunicorn.socket": Prise(), **autres}
        reponse = self.client.post(adresse, corps, content_type=genre, **ici)
        service = adresse.strip("/").rpartition("/")[2]
        verifier(reponse.headers["Content-Type"], reponse.content, service, action=action, envoye=envoye)
        return reponse

    def appeler(
        self,
        corps: str,
        enfants: Mapping[str, str],
        fichier: str = "",
        action: str = "getX",
        **autres: object,
    ) -> HttpResponse:
        """One call, its file in a part, its certificate part empty as the known client's."""
        racine = enveloppe(corps, enfants | {"nomCertificat": "CER.pem", "certificat": XOP.format("cert")})
        morceaux = [
            ("racine", "application/xop+xml", racine.encode()),
            ("cert", "application/octet-stream", b""),
        ]
        if fichier:
            morceaux.append(("fichier", "text/xml; charset=us-ascii", fichier.encode()))
        envoye = fichier.encode()
        return self.poster(
            parties(*morceaux), type_mime(action=action), envoye=envoye, action=action, **autres
        )

    def numero(self, fichier: str, **autres: object) -> HttpResponse:
        enfants = {"nomFichierDemande": "DEM.xml", "fichierDemande": XOP.format("fichier")}
        return self.appeler("numUniqueParametres", enfants, fichier, **autres)

    def consulter(self, nud: str) -> HttpResponse:
        return self.appeler("demandeLogementParametres", {"numUnique": nud})


@pytest.fixture
def convention() -> uuid.UUID:
    """An agreement that may do everything for the guichet of the tests, known by this certificate."""
    cle = prete(empreinte=hashlib.sha256(DER).digest())
    exploitant = creer_exploitation()
    regler_convention(cle, replace(Reglages(), preuve_gardee=True, piece_vue=True), acte=acte(exploitant))
    return cle


@pytest.fixture
def vendeur(convention: uuid.UUID, settings: object) -> Vendeur:
    settings.ROOT_URLCONF = "config.urls_editeurs"
    settings.MIDDLEWARE = ["sne.socle.journalisation.JournalisationMiddleware"]
    settings.CERTIFICAT_PAR_ENTETE = False
    settings.ALLOWED_HOSTS = ["*"]
    return Vendeur(Client(raise_request_exception=False))
