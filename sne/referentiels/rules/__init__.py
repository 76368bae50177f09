"""Pure part of the reference data: what a code means on a day, and which commune a person meant."""

from sne.referentiels.rules.attribution import BailleurPresent, Commission
from sne.referentiels.rules.evenements import (
    Caracteristique,
    CatalogueEvenements,
    NatureCaracteristique,
    TypeEvenement,
    catalogue_evenements_par_defaut,
)
from sne.referentiels.rules.geographie import Geographie
from sne.referentiels.rules.lieux import CommuneChoix, PaysChoix, TerritoireChoix
from sne.referentiels.rules.nomenclatures import Nomenclatures, ValeurListe, nomenclatures_par_defaut
from sne.referentiels.rules.organismes import (
    CATEGORIES,
    GUICHET_PORTAIL,
    ORGANISME_PORTAIL,
    CategorieOrganisme,
    FicheGuichet,
    TypeOrganisme,
)
from sne.referentiels.rules.parametres import (
    Courriel,
    Duree,
    Fraction,
    Groupe,
    HeureDuJour,
    Jours,
    Nombre,
    Parametres,
    Part,
    Score,
    ValeurDatee,
    parametres_en_vigueur,
    parametres_par_defaut,
)
from sne.referentiels.rules.periodes import Periode
from sne.referentiels.rules.pieces import (
    CataloguePieces,
    Critere,
    NiveauPiece,
    PorteePiece,
    TypePiece,
    catalogue_par_defaut,
)
from sne.referentiels.rules.publics import (
    CataloguePublics,
    ClassePublic,
    PublicPrioritaire,
    publics_par_defaut,
)
from sne.referentiels.rules.resolution import Ambigue, Inconnue, Trouvee
from sne.referentiels.rules.territoires import (
    PARIS,
    Echelon,
    NatureRattachement,
    departement_de_commune,
    fuseaux_livres,
)

__all__ = [
    "CATEGORIES",
    "GUICHET_PORTAIL",
    "ORGANISME_PORTAIL",
    "PARIS",
    "Ambigue",
    "BailleurPresent",
    "Caracteristique",
    "CatalogueEvenements",
    "CataloguePieces",
    "CataloguePublics",
    "CategorieOrganisme",
    "ClassePublic",
    "Commission",
    "CommuneChoix",
    "Courriel",
    "Critere",
    "Duree",
    "Echelon",
    "FicheGuichet",
    "Fraction",
    "Geographie",
    "Groupe",
    "HeureDuJour",
    "Inconnue",
    "Jours",
    "NatureCaracteristique",
    "NatureRattachement",
    "NiveauPiece",
    "Nombre",
    "Nomenclatures",
    "Parametres",
    "Part",
    "PaysChoix",
    "Periode",
    "PorteePiece",
    "PublicPrioritaire",
    "Score",
    "TerritoireChoix",
    "Trouvee",
    "TypeEvenement",
    "TypeOrganisme",
    "TypePiece",
    "ValeurDatee",
    "ValeurListe",
    "catalogue_evenements_par_defaut",
    "catalogue_par_defaut",
    "departement_de_commune",
    "fuseaux_livres",
    "nomenclatures_par_defaut",
    "parametres_en_vigueur",
    "parametres_par_defaut",
    "publics_par_defaut",
]
