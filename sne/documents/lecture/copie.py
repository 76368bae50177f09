"""Copies what a page needs from a hostile PDF into a new one, by the allow-list: the rest is never looked at.

What is outside the list yet changes what a page shows raises :class:`HorsListe`; the page is then drawn.
"""

import zlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from sne.documents.lecture.arret import Arret, HorsListe, trop_grande
from sne.documents.lecture.schema import FAX, NEUTRES, POLICES, SCHEMAS, V
from sne.documents.lecture.segments import depouiller

SIMPLES = (int, bool, str, Decimal, type(None))
COMPRESSION = 6
CHAINE_MAX = 65_536


class Copieur:
    """One copy: each object of the source is copied once, and counted. Raises :class:`Arret` past the limits."""

    def __init__(self, cible: Pdf, bornes: dict[str, Any]) -> None:
        self.cible = cible
        self.bornes = bornes
        self.faits: dict[tuple[str, tuple[int, int]], Object] = {}
        self.compte = 0

    def copier(self, objet: Any, genre: str, niveau: int = 0) -> Any:
        """The copy of ``objet``, taken for a ``genre`` of the scheme. Raises :class:`HorsListe`."""
        self.compte += 1
        if self.compte > self.bornes["objets"] or niveau > self.bornes["profondeur"]:
            raise Arret("TROP_COMPLEXE")
        if genre.startswith("*"):
            return self._dictionnaire_libre(objet, genre[1:], niveau)
        special = getattr(self, f"_{genre}", None)
        if special:
            return special(objet, niveau)
        if isinstance(objet, Name):
            return objet  # an encoding, a function (Identity), a mask (None): names act on nothing
        if isinstance(objet, Stream):
            return self._flux(objet, genre, niveau)
        if isinstance(objet, Dictionary):
            return self._dictionnaire(objet, genre, niveau)
        raise HorsListe(genre)

    # -- containers --------------------------------------------------------------------------------------------
    def _dictionnaire(self, objet: Dictionary, genre: str, niveau: int) -> Object:
        if (cle := (genre, objet.objgen)) in self.faits:
            return self.faits[cle]
        copie = Dictionary()
        if objet.is_indirect:
            copie = self.faits[genre, objet.objgen] = self.cible.make_indirect(copie)
        self._remplir(copie, objet, genre, niveau)
        return copie

    def _dictionnaire_libre(self, objet: Any, genre: str, niveau: int) -> Object:
        """Resources of one kind, by the names that the page gives them."""
        if not isinstance(objet, Dictionary):
            raise HorsListe(genre)
        return Dictionary({nom: self.copier(valeur, genre, niveau + 1) for nom, valeur in objet.items()})

    def _remplir(self, copie: Object, objet: Object, genre: str, niveau: int) -> None:
        for nom, sorte in SCHEMAS[genre].items():
            valeur = objet.get(f"/{nom}")
            if valeur is not None:
                copie[f"/{nom}"] = self.copier(valeur, sorte, niveau + 1)

    def _flux(self, objet: Stream, genre: str, niveau: int) -> Object:
        if (cle := (genre, objet.objgen)) in self.faits:
            return self.faits[cle]
        if "/OC" in objet or "/F" in objet:
            raise HorsListe("OC")
        octets, filtre, parametres = contenu(objet, image=genre == "image")
        copie = self.cible.make_stream(b"")
        copie.write(octets, filter=filtre, decode_parms=parametres)
        self.faits[cle] = copie
        self._remplir(copie, objet, genre, niveau)
        return copie

    # -- kinds that a scheme alone does not tell -----------------------------------------------------------------
    def _valeur(self, objet: Any, niveau: int) -> Any:
        if isinstance(objet, Array):
            return Array([self.copier(x, V, niveau + 1) for x in objet])
        if isinstance(objet, String):
            return String(str(objet)) if len(bytes(objet)) <= CHAINE_MAX else String("")
        if isinstance(objet, (Name, *SIMPLES)):
            return objet
        raise HorsListe(V)

    def _xobjet(self, objet: Any, niveau: int) -> Any:
        if not isinstance(objet, Stream):
            raise HorsListe("XObject")
        sorte = str(objet.get("/Subtype"))
        if sorte == "/Image":
            exiger_pixels(objet, self.bornes)
            return self._flux(objet, "image", niveau)
        if sorte == "/Form":
            sans_codec_cache(objet)
            return self._flux(objet, "forme", niveau)
        raise HorsListe("XObject")

    def _masque(self, objet: Any, niveau: int) -> Any:
        return self._xobjet(objet, niveau) if isinstance(objet, Stream) else self._valeur(objet, niveau)

    def _motif(self, objet: Any, niveau: int) -> Any:
        if isinstance(objet, Stream):
            sans_codec_cache(objet)
            return self._flux(objet, "motif", niveau)
        return self._dictionnaire(objet, "motif", niveau)

    def _fonction(self, objet: Any, niveau: int) -> Any:
        if isinstance(objet, Array):
            return Array([self.copier(x, "fonction", niveau + 1) for x in objet])
        if isinstance(objet, Name):
            return objet
        if objet.get("/FunctionType") not in {0, 2, 3}:
            raise HorsListe("Function")
        return (
            self._flux(objet, "fonction", niveau)
            if isinstance(objet, Stream)
            else self._dictionnaire(objet, "fonction", niveau)
        )

    def _couleur(self, objet: Any, niveau: int) -> Any:
        if isinstance(objet, Array):
            return Array([self._element_de_couleur(x, niveau + 1) for x in objet])
        if isinstance(objet, Name):
            return objet
        raise HorsListe("ColorSpace")

    def _element_de_couleur(self, objet: Any, niveau: int) -> Any:
        if isinstance(objet, Array):
            return self.copier(objet, "couleur", niveau)
        if isinstance(objet, (Dictionary, Stream)):
            if "/FunctionType" in objet:
                return self.copier(objet, "fonction", niveau)
            if isinstance(objet, Stream):
                return self._flux(objet, "icc" if "/N" in objet else "octets", niveau)
            # attributes of DeviceN say how to print, not what to show: an empty dictionary stands for them
            return self._dictionnaire(objet, "calibre", niveau)
        return objet if isinstance(objet, bytes) else self._valeur(objet, niveau)

    def _police(self, objet: Any, niveau: int) -> Any:
        if not isinstance(objet, Dictionary) or str(objet.get("/Subtype")) not in POLICES:
            raise HorsListe("Font")  # Type 3: its signs are drawings with resources of their own
        return self._dictionnaire(objet, "police", niveau)

    def _descendantes(self, objet: Any, niveau: int) -> Any:
        return Array([self.copier(x, "police", niveau + 1) for x in objet])

    def _etat_police(self, objet: Any, niveau: int) -> Any:
        return Array([self.copier(objet[0], "police", niveau + 1), self._valeur(objet[1], niveau)])


