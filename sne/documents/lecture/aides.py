"""Reading aids of a document made safe: its text, its lines, and the signed code of a tax notice."""

import re
import shutil
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from tddoc.doc import TwoDDoc
from tddoc.keychain import KeyChain, internal

from sne.documents.lecture.bac import Acces, demander, executer
from sne.documents.rules.aides import AvisLu, LigneLue, Origine, Signature, TexteLu
from sne.documents.rules.bornes import Bornes

MOTEUR, LANGUE = "tesseract", "fra"
MODELES = ("/usr/share/tesseract-ocr", "/usr/share/tessdata")
TEXTE_MAX = 200_000  # signs of a page
AVIS = frozenset(
    {"04", "18", "24", "27", "28"}
)  # tax notices, statements of situation, and their later versions
SIGNES = re.compile(r"DC0[1-4][0-9A-Z]{4}[0-9A-Z]{4}[0-9A-F]{8}[\x1d-\x1f\x20-\x7e]{30,1900}\Z")


def moteur_de_texte() -> str | None:
    """Path of the OCR engine; ``None``: pages without text stay unread."""
    trouve = shutil.which(MOTEUR)
    return str(Path(trouve).resolve()) if trouve else None


def lire_texte(
    source: Path, *, mime: str, dossier: Path, pages_max: int, bornes: Bornes, reconnaitre: bool = True
) -> TexteLu:
    """Text of the first pages: their own layer where there is one, else letters recognised in their picture, unless
    ``reconnaitre`` says no.

    Raises ``DocumentRefuse`` when the document cannot be opened.
    """
    moteur = moteur_de_texte() if reconnaitre else None
    with tempfile.TemporaryDirectory(prefix="lecture-", dir=dossier) as nom:
        atelier = Path(nom)
        lue = demander("preparer_texte", Acces(atelier, source), bornes, mime=mime, pages_max=pages_max)
        nombre = lue["pages"] if isinstance(lue.get("pages"), int) else 0
        pages, reconnues, manque = [], 0, nombre > pages_max
        for rang in range(1, min(nombre, pages_max) + 1):
            texte = _lire(atelier / f"texte-{rang}")
            if texte is None and moteur:
                texte = _reconnaitre(atelier / f"image-{rang}", moteur, bornes)
                reconnues += 1
            manque |= texte is None
            pages.append(texte or "")
    origine = (
        Origine.COUCHE if not reconnues else Origine.MIXTE if reconnues < len(pages) else Origine.RECONNUE
    )
    return TexteLu(tuple(pages), origine, complet=not manque)


def lire_lignes(source: Path, *, dossier: Path, pages_max: int, bornes: Bornes) -> tuple[LigneLue, ...]:
    """The lines of the first pages of a PDF, by its own text. Raises ``DocumentRefuse`` when it cannot be opened."""
    with tempfile.TemporaryDirectory(prefix="lecture-", dir=dossier) as nom:
        lue = demander("lire_lignes", Acces(Path(nom), source), bornes, pages_max=pages_max)
    lignes = lue.get("lignes")
    lues = (_ligne(ligne) for ligne in lignes) if isinstance(lignes, list) else ()
    return tuple(ligne for ligne in lues if ligne)


def _ligne(dite: object) -> LigneLue | None:
    match dite:
        case [
            int() as page,
            str() as texte,
            int() | float() as taille,
            int() | float() as haut,
            int() | float() as bas,
        ]:
            return LigneLue(page, texte, float(taille), float(haut), float(bas))
    return None


def _reconnaitre(image: Path, moteur: str, bornes: Bornes) -> str | None:
    """Letters of one page, in a process of its own; a page on which the engine dies is left unread."""
    with tempfile.TemporaryDirectory(prefix="lecture-", dir=image.parent) as nom:
        modeles = tuple(m for m in MODELES if Path(m).is_dir())
        acces = Acces(Path(nom), image, lisibles=modeles, programme=moteur)
        sortie = executer("reconnaitre_texte", acces, bornes, moteur=moteur, langue=LANGUE)
        return None if sortie else _lire(Path(nom) / "reconnu.txt")


