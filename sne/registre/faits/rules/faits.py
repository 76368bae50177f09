"""What every fact recorded beside an application shares: its day, its correction, the state it needs. Pure.

A fact is an event, a decision of the commission, an allocation or a DALO fact. None is ever changed: a correction is a
new row that names the one it replaces and says why.
"""

import re
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from sne.registre.contenu.rules import nir as nirs
from sne.registre.contenu.rules.anomalie import Anomalie, bloquer
from sne.registre.contenu.rules.arbre.types_de_champ import COMMANDES
from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut
from sne.socle.erreurs import Interdit

CodeValide = Callable[[str, str], bool]
"""Whether a code (second) is in a list (first) on the day of the act."""
_RPLS = re.compile(r"[0-9A-Z]{10}")


class NatureFait(StrEnum):
    """The four kinds of facts, one table each."""

    EVENEMENT = "EVENEMENT"
    DECISION = "DECISION"
    ATTRIBUTION = "ATTRIBUTION"
    DALO = "DALO"


class EtatFait(StrEnum):
    """Whether a fact counts, was corrected by another, or was taken back."""

    EN_VIGUEUR = "EN_VIGUEUR"
    CORRIGE = "CORRIGE"
    RETIRE = "RETIRE"


_SUIVIES = OUVERTES | {Statut.RADIEE}
STATUTS: Mapping[NatureFait, frozenset[Statut]] = MappingProxyType(
    {
        NatureFait.EVENEMENT: _SUIVIES,  # a letter may follow a striking-off
        NatureFait.DECISION: OUVERTES,  # nothing is examined without an application in force (CCH L441-2-1)
        NatureFait.ATTRIBUTION: OUVERTES,
        NatureFait.DALO: _SUIVIES,
    }
)
"""States in which a fact may be recorded; a correction also may after a striking-off."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The fact that this one replaces, and why, in one sentence."""

    fait: uuid.UUID
    motif: str


class FaitRefuse(Interdit):
    """The fact cannot be recorded as it stands; ``anomalies`` names each field and its remedy.

    No sentence quotes what was typed: refusals are kept.
    """

    code = "FAIT_REFUSE"

    def __init__(self, anomalies: Collection[Anomalie]) -> None:
        self.anomalies = tuple(anomalies)
        super().__init__(" ".join(a.phrase for a in self.anomalies), champ=self.anomalies[0].chemin)


def exiger(anomalies: Iterable[Anomalie]) -> None:
    """Raise :class:`FaitRefuse` when there is anything to say."""
    trouvees = tuple(anomalies)
    if trouvees:
        raise FaitRefuse(trouvees)


def admis(nature: NatureFait, statut: Statut, *, correction: bool) -> bool:
    """Whether such a fact may be recorded on an application in this state."""
    return statut in STATUTS[nature] or (correction and statut in _SUIVIES)


def exiger_statut(nature: NatureFait, statut: Statut, *, correction: bool) -> None:
    """Refuse a fact that the state of the application does not allow. Raises ``Interdit``."""
    if admis(nature, statut, correction=correction):
        return
    if statut is Statut.RADIEE:
        raise Interdit(
            "Cette demande est radiée\u00a0: rien ne s’y décide. Faites-la réactiver d’abord.", champ="statut"
        )
    raise Interdit(
        "Cette demande n’est pas en cours\u00a0: rien ne peut y être consigné. Vérifiez le numéro unique.",
        champ="statut",
    )


def controler_jour(jour: date, *, depot: date | None, aujourd_hui: date) -> Iterable[Anomalie]:
    """The day of the fact: neither in the future nor, when ``depot`` is given, before the application."""
    if jour > aujourd_hui:
        yield bloquer(
            "jour",
            "Cette date est dans l’avenir. Indiquez le jour où cela a eu lieu, au plus tard aujourd’hui.",
        )
    elif depot is not None and jour < depot:
        yield bloquer(
            "jour", "Cette date précède le dépôt de la demande. Indiquez une date à partir du dépôt."
        )


def controler_texte(
    champ: str, texte: str, *, requis: str = "", maximum: int = TEXTE_MAX
) -> Iterable[Anomalie]:
    """A sentence typed: of at most ``maximum`` readable signs, present when ``requis`` says what is asked, no NIR."""
    if requis and not texte:
        yield bloquer(champ, requis)
    elif len(texte) > maximum:
        yield bloquer(champ, f"Ce texte est trop long. Gardez {maximum} signes au plus.")
    elif nirs.en_contient(texte):
        yield bloquer(champ, "Retirez le numéro de sécurité sociale de ce texte.")
    elif COMMANDES.search(texte):
        yield bloquer(
            champ, "Un signe invisible s’est glissé dans ce texte. Effacez-le et tapez-le à nouveau."
        )


def controler_correction(correction: Correction | None) -> Iterable[Anomalie]:
    """A correction says why."""
    if correction is not None:
        yield from controler_texte(
            "motif", correction.motif.strip(), requis="Dites en une phrase pourquoi vous corrigez."
        )


def lire_rpls(texte: str) -> str | None:
    """The identifier of a dwelling, ten signs, as the register writes it; ``None`` when it is not one."""
    nu = "".join(texte.split()).upper()
    return nu if _RPLS.fullmatch(nu) else None


PHRASE_RPLS = "Cet identifiant compte dix chiffres ou lettres. Recopiez-le depuis le répertoire RPLS."
