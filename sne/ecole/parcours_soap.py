"""« Ours », by messages: flows of SOAP played against any address, and zeep, where it is there."""

import base64
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx2

DELAI = 20.0  # seconds
SERVICES = ("DemandeLogementImplService", "RechercheDemandeImplService", "GestionPartageeEVTImplService")
DEMANDES = SERVICES[0]
ENVELOPPE = (
    '<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" '
    'xmlns:ws="http://ws.metier.nuu.application.i2/"><soap:Body><ws:{corps}>{dedans}'
    "<nomCertificat>CER.pem</nomCertificat><certificat/></ws:{corps}></soap:Body></soap:Envelope>"
)
FICHIER = re.compile(rb"<(\w+):interfaceNuu\b.*?</\1:interfaceNuu>", re.DOTALL)
NUMERO = re.compile(rb":numUnique>([0-9A-Z]{18})<")
INSTANT = re.compile(rb">\d{4}-\d\d-\d\dT[^<]*<")
"""Of the file, and of what is computed for it: another at each reading."""
INCONNUS = ("0990101000001G0993", "0990101000002G0993")
Identite = tuple[Path, Path, Path]
"""Files (PEM): authority, certificate, its key."""


@dataclass(frozen=True, slots=True)
class Rendu:
    """What was answered. ``fichier``: the file of the answer, empty when it has none."""

    statut: int
    octets: bytes
    fichier: bytes = b""

    @property
    def numero(self) -> bytes:
        """The number of the demande, empty when none is said."""
        trouve = NUMERO.search(self.fichier)
        return trouve[1] if trouve else b""

    @property
    def faite(self) -> bool:
        """Whether what was asked is done: a file without any anomaly."""
        return self.statut == 200 and bool(self.fichier) and b"listeAnomalie" not in self.fichier


class Messager:
    """Calls of messages to this address, which is that of REST: it ends with ``/api/v1``."""

    def __init__(self, base: str, identite: Identite) -> None:
        self.base, self.identite = base.rstrip("/").removesuffix("/api/v1"), identite

    def adresse(self, service: str) -> str:
        """Where a service is."""
        return f"{self.base}/services/{service}/"

    def decrire(self, service: str) -> bytes:
        """Its description."""
        with self._client(certificat=True) as client:
            return client.get(self.adresse(service), params={"wsdl": ""}).content

    def appeler(self, corps: str, dedans: str, *, certificat: bool = True, avant: str = "") -> Rendu:
        """One call of demandes, inlined in base64. ``avant``: what is written before the envelope."""
        texte = avant + ENVELOPPE.format(corps=corps, dedans=dedans)
        entetes = {"Content-Type": "application/soap+xml; charset=UTF-8"}
        with self._client(certificat=certificat) as client:
            rendu = client.post(self.adresse(DEMANDES), content=texte.encode(), headers=entetes)
        fichier = FICHIER.search(rendu.content)
        return Rendu(rendu.status_code, rendu.content, fichier[0] if fichier else b"")

    def envoyer(self, fichier: bytes) -> Rendu:
        """A file that writes."""
        inline = base64.b64encode(fichier).decode()
        return self.appeler(
            "numUniqueParametres",
            f"<nomFichierDemande>DEM.xml</nomFichierDemande><fichierDemande>{inline}</fichierDemande>",
        )

    def lire(self, numero: str) -> Rendu:
        """The file of a number."""
        return self.appeler("demandeLogementParametres", f"<numUnique>{numero}</numUnique>")

    def _client(self, *, certificat: bool) -> httpx2.Client:
        autorite, sien, secret = self.identite
        contexte = ssl.create_default_context(cafile=str(autorite))
        if certificat:
            contexte.load_cert_chain(sien, secret)
        return httpx2.Client(verify=contexte, timeout=DELAI, trust_env=False, follow_redirects=False)


def _descriptions(messager: Messager, _: bytes) -> bool:
    return all(b"definitions" in messager.decrire(service) for service in SERVICES)


