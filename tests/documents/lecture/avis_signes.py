"""Tax notices with a 2D-Doc signed by an authority made here: fictional names, a chain that nobody else trusts."""

import base64
from datetime import UTC, date, datetime

import zxingcpp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509.oid import NameOID
from PIL import Image
from tddoc.header import Header

CHAMPS = {
    "44": "24A1234567890",
    "46": "DURAND JEANNE",
    "48": "DUPONT MARTIN ZOE",
    "45": "2024",
    "41": "18432",
    "43": "2,5",
}
LONGUEURS_FIXES = {"44", "45", "47", "49"}


class Autorite:
    """An authority and one signer, valid for some years."""

    def __init__(
        self, autorite: str = "FRZZ", signataire: str = "ESS1", annees: tuple[int, int] = (2020, 2030)
    ) -> None:
        self.nom, self.signataire = autorite, signataire
        self.cle_autorite, self.cle = (
            ec.generate_private_key(ec.SECP256R1()),
            ec.generate_private_key(ec.SECP256R1()),
        )
        self.annees = annees
        self.certificats = [
            self._certificat(autorite, self.cle_autorite.public_key()),
            self._certificat(signataire, self.cle.public_key()),
        ]

    def _certificat(self, sujet: str, cle: ec.EllipticCurvePublicKey) -> x509.Certificate:
        debut, fin = (datetime(a, 1, 1, tzinfo=UTC) for a in self.annees)
        return (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, sujet)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.nom)]))
            .public_key(cle)
            .serial_number(x509.random_serial_number())
            .not_valid_before(debut)
            .not_valid_after(fin)
            .sign(self.cle_autorite, hashes.SHA256())
        )

    def code(
        self, champs: dict[str, str] | None = None, *, genre: str = "28", le: date = date(2025, 7, 25)
    ) -> str:
        """The signs of a 2D-Doc."""
        entete = Header(4, self.nom, self.signataire, le, le, genre, 1).to_code()
        corps = "".join(
            f"{cle}{valeur}" + ("" if cle in LONGUEURS_FIXES else "\x1d")
            for cle, valeur in (champs or CHAMPS).items()
        )
        r, s = decode_dss_signature(self.cle.sign((entete + corps).encode(), ec.ECDSA(hashes.SHA256())))
        signature = base64.b32encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode().rstrip("=")
        return f"{entete}{corps}\x1f{signature}"


def page(code: str, *, points_par_pouce: int = 200, angle: float = 0) -> Image.Image:
    """An A4 page with the code as large as administrations print it."""
    barres = memoryview(
        zxingcpp.create_barcode(code.encode("ascii"), zxingcpp.BarcodeFormat.DataMatrix).to_image(scale=4)
    )
    dessin = Image.frombuffer("L", (barres.shape[1], barres.shape[0]), barres.tobytes())
    cote = round(26 / 25.4 * points_par_pouce)
    feuille = Image.new("L", (round(8.27 * points_par_pouce), round(11.69 * points_par_pouce)), 255)
    feuille.paste(dessin.resize((cote, cote), Image.Resampling.NEAREST), (points_par_pouce, points_par_pouce))
    return feuille.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)
