"""A small authority of the tests: a certificate for the listener, one for a vendor, one of somebody else."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


def _nom(commun: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, commun)])


class Autorite:
    """Signs certificates into files of ``dossier``."""

    def __init__(self, dossier: Path, nom: str) -> None:
        self.dossier, self.nom = dossier, nom
        self._cle = ec.generate_private_key(ec.SECP256R1())
        self.certificat = self._signer(_nom(nom), self._cle.public_key(), ca=True)
        self.racine = dossier / f"{nom}.pem"
        self.racine.write_bytes(self.certificat.public_bytes(Encoding.PEM))

    def emettre(self, nom: str, *, hote: str = "") -> tuple[Path, Path]:
        """Files of a certificate and of its key (PKCS#8)."""
        cle = ec.generate_private_key(ec.SECP256R1())
        certificat = self._signer(_nom(nom), cle.public_key(), hote=hote)
        chemins = self.dossier / f"{self.nom}-{nom}.pem", self.dossier / f"{self.nom}-{nom}.cle"
        chemins[0].write_bytes(certificat.public_bytes(Encoding.PEM))
        chemins[1].write_bytes(cle.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return chemins

    def _signer(
        self, sujet: x509.Name, cle: ec.EllipticCurvePublicKey, *, ca: bool = False, hote: str = ""
    ) -> x509.Certificate:
        maintenant = datetime.now(UTC)
        batisseur = (
            x509.CertificateBuilder()
            .subject_name(sujet)
            .issuer_name(_nom(self.nom))
            .public_key(cle)
            .serial_number(x509.random_serial_number())
            .not_valid_before(maintenant - timedelta(days=1))
            .not_valid_after(maintenant + timedelta(days=30))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        batisseur = batisseur.add_extension(x509.SubjectKeyIdentifier.from_public_key(cle), critical=False)
        autorite = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._cle.public_key())
        batisseur = batisseur.add_extension(autorite, critical=False)
        usages = dict.fromkeys(
            (
                "content_commitment",
                "key_encipherment",
                "data_encipherment",
                "key_agreement",
                "encipher_only",
                "decipher_only",
            ),
            False,
        )
        usage = x509.KeyUsage(digital_signature=True, key_cert_sign=ca, crl_sign=ca, **usages)
        batisseur = batisseur.add_extension(usage, critical=True)
        if hote:
            noms = [x509.IPAddress(ip_address(hote)), x509.DNSName("localhost")]
            batisseur = batisseur.add_extension(x509.SubjectAlternativeName(noms), critical=False)
        return batisseur.sign(self._cle, hashes.SHA256())
