"""What the search of companies says, read strictly; a number that is looked for must be the one that comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from sne.connecteurs.entreprises.rules.etats import Entreprise, Etablissement, Etat
from sne.connecteurs.entreprises.rules.numeros import SIREN, SIRET, faute, lire_numero
from sne.connecteurs.rules.reponses import Souple

SIGNES_MIN, SIGNES_MAX = 3, 200
RESULTATS_MAX, ETABLISSEMENTS_MAX = 25, 100
ETATS: Mapping[str, Etat] = {"A": Etat.ACTIF, "C": Etat.FERME, "F": Etat.FERME}
HORS_DIFFUSION = "[ND]"  # what stands for a value that is not shown


@dataclass(frozen=True, slots=True)
class RechercheEntreprise:
    """A whole number, or a name with the commune (INSEE) that narrows it: a number takes no other filter."""

    texte: str
    code_commune: str = ""
    limite: int = 5


Texte = Annotated[str, Field(max_length=400)]
Jour = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-[0-3][0-9]$")]


class _Etablissement(Souple):
    siret: Annotated[str, Field(pattern=r"^[0-9]{14}$")]
    etat_administratif: Literal["A", "F"]
    date_fermeture: Jour | None = None
    adresse: Texte | None = None
    commune: Annotated[str, Field(max_length=5)] | None = None
    libelle_commune: Texte | None = None
    est_siege: bool = False
    liste_enseignes: list[Texte] | None = None
    statut_diffusion_etablissement: Literal["O", "P"] = "O"


class _Entreprise(Souple):
    siren: Annotated[str, Field(pattern=r"^[0-9]{9}$")]
    nom_complet: Texte | None
    etat_administratif: Literal["A", "C"]
    date_fermeture: Jour | None = None
    nature_juridique: Annotated[str, Field(max_length=4)] | None = None
    statut_diffusion: Literal["O", "P"] = "O"
    siege: _Etablissement | None = None
    matching_etablissements: Annotated[list[_Etablissement], Field(max_length=ETABLISSEMENTS_MAX)] = []


class _Page(Souple):
    results: Annotated[list[_Entreprise], Field(max_length=RESULTATS_MAX)]
    total_results: Annotated[int, Field(ge=0)]


def texte_cherche(texte: str) -> str:
    """What may be sent: the digits of a number, else 3 to 200 signs of a name; empty when nothing may."""
    numero = lire_numero(texte)
    if numero.isdigit() and len(numero) in {SIREN, SIRET}:
        return numero if faute(numero) is None else ""
    net = " ".join(texte.split())[:SIGNES_MAX].rstrip()
    return net if len(net) >= SIGNES_MIN else ""


def parametres(recherche: RechercheEntreprise, texte: str) -> dict[str, str | int]:
    """The parameters of the service's search, light answers."""
    voulus: dict[str, str | int] = {
        "q": texte,
        "per_page": max(1, min(recherche.limite, RESULTATS_MAX)),
        "minimal": "true",
        "include": "siege,matching_etablissements",
    }
    if recherche.code_commune and not texte.isdigit():
        voulus["code_commune"] = recherche.code_commune
    return voulus


def lire_entreprises(octets: bytes, *, texte: str) -> tuple[Entreprise, ...]:
    """The companies, best first. Raises ``ValueError`` when it is no answer, or one about another number."""
    page = _Page.model_validate_json(octets)
    lues = tuple(_entreprise(e, texte) for e in page.results)
    if texte.isdigit() and len(texte) in {SIREN, SIRET}:
        if any(lue.siren != texte[:SIREN] for lue in lues):
            raise ValueError("about another company")
        if len(texte) == SIRET:  # a company without this establishment is not the answer
            return tuple(lue for lue in lues if lue.etablissements)
    return lues


def _entreprise(e: _Entreprise, texte: str) -> Entreprise:
    vus = e.matching_etablissements or ([e.siege] if e.siege else [])
    if len(texte) == SIRET and texte.isdigit():
        vus = [v for v in [*e.matching_etablissements, *([e.siege] if e.siege else [])] if v.siret == texte][
            :1
        ]
    if any(v.siret[:SIREN] != e.siren for v in vus):
        raise ValueError("an establishment of another company")
    return Entreprise(
        siren=e.siren,
        nom=_visible(e.nom_complet),
        etat=ETATS[e.etat_administratif],
        fermee_le=_jour(e.date_fermeture),
        categorie=e.nature_juridique or "",
        masquee=e.statut_diffusion == "P",
        etablissements=tuple(_etablissement(v) for v in vus),
    )


def _etablissement(v: _Etablissement) -> Etablissement:
    return Etablissement(
        siret=v.siret,
        etat=ETATS[v.etat_administratif],
        ferme_le=_jour(v.date_fermeture),
        adresse=_visible(v.adresse),
        code_commune=v.commune or "",
        commune=_visible(v.libelle_commune),
        siege=v.est_siege,
        enseigne=_visible((v.liste_enseignes or [""])[0]),
        masque=v.statut_diffusion_etablissement == "P",
    )


def _visible(texte: str | None) -> str:
    return "" if not texte or HORS_DIFFUSION in texte else texte


def _jour(texte: str | None) -> date | None:
    return date.fromisoformat(texte) if texte else None