def filtres(flux: Stream) -> list[str]:
    """Names of the filters of a stream, outermost first."""
    brut = flux.get("/Filter")
    return [] if brut is None else [str(x) for x in brut] if isinstance(brut, Array) else [str(brut)]


def decode(flux: Stream) -> bytes:
    """Bytes of a stream, its lossless filters undone. Raises :class:`HorsListe` for other codecs."""
    if not set(filtres(flux)) <= NEUTRES:
        raise HorsListe("Filter")
    return flux.read_bytes(pikepdf.StreamDecodeLevel.specialized)


def contenu(flux: Stream, *, image: bool) -> tuple[bytes, Name, Dictionary | None]:
    """Coded bytes of the copy of a stream, their filter and its parameters. Raises :class:`HorsListe`.

    What lossless filters hold is coded anew at once: nothing hides between their layers, and a hundred scanned pages
    are never all decoded in memory. A JPEG is stripped to its picture, a fax kept.
    """
    noms = filtres(flux)
    if image and noms == ["/DCTDecode"]:
        return depouiller(flux.read_raw_bytes()), Name.DCTDecode, _parametres(flux, ["ColorTransform"])
    if image and noms == ["/CCITTFaxDecode"]:
        return flux.read_raw_bytes(), Name.CCITTFaxDecode, _parametres(flux, FAX)
    return zlib.compress(decode(flux), COMPRESSION), Name.FlateDecode, None


def _parametres(flux: Stream, cles: Sequence[str]) -> Dictionary | None:
    bruts = flux.get("/DecodeParms")
    bruts = bruts[0] if isinstance(bruts, Array) else bruts
    if not isinstance(bruts, Dictionary):
        return None
    return Dictionary({f"/{c}": bruts[f"/{c}"] for c in cles if isinstance(bruts.get(f"/{c}"), int | bool)})


def sans_codec_cache(flux: Stream) -> None:
    """Refuse drawing instructions that carry a picture in a codec outside the list. Raises :class:`HorsListe`."""
    octets = decode(flux)
    if b"JPX" in octets or b"JBIG2" in octets:
        raise HorsListe("inline")


def exiger_pixels(image: Stream, bornes: dict[str, Any]) -> None:
    """Refuse a picture by its announced size. Raises :class:`Arret`."""
    largeur, hauteur = int(image.get("/Width", 0)), int(image.get("/Height", 0))
    if largeur * hauteur > bornes["pixels"] or max(largeur, hauteur) > bornes["cote_max"]:
        raise trop_grande(bornes)
