"""Broken, cut and locked files, each with the codes that may refuse it."""

import io
from collections.abc import Iterator

import pikepdf

from tests.documents.lecture.pdf_brut import PAGE, TEXTE, assembler, document, flux, pages
from tests.documents.lecture.polyglottes import heic, image

ABIME = {"ABIME"}


def abimes() -> Iterator[tuple[str, bytes, set[str]]]:
    """Name, bytes and expected codes."""
    yield from _coupes()
    yield from _proteges()
    yield from _structures()
    yield from _images()


def _coupes() -> Iterator[tuple[str, bytes, set[str]]]:
    for porteur, octets in {
        "pdf": document(),
        "jpeg": image("JPEG"),
        "png": image("PNG"),
        "heic": heic(),
    }.items():
        for dixiemes in (2, 3, 4, 5, 6, 7, 8, 9):
            yield f"{porteur}-coupe-a-{dixiemes}-dixiemes", octets[: len(octets) * dixiemes // 10], ABIME
    deux = pages(2)
    yield "pdf-sans-fin", deux[: deux.rfind(b"xref\n0")], ABIME


def _proteges() -> Iterator[tuple[str, bytes, set[str]]]:
    for revision in (2, 3, 4, 6):
        tampon = io.BytesIO()
        with pikepdf.open(io.BytesIO(document())) as pdf:
            faible = {"aes": False, "metadata": False} if revision < 4 else {}
            pdf.save(tampon, encryption=pikepdf.Encryption(owner="a", user="b", R=revision, **faible))
        yield f"pdf-mot-de-passe-r{revision}", tampon.getvalue(), {"PROTEGE"}
    for nom, filtre in {
        "inconnu": b"/Autre",
        "certificat": b"/Adobe.PubSec /SubFilter /adbe.pkcs7.s5",
    }.items():
        yield (
            f"pdf-chiffre-{nom}",
            document(trailer=b"/Encrypt << /Filter %s /V 4 >> /ID [<00> <00>]" % filtre),
            {"PROTEGE", "ABIME"},
        )


def _structures() -> Iterator[tuple[str, bytes, set[str]]]:
    base = document()
    page = PAGE % b""
    yield "pdf-entete-seule", b"%PDF-1.7\n", ABIME
    yield "pdf-table-decalee", base.replace(b"startxref\n", b"startxref\n9"), ABIME
    yield "pdf-table-absente", base.replace(b"xref\n0", b"xxxx\n0"), ABIME
    yield "pdf-table-negative", base[: base.rfind(b"startxref")] + b"startxref\n-1\n%%EOF\n", ABIME
    yield "pdf-sans-racine", base.replace(b"/Root 1 0 R", b""), ABIME
    yield "pdf-racine-ailleurs", base.replace(b"/Root 1 0 R", b"/Root 9 0 R"), ABIME
    yield "pdf-racine-nombre", assembler({1: b"42", 2: b"<< >>"}), ABIME
    yield (
        "pdf-prev-boucle",
        base.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % base.rfind(b"xref\n0")),
        ABIME,
    )
    yield "pdf-longueur-fausse", base.replace(b"/Length %d" % len(TEXTE), b"/Length 9999999"), ABIME
    yield "pdf-longueur-boucle", document(contenu=b"<< /Length 4 0 R >>\nstream\nx\nendstream"), ABIME
    for nom, noeud in {
        "sans-pages": b"<< /Type /Pages /Kids [] /Count 0 >>",
        "pages-nulles": b"null",
        "pages-nombre": b"12",
        "enfants-nombre": b"<< /Type /Pages /Kids 12 /Count 1 >>",
        "enfants-texte": b"<< /Type /Pages /Kids [(a)] /Count 1 >>",
        "enfants-absents": b"<< /Type /Pages /Kids [99 0 R] /Count 1 >>",
        "cycle-court": b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
        "cycle-racine": b"<< /Type /Pages /Kids [1 0 R] /Count 1 >>",
    }.items():
        yield f"pdf-{nom}", document(autres={2: noeud}), {"ABIME", "SANS_PAGE", "TROP_COMPLEXE"}
    yield (
        "pdf-cycle-long",
        document(
            autres={
                2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>",
                10: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
            }
        ),
        ABIME,
    )
    for nom, cadre in {
        "nul": b"[0 0 0 0]",
        "geant": b"[0 0 999999 999999]",
        "plat": b"[0 0 595 0]",
        "court": b"[0 0 595]",
        "texte": b"[(a) (b) (c) (d)]",
        "nombre": b"7",
        "infini": b"[0 0 99999999999999999999999999999999 842]",
    }.items():
        yield f"pdf-cadre-{nom}", document(autres={3: page.replace(b"[0 0 595 842]", cadre)}), ABIME
    yield "pdf-contenu-nombre", document(contenu=b"42"), ABIME
    yield "pdf-contenu-tableau", document(contenu=b"[1 2 3]"), ABIME
    yield "pdf-flate-faux", document(contenu=flux(b"pas du zlib", b"/Filter /FlateDecode")), ABIME
    yield "pdf-flate-coupe", document(contenu=flux(b"x\x9c\x03\x00\x00", b"/Filter /FlateDecode")), ABIME
    yield (
        "pdf-xfa-dynamique",
        document(catalogue=b"/NeedsRendering true /AcroForm << /Fields [] /XFA (x) >>"),
        {"FORMULAIRE"},
    )
    yield "pdf-porte-documents", document(catalogue=b"/Collection << /View /D >>"), {"PORTE_DOCUMENTS"}


def _images() -> Iterator[tuple[str, bytes, set[str]]]:
    brut = image("JPEG")
    yield "jpeg-entete-seule", brut[:20], ABIME
    yield "jpeg-sans-tables", brut.replace(b"\xff\xdb", b"\xff\xef"), ABIME
    yield (
        "jpeg-taille-nulle",
        brut.replace(b"\xff\xc0\x00\x11\x08\x00\x20\x00\x20", b"\xff\xc0\x00\x11\x08\x00\x00\x00\x00"),
        ABIME,
    )
    png = image("PNG")
    yield "png-somme-fausse", png[:30] + b"\x00\x00\x00\x00" + png[34:], ABIME
    yield "png-sans-image", png[:33] + b"\x00\x00\x00\x00IEND\xaeB`\x82", ABIME
    yield "png-entete-courte", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x01IHDR\x00", ABIME
    yield "png-morceau-geant", png[:33] + b"\x7f\xff\xff\xffIDAT" + png[41:], ABIME
    yield "heic-vide", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", ABIME
    yield (
        "heic-boites-folles",
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic\xff\xff\xff\xffmeta" + b"\x00" * 99,
        ABIME,
    )
