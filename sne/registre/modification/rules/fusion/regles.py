"""What cannot be cut when two changes are merged, and how the rows of each list are recognised: data."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sne.registre.contenu.rules.appariement import memes_traits
from sne.registre.contenu.rules.arbre.difference import RAPPROCHEMENTS, Rapprochement
from sne.registre.contenu.rules.arbre.foyer import EnfantsANaitre
from sne.registre.contenu.rules.arbre.handicap import (
    AutreHandicap,
    HandicapMoteur,
    HandicapSensoriel,
    Referent,
)
from sne.registre.contenu.rules.arbre.lieux import Adresse, Localite
from sne.registre.contenu.rules.arbre.logement import BailleurSocial, LogementPossede, Sejour, SejourNomme
from sne.registre.contenu.rules.arbre.noeud import Noeud
from sne.registre.contenu.rules.arbre.personnes import (
    Identite,
    LieuNaissance,
    RessourceRecue,
    RessourceVersee,
    RevenuFiscal,
    SituationProfessionnelle,
)
from sne.registre.contenu.rules.arbre.racine import Accompagnant
from sne.registre.contenu.rules.arbre.souhaits import Localisation
from sne.registre.contenu.rules.arbre.types_de_champ import (
    MAX_COTITULAIRES,
    MAX_FOYER,
    MAX_HANDICAPS,
    MAX_LISTE,
)

INDIVISIBLES: frozenset[type[Noeud]] = frozenset(
    {
        Accompagnant,
        Adresse,
        AutreHandicap,
        BailleurSocial,
        EnfantsANaitre,
        HandicapMoteur,
        HandicapSensoriel,
        LieuNaissance,
        Localisation,
        Localite,
        LogementPossede,
        Referent,
        RessourceRecue,
        RessourceVersee,
        RevenuFiscal,
        Sejour,
        SejourNomme,
    }
)
"""Blocks that are merged whole: the street of one address beside the town of another would be no real address."""

ENSEMBLES: Mapping[type[Noeud], tuple[tuple[str, ...], ...]] = {
    Identite: (("date_naissance", "date_naissance_presumee"),),
    SituationProfessionnelle: (("employeur", "employeur_siret", "lieu_travail"),),
}
"""Fields of a block that go together."""

MOTIFS_A_L_ECRAN = 3


@dataclass(frozen=True, slots=True)
class RegleDeListe:
    """How a list is merged. ``ordonnee``: the rank says something; ``maximum``: how many rows it may hold, unless a
    dated limit says fewer.

    ``meme_ajout``: whether two rows, one added on each side with different keys, are the same one.
    """

    rapprochement: Rapprochement
    ordonnee: bool = False
    maximum: int = MAX_LISTE
    meme_ajout: Callable[[Any, Any], bool] = operator.is_


def _par(cle: Callable[[Any], Any]) -> Rapprochement:
    return Rapprochement(cle, stricte=True)


PAR_VALEUR = RegleDeListe(_par(lambda valeur: valeur))
LISTES: Mapping[str, RegleDeListe] = {
    "cotitulaires": RegleDeListe(
        RAPPROCHEMENTS["cotitulaires"],
        maximum=MAX_COTITULAIRES,
        meme_ajout=lambda un, autre: memes_traits(un.identite, autre.identite),
    ),
    "foyer.personnes_a_charge": RegleDeListe(RAPPROCHEMENTS["foyer.personnes_a_charge"], maximum=MAX_FOYER),
    "foyer.enfants_en_garde": RegleDeListe(RAPPROCHEMENTS["foyer.enfants_en_garde"], maximum=MAX_FOYER),
    "handicaps": RegleDeListe(RAPPROCHEMENTS["handicaps"], maximum=MAX_HANDICAPS),
    "motifs.codes": RegleDeListe(PAR_VALEUR.rapprochement, ordonnee=True, maximum=MOTIFS_A_L_ECRAN),
    "souhaits.types_logement": RegleDeListe(PAR_VALEUR.rapprochement, ordonnee=True),
    "souhaits.localisations": RegleDeListe(_par(lambda lieu: lieu.commune or lieu.quartier), ordonnee=True),
}
"""Lists at one place of the tree; the others are found by the name of their field, or hold plain values."""

LISTES_PAR_NOM: Mapping[str, RegleDeListe] = {
    "recues": RegleDeListe(_par(lambda ressource: ressource.nature)),
    "versees": RegleDeListe(_par(lambda ressource: ressource.nature)),
}


def regle_de(lieu: str) -> RegleDeListe:
    """The rule of the list at this path."""
    return LISTES.get(lieu) or LISTES_PAR_NOM.get(lieu.rpartition(".")[2], PAR_VALEUR)
