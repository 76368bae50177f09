"""A hostile PDF written anew: one page after the other, rewritten by the allow-list, or drawn when it leaves it."""

import contextlib
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from sne.documents.lecture.arret import Arret, HorsListe
from sne.documents.lecture.copie import Copieur, decode
from sne.documents.lecture.deploiement import Deploiement
from sne.documents.lecture.dessin import Dessinateur, jpeg

Bornes = dict[str, Any]
SANS_PERTE = re.compile("reported number of objects")  # many honest programs count their objects badly
NUMEROS_MAX = 8_388_607  # ISO 32000-1, annex C
TOURS = frozenset({0, 90, 180, 270})


@contextlib.contextmanager
def ouvrir(source: Path, bornes: Bornes) -> Iterator[Pdf]:
    """The document, read strictly: a broken one is not guessed at. Raises :class:`Arret`."""
    decode_max = int(bornes["flux_decode"])
    pikepdf.settings.set_qpdf_limits(
        parser_max_nesting=100,
        parser_max_container_size=500_000,
        max_stream_filters=4,
        flate_max_memory=decode_max,
        png_max_memory=decode_max,
        tiff_max_memory=decode_max,
        run_length_max_memory=decode_max,
        doc_max_warnings=100,
    )
    try:
        pdf = Pdf.open(source, attempt_recovery=False, suppress_warnings=True, inherit_page_attributes=True)
    except pikepdf.PasswordError as exc:
        raise Arret("PROTEGE") from exc
    except pikepdf.PdfError as exc:
        raise Arret("PROTEGE" if "encrypt" in str(exc).lower() else "ABIME") from exc
    with pdf:
        yield pdf


def reecrire(source: Path, destination: Path, *, pages_max: int, bornes: Bornes) -> int:
    """Write the safe copy of ``source``; returns its number of pages. Raises :class:`Arret`."""
    with ouvrir(source, bornes) as origine, Pdf.new() as cible:
        exiger_pages(origine, pages_max)
        _aplatir(origine)
        copieur, dessinateur, deploiement = Copieur(cible, bornes), Dessinateur(source), Deploiement(bornes)
        nombre = len(origine.pages)
        for rang in range(nombre):
            page = origine.pages[rang]
            cadre = cadre_de(page, bornes)
            try:
                deploiement.compter(_instructions(page.obj.get("/Contents")), page.obj.get("/Resources"))
                neuve = _page_reecrite(page, copieur, cadre)
            except HorsListe:
                neuve = _page_dessinee(cible, dessinateur, rang, bornes)
            cible.pages.append(pikepdf.Page(neuve))
        _exiger_sans_dommage(origine)
        enregistrer(cible, destination)
    return nombre


def _exiger_sans_dommage(pdf: Pdf) -> None:
    """A document that was mended while it was read may have lost something. Raises :class:`Arret`."""
    if any(not SANS_PERTE.search(str(avis)) for avis in pdf.get_warnings()):
        raise Arret("ABIME")


def enregistrer(pdf: Pdf, destination: Path) -> None:
    """Write the document whole, without history, date or producer: the same pages give the same bytes."""
    pdf.save(
        destination,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
        linearize=False,
        fix_metadata_version=False,
    )


def exiger_pages(pdf: Pdf, pages_max: int) -> None:
    """Refuse a document by its number of pages, and one whose pages are not what it shows. Raises :class:`Arret`."""
    racine = pdf.Root
    if int(pdf.trailer.get("/Size", 0)) > NUMEROS_MAX:
        raise Arret("TROP_COMPLEXE")
    formulaire = racine.get("/AcroForm")
    if (
        isinstance(formulaire, Dictionary)
        and "/XFA" in formulaire
        and bool(racine.get("/NeedsRendering", False))
    ):
        raise Arret("FORMULAIRE")
    if "/Collection" in racine:
        raise Arret("PORTE_DOCUMENTS")
    nombre = len(pdf.pages)
    if nombre > pages_max:
        raise Arret("TROP_DE_PAGES", pages=pages_max)
    if nombre == 0:
        raise Arret("SANS_PAGE")


