"""What a lawyer reads: roles as data, limits of sessions, actors without account."""

from sne.habilitations.rules.acteurs import INCONNU, SYSTEME, acteur_inconnu, acteur_systeme, mandat
from sne.habilitations.rules.mots_de_passe import se_devine
from sne.habilitations.rules.roles import (
    LOGICIELS,
    MOTIFS_D_UNE_PERSONNE,
    MOTIFS_RETRAIT,
    PERMISSIONS,
    ROLES,
    ROLES_PAR_ETENDUE,
    Etendue,
    MotifRetrait,
    Permission,
    Profil,
    Role,
    perimetre_invalide,
    sans_droit,
    se_chevauchent,
)
from sne.habilitations.rules.sessions import (
    LimitesDeSession,
    MotifFin,
    MotifRefus,
    fin_de_session,
    normaliser_courriel,
)

__all__ = [
    "INCONNU",
    "LOGICIELS",
    "MOTIFS_D_UNE_PERSONNE",
    "MOTIFS_RETRAIT",
    "PERMISSIONS",
    "ROLES",
    "ROLES_PAR_ETENDUE",
    "SYSTEME",
    "Etendue",
    "LimitesDeSession",
    "MotifFin",
    "MotifRefus",
    "MotifRetrait",
    "Permission",
    "Profil",
    "Role",
    "acteur_inconnu",
    "acteur_systeme",
    "fin_de_session",
    "mandat",
    "normaliser_courriel",
    "perimetre_invalide",
    "sans_droit",
    "se_chevauchent",
    "se_devine",
]
