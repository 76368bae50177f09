"""How far a name is from another: optimal string alignment on K, where a transposition counts for one. Pure."""

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from sne.registre.contenu.rules.identite import cle, meme_nom


@dataclass(frozen=True, slots=True)
class Distance:
    """``lettres`` to change, out of ``longueur``, that of the longer of the two names."""

    lettres: int
    longueur: int

    @property
    def relative(self) -> float:
        """Share of the longer name that changes, 0 to 1."""
        return self.lettres / self.longueur if self.lettres else 0.0


def mesurer(un: str, autre: str) -> Distance:
    """Distance of two names, the same both ways; two names without any letter are equal or entirely different."""
    cle_un, cle_autre = cle(un), cle(autre)
    if cle_un or cle_autre:
        return Distance(OSA.distance(cle_un, cle_autre), max(len(cle_un), len(cle_autre)))
    return Distance(0 if meme_nom(un, autre) else 1, 1)


def tolere(distance: Distance, *, lettres_max: int, relatif_max: float) -> bool:
    """Whether a name is the anchor's, or close enough to it, by both bounds at once."""
    return distance.lettres <= lettres_max and distance.relative <= relatif_max
