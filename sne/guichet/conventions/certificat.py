"""A certificate pasted by a person: what of it is registered."""

from datetime import timedelta
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from sne.conventions.actions import NouveauCertificat
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour

ILLISIBLE = "Certificat\u00a0: il ne se lit pas. Collez un seul certificat, en entier."
PRIVEE = "Certificat\u00a0: c’est une clé privée. Ne l’envoyez jamais, faites-en faire une autre."


def lire_certificat(pem: str) -> NouveauCertificat:
    """Its SHA-256, its name and its days. Raises ``Interdit``: unreadable, or a private key."""
    if "PRIVATE KEY" in pem:
        raise Interdit(PRIVEE, champ="pem")
    try:
        lu = x509.load_pem_x509_certificate(pem.strip().encode())
        sujet = lu.subject.rfc4514_string()
    except ValueError as exc:
        raise Interdit(ILLISIBLE, champ="pem") from exc
    return NouveauCertificat(
        empreinte=sha256(lu.public_bytes(Encoding.DER)).digest(),
        libelle=sujet,
        debut=jour(lu.not_valid_before_utc),
        fin=jour(lu.not_valid_after_utc) + timedelta(days=1),
    )
