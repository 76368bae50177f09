"""Descriptions of the three services (WSDL 1.1, SOAP 1.2), written from one table: names, order and namespaces."""

from collections.abc import Mapping
from dataclasses import dataclass

from sne.nuu.rules.enveloppe import SERVICE

XSD = "http://www.w3.org/2001/XMLSchema"
TEXTE, FICHIER, INSTANT, CODE = "xs:string", "tns:base64Binary", "xs:dateTime", "tns:codeElement"


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its name, the elements asked and answered, the name of its messages."""

    nom: str
    demande: str
    reponse: str
    messages: str


@dataclass(frozen=True, slots=True)
class Service:
    """One service. ``elements``: children of each element of a body; ``?`` for one that may be absent."""

    nom: str
    elements: Mapping[str, tuple[tuple[str, str], ...]]
    operations: tuple[Operation, ...]
    erreur: str = ""


CERTIFICAT = (("nomCertificat", TEXTE), ("certificat", FICHIER))
DEMANDE = (("nomFichierDemande", TEXTE), ("fichierDemande", FICHIER))
FACULTATIVE = (("nomFichierDemande?", TEXTE), ("fichierDemande?", FICHIER))
XML_DEMANDE = (("nomFichier", TEXTE), ("fichierXml", FICHIER), ("nomCertificat", TEXTE))
XML_REPONSE = (("nomFichierXmlRetour", TEXTE), ("fichierXmlRetour", FICHIER))
EVENEMENTS = (
    "listerTypesEvenementsNationaux",
    "listerTypesEvenementsTerritoriaux",
    "listerEvenementsDemande",
    "ajouterEvenementDemande",
    "modifierEvenementDemande",
    "supprimerEvenementDemande",
)
PAR_FICHIER = {"fichierXmlParametres": XML_DEMANDE, "fichierXmlReponse": XML_REPONSE}


def _par_fichier(nom: str) -> Operation:
    return Operation(nom, "fichierXmlParametres", "fichierXmlReponse", nom)


SERVICES: Mapping[str, Service] = {
    "DemandeLogementImplService": Service(
        "DemandeLogement",
        {
            "numUniqueParametres": (*DEMANDE, *CERTIFICAT, ("complet?", TEXTE)),
            "numUniqueReponse": (*DEMANDE, ("nomAttestation?", TEXTE), ("attestation?", FICHIER)),
            "demandeLogementParametres": (("numUnique", TEXTE), *CERTIFICAT, ("complet?", TEXTE)),
            "demandeLogementReponse": DEMANDE,
            "rechercheDoublonsParametres": DEMANDE,
            "rechercheDoublonsReponse": (
                ("nomFichierDoublons?", TEXTE),
                ("listeDoublons?", FICHIER),
                *FACULTATIVE,
            ),
            "declarationNouveauDaloParametres": (
                ("nomFichierDalo", TEXTE),
                ("fichierDalo", FICHIER),
                *CERTIFICAT,
            ),
            "declarationNouveauDaloReponse": (("nomFichierDalo", TEXTE), ("fichierDalo", FICHIER)),
            "demandesRadieesDepuisLeParametres": (
                ("dateRadiationDepuisLe", INSTANT),
                ("motifRadiation?", CODE),
                ("statutDalo?", CODE),
                ("typeReservataire?", CODE),
                *CERTIFICAT,
            ),
            "demandesRadieesDepuisLeReponse": (
                ("nomFichierDemandesRadiees?", TEXTE),
                ("fichierDemandesRadiees?", FICHIER),
            ),
            "nouveauxDaloDepuisLeParametres": (("dateNouveauDaloDepuisLe", INSTANT), *CERTIFICAT),
            "nouveauxDaloDepuisLeReponse": (
                ("nomFichierNouveauxDalo?", TEXTE),
                ("fichierNouveauxDalo?", FICHIER),
            ),
            "demandeLogementException": (("message?", TEXTE),),
        },
        (
            Operation("getNumUnique", "numUniqueParametres", "numUniqueReponse", "numUnique"),
            Operation(
                "getDemandeLogement", "demandeLogementParametres", "demandeLogementReponse", "demandeLogement"
            ),
            Operation(
                "getDoublons", "rechercheDoublonsParametres", "rechercheDoublonsReponse", "rechercheDoublons"
            ),
            Operation(
                "getDeclarationNouveauDalo",
                "declarationNouveauDaloParametres",
                "declarationNouveauDaloReponse",
                "declarationNouveauDalo",
            ),
            Operation(
                "getDemandesRadieesDepuisLe",
                "demandesRadieesDepuisLeParametres",
                "demandesRadieesDepuisLeReponse",
                "demandesRadieesDepuisLe",
            ),
            Operation(
                "getNouveauxDaloDepuisLe",
                "nouveauxDaloDepuisLeParametres",
                "nouveauxDaloDepuisLeReponse",
                "nouveauxDaloDepuisLe",
            ),
        ),
        erreur="demandeLogementException",
    ),
    "RechercheDemandeImplService": Service(
        "RechercheDemande", PAR_FICHIER, (_par_fichier("rechercheDemandeMulticritere"),)
    ),
    "GestionPartageeEVTImplService": Service(
        "GestionPartageeEVT", PAR_FICHIER, tuple(_par_fichier(nom) for nom in EVENEMENTS)
    ),
}


def page(nom: str, adresse: str) -> str:
    """The description of this service, to be called at ``adresse``."""
    service = SERVICES[nom]
    types = "".join(_element(element, enfants) for element, enfants in service.elements.items())
    messages = "".join(_messages(operation) for operation in service.operations)
    if service.erreur:
        messages += _message(service.erreur, "parameters", service.erreur)
    ports = "".join(_port(operation) for operation in service.operations)
    liens = "".join(_lien(operation) for operation in service.operations)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<wsdl:definitions name="{service.nom}Service" targetNamespace="{SERVICE}" '
        'xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap12/" '
        f'xmlns:tns="{SERVICE}" xmlns:xs="{XSD}"><wsdl:types>'
        f'<xs:schema attributeFormDefault="unqualified" elementFormDefault="unqualified" targetNamespace="{SERVICE}">'
        f"{FICHIERS}{types}</xs:schema></wsdl:types>{messages}"
        f'<wsdl:portType name="{service.nom}PortType">{ports}</wsdl:portType>'
        f'<wsdl:binding name="{nom}SoapBinding" type="tns:{service.nom}PortType">'
        f'<soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>{liens}</wsdl:binding>'
        f'<wsdl:service name="{nom}"><wsdl:port name="{nom.replace("Service", "Port")}" '
        f'binding="tns:{nom}SoapBinding"><soap:address location="{adresse}"/></wsdl:port></wsdl:service>'
        "</wsdl:definitions>"
    )


FICHIERS = (
    '<xs:attribute name="contentType" type="xs:string"/>'
    '<xs:complexType name="base64Binary"><xs:simpleContent><xs:extension base="xs:base64Binary">'
    '<xs:attribute ref="tns:contentType"/></xs:extension></xs:simpleContent></xs:complexType>'
    '<xs:complexType name="codeElement"><xs:attribute name="code" type="xs:string"/></xs:complexType>'
)


def _element(nom: str, enfants: tuple[tuple[str, str], ...]) -> str:
    suite = "".join(
        f"<xs:element {'minOccurs=' + chr(34) + '0' + chr(34) + ' ' if enfant.endswith('?') else ''}"
        f'name="{enfant.rstrip("?")}" type="{genre}"/>'
        for enfant, genre in enfants
    )
    return f'<xs:element name="{nom}"><xs:complexType><xs:sequence>{suite}</xs:sequence></xs:complexType></xs:element>'


def _messages(operation: Operation) -> str:
    return _message(f"{operation.messages}Request", "parameters", operation.demande) + _message(
        f"{operation.messages}Response", "return", operation.reponse
    )


def _message(nom: str, partie: str, element: str) -> str:
    return f'<wsdl:message name="{nom}"><wsdl:part name="{partie}" element="tns:{element}"/></wsdl:message>'


def _port(operation: Operation) -> str:
    return (
        f'<wsdl:operation name="{operation.nom}"><wsdl:input message="tns:{operation.messages}Request"/>'
        f'<wsdl:output message="tns:{operation.messages}Response"/></wsdl:operation>'
    )


def _lien(operation: Operation) -> str:
    corps = '<soap:body use="literal"/>'
    return (
        f'<wsdl:operation name="{operation.nom}"><soap:operation soapAction="{SERVICE}{operation.nom}"/>'
        f"<wsdl:input>{corps}</wsdl:input><wsdl:output>{corps}</wsdl:output></wsdl:operation>"
    )
