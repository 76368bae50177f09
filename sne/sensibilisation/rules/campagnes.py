"""Campaigns for counters: what one may say of one, when who has not read it is reminded, what is said of few. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sne.socle.erreurs import Interdit


class Genre(StrEnum):
    """What is said of a campaign."""

    LU = "LU"
    AFFICHEE = "AFFICHEE"
    RELAYEE = "RELAYEE"


GENRES: Mapping[Genre, str] = {
    Genre.LU: "J’ai lu",
    Genre.AFFICHEE: "Affichée dans mon guichet",
    Genre.RELAYEE: "Relayée aux guichets de mon territoire",
}


def exiger_duree(du: date, au: date) -> None:
    """It ends after it begins, within a year. Raises ``Interdit`` on ``au``."""
    if not du < au <= du + timedelta(days=366):
        raise Interdit("Une campagne finit après aujourd’hui, dans l’année.", champ="au")


def is_a_rappeler(du: date, au: date, *, rappelee: bool, jour: date, apres: int) -> bool:
    """Whether those who have not read it are reminded that day: once, so many days after its beginning."""
    return not rappelee and du + timedelta(days=apres) <= jour <= au


@dataclass(frozen=True, slots=True)
class Part:
    """How many demandes have a step recorded, out of how many; ``None`` where there are too few to be told."""

    sur: int | None
    consignees: int | None

    @property
    def pourcent(self) -> int | None:
        return round(100 * self.consignees / self.sur) if self.sur and self.consignees is not None else None


def masquer_les_petits(parts: Mapping[str, tuple[int, int]], *, seuil: int) -> Mapping[str, Part]:
    """Each line as it may be told: those under ``seuil`` say nothing, nor the smallest other one when it is alone.

    One hidden line would be found again from the total.
    """
    petites = {nom for nom, (sur, _) in parts.items() if 0 < sur < seuil}
    if len(petites) == 1:
        autres = [(sur, nom) for nom, (sur, _) in parts.items() if sur and nom not in petites]
        petites |= {min(autres)[1]} if autres else set()
    return {
        nom: Part(None, None) if nom in petites else Part(sur, faites) for nom, (sur, faites) in parts.items()
    }