def cadre_de(page: Any, bornes: Bornes) -> list[float]:
    """The box that readers show, in points: crop box within media box. Raises :class:`Arret`."""
    feuille = _rectangle(page.obj.get("/MediaBox"))
    visible = _rectangle(page.obj.get("/CropBox")) or feuille
    if not feuille or not visible:
        raise Arret("ABIME")
    cadre = [max(feuille[0], visible[0]), max(feuille[1], visible[1])]
    cadre += [min(feuille[2], visible[2]), min(feuille[3], visible[3])]
    largeur, hauteur = cadre[2] - cadre[0], cadre[3] - cadre[1]
    if not 1 <= min(largeur, hauteur) <= max(largeur, hauteur) <= bornes["page_points_max"]:
        raise Arret("ABIME")
    return cadre


def _rectangle(brut: Any) -> list[float] | None:
    if not isinstance(brut, Array) or len(brut) != 4 or not all(isinstance(x, int | Decimal) for x in brut):
        return None
    x1, y1, x2, y2 = (float(x) for x in brut)
    return [min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)]


def _aplatir(pdf: Pdf) -> None:
    """What was filled in a form, stamped or signed becomes part of its page; the form itself is left behind."""
    formulaire = pdf.Root.get("/AcroForm")
    if isinstance(formulaire, Dictionary) and bool(formulaire.get("/NeedAppearances", False)):
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("screen")


def _page_reecrite(page: Any, copieur: Copieur, cadre: list[float]) -> Object:
    octets = _instructions(page.obj.get("/Contents"))
    if b"JPX" in octets or b"JBIG2" in octets:
        raise HorsListe("inline")
    ressources = page.obj.get("/Resources", Dictionary())
    exiger_sans_calque(ressources)
    neuve = Dictionary(
        Type=Name.Page,
        MediaBox=Array([_nombre(x) for x in cadre]),
        Resources=copieur.copier(ressources, "ressources"),
        Contents=copieur.cible.make_stream(octets),
    )
    tour = page.obj.get("/Rotate", 0)
    if isinstance(tour, int) and tour % 360 in TOURS - {0}:
        neuve.Rotate = tour % 360
    if isinstance(page.obj.get("/Group"), Dictionary):
        neuve.Group = copieur.copier(page.obj.Group, "groupe")
    return neuve


def _nombre(x: float) -> Any:
    return int(x) if x == int(x) else Decimal(str(round(x, 4)))


def exiger_sans_calque(ressources: Any) -> None:
    """Layers may hide what they hold: a page that has some is drawn as readers show it. Raises :class:`HorsListe`."""
    proprietes = ressources.get("/Properties") if isinstance(ressources, Dictionary) else None
    for valeur in proprietes.values() if isinstance(proprietes, Dictionary) else ():
        if not isinstance(valeur, Dictionary) or str(valeur.get("/Type")) in {"/OCG", "/OCMD"}:
            raise HorsListe("OCG")


def _instructions(brut: Any) -> bytes:
    """Drawing instructions of a page, in one piece."""
    morceaux: list[Any] = list(brut) if isinstance(brut, Array) else [] if brut is None else [brut]
    if not all(isinstance(x, Stream) for x in morceaux):
        raise Arret("ABIME")
    return b"\n".join(decode(x) for x in morceaux)


def _page_dessinee(cible: Pdf, dessinateur: Dessinateur, rang: int, bornes: Bornes) -> Object:
    """The page as one picture, the way readers show it, upright."""
    image, largeur, hauteur = dessinateur.page(rang, bornes["dessin_points_par_pouce"], bornes)
    photo = cible.make_stream(b"")
    photo.write(jpeg(image, bornes["qualite"]), filter=Name.DCTDecode)
    for cle, valeur in {
        "/Type": Name.XObject,
        "/Subtype": Name.Image,
        "/Width": image.width,
        "/Height": image.height,
        "/BitsPerComponent": 8,
        "/ColorSpace": Name.DeviceRGB,
    }.items():
        photo[cle] = valeur
    return Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, _nombre(largeur), _nombre(hauteur)]),
        Resources=Dictionary(XObject=Dictionary(Im=photo)),
        Contents=cible.make_stream(f"q {largeur:.4f} 0 0 {hauteur:.4f} 0 0 cm /Im Do Q".encode()),
    )
