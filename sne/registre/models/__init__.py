"""Tables of the register. Identity is rows, not text; the past is never rewritten."""

from sne.registre.models.annulation import Annulation, Retablissement
from sne.registre.models.anteriorite import DecisionAnteriorite
from sne.registre.models.attente import Attente
from sne.registre.models.brouillon import Brouillon
from sne.registre.models.cas_doublon import CasDoublon
from sne.registre.models.controle import (
    EchangeIdentite,
    ExamenIdentite,
    ObservationIdentite,
    Operation,
    RappelIdentite,
    RelectureIdentite,
)
from sne.registre.models.demande import Demande, PlaceOuverte, RequeteAnteriorite, Version
from sne.registre.models.egalite import ConsigneEgalite
from sne.registre.models.enquete import DemandeEnquetee, DossierEnquete, ElementEnquete, Gel, LeveeGel
from sne.registre.models.ensemble_doublon import (
    EnsembleDoublon,
    EnsembleMembre,
    EnsemblePaire,
    EnsembleSort,
    PassageDoublons,
)
from sne.registre.models.faits import Attribution, DecisionCaleol, Evenement, FaitDalo
from sne.registre.models.horloge import PassageHorloge
from sne.registre.models.liste_enregistree import ListeEnregistree
from sne.registre.models.opposition import AvisChangement, Opposition
from sne.registre.models.permission import PermissionContact, UsagePermission
from sne.registre.models.personne import (
    DecisionIdentite,
    Identite,
    IdentiteQuittee,
    Personne,
    SecretNir,
    TitreAnciennete,
)
from sne.registre.models.piece import ExplicationPiece, Piece, QualificationPiece
from sne.registre.models.preavis import EchecPreavis, Preavis
from sne.registre.models.purge import Purge, PurgeCompte, StatistiqueAVerser, StatistiqueEffacee
from sne.registre.models.radiation import Radiation, Reactivation
from sne.registre.models.restauration import DecisionRestauration, RequeteRestauration
from sne.registre.models.separation import DecisionSeparation, Separation
from sne.registre.models.tentative import TentativeRefusee

__all__ = [
    "Annulation",
    "Attente",
    "Attribution",
    "AvisChangement",
    "Brouillon",
    "CasDoublon",
    "ConsigneEgalite",
    "DecisionAnteriorite",
    "DecisionCaleol",
    "DecisionIdentite",
    "DecisionRestauration",
    "DecisionSeparation",
    "Demande",
    "DemandeEnquetee",
    "DossierEnquete",
    "EchangeIdentite",
    "EchecPreavis",
    "ElementEnquete",
    "EnsembleDoublon",
    "EnsembleMembre",
    "EnsemblePaire",
    "EnsembleSort",
    "Evenement",
    "ExamenIdentite",
    "ExplicationPiece",
    "FaitDalo",
    "Gel",
    "Identite",
    "IdentiteQuittee",
    "LeveeGel",
    "ListeEnregistree",
    "ObservationIdentite",
    "Operation",
    "Opposition",
    "PassageDoublons",
    "PassageHorloge",
    "PermissionContact",
    "Personne",
    "Piece",
    "PlaceOuverte",
    "Preavis",
    "Purge",
    "PurgeCompte",
    "QualificationPiece",
    "Radiation",
    "RappelIdentite",
    "Reactivation",
    "RelectureIdentite",
    "RequeteAnteriorite",
    "RequeteRestauration",
    "Retablissement",
    "SecretNir",
    "Separation",
    "StatistiqueAVerser",
    "StatistiqueEffacee",
    "TentativeRefusee",
    "TitreAnciennete",
    "UsagePermission",
    "Version",
]
