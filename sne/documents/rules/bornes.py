"""What reading one hostile file may cost, and how large what is made of it may be: one place."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Bornes:
    """Limits of the reading process, and of what it accepts; the caller builds them from dated parameters.

    Bytes, pixels, seconds, PDF points. Memory is address space (``RLIMIT_AS``): libraries and their maps count, some
    250 MB before the first byte is read. ``enclos_exige``: no file is read by a process that this machine cannot close
    in whole. The last ones are no parameters: the code that reads was written for them.
    """

    memoire: int
    processeur: int
    duree: float
    ecriture: int
    pixels: int
    cote_max: int
    grand_cote: int
    vignette: int
    objets: int
    flux_decode: int
    dessin_points_par_pouce: int
    qualite: int
    enclos_exige: bool
    fichiers_ouverts: int = 64
    fils: int = 8  # threads and processes: the decoder of HEIC wants one of its own
    reponse: int = 2_000_000
    profondeur: int = 60
    page_points_max: float = 14_400.0  # what PDF itself allows

    def en_dict(self) -> dict[str, int | float]:
        """Plain values, to be handed to the reading process."""
        return asdict(self)
