"""zeep, from the interface's own descriptions and from ours: same operations, same answers."""

from datetime import timedelta
from typing import Any

import pytest
import requests
from lxml import etree
from zeep import Client
from zeep.exceptions import Fault
from zeep.transports import Transport

from sne.nuu import wsdl
from sne.nuu.rules.description import ESPACE
from sne.socle.horloge import aujourd_hui, maintenant
from tests.interop.client_public import schemas
from tests.interop.schemas import ECARTS, fautes_du_fichier
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


class Operations:
    """Every operation of the three services, from the interface's own descriptions; each file is valid for it."""

    def __init__(self, transport: Transport, ecoute: str) -> None:
        self.services = {}
        for nom in wsdl.SERVICES:
            client = Client(str(schemas() / f"{nom}.wsdl"), transport=transport)
            adresse = f"https://{ecoute}/services/{nom}/"
            self.services[nom] = client.create_service(next(iter(client.wsdl.bindings)), adresse)
        self.appelees: set[str] = set()

    def __call__(self, service: str, operation: str, *retours: str, **enfants: Any) -> Any:
        self.appelees.add(operation)
        if service != "RechercheDemandeImplService" and "certificat" in enfants:
            enfants["certificat"] = {"_value_1": b""}
        reponse = self.services[service][operation](**enfants)
        for retour in retours:
            octets = reponse[retour]._value_1
            ecarts = fautes_du_fichier(octets, service, operation)
            assert ecarts.keys() <= ECARTS.keys(), ecarts
            return etree.fromstring(octets)
        return reponse

    def frere(self, service: str, operation: str, dedans: str) -> Any:
        """One of the two sister services: criteria or an event in, a file out."""
        envoi = (
            f'<n:interfaceNuu xmlns:n="{ESPACE}" versionInterface="02.00"><n:entete><n:typeFichier>EVT'
            "</n:typeFichier><n:dateFichier>2026-11-29T08:00:00.0+01:00</n:dateFichier>"
            f"<n:codeGuichet>G0993</n:codeGuichet></n:entete>{dedans}</n:interfaceNuu>"
        )
        fichier = {"_value_1": envoi.encode(), "contentType": "text/xml"}
        enfants = {"nomFichier": "x.xml", "fichierXml": fichier, "nomCertificat": "CER.pem"}
        return self(service, operation, "fichierXmlRetour", **enfants)


def test_zeep_passes_every_operation_of_the_three_descriptions(transport: Transport, ecoute: str) -> None:
    appeler = Operations(transport, ecoute)
    demandes, recherche, evenements = (
        "DemandeLogementImplService",
        "RechercheDemandeImplService",
        "GestionPartageeEVTImplService",
    )
    fichier = {"_value_1": message(jour=aujourd_hui()).encode(), "contentType": "text/xml"}
    envoi = {"nomFichierDemande": "DEM.xml", "fichierDemande": fichier}
    qui = {"nomCertificat": "CER.pem", "certificat": None}
    texte = f".//{{{ESPACE}}}"
    cree = appeler(demandes, "getNumUnique", "fichierDemande", **envoi, **qui)
    numero = cree.findtext(f"{texte}numUnique")
    lue = appeler(demandes, "getDemandeLogement", "fichierDemande", numUnique=numero, **qui)
    assert lue.findtext(f"{texte}numUnique") == numero
    doublons = appeler(demandes, "getDoublons", "listeDoublons", **envoi)
    assert doublons.findtext(f"{texte}numUnique") == numero
    depuis = maintenant() - timedelta(hours=1)
    radiees = {"dateRadiationDepuisLe": depuis}
    appeler(demandes, "getDemandesRadieesDepuisLe", "fichierDemandesRadiees", **radiees, **qui)
    appeler(demandes, "getNouveauxDaloDepuisLe", "fichierNouveauxDalo", dateNouveauDaloDepuisLe=depuis, **qui)
    with pytest.raises(Fault, match="Service non offert"):
        appeler(demandes, "getDeclarationNouveauDalo", nomFichierDalo="x", fichierDalo=fichier, **qui)
    critere = (
        f"<n:operation><n:demandeMulticritere><n:numUnique>{numero}</n:numUnique></n:demandeMulticritere>"
    )
    trouvees = appeler.frere(recherche, "rechercheDemandeMulticritere", f"{critere}</n:operation>")
    assert [t.text for t in trouvees.iter(f"{{{ESPACE}}}numUnique")][-1] == numero
    _evenements(appeler, evenements, numero)
    assert appeler.appelees == {o.nom for service in wsdl.SERVICES.values() for o in service.operations}


def _evenements(appeler: Operations, service: str, numero: str) -> None:
    """An event of the first national type that asks for nothing more, from its addition to its end."""
    operation = f"<n:operation><n:numUnique>{numero}</n:numUnique></n:operation>"
    types = appeler.frere(service, "listerTypesEvenementsNationaux", "")
    territoire = "<n:operation><n:codeTerritoire>099</n:codeTerritoire></n:operation>"
    appeler.frere(service, "listerTypesEvenementsTerritoriaux", territoire)
    code = next(
        t.findtext(f"{{{ESPACE}}}codeTypeEvenement")
        for t in types.iter(f"{{{ESPACE}}}typeEvenement")
        if "true" not in [o.text for o in t.iter(f"{{{ESPACE}}}obligatoire")]
    )
    identifiant = ""
    for nom, commentaire in (("ajouter", "Vu"), ("modifier", "Revu"), ("supprimer", "")):
        cle = f"<n:idEvenement>{identifiant}</n:idEvenement>" if identifiant else ""
        dit = (
            f"{operation}<n:listeEvenements><n:evenement>{cle}<n:codeTypeEvenement>{code}</n:codeTypeEvenement>"
            f"<n:dateSurvenance>{aujourd_hui()}</n:dateSurvenance><n:commentaire>{commentaire}</n:commentaire>"
            "</n:evenement></n:listeEvenements>"
        )
        rendu = appeler.frere(service, f"{nom}EvenementDemande", dit)
        identifiant = rendu.findtext(f".//{{{ESPACE}}}idEvenement") or identifiant
    listes = appeler.frere(service, "listerEvenementsDemande", operation)
    assert identifiant
    assert listes.findtext(f".//{{{ESPACE}}}idEvenement") is None
