"""Why and what: the reasons of the application, and the dwelling sought."""

from pydantic import Field

from sne.registre.contenu.rules.arbre.noeud import Noeud, champ
from sne.registre.contenu.rules.arbre.types_de_champ import (
    MAX_LISTE,
    MAX_LOCALISATIONS,
    MAX_MOTIFS,
    Code,
    CodeCommune,
    Jour,
    Ligne,
    Montant,
    TexteLibre,
)


class Motifs(Noeud):
    """Reasons, ranked: the first is the main one (CCH R441-2-2, g)."""

    codes: tuple[Code, ...] = Field(
        default=(),
        max_length=MAX_MOTIFS,
        title="Motifs de la demande",
        json_schema_extra={"liste": "ListeMotifDemande"},
    )
    date_jugement_expulsion: Jour | None = champ("Date du jugement d’expulsion")
    autre_motif: TexteLibre | None = champ("Autre motif")


class Localisation(Noeud):
    """One place wished: a commune (an arrondissement in Paris, Lyon, Marseille) and, as typed, a quartier."""

    commune: CodeCommune | None = champ("Commune souhaitée")
    quartier: Ligne | None = champ("Quartier souhaité")


class Souhaits(Noeud):
    """The dwelling sought (CCH R441-2-2, h). ``loyer_maximum`` in euros per month, charges included.

    The three *accepte* are acceptances, not wishes, and have three states. No category means any when
    matching, but is never stored as « Indifférent ».
    """

    categorie: Code | None = champ("Catégorie de logement souhaitée", liste="ListeCategorieLogementRecherche")
    types_logement: tuple[Code, ...] = Field(
        default=(),
        max_length=MAX_LISTE,
        title="Types de logement souhaités",
        json_schema_extra={"liste": "ListeTypeLogement"},
    )
    localisations: tuple[Localisation, ...] = Field(
        default=(), max_length=MAX_LOCALISATIONS, title="Communes souhaitées"
    )
    accepte_autres_communes: bool | None = champ("Accepte d’autres communes")
    loyer_maximum: Montant | None = champ("Loyer maximum, charges comprises")
    avec_stationnement: bool | None = champ("Place de stationnement souhaitée")
    accepte_rez_de_chaussee: bool | None = champ("Accepte un rez-de-chaussée")
    accepte_sans_ascenseur: bool | None = champ("Accepte un immeuble sans ascenseur")
    colocation: bool | None = champ("Colocation souhaitée")
    accepte_quartier_prioritaire: bool | None = champ("Accepte un quartier prioritaire de la ville")
