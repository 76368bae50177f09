"""The content of an application: one frozen tree, its storage, its differences and what is derived from
it.
"""

from sne.registre.contenu.rules.arbre.champs import champ_de, champs, generique, libelle, valeurs
from sne.registre.contenu.rules.arbre.derive import Projection, age, nb_personnes, projeter, rfr_reference
from sne.registre.contenu.rules.arbre.difference import difference
from sne.registre.contenu.rules.arbre.lieux import Adresse, Localite
from sne.registre.contenu.rules.arbre.messages import anomalies_de_forme
from sne.registre.contenu.rules.arbre.noeud import Noeud
from sne.registre.contenu.rules.arbre.personnes import (
    Contact,
    Cotitulaire,
    Demandeur,
    EtatNir,
    Identite,
    LieuNaissance,
    Nir,
    RessourceRecue,
    Ressources,
    RessourceVersee,
    RevenuFiscal,
    RevenusFiscaux,
    SituationProfessionnelle,
)
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import (
    DEMANDEUR,
    Adulte,
    adultes,
    avec_contact,
    avec_identites,
    avec_nirs,
    avec_personnes,
    chemin_de,
    membre,
    membres,
)
from sne.registre.contenu.rules.arbre.sante import partager
from sne.registre.contenu.rules.arbre.stockage import IdentiteManquante, depuis_stockage, vers_stockage
from sne.registre.contenu.rules.arbre.telephone import Telephone

__all__ = [
    "DEMANDEUR",
    "Adresse",
    "Adulte",
    "Contact",
    "Contenu",
    "Cotitulaire",
    "Demandeur",
    "EtatNir",
    "Identite",
    "IdentiteManquante",
    "LieuNaissance",
    "Localite",
    "Nir",
    "Noeud",
    "Projection",
    "RessourceRecue",
    "RessourceVersee",
    "Ressources",
    "RevenuFiscal",
    "RevenusFiscaux",
    "SituationProfessionnelle",
    "Telephone",
    "adultes",
    "age",
    "anomalies_de_forme",
    "avec_contact",
    "avec_identites",
    "avec_nirs",
    "avec_personnes",
    "champ_de",
    "champs",
    "chemin_de",
    "depuis_stockage",
    "difference",
    "generique",
    "libelle",
    "membre",
    "membres",
    "nb_personnes",
    "partager",
    "projeter",
    "rfr_reference",
    "valeurs",
    "vers_stockage",
]
