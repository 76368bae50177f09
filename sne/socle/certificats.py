"""Certificates of the listener of vendors and of its clients, signed by an authority made on the spot."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from sne.socle.postgres import ecrire_prive

DUREE = timedelta(days=360)


def certifier(ici: Path, clients: Sequence[str] = ("editeur",)) -> dict[str, x509.Certificate]:
    """An authority, the certificates of the listener and of each client, by name; their keys in files of their own."""
    autorite, cle = _nom("Autorité de démonstration"), ec.generate_private_key(ec.SECP256R1())
    racine = _signer(autorite, cle.public_key(), autorite, cle, ca=True)
    (ici / "autorite.pem").write_bytes(racine.public_bytes(Encoding.PEM))
    faits = {}
    for nom in ("serveur", *clients):
        sienne = ec.generate_private_key(ec.SECP256R1())
        faits[nom] = certificat = _signer(
            _nom(nom), sienne.public_key(), autorite, cle, hote=nom == "serveur"
        )
        (ici / f"{nom}.pem").write_bytes(certificat.public_bytes(Encoding.PEM))
        ecrite = sienne.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        ecrire_prive(ici / f"{nom}.cle", ecrite.decode())
    return faits


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
        noms = [x509.IPAddress(ip_address("127.0.0.1")), x509.DNSName("localhost")]
        batisseur = batisseur.add_extension(x509.SubjectAlternativeName(noms), critical=False)
    return batisseur.sign(cle, hashes.SHA256())
