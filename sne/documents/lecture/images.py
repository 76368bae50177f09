"""Photos and scans: decoded, set upright, brought to sRGB and to a bounded size, drawn anew without any metadata."""

import io
import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin, PngImagePlugin  # noqa: F401 - the two decoders in use

from sne.documents.lecture.arret import Arret, trop_grande
from sne.documents.lecture.formats import Nature

Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before any pixel is decoded
BLANC = (255, 255, 255)
COULEURS_D_UN_DESSIN = (
    32  # no more colours than that: a drawing or a black and white scan, which JPEG would smear
)
PROFONDEURS_16 = frozenset({"I;16", "I;16B", "I;16L", "I;16N", "I", "F"})
Bornes = dict[str, Any]


def ouvrir(octets: bytes, nature: Nature, bornes: Bornes) -> Image.Image:
    """The picture, upright, 8 bits, sRGB or grey, without transparency or metadata. Raises :class:`Arret`."""
    if nature is Nature.HEIC:
        import pi_heif  # noqa: PLC0415 - the library of one format in a thousand files

        pi_heif.register_heif_opener(thumbnails=False, decode_threads=1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            brute = Image.open(
                io.BytesIO(octets), formats=["HEIF" if nature is Nature.HEIC else nature.value]
            )
            exiger_taille(brute.width, brute.height, bornes)
            brute.draft(None, (bornes["grand_cote"], bornes["grand_cote"]))
            brute.load()
            # Fewer pixels before anything else is made of them: each step that follows is another picture in memory.
            petite = reduire(en_huit_bits(brute), bornes["grand_cote"])
            return en_srgb(ImageOps.exif_transpose(petite))
    except MemoryError as exc:
        raise trop_grande(bornes) from exc


def exiger_taille(largeur: int, hauteur: int, bornes: Bornes) -> None:
    """Refuse a picture by its announced size, before it is decoded. Raises :class:`Arret`."""
    if largeur * hauteur > bornes["pixels"] or max(largeur, hauteur) > bornes["cote_max"]:
        raise trop_grande(bornes)
    if min(largeur, hauteur) < 1:
        raise Arret("ABIME")


def en_huit_bits(image: Image.Image) -> Image.Image:
    """The same picture in colours that can be averaged: 8 bits, no palette; its transparency, if any, a channel."""
    if image.mode in PROFONDEURS_16:
        image = _sur_huit_bits(image)
    if image.has_transparency_data:
        return image if image.mode in {"LA", "RGBA"} else image.convert("RGBA")
    if image.mode in {"P", "1"}:
        return image.convert("RGB" if image.mode == "P" else "L")
    return image


def en_srgb(image: Image.Image) -> Image.Image:
    """``L`` or ``RGB`` in sRGB, on white where it was transparent; a new picture that carries nothing along."""
    profil = image.info.get("icc_profile")
    if image.has_transparency_data:
        image = _sur_blanc(image.convert("RGBA"))
    if profil and image.mode in {"RGB", "CMYK"}:
        image = _depuis_profil(image, profil)
    if image.mode not in {"L", "RGB"}:
        image = image.convert("RGB")
    nue = Image.new(image.mode, image.size)
    nue.paste(image)
    return nue


def _sur_huit_bits(image: Image.Image) -> Image.Image:
    return image.convert("I").point(lambda valeur: valeur * (1 / 256)).convert("L")


def _sur_blanc(image: Image.Image) -> Image.Image:
    fond = Image.new("RGBA", image.size, (*BLANC, 255))
    return Image.alpha_composite(fond, image).convert("RGB")


def _depuis_profil(image: Image.Image, profil: bytes) -> Image.Image:
    """A profile that cannot be applied changes shades, never what is written: it is then ignored."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profil))
        convertie = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return convertie or image


def reduire(image: Image.Image, cote: int) -> Image.Image:
    """The same picture, its longest side at most ``cote`` pixels."""
    if max(image.size) > cote:
        image.thumbnail((cote, cote), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return image


def ecrire(image: Image.Image, destination: Path, bornes: Bornes) -> str:
    """Write a picture of :func:`ouvrir`; returns its type: PNG for few colours, JPEG for the rest."""
    if image.getcolors(COULEURS_D_UN_DESSIN):
        image.save(destination, "PNG")
        return "image/png"
    image.save(destination, "JPEG", quality=bornes["qualite"], optimize=True)
    return "image/jpeg"


def ecrire_vignette(image: Image.Image, destination: Path, bornes: Bornes) -> None:
    """A small JPEG of a picture, which is left as it was."""
    petite = reduire(image.copy() if image.mode in {"L", "RGB"} else image.convert("RGB"), bornes["vignette"])
    petite.save(destination, "JPEG", quality=80, optimize=True)
