"""An authority of certificates for an installation where everything is fictional: the demonstration, the École."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from sne.socle.postgres import ecrire_prive

DUREE = timedelta(days=360)
HOTES = ("localhost", *(f"{nom}.localhost" for nom in ("demande", "interfaces")))
"""Names of the listeners of one machine."""
CERTIFICAT, CLE = "autorite.pem", "autorite.cle"
"""Its files."""


@dataclass(frozen=True, slots=True)
class Emis:
    """A certificate that has just been made. ``pem``; ``cle``: its private key (PEM), kept nowhere else."""

    certificat: x509.Certificate
    cle: str = field(repr=False)

    @property
    def pem(self) -> str:
        return self.certificat.public_bytes(Encoding.PEM).decode()

    @property
    def empreinte(self) -> bytes:
        """SHA-256 of its DER."""
        return hashlib.sha256(self.certificat.public_bytes(Encoding.DER)).digest()


class Autorite:
    """Signs with its key."""

    def __init__(self, certificat: x509.Certificate, cle: ec.EllipticCurvePrivateKey) -> None:
        self.certificat, self._cle = certificat, cle

    @classmethod
    def nouvelle(cls, nom: str) -> "Autorite":
        """One that nobody knows yet."""
        cle = ec.generate_private_key(ec.SECP256R1())
        return cls(_signer(_nom(nom), cle.public_key(), _nom(nom), cle, ca=True), cle)

    @classmethod
    def lire(cls, dossier: Path) -> "Autorite":
        """The one whose two files are in this folder. Raises ``OSError``, ``ValueError``."""
        cle = load_pem_private_key((dossier / CLE).read_bytes(), None)
        assert isinstance(cle, ec.EllipticCurvePrivateKey)
        return cls(x509.load_pem_x509_certificate((dossier / CERTIFICAT).read_bytes()), cle)

    @property
    def emise(self) -> Emis:
        """Its own certificate and key."""
        return Emis(self.certificat, _ecrire(self._cle))

    def certifier(self, nom: str, *, hote: bool = False) -> Emis:
        """A certificate of this name; ``hote``: of the listener of this machine."""
        sienne = ec.generate_private_key(ec.SECP256R1())
        emetteur = self.certificat.subject
        return Emis(_signer(_nom(nom), sienne.public_key(), emetteur, self._cle, hote=hote), _ecrire(sienne))


def certifier(ici: Path, clients: Sequence[str] = ("editeur",), *, garder: bool = False) -> dict[str, Emis]:
    """An authority, the certificates of the listener and of each client, by name; their keys in files of their own.

    ``garder``: the authority's key too, as at the École alone, where it signs for each vendor that comes.
    """
    racine = Autorite.nouvelle("Autorité de démonstration")
    (ici / CERTIFICAT).write_text(racine.emise.pem)
    if garder:
        ecrire_prive(ici / CLE, racine.emise.cle)
    faits = {nom: racine.certifier(nom, hote=nom == "serveur") for nom in ("serveur", *clients)}
    for nom, emis in faits.items():
        (ici / f"{nom}.pem").write_text(emis.pem)
        ecrire_prive(ici / f"{nom}.cle", emis.cle)
    return faits


def _ecrire(cle: ec.EllipticCurvePrivateKey) -> str:
    return cle.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _nom(commun: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, commun)])


def _signer(
    sujet: x509.Name,
    publique: ec.EllipticCurvePublicKey,
    emetteur: x509.Name,
    cle: ec.EllipticCurvePrivateKey,
    *,
    ca: bool = False,
    hote: bool = False,
) -> x509.Certificate:
    maintenant = datetime.now(UTC)
    batisseur = (
        x509.CertificateBuilder()
        .subject_name(sujet)
        .issuer_name(emetteur)
        .public_key(publique)
        .serial_number(x509.random_serial_number())
        .not_valid_before(maintenant - timedelta(days=1))
        .not_valid_after(maintenant + DUREE)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(publique), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(cle.public_key()), critical=False)
    )
    if ca:
        usages = dict.fromkeys(
            ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only"),
            False,
        )
        usage = x509.KeyUsage(
            digital_signature=True, key_cert_sign=True, crl_sign=True, decipher_only=False, **usages
        )
        batisseur = batisseur.add_extension(usage, critical=True)
    if hote:
        noms = [x509.IPAddress(ip_address("127.0.0.1")), *map(x509.DNSName, HOTES)]
        batisseur = batisseur.add_extension(x509.SubjectAlternativeName(noms), critical=False)
    return batisseur.sign(cle, hashes.SHA256())
