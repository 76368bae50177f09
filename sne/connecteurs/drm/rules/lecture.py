"""The answer of the DRM as months of six kinds. What does not hold together, or is of somebody else, is not believed.

The contract is assumed (no public specification was found): one entry a month, with an explicit status; a total only
where a line was declared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from sne.connecteurs.drm.rules.mois import (
    AucuneDonnee,
    DiscordanceIdentite,
    Indisponible,
    Ligne,
    Mois,
    Montant,
    NonEligible,
    PasEligible,
    SansDonnee,
    SourceIndisponible,
    ZeroConfirme,
    exiger_euros,
    mois_de,
)
from sne.connecteurs.rules import Motif
from sne.connecteurs.rules.reponses import Souple

LUS = frozenset({200, 404, 409, 422})  # the statuses that say something of the person
MOIS_MAX = 36
LIGNES_MAX = 200
INDISPONIBLES: Mapping[Motif, Indisponible] = {
    Motif.ETEINT: Indisponible.SUSPENDU,
    Motif.LENT: Indisponible.DELAI,
    Motif.INDISPONIBLE: Indisponible.PANNE,
    Motif.ILLISIBLE: Indisponible.ILLISIBLE,
    Motif.REFUSE: Indisponible.PANNE,
    Motif.TROP: Indisponible.SUSPENDU,
}


@dataclass(frozen=True, slots=True)
class Demandee:
    """Who is asked about, and which months (first days). Never written in a line, an address or a cache."""

    nir: str
    nom_naissance: str
    prenoms: tuple[str, ...]
    date_naissance: date
    sexe: Literal["F", "M"]
    debut: date
    fin: date

    @property
    def mois(self) -> tuple[date, ...]:
        """The months asked for, newest first."""
        return mois_de(self.debut, self.fin)

    def corps(self) -> dict[str, object]:
        """The body of the question: never an address, which would be written in somebody's lines."""
        return {
            "nir": self.nir,
            "identite": {
                "nom_naissance": self.nom_naissance,
                "prenoms": list(self.prenoms),
                "date_naissance": self.date_naissance.isoformat(),
                "sexe": self.sexe,
            },
            "periode": {"debut": f"{self.debut:%Y-%m}", "fin": f"{self.fin:%Y-%m}"},
            "finalite": "LOGEMENT_SOCIAL",
        }

    def __repr__(self) -> str:
        return "Demandee()"  # a failure page never shows whom it was about


Euros = Annotated[str, Field(pattern=r"^-?[0-9]{1,8}\.[0-9]{2}$")]
AnneeMois = Annotated[str, Field(pattern=r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$")]
Jour = Annotated[str, Field(pattern=r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-[0-3][0-9]$")]


class _Ressource(Souple):
    nature: Annotated[str, Field(min_length=1, max_length=60)]
    source: Annotated[str, Field(min_length=1, max_length=60)]
    montant_net_verse: Euros
    devise: Literal["EUR"]


class MoisLu(Souple):
    """A month as the source writes it."""

    mois: AnneeMois
    statut: Literal["PRESENT", "AUCUNE_DONNEE", "NON_REMONTE"]
    total_net_verse: Euros | None
    ressources: Annotated[list[_Ressource], Field(max_length=LIGNES_MAX)]


class _Donnees(Souple):
    nir: str
    identite_concordante: bool
    date_extraction: Jour
    mois: Annotated[list[MoisLu], Field(max_length=MOIS_MAX)]


class _Reponse(Souple):
    data: _Donnees


class _Erreur(Souple):
    code: Annotated[str, Field(max_length=60)]


class _Erreurs(Souple):
    errors: Annotated[list[_Erreur], Field(min_length=1, max_length=20)]


def lire_reponse(statut: int, octets: bytes, *, demandee: Demandee, le: date) -> tuple[Mois, ...]:
    """The months asked for, newest first, each of one kind. Raises ``ValueError`` when it is not to be believed.

    ``le``: today; an answer drawn from tomorrow is no more believed than one about somebody else.
    """
    if statut == 200:
        return _lire_mois(_Reponse.model_validate_json(octets).data, demandee, le)
    codes = {erreur.code for erreur in _Erreurs.model_validate_json(octets).errors}
    match statut:
        case 404 if "DRM-404-NIR" in codes:
            return tuple(AucuneDonnee(m, SansDonnee.NIR_INCONNU) for m in demandee.mois)
        case 409 if "DRM-409-IDENTITE" in codes:
            return tuple(DiscordanceIdentite(m) for m in demandee.mois)
        case 422 if "DRM-422-NIR-PROVISOIRE" in codes:
            return tuple(PasEligible(m, NonEligible.NIR_PROVISOIRE) for m in demandee.mois)
    raise ValueError("a status that says nothing of this person")


def indisponible(motif: Motif, mois: Sequence[date]) -> tuple[Mois, ...]:
    """What is said of the months asked for when the service did not answer."""
    return tuple(SourceIndisponible(m, INDISPONIBLES[motif]) for m in mois)


def non_eligible(raison: NonEligible, mois: Sequence[date]) -> tuple[Mois, ...]:
    """What is said of the months when nobody is asked."""
    return tuple(PasEligible(m, raison) for m in mois)


def _lire_mois(donnees: _Donnees, demandee: Demandee, le: date) -> tuple[Mois, ...]:
    if donnees.nir != demandee.nir:
        raise ValueError("about somebody else")
    if date.fromisoformat(donnees.date_extraction) > le:
        raise ValueError("drawn in the future")
    if not donnees.identite_concordante:
        return tuple(DiscordanceIdentite(m) for m in demandee.mois)
    return lire_les_mois(donnees.mois, demandee.mois)


def lire_les_mois(lus: Sequence[MoisLu], demandes: Sequence[date]) -> tuple[Mois, ...]:
    """The months asked for, each of one kind. Raises ``ValueError``."""
    recus = {date.fromisoformat(f"{m.mois}-01"): m for m in lus}
    if len(recus) < len(lus) or not recus.keys() <= set(demandes):
        raise ValueError("a month twice, or that was not asked for")
    return tuple(_un_mois(m, recus.get(m)) for m in demandes)


def _un_mois(mois: date, recu: MoisLu | None) -> Mois:
    if recu is None:
        return AucuneDonnee(mois, SansDonnee.MOIS_ABSENT)
    if recu.statut != "PRESENT":
        if recu.total_net_verse is not None or recu.ressources:
            raise ValueError("figures for a month that is said to have none")
        closes = recu.statut == "AUCUNE_DONNEE"
        return AucuneDonnee(mois, SansDonnee.SOURCES_CLOSES if closes else SansDonnee.PAS_ENCORE_REMONTE)
    if recu.total_net_verse is None or not recu.ressources:
        raise ValueError("a month that is said to have lines, without them or their total")
    lignes = tuple(Ligne(r.nature, r.source, _euros(r.montant_net_verse)) for r in recu.ressources)
    total = _euros(recu.total_net_verse)
    if total != sum(ligne.montant for ligne in lignes):
        raise ValueError("a total that is not that of its lines")
    return Montant(mois, total, lignes) if total else ZeroConfirme(mois, lignes)


def _euros(texte: str) -> Decimal:
    montant = Decimal(texte)
    exiger_euros(montant)
    return montant
