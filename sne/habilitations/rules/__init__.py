"""What a lawyer reads: roles as data, limits of sessions, actors without account."""

from sne.habilitations.rules.acteurs import INCONNU, SYSTEME, acteur_inconnu, acteur_systeme, mandat
from sne.habilitations.rules.equipes import (
    EQUIPES_NATIONALES,
    PROFESSIONNELS,
    TOUS,
    cle_du_compte,
    cle_du_guichet,
    cle_du_role,
    cle_du_territoire,
    cles_de,
    nom_de_l_equipe,
)
from sne.habilitations.rules.motifs import MOTIFS_D_UNE_PERSONNE, MOTIFS_RETRAIT, MotifRetrait
from sne.habilitations.rules.mots_de_passe import se_devine
from sne.habilitations.rules.perimetres import perimetre_invalide, se_chevauchent
from sne.habilitations.rules.roles import (
    LOGICIELS,
    PERMISSIONS,
    ROLES,
    ROLES_PAR_ETENDUE,
    Etendue,
    Permission,
    Role,
    sans_droit,
)
from sne.habilitations.rules.sessions import (
    LimitesDeSession,
    MotifFin,
    MotifRefus,
    fin_de_session,
    normaliser_courriel,
)

__all__ = [
    "EQUIPES_NATIONALES",
    "INCONNU",
    "LOGICIELS",
    "MOTIFS_D_UNE_PERSONNE",
    "MOTIFS_RETRAIT",
    "PERMISSIONS",
    "PROFESSIONNELS",
    "ROLES",
    "ROLES_PAR_ETENDUE",
    "SYSTEME",
    "TOUS",
    "Etendue",
    "LimitesDeSession",
    "MotifFin",
    "MotifRefus",
    "MotifRetrait",
    "Permission",
    "Role",
    "acteur_inconnu",
    "acteur_systeme",
    "cle_du_compte",
    "cle_du_guichet",
    "cle_du_role",
    "cle_du_territoire",
    "cles_de",
    "fin_de_session",
    "mandat",
    "nom_de_l_equipe",
    "normaliser_courriel",
    "perimetre_invalide",
    "sans_droit",
    "se_chevauchent",
    "se_devine",
]
