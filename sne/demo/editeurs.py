"""The vendor of the demonstration: an agreement with every scope, its key, certificates of an authority made here."""

import hashlib
import uuid
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from sne.conventions import actions
from sne.conventions.models import Convention
from sne.conventions.rules.portees import Portee
from sne.demo.dossier import Dossier
from sne.habilitations.models import Compte
from sne.habilitations.rules import acteur_systeme
from sne.habilitations.selectors import acteur_de
from sne.referentiels.selectors import get_guichet
from sne.socle.acte import Acte
from sne.socle.horloge import jour, maintenant
from sne.socle.postgres import ecrire_prive

EDITEUR, COURRIEL = "Logiciel de démonstration", "editeur@exemple.fr"
TERRITOIRE, GUICHET = "099", "G0993"
EXPLOITATION = "agnes.caron@exemple.fr"  # confirms the certificate that the installation registers
DUREE = timedelta(days=360)


def ouvrir_editeur(dossier: Dossier) -> None:
    """Make the certificates, and the agreement whose software holds them. Done again, another certificate and key."""
    ici = dossier.editeurs
    ici.mkdir(mode=0o700, parents=True, exist_ok=True)
    certificat = _certifier(ici)
    existante = Convention.objects.filter(compte__courriel=COURRIEL).values_list("id", flat=True).first()
    ecrire_prive(ici / "cle.txt", _convenir(existante, certificat))


def _convenir(existante: uuid.UUID | None, certificat: x509.Certificate) -> str:
    """The agreement, taken through its steps by the acts; the text of a new key."""
    instant = maintenant()
    le = jour(instant)
    acte = Acte(acteur_systeme("Installation de la démonstration"), instant)
    confirme = Acte(acteur_de(Compte.objects.get(courriel=EXPLOITATION), le=le), instant)
    convention = existante
    if convention is None:
        guichet = get_guichet(TERRITOIRE, GUICHET, le=le)
        assert guichet is not None
        nouvelle = actions.NouvelleConvention(EDITEUR, guichet.organisme, COURRIEL)
        convention = actions.ouvrir_convention(nouvelle, acte=acte)
        for pas in actions.Pas:
            actions.noter_pas(convention, pas, le=le, acte=acte)
        actions.couvrir_guichet(convention, TERRITOIRE, GUICHET, acte=acte)
    fin = le + DUREE
    empreinte = hashlib.sha256(certificat.public_bytes(Encoding.DER)).digest()
    propose = actions.NouveauCertificat(empreinte, certificat.subject.rfc4514_string(), le, fin)
    actions.decider_certificat(
        actions.proposer_certificat(convention, propose, acte=acte), confirme=True, acte=confirme
    )
    if existante is None:
        for portee in Portee:
            actions.ouvrir_portee(convention, portee, acte=acte)
    return actions.creer_cle(convention, tuple(Portee), fin=fin, acte=acte).texte


def _certifier(ici: Path) -> x509.Certificate:
    """An authority, the listener's certificate, the vendor's, which is returned; their keys in files of their own."""
    autorite, cle = _nom("Autorité de démonstration"), ec.generate_private_key(ec.SECP256R1())
    racine = _signer(autorite, cle.public_key(), autorite, cle, ca=True)
    (ici / "autorite.pem").write_bytes(racine.public_bytes(Encoding.PEM))
    certificat = racine
    for nom in ("serveur", "editeur"):
        sienne = ec.generate_private_key(ec.SECP256R1())
        certificat = _signer(_nom(nom), sienne.public_key(), autorite, cle, hote=nom == "serveur")
        (ici / f"{nom}.pem").write_bytes(certificat.public_bytes(Encoding.PEM))
        ecrite = sienne.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        ecrire_prive(ici / f"{nom}.cle", ecrite.decode())
    return certificat


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
