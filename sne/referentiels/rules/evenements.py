"""Types of events, as a dated catalogue: national or of one territory, each with its typed characteristics. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sne.referentiels.rules.fichiers import lire_json
from sne.referentiels.rules.periodes import TOUJOURS, Periode, en_vigueur

FICHIER = "types_evenement.json"
_COURT = re.compile(r"[0-9A-Z]{1,10}")


class NatureCaracteristique(StrEnum):
    """What may be typed in a characteristic."""

    TEXTE = "TEXTE"
    DATE = "DATE"
    ENTIER = "ENTIER"
    MONTANT = "MONTANT"
    OUI_NON = "OUI_NON"
    CODE = "CODE"  # a code of ``liste``
    RPLS = "RPLS"
    PIECES = "PIECES"  # documents of the catalogue, each of one person


@dataclass(frozen=True, slots=True)
class Caracteristique:
    """One field of a type of event. ``code_court``: how interfaces name it, ten signs; ``aide``: said beside the
    field; ``descriptif``: what it is, in one sentence. It lasts as long as its type.
    """

    nom: str
    libelle: str
    nature: NatureCaracteristique
    requis: bool
    liste: str = ""
    code_court: str = ""
    aide: str = ""
    descriptif: str = ""


@dataclass(frozen=True, slots=True)
class TypeEvenement:
    """One type. ``territoire`` is empty when it is national; ``par_acte``: an act makes it, nobody types it.

    ``code_court``: how interfaces name it, ten letters and figures at most; ``texte_portail``, ``texte_interne``: what
    it is, for the household and for those who follow demandes. ``sous_conditions``: it may be told of a conditional
    allocation that comes after another; ``en_instruction``: it says that the demande is being examined.
    """

    code: str
    territoire: str
    libelle: str
    publie_portail: bool
    reglementaire: bool
    par_acte: bool
    caracteristiques: tuple[Caracteristique, ...]
    rang: int
    source: str = ""
    periode: Periode = TOUJOURS
    code_court: str = ""
    texte_portail: str = ""
    texte_interne: str = ""
    sous_conditions: bool = False
    en_instruction: bool = False

    def caracteristique(self, code_court: str) -> Caracteristique | None:
        """The one that interfaces name so."""
        return next((c for c in self.caracteristiques if c.code_court == code_court), None)


class CatalogueEvenements:
    """The types in force on one day. A label stays readable after its type has ended."""

    def __init__(self, types: Iterable[TypeEvenement], le: date) -> None:
        histoires: dict[tuple[str, str], list[TypeEvenement]] = {}
        for type_evenement in sorted(types, key=lambda t: t.periode.debut or date.min):
            histoires.setdefault((type_evenement.territoire, type_evenement.code), []).append(type_evenement)
        self._dernieres = {cle: histoire[-1] for cle, histoire in histoires.items()}
        trouves = [t for histoire in histoires.values() if (t := en_vigueur(histoire, le))]
        self.types = tuple(sorted(trouves, key=lambda t: (t.territoire, t.rang)))
        self._par_code = {(t.territoire, t.code): t for t in self.types}

    def get(self, code: str, *, territoire: str) -> TypeEvenement | None:
        """The type of this code in this territory, its own before the national one; ``None`` when not in force."""
        return self._par_code.get((territoire, code)) or self._par_code.get(("", code))

    def par_code_court(self, code_court: str, *, territoire: str) -> TypeEvenement | None:
        """The type that interfaces name so in this territory, its own before the national one."""
        siens = [t for t in self.types if t.code_court == code_court and t.territoire in {"", territoire}]
        return max(siens, key=lambda t: t.territoire, default=None)

    def offerts(self, territoire: str) -> tuple[TypeEvenement, ...]:
        """Types that an agent of this territory may record, national ones first."""
        return tuple(t for t in self.types if not t.par_acte and t.territoire in {"", territoire})

    def dernier(self, code: str, *, territoire: str) -> TypeEvenement | None:
        """The last type of this code, ended or not, to read what was recorded with it."""
        return self._dernieres.get((territoire, code)) or self._dernieres.get(("", code))


def types_evenement_du_fichier(contenu: Mapping[str, Any]) -> tuple[TypeEvenement, ...]:
    """Types of the file: ``{source, debut, types: [{code, libelle, territoire?, caracteristiques: […], …}]}``.

    Short codes and texts left out are the code, without its underscores, and the label. Raises ``ValueError`` for a
    characteristic of an unknown nature, a list named where none is read, a short code that is too long.
    """
    return tuple(
        TypeEvenement(
            code=t["code"],
            territoire=t.get("territoire", ""),
            libelle=t["libelle"],
            publie_portail=t["publie_portail"],
            reglementaire=t["reglementaire"],
            par_acte=t.get("par_acte", False),
            caracteristiques=tuple(map(lire_caracteristique, t["caracteristiques"])),
            rang=rang,
            source=t.get("source", contenu["source"]),
            periode=Periode.lire(t, debut=contenu["debut"]),
            code_court=_code_court(t, t["code"]),
            texte_portail=t.get("texte_portail", t["libelle"]),
            texte_interne=t.get("texte_interne", t["libelle"]),
            sous_conditions=t.get("sous_conditions", False),
            en_instruction=t.get("en_instruction", False),
        )
        for rang, t in enumerate(contenu["types"], start=1)
    )


def lire_caracteristique(c: Mapping[str, Any]) -> Caracteristique:
    """One characteristic as the file and the table hold it. Raises ``ValueError``."""
    nature, liste = NatureCaracteristique(c["type"]), c.get("liste", "")
    if (nature is NatureCaracteristique.CODE) is not bool(liste):
        raise ValueError(f"{c['nom']}: a list goes with a code, and with nothing else")
    return Caracteristique(
        c["nom"],
        c["libelle"],
        nature,
        c["requis"],
        liste,
        code_court=_code_court(c, c["nom"]),
        aide=c.get("aide", ""),
        descriptif=c.get("descriptif", c["libelle"]),
    )


def _code_court(lue: Mapping[str, Any], code: str) -> str:
    court: str = lue.get("code_court") or code.replace("_", "").upper()
    if not _COURT.fullmatch(court):
        raise ValueError(f"{code}: its short code has ten letters and figures at most")
    return court


def ecrire_caracteristique(c: Caracteristique) -> dict[str, Any]:
    """The same as the table holds it."""
    return {
        "nom": c.nom,
        "libelle": c.libelle,
        "type": c.nature.value,
        "requis": c.requis,
        "code_court": c.code_court,
        "aide": c.aide,
        "descriptif": c.descriptif,
        **({"liste": c.liste} if c.liste else {}),
    }


@lru_cache(maxsize=1)
def types_evenement_livres() -> tuple[TypeEvenement, ...]:
    """The national types delivered with this version of the software."""
    return types_evenement_du_fichier(lire_json(FICHIER))


@lru_cache(maxsize=8)
def catalogue_evenements_par_defaut(le: date) -> CatalogueEvenements:
    """The national types delivered with this version, on that day, without a database."""
    return CatalogueEvenements(types_evenement_livres(), le)