def _lire(fichier: Path) -> str | None:
    if fichier.is_symlink() or not fichier.is_file():
        return None
    with fichier.open(encoding="utf-8", errors="replace") as flux:
        return flux.read(TEXTE_MAX)


def lire_avis(
    source: Path,
    *,
    mime: str,
    dossier: Path,
    pages_max: int,
    bornes: Bornes,
    certificats: Sequence[x509.Certificate] = (),
) -> list[AvisLu]:
    """Tax notices whose 2D-Doc is on the first pages; ``certificats`` add to those that the State publishes.

    The closed process gives signs only: a hostile file that took it over cannot make a signature valid.
    Raises ``DocumentRefuse`` when the document cannot be opened.
    """
    with tempfile.TemporaryDirectory(prefix="lecture-", dir=dossier) as nom:
        lue = demander("lire_2ddoc", Acces(Path(nom), source), bornes, mime=mime, pages_max=pages_max)
    codes = lue.get("codes")
    avis = (avis_de(code, certificats) for code in codes) if isinstance(codes, list) else ()
    return [a for a in avis if a]


def avis_de(code: object, certificats: Sequence[x509.Certificate] = ()) -> AvisLu | None:
    """The tax notice that these signs say; ``None`` when they say something else, or nothing."""
    if not isinstance(code, str) or not SIGNES.match(code):
        return None
    try:
        doc = TwoDDoc.from_code(code)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, AssertionError, OverflowError):
        return None
    if doc.header.doc_type_id not in AVIS or doc.header.perimeter_id != 1:
        return None
    champs = {str(d.definition.id): d.value for d in doc.message.dataset}
    return AvisLu(
        declarants=tuple(str(champs[c]).strip() for c in ("46", "48") if champs.get(c)),
        annee_revenus=_entier(champs.get("45")),
        revenu_fiscal=_entier(champs.get("41")),
        parts=str(champs.get("43", "")).strip(),
        signature=_signature(doc, certificats),
        signe_par=f"{doc.header.ca_id} {doc.header.cert_id}",
    )


def _entier(valeur: object) -> int | None:
    texte = str(valeur).strip() if valeur is not None else ""
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) <= 12 else None


def _signature(doc: TwoDDoc, certificats: Sequence[x509.Certificate]) -> Signature:
    """Valid only when certificate and authority are both known, and the certificate was in force that day."""
    trousseau = KeyChain(check_expiry=False)
    trousseau.certs = [*certificats, *_certificats_publies()]
    try:
        certificat = _certificat(trousseau, doc.header.ca_id, doc.header.cert_id)
        if certificat is None:
            return Signature.CERTIFICAT_INCONNU
        jour = doc.header.sign_date
        if (
            jour is None
            or not certificat.not_valid_before_utc.date() <= jour <= certificat.not_valid_after_utc.date()
        ):
            return Signature.CERTIFICAT_PERIME
        return Signature.VALIDE if doc.signature_is_valid(trousseau) else Signature.FAUSSE
    except (ValueError, TypeError, KeyError, AttributeError, InvalidSignature):
        return Signature.FAUSSE


def _certificat(trousseau: KeyChain, autorite: str, nom: str) -> x509.Certificate | None:
    """The certificate, when its authority is known too: tddoc alone would do without."""
    sujets = {trousseau._cn(c.subject) for c in trousseau.certs}
    if autorite not in sujets:
        return None
    try:
        certificat: x509.Certificate = trousseau.lookup(autorite, nom)
    except KeyError:
        return None
    return certificat


@lru_cache(maxsize=1)
def _certificats_publies() -> tuple[x509.Certificate, ...]:
    """Those that come with tddoc, from the lists of trust of the State; those of its specimens are left out."""
    return tuple(internal(include_test=False, check_expiry=False).certs)