def _sans_certificat(messager: Messager, _: bytes) -> bool:
    corps = ("demandeLogementParametres", f"<numUnique>{INCONNUS[0]}</numUnique>")
    return messager.appeler(*corps, certificat=False).statut in {400, 403}


def _une_seule_fois(messager: Messager, fichier: bytes) -> bool:
    un, encore = messager.envoyer(fichier), messager.envoyer(fichier)
    return un.faite and encore.faite and un.numero == encore.numero


def _lue(messager: Messager, fichier: bytes) -> bool:
    numero = messager.envoyer(fichier).numero
    return bool(numero) and messager.lire(numero.decode()).numero == numero


def _rien_ne_change(messager: Messager, fichier: bytes) -> bool:
    numero = messager.envoyer(fichier).numero.decode()
    lu = messager.lire(numero)
    renvoye = messager.envoyer(lu.fichier.replace(b">RET<", b">MOD<"))
    return renvoye.faite and _sans_instant(messager.lire(numero)) == _sans_instant(lu)


def _sans_instant(rendu: Rendu) -> bytes:
    return INSTANT.sub(b"><", rendu.fichier)


def _inconnu_comme_etranger(messager: Messager, _: bytes) -> bool:
    dits = {_sans_instant(messager.lire(n)).replace(n.encode(), b"") for n in INCONNUS}
    return len(dits) == 1 and b"CTRL_DEM_1102" in next(iter(dits))


def _sans_doctype(messager: Messager, _: bytes) -> bool:
    corps = ("demandeLogementParametres", f"<numUnique>{INCONNUS[0]}</numUnique>")
    return messager.appeler(*corps, avant='<!DOCTYPE a [<!ENTITY b "c">]>').statut == 400


def _operation_inconnue(messager: Messager, _: bytes) -> bool:
    return messager.appeler("toutEffacerParametres", "").statut == 400


def _zeep(messager: Messager, fichier: bytes) -> bool:
    requests, zeep, transports = map(import_module, ("requests", "zeep", "zeep.transports"))
    autorite, sien, secret = (str(chemin) for chemin in messager.identite)
    with requests.Session() as session:
        session.trust_env, session.verify, session.cert = False, autorite, (sien, secret)
        transport = transports.Transport(session=session)
        client = zeep.Client(f"{messager.adresse(DEMANDES)}?wsdl", transport=transport)
        service: Any = client.create_service(next(iter(client.wsdl.bindings)), messager.adresse(DEMANDES))
        numero = messager.envoyer(fichier).numero
        lu = service.getDemandeLogement(
            numUnique=numero.decode(), nomCertificat="CER.pem", certificat={"_value_1": b""}
        )
    return numero in lu.fichierDemande._value_1


PARCOURS: Mapping[str, Callable[[Messager, bytes], bool]] = {
    "SOAP\u00a0: les trois descriptions se lisent (?wsdl).": _descriptions,
    "SOAP\u00a0: sans certificat, un message est refusé.": _sans_certificat,
    "SOAP\u00a0: le même fichier renvoyé a le même numéro.": _une_seule_fois,
    "SOAP\u00a0: la demande enregistrée se lit par son numéro.": _lue,
    "SOAP\u00a0: ce qui est lu, renvoyé en MOD, ne change rien.": _rien_ne_change,
    "SOAP\u00a0: un numéro inconnu et celui d’un autre ont la même réponse (1102).": _inconnu_comme_etranger,
    "SOAP\u00a0: un message avec un DOCTYPE est refusé (400).": _sans_doctype,
    "SOAP\u00a0: une opération inconnue est refusée (400).": _operation_inconnue,
}
PAR_ZEEP = "SOAP\u00a0: zeep lit la description, puis la demande."


def parcourir(messager: Messager, fichier: bytes) -> dict[str, bool]:
    """Whether each sentence is true there. ``fichier``: of type CRE, that the guichet may send."""
    joues = {**PARCOURS, **({PAR_ZEEP: _zeep} if find_spec("zeep") else {})}
    return {phrase: jouer(messager, fichier) for phrase, jouer in joues.items()}
