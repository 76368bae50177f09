"""What reading one hostile file may cost, and how large what is made of it may be: parameters, one place."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Bornes:
    """Limits of the reading process, and of what it accepts.

    Bytes, pixels, seconds, PDF points. Memory is address space (``RLIMIT_AS``): libraries and their maps count, some
    250 MB before the first byte is read.
    """

    memoire: int = 1_400_000_000
    processeur: int = 60
    duree: float = 90.0
    ecriture: int = 200_000_000
    fichiers_ouverts: int = 64
    fils: int = 8  # threads and processes: the decoder of HEIC wants one of its own
    reponse: int = 2_000_000
    pixels: int = 64_000_000
    cote_max: int = 30_000
    grand_cote: int = 3_508  # A4 at 300 dots per inch: what a scanner gives, what a reader needs
    vignette: int = 240
    objets: int = 60_000
    profondeur: int = 60
    flux_decode: int = 200_000_000
    dessin_points_par_pouce: int = 200
    page_points_max: float = 14_400.0
    qualite: int = 85

    def en_dict(self) -> dict[str, int | float]:
        """Plain values, to be handed to the reading process."""
        return asdict(self)


BORNES = Bornes()
