"""zeep, from the interface's own descriptions and from ours: same operations, same answers."""

import pytest
import requests
from lxml import etree
from zeep import Client
from zeep.transports import Transport

from sne.nuu import wsdl
from sne.socle.horloge import aujourd_hui
from tests.interop.client_public import schemas
from tests.interop.schemas import fautes_du_fichier
from tests.nuu.messages import message


def _signatures(client: Client) -> dict[str, str]:
    (service,) = client.wsdl.services.values()
    (port,) = service.ports.values()
    return {nom: str(operation) for nom, operation in port.binding._operations.items()}


@pytest.fixture
def transport(autorite, vendeur):
    session = requests.Session()
    session.trust_env = False
    session.verify = str(autorite.racine)
    session.cert = tuple(str(chemin) for chemin in vendeur)
    yield Transport(session=session)
    session.close()


@pytest.mark.parametrize("nom", sorted(wsdl.SERVICES))
def test_both_descriptions_say_the_same_operations(tmp_path, nom):
    le_notre = tmp_path / "service.wsdl"
    le_notre.write_text(wsdl.page(nom, "https://exemple.fr/"), encoding="utf-8")
    original = _signatures(Client(str(schemas() / f"{nom}.wsdl")))
    assert _signatures(Client(str(le_notre))) == original
    assert len(original) == len(wsdl.SERVICES[nom].operations)


@pytest.mark.parametrize("description", ["originale", "la nôtre"])
def test_zeep_registers_and_consults(transport, ecoute, description):
    adresse = f"https://{ecoute}/services/DemandeLogementImplService/"
    source = (
        str(schemas() / "DemandeLogementImplService.wsdl")
        if description == "originale"
        else f"{adresse}?wsdl"
    )
    client = Client(source, transport=transport)
    service = client.create_service(next(iter(client.wsdl.bindings)), adresse)
    envoi = message(jour=aujourd_hui()).encode()
    reponse = service.getNumUnique(
        nomFichierDemande="DEM.xml",
        fichierDemande={"_value_1": envoi, "contentType": "text/xml"},
        nomCertificat="CER.pem",
        certificat={"_value_1": b""},
    )
    fichier = etree.fromstring(reponse.fichierDemande._value_1)
    numero = fichier.findtext(".//{http://nuu.application.i2/}numUnique")
    assert reponse.attestation._value_1.startswith(b"%PDF")
    consulte = service.getDemandeLogement(
        numUnique=numero, nomCertificat="CER.pem", certificat={"_value_1": b""}
    )
    assert numero.encode() in consulte.fichierDemande._value_1
    for lue in (reponse, consulte):
        assert not fautes_du_fichier(lue.fichierDemande._value_1, "DemandeLogementImplService")
