"""Bodies that register applications and their counters (CCH R441-2-1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sne.referentiels.rules.periodes import Periode

GUICHET_PORTAIL = "GDPUB"  # virtual counter of the public portal, one in each territory
ORGANISME_PORTAIL = "PGP"


class TypeOrganisme(StrEnum):
    """Kind of body."""

    BAILLEUR = "BAILLEUR"
    COLLECTIVITE = "COLLECTIVITE"
    ACTION_LOGEMENT = "ACTION_LOGEMENT"
    ETAT = "ETAT"
    SIAO = "SIAO"
    EMPLOYEUR = "EMPLOYEUR"
    ASSOCIATION = "ASSOCIATION"
    MANDATAIRE_COMMUN = "MANDATAIRE_COMMUN"
    PGP = "PGP"


class CategorieOrganisme(StrEnum):
    """Finer kind; the types that are not subdivided have one category of the same name."""

    OPH = "OPH"
    ESH = "ESH"
    COOP_HLM = "COOP_HLM"
    SEM = "SEM"
    SEM_DOM = "SEM_DOM"
    MOI = "MOI"
    COMMUNE = "COMMUNE"
    CCAS = "CCAS"
    EPCI = "EPCI"
    EPT = "EPT"
    DEPARTEMENT = "DEPARTEMENT"
    DDT = "DDT"
    DDETS = "DDETS"
    DRIHL = "DRIHL"
    PREFECTURE = "PREFECTURE"
    SERVICE_SOCIAL_ADMINISTRATION = "SERVICE_SOCIAL_ADMINISTRATION"
    ACTION_LOGEMENT = "ACTION_LOGEMENT"
    SIAO = "SIAO"
    EMPLOYEUR = "EMPLOYEUR"
    ASSOCIATION = "ASSOCIATION"
    MANDATAIRE_COMMUN = "MANDATAIRE_COMMUN"
    PGP = "PGP"


_C = CategorieOrganisme
CATEGORIES: dict[TypeOrganisme, tuple[CategorieOrganisme, ...]] = {
    TypeOrganisme.BAILLEUR: (_C.OPH, _C.ESH, _C.COOP_HLM, _C.SEM, _C.SEM_DOM, _C.MOI),
    TypeOrganisme.COLLECTIVITE: (_C.COMMUNE, _C.CCAS, _C.EPCI, _C.EPT, _C.DEPARTEMENT),
    TypeOrganisme.ETAT: (_C.DDT, _C.DDETS, _C.DRIHL, _C.PREFECTURE, _C.SERVICE_SOCIAL_ADMINISTRATION),
    TypeOrganisme.ACTION_LOGEMENT: (_C.ACTION_LOGEMENT,),
    TypeOrganisme.SIAO: (_C.SIAO,),
    TypeOrganisme.EMPLOYEUR: (_C.EMPLOYEUR,),
    TypeOrganisme.ASSOCIATION: (_C.ASSOCIATION,),
    TypeOrganisme.MANDATAIRE_COMMUN: (_C.MANDATAIRE_COMMUN,),
    TypeOrganisme.PGP: (_C.PGP,),
}


@dataclass(frozen=True, slots=True)
class FicheGuichet:
    """A counter as other modules read it: no table behind, safe to keep and share."""

    territoire: str
    code: str  # 5 signs, the end of the numbers it gives
    libelle: str
    organisme: str  # key of the body (its SIREN, or PGP)
    organisme_nom: str
    type_organisme: TypeOrganisme
    categorie: CategorieOrganisme
    voie: str
    code_postal: str
    commune: str  # INSEE code, empty for the portal
    horaires: str
    courriel: str
    telephone: str  # E.164
    saisit_directement: bool
    systeme_interface: bool
    fictif: bool
    periode: Periode

    @property
    def virtuel(self) -> bool:
        """The portal's counter: nobody sits behind it."""
        return self.code == GUICHET_PORTAIL

    @property
    def bailleur(self) -> str:
        """The landlord whose counter it is; empty when it is of another kind of body."""
        return self.organisme if self.type_organisme is TypeOrganisme.BAILLEUR else ""

    def ouvert(self, le: date) -> bool:
        """Whether the counter is in activity on that day."""
        return self.periode.contient(le)
