"""What is done to a demande, as the control and the score see it: which fields, when, by whom, through which door.

Pure. One operation for each revision that is not a deposit; values are never here.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from sne.registre.contenu.rules import nir as nirs
from sne.registre.contenu.rules.arbre.champs import generique
from sne.registre.contenu.rules.arbre.difference import Changement
from sne.socle.acteur import Acteur, Canal


class Champ(StrEnum):
    """Fields that an operation may touch."""

    NOM_NAISSANCE = "nom_naissance"
    NOM_USAGE = "nom_usage"
    PRENOMS = "prenoms"
    DATE_NAISSANCE = "date_naissance"
    NIR = "nir"
    SEXE = "sexe"
    COURRIEL = "courriel"
    TELEPHONE = "telephone"
    ADRESSE = "adresse"
    FOYER = "foyer"
    CODEMANDEUR = "codemandeur"
    REVENUS = "revenus"
    PJ_IDENTITE = "pj_identite"
    PJ_REVENUS = "pj_revenus"
    PJ_AUTRE = "pj_autre"
    REACTIVATION = "reactivation"


def agent_de(acteur: Acteur) -> str:
    """Who is behind an act: an account; through an interface, the person that the software of that account names."""
    return nommer(acteur.canal, acteur.id, acteur.agent)


def nommer(canal: Canal, auteur: uuid.UUID, agent: str) -> str:
    """The same, of what was kept. The account of a software is a machine's: without a person, it names nobody."""
    if canal is Canal.INTERFACE:
        return f"{auteur}/{agent}" if agent else ""
    return str(auteur)


class TypeOperation(StrEnum):
    """What the operation was."""

    CREATION = "creation"
    MODIFICATION = "modification"
    RENOUVELLEMENT = "renouvellement"
    REACTIVATION = "reactivation"


PROTEGES = frozenset({Champ.NOM_NAISSANCE, Champ.PRENOMS, Champ.DATE_NAISSANCE, Champ.NIR, Champ.SEXE})
CONTACTS = frozenset({Champ.COURRIEL, Champ.TELEPHONE})
"""Ways to warn the household at once; somebody who holds them hides what is done to the file."""
PROFESSIONNELS = frozenset({Canal.GUICHET, Canal.INTERFACE})

GROUPES: Mapping[str, frozenset[Champ]] = MappingProxyType(
    {
        "noms": frozenset({Champ.NOM_NAISSANCE, Champ.NOM_USAGE, Champ.PRENOMS}),
        "naissance_ou_nir": frozenset({Champ.DATE_NAISSANCE, Champ.NIR}),
        "contacts": CONTACTS,
        "adresse": frozenset({Champ.ADRESSE}),
        "piece_identite": frozenset({Champ.PJ_IDENTITE}),
        "foyer": frozenset({Champ.FOYER, Champ.CODEMANDEUR}),
        "revenus": frozenset({Champ.REVENUS}),
    }
)
"""Groups of fields of the score."""
ORDINAIRES = frozenset({Champ.REVENUS, Champ.PJ_REVENUS, Champ.PJ_AUTRE})
"""What every renewal touches: an operation of these only says nothing of how fast the rest changed."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. ``agent``: who, as :func:`agent_de` says it; empty when unknown.

    ``horodatage`` is aware, or bare and then read as the counter's own clock.
    """

    horodatage: datetime
    canal: Canal
    guichet: str = ""
    agent: str = ""
    type: TypeOperation = TypeOperation.MODIFICATION
    champs: frozenset[Champ] = field(default_factory=frozenset)

    @property
    def professionnelle(self) -> bool:
        """Whether a professional did it, on a screen or through an interface."""
        return self.canal in PROFESSIONNELS

    @property
    def par_le_guichet(self) -> bool:
        """Whether no agent is known, as when a software names nobody: the counter then stands for them."""
        return not self.agent

    @property
    def auteur(self) -> str:
        """Whose other files are counted with this one: the agent's, or the counter's when the agent is unknown."""
        return f"guichet:{self.guichet}" if self.par_le_guichet else self.agent

    @property
    def reactive(self) -> bool:
        """Whether it brought back a demande that was struck off."""
        return self.type is TypeOperation.REACTIVATION or Champ.REACTIVATION in self.champs


CHEMINS: Mapping[str, Champ] = MappingProxyType(
    {
        "demandeur.identite.nom_naissance": Champ.NOM_NAISSANCE,
        "demandeur.identite.nom_usage": Champ.NOM_USAGE,
        "demandeur.identite.prenoms": Champ.PRENOMS,
        "demandeur.identite.date_naissance": Champ.DATE_NAISSANCE,
        "demandeur.identite.nir": Champ.NIR,
    }
)
"""Paths of the tree, whole."""
SEGMENTS: Mapping[str, Champ] = MappingProxyType(
    {
        "courriel": Champ.COURRIEL,
        "telephone_domicile": Champ.TELEPHONE,
        "telephone_portable": Champ.TELEPHONE,
        "telephone_travail": Champ.TELEPHONE,
        "adresse_courrier": Champ.ADRESSE,
        "revenus_fiscaux": Champ.REVENUS,
        "ressources": Champ.REVENUS,
        "ressources_personnes_a_charge": Champ.REVENUS,
    }
)
"""Segments that say what a path is, no matter who it is about."""
TETES: Mapping[str, Champ] = MappingProxyType({"cotitulaires[]": Champ.CODEMANDEUR, "foyer": Champ.FOYER})
"""First segments that say it when nothing else does."""
PIECES_D_IDENTITE = frozenset({"IDENTITE", "SEJOUR", "IDENTITE_AUTRES", "SEJOUR_AUTRES"})
PIECES_DE_REVENUS = frozenset({"AVIS_IMPOSITION_N2", "AVIS_IMPOSITION_N1"})
RESSOURCES = "RESSOURCES_"


def champs_de(changements: Iterable[Changement]) -> frozenset[Champ]:
    """The fields that these changes of the tree touch; what none of them names is left out."""
    return frozenset(champ for c in changements if (champ := _champ(c)) is not None)


def champs_des_pieces(types: Collection[str]) -> frozenset[Champ]:
    """The fields that documents of these types (codes of the catalogue) touch when they are added or replaced."""
    return frozenset(_champ_de_piece(code) for code in types)


def _champ(changement: Changement) -> Champ | None:
    chemin = generique(changement.chemin)
    if chemin == "demandeur.identite.civilite":
        return Champ.SEXE if _sexe(changement.avant) != _sexe(changement.apres) else None
    if chemin in CHEMINS:
        return CHEMINS[chemin]
    segments = chemin.split(".")
    if segments[0] == "accompagnant":
        return None
    connus = [SEGMENTS[segment] for segment in segments if segment in SEGMENTS]
    return connus[0] if connus else TETES.get(_tete(segments[0]))


def _tete(segment: str) -> str:
    return "cotitulaires[]" if segment == "cotitulaires" else segment


def _sexe(civilite: object) -> str:
    return nirs.sexe(str(civilite or ""))


def _champ_de_piece(code: str) -> Champ:
    if code in PIECES_D_IDENTITE:
        return Champ.PJ_IDENTITE
    if code in PIECES_DE_REVENUS or code.startswith(RESSOURCES):
        return Champ.PJ_REVENUS
    return Champ.PJ_AUTRE
