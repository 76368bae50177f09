"""A vendor’s software that speaks the national messages, in process: registering and reading by SOAP."""

import uuid
from itertools import count

from sne.attestations.actions import emettre_attestation, modele_en_cours
from sne.attestations.selectors.fichiers import refaire
from sne.bench import foyers
from sne.bench.actes_rest import DeposerSonContenu, Logiciel, numeros
from sne.bench.equipe import Poste
from sne.bench.pgbench import MesureImpossible
from sne.conventions.rules.reglages import Attestation, Reglages
from sne.nuu.rules.ecriture import Emission, ecrire_message
from sne.nuu.rules.enveloppe import SERVICE, SOAP
from sne.registre.depot.actions.construire import Depot
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, maintenant

DEMANDES = "/services/DemandeLogementImplService/"
FRONTIERE = "MIMEBoundary"
XOP = '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:{}"/>'
TYPE = (
    f'multipart/related; type="application/xop+xml"; start="<racine>"; start-info="application/soap+xml"; '
    f'boundary="{FRONTIERE}"'
)


def message(rang: int) -> bytes:
    """The file that registers the household of this rank; the wire holds no number of social security."""
    depot = foyers.depot(rang, maintenant())
    dossier = {"guichet": foyers.GUICHET, "date_depot": aujourd_hui()}
    emission = Emission(depot.contenu, dossier, {"forcer_doublon": True, "reference_interne": str(rang)})
    return ecrire_message([emission], type_fichier="CRE", date_fichier=maintenant()).encode()


def enveloppe(corps: str, enfants: str, fichier: bytes = b"") -> bytes:
    """A call in parts, as the known client writes one: the certificate part is empty."""
    dedans = f"{enfants}<nomCertificat>CER.pem</nomCertificat><certificat>{XOP.format('cert')}</certificat>"
    racine = (
        f'<soap:Envelope xmlns:soap="{SOAP}" xmlns:ws="{SERVICE}"><soap:Body><ws:{corps}>{dedans}</ws:{corps}>'
        "</soap:Body></soap:Envelope>"
    ).encode()
    parties = [("racine", "application/xop+xml", racine), ("cert", "application/octet-stream", b"")]
    if fichier:
        parties.append(("fichier", "text/xml", fichier))
    ecrites = (
        f"--{FRONTIERE}\r\nContent-Type: {genre}\r\nContent-ID: <{cle}>\r\n\r\n".encode() + octets + b"\r\n"
        for cle, genre, octets in parties
    )
    return b"".join(ecrites) + f"--{FRONTIERE}--\r\n".encode()


def numero_unique(fichier: bytes) -> bytes:
    """The call that registers."""
    enfants = f"<nomFichierDemande>DEM.xml</nomFichierDemande><fichierDemande>{XOP.format('fichier')}</fichierDemande>"
    return enveloppe("numUniqueParametres", enfants, fichier)


def demande_logement(nud: str) -> bytes:
    """The call that reads."""
    return enveloppe("demandeLogementParametres", f"<numUnique>{nud}</numUnique>")


class _ParSoap(Logiciel):
    """A software of the messages, whose certificate alone says who calls."""

    def envoyer(self, corps: bytes) -> bytes:
        """The body of the answer. Raises :class:`MesureImpossible` for a fault or an anomaly."""
        lu = self.appeler("POST", DEMANDES, corps, CONTENT_TYPE=TYPE)
        if b"listeAnomalie" in lu:
            raise MesureImpossible(lu.decode()[-1500:])
        return lu


class DeposerParSoap(_ParSoap):
    """Register a household by a message; the attestation is left to be asked for."""

    reglages = Reglages(piece_vue=True, attestation=Attestation.SUR_DEMANDE)

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        self._rangs = count(poste.premier_rang)
        self._prets: list[bytes] = []

    def preparer(self, nombre: int) -> None:
        self._prets += [self._corps() for _ in range(nombre - len(self._prets))]

    def agir(self) -> None:
        self.envoyer(self._prets.pop() if self._prets else self._corps())

    def _corps(self) -> bytes:
        return numero_unique(message(next(self._rangs)))


class DeposerEtAttesterParSoap(DeposerParSoap):
    """The same, the attestation in the answer."""

    reglages = Reglages(piece_vue=True)


class ConsulterParSoap(_ParSoap):
    """A file read by a message."""

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        self.tirer = numeros(poste)

    def preparer(self, nombre: int) -> None:
        """Nothing is needed."""

    def agir(self) -> None:
        self.envoyer(demande_logement(self.tirer()))


class DeposerSansNumero(DeposerSonContenu):
    """The peer: the act on the same household without a number of social security, its content read as typed."""

    nirs = False


class DeposerEtAttester(DeposerSansNumero):
    """The same, then its attestation, issued and drawn by the act."""

    def deposer(self, depot: Depot, acte: Acte) -> uuid.UUID:
        demande = super().deposer(depot, acte)
        modele = modele_en_cours(demande, acteur=acte.acteur)
        refaire(emettre_attestation(demande, acte=acte, modele=modele))
        return demande
