"""Roles as data: who may do what, where, and who may grant it. Pure; ``docs/roles.md`` is generated from it.

Sources: CCH R441-2-1 (bodies that register), R441-2-5 II (the territorial manager assigns access), R441-2-6
(who reads nominative data), décret 2017-917 art. 5; the guichet manager's decisions date from 2024.
A territorial manager registers nothing: a number carries the code of a guichet, and they enter no name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """One thing that a person may do. The label is in :data:`PERMISSIONS`."""

    DEMANDE_RECHERCHER = "DEMANDE_RECHERCHER"
    DEMANDE_LIRE = "DEMANDE_LIRE"
    DEMANDE_DEPOSER = "DEMANDE_DEPOSER"
    DEMANDE_MODIFIER = "DEMANDE_MODIFIER"
    DEMANDE_RENOUVELER = "DEMANDE_RENOUVELER"
    DEMANDE_RADIER = "DEMANDE_RADIER"
    DEMANDE_REACTIVER = "DEMANDE_REACTIVER"
    ETAT_CIVIL_PROPOSER = "ETAT_CIVIL_PROPOSER"
    ETAT_CIVIL_DECIDER = "ETAT_CIVIL_DECIDER"
    ETAT_CIVIL_RELIRE = "ETAT_CIVIL_RELIRE"
    ANTERIORITE_DECIDER = "ANTERIORITE_DECIDER"
    DOUBLON_DECIDER = "DOUBLON_DECIDER"
    LISTE_LIRE = "LISTE_LIRE"
    LISTE_EXPORTER = "LISTE_EXPORTER"
    SUIVI_LIRE = "SUIVI_LIRE"
    SUIVI_CLASSER = "SUIVI_CLASSER"
    SUIVI_NATIONAL = "SUIVI_NATIONAL"
    ENQUETE_LIRE = "ENQUETE_LIRE"
    ENQUETE_OUVRIR = "ENQUETE_OUVRIR"
    GEL_LEVER = "GEL_LEVER"
    RESTAURATION_DEMANDER = "RESTAURATION_DEMANDER"
    RESTAURATION_DECIDER = "RESTAURATION_DECIDER"
    DEMANDE_ANNULER = "DEMANDE_ANNULER"
    SEPARATION_DECIDER = "SEPARATION_DECIDER"
    EVENEMENT_CONSIGNER = "EVENEMENT_CONSIGNER"
    DECISION_CONSIGNER = "DECISION_CONSIGNER"
    ATTRIBUTION_CONSIGNER = "ATTRIBUTION_CONSIGNER"
    DALO_LIRE = "DALO_LIRE"
    DALO_CONSIGNER = "DALO_CONSIGNER"
    SANTE_LIRE = "SANTE_LIRE"
    SANTE_ECRIRE = "SANTE_ECRIRE"
    RESSOURCES_LIRE = "RESSOURCES_LIRE"
    PIECE_LIRE = "PIECE_LIRE"
    PIECE_DEPOSER = "PIECE_DEPOSER"
    PIECE_QUALIFIER = "PIECE_QUALIFIER"
    ATTESTATION_EMETTRE = "ATTESTATION_EMETTRE"
    ATTESTATION_TRAITER = "ATTESTATION_TRAITER"
    HISTORIQUE_REMETTRE = "HISTORIQUE_REMETTRE"
    HABILITATION_GERER = "HABILITATION_GERER"
    HABILITATION_RETIRER = "HABILITATION_RETIRER"
    COMPTE_GERER = "COMPTE_GERER"
    JOURNAL_LIRE = "JOURNAL_LIRE"
    PARAMETRE_GERER = "PARAMETRE_GERER"
    MANDAT_TENIR = "MANDAT_TENIR"
    RAPPORT_LIRE = "RAPPORT_LIRE"
    RAPPORT_DETAIL = "RAPPORT_DETAIL"
    RAPPORT_EXPORTER = "RAPPORT_EXPORTER"
    RAPPORT_ABONNER = "RAPPORT_ABONNER"
    RAPPORT_PUBLIER = "RAPPORT_PUBLIER"
    INDICATEUR_DEFINIR = "INDICATEUR_DEFINIR"
    RPLS_CHARGER = "RPLS_CHARGER"
    OUVERT_PREPARER = "OUVERT_PREPARER"
    OUVERT_PUBLIER = "OUVERT_PUBLIER"
    CONTENU_PROPOSER = "CONTENU_PROPOSER"
    CONTENU_PUBLIER = "CONTENU_PUBLIER"
    RECHERCHE_REGLER = "RECHERCHE_REGLER"
    PROGRAMME_VOTER = "PROGRAMME_VOTER"
    PROGRAMME_TENIR = "PROGRAMME_TENIR"
    ESPACE_CONTRIBUER = "ESPACE_CONTRIBUER"
    ESPACE_OUVRIR = "ESPACE_OUVRIR"
    ANIMATION_TENIR = "ANIMATION_TENIR"
    CONVENTION_LIRE = "CONVENTION_LIRE"
    CONVENTION_ARRETER = "CONVENTION_ARRETER"
    CONVENTION_GERER = "CONVENTION_GERER"
    FLUX_LIRE = "FLUX_LIRE"
    TICKET_OUVRIR = "TICKET_OUVRIR"
    TICKET_TRAITER = "TICKET_TRAITER"
    TICKET_CHIFFRES = "TICKET_CHIFFRES"
    DEMANDE_LIRE_POUR_REPONDRE = "DEMANDE_LIRE_POUR_REPONDRE"


PERMISSIONS: Mapping[Permission, str] = {
    Permission.DEMANDE_RECHERCHER: "rechercher une demande",
    Permission.DEMANDE_LIRE: "lire une demande",
    Permission.DEMANDE_DEPOSER: "enregistrer une demande",
    Permission.DEMANDE_MODIFIER: "modifier une demande, hors état civil",
    Permission.DEMANDE_RENOUVELER: "renouveler une demande",
    Permission.DEMANDE_RADIER: "radier une demande",
    Permission.DEMANDE_REACTIVER: "réactiver une demande radiée, quel que soit le motif de sa radiation",
    Permission.ETAT_CIVIL_PROPOSER: "proposer un changement d’état civil",
    Permission.ETAT_CIVIL_DECIDER: "décider d’un changement d’état civil proposé par une autre personne",
    Permission.ETAT_CIVIL_RELIRE: "relire, sans en connaître la suite, une part des changements d’état civil",
    Permission.ANTERIORITE_DECIDER: "décider d’une date de dépôt antérieure",
    Permission.DOUBLON_DECIDER: "décider si deux demandes sont celles d’une même personne",
    Permission.LISTE_LIRE: "ouvrir les listes de travail",
    Permission.LISTE_EXPORTER: "exporter une liste de travail dans un fichier",
    Permission.SUIVI_LIRE: "suivre l’activité des guichets et leurs changements d’identité",
    Permission.SUIVI_CLASSER: "classer, avec un motif, un dossier ou un guichet à regarder",
    Permission.SUIVI_NATIONAL: "suivre tous les territoires en chiffres, sans aucun dossier",
    Permission.ENQUETE_LIRE: "lire une enquête",
    Permission.ENQUETE_OUVRIR: "ouvrir, instruire et clore une enquête, figer un dossier, en demander la fin",
    Permission.GEL_LEVER: "décider qu’un dossier n’est plus figé, à la demande d’une autre personne",
    Permission.RESTAURATION_DEMANDER: "demander qu’une demande soit rétablie comme elle était",
    Permission.RESTAURATION_DECIDER: "rétablir une demande comme elle était, à la demande d’une autre personne",
    Permission.DEMANDE_ANNULER: "annuler une demande enregistrée en double par erreur, et la rétablir",
    Permission.SEPARATION_DECIDER: "examiner les séparations de couple et décider de l’ancienneté reprise",
    Permission.EVENEMENT_CONSIGNER: "consigner un événement",
    Permission.DECISION_CONSIGNER: "consigner une décision de commission (au guichet : celui d’un bailleur)",
    Permission.ATTRIBUTION_CONSIGNER: "consigner une attribution (au guichet : celui d’un bailleur)",
    Permission.DALO_LIRE: "lire le DALO et les publics prioritaires d’une demande",
    Permission.DALO_CONSIGNER: "consigner un fait DALO (au guichet : celui d’un service de l’État)",
    Permission.SANTE_LIRE: "lire les données de santé d’une demande",
    Permission.SANTE_ECRIRE: "saisir ou modifier les données de santé d’une demande",
    Permission.RESSOURCES_LIRE: "demander et lire les ressources connues de l’administration",
    Permission.PIECE_LIRE: "ouvrir les pièces d’une demande",
    Permission.PIECE_DEPOSER: "ajouter ou remplacer une pièce d’une demande",
    Permission.PIECE_QUALIFIER: "qualifier une pièce d’une demande",
    Permission.ATTESTATION_EMETTRE: "remettre une attestation",
    Permission.ATTESTATION_TRAITER: "établir une attestation que le service n’a pas pu produire",
    Permission.HISTORIQUE_REMETTRE: "remettre à une personne l’historique de sa demande",
    Permission.HABILITATION_GERER: "accorder une habilitation",
    Permission.HABILITATION_RETIRER: "retirer une habilitation",
    Permission.COMPTE_GERER: "créer un compte",
    Permission.JOURNAL_LIRE: "lire le journal",
    Permission.PARAMETRE_GERER: "gérer les paramètres datés",
    Permission.MANDAT_TENIR: "aider les personnes qui ont autorisé son organisme, dans leurs limites",
    Permission.RAPPORT_LIRE: "lire les rapports de l’infocentre",
    Permission.RAPPORT_DETAIL: "ouvrir la liste des demandes derrière un chiffre de l’infocentre",
    Permission.RAPPORT_EXPORTER: "emporter un rapport de l’infocentre dans un fichier",
    Permission.RAPPORT_ABONNER: "programmer l’envoi d’un rapport de l’infocentre",
    Permission.RAPPORT_PUBLIER: "publier, prolonger ou retirer un rapport de l’infocentre",
    Permission.INDICATEUR_DEFINIR: "définir un indicateur de l’infocentre",
    Permission.RPLS_CHARGER: "charger un millésime du répertoire des logements sociaux",
    Permission.CONTENU_PROPOSER: "proposer une page du site des professionnels",
    Permission.CONTENU_PUBLIER: "publier ou retirer une page du site qu’une autre personne a proposée",
    Permission.RECHERCHE_REGLER: "régler la recherche du site (synonymes, recherches sans réponse)",
    Permission.PROGRAMME_VOTER: "répondre pour son territoire à une décision mise au vote",
    Permission.PROGRAMME_TENIR: "mettre une décision au vote, consigner ce qui est décidé et sa suite",
    Permission.OUVERT_PREPARER: "demander une édition de données ouvertes et lire son audit",
    Permission.OUVERT_PUBLIER: "publier ou refuser une édition de données ouvertes qu’une autre personne a demandée",
    Permission.ESPACE_CONTRIBUER: "lire et écrire dans les espaces partagés de ses équipes",
    Permission.ESPACE_OUVRIR: "ouvrir un espace partagé",
    Permission.ANIMATION_TENIR: "annoncer, tenir le calendrier et ouvrir des questionnaires",
    Permission.CONVENTION_LIRE: "suivre les conventions des éditeurs de logiciels",
    Permission.CONVENTION_ARRETER: "suspendre une convention d’éditeur et révoquer ses clés",
    Permission.CONVENTION_GERER: "ouvrir une convention d’éditeur et régler ses clés, ses certificats et ses droits",
    Permission.FLUX_LIRE: "lire le flux des changements d’un territoire, sans aucune donnée des ménages",
    Permission.TICKET_OUVRIR: "demander de l’aide à l’assistance",
    Permission.TICKET_TRAITER: "répondre aux demandes d’assistance de son niveau",
    Permission.TICKET_CHIFFRES: "lire les chiffres de l’assistance, sans aucun nom",
    Permission.DEMANDE_LIRE_POUR_REPONDRE: "lire la demande qu’une demande d’assistance lui montre, et aucune autre",
}


class Role(StrEnum):
    """One profile of the service. Its content is in :data:`ROLES`."""

    AGENT_GUICHET = "AGENT_GUICHET"
    RESPONSABLE_GUICHET = "RESPONSABLE_GUICHET"
    GESTIONNAIRE_TERRITORIAL = "GESTIONNAIRE_TERRITORIAL"
    SUPPORT_N1 = "SUPPORT_N1"
    EXPLOITATION_NATIONALE = "EXPLOITATION_NATIONALE"
    DPO = "DPO"
    AIDANT = "AIDANT"
    COORDINATION_DEPARTEMENTALE = "COORDINATION_DEPARTEMENTALE"
    COORDINATION_REGIONALE = "COORDINATION_REGIONALE"
    ASSOCIATION_HLM = "ASSOCIATION_HLM"
    UNION_HLM = "UNION_HLM"
    POLE_METIER = "POLE_METIER"
    SUPPORT_N2 = "SUPPORT_N2"
    EDITEUR = "EDITEUR"
    GESTIONNAIRE_FICHIERS_PARTAGES = "GESTIONNAIRE_FICHIERS_PARTAGES"


class Etendue(StrEnum):
    """Kind of perimeter in which a role is held."""

    GUICHET = "GUICHET"
    TERRITOIRE = "TERRITOIRE"
    DEPARTEMENT = "DEPARTEMENT"
    REGION = "REGION"
    NATION = "NATION"


@dataclass(frozen=True, slots=True)
class Profil:
    """What a role is: French name, one sentence, permissions, where it is held, who grants and ends it."""

    nom: str
    phrase: str
    etendue: Etendue
    permissions: frozenset[Permission]
    accorde_par: frozenset[Role]
    retire_par: frozenset[Role]


_SITE = frozenset({Permission.CONTENU_PROPOSER, Permission.TICKET_OUVRIR, Permission.ESPACE_CONTRIBUER})
"""Whoever works with the service may propose a page of its site, ask for help, work in their teams' spaces."""
_ANIMATION = frozenset({Permission.ESPACE_OUVRIR, Permission.ANIMATION_TENIR})
_REDACTION = frozenset({Permission.CONTENU_PUBLIER, Permission.RECHERCHE_REGLER})
_LECTURE = _SITE | {Permission.DEMANDE_RECHERCHER, Permission.DEMANDE_LIRE}
_FAITS = frozenset(
    {
        Permission.EVENEMENT_CONSIGNER,
        Permission.DECISION_CONSIGNER,
        Permission.ATTRIBUTION_CONSIGNER,
        Permission.DALO_LIRE,
        Permission.DALO_CONSIGNER,
    }
)
"""At a counter, the kind of its body says more: see the policies of the register."""
_PIECES = frozenset({Permission.PIECE_LIRE, Permission.PIECE_DEPOSER, Permission.PIECE_QUALIFIER})
_GUICHET = _LECTURE | {
    Permission.DEMANDE_DEPOSER,
    Permission.DEMANDE_MODIFIER,
    Permission.DEMANDE_RENOUVELER,
    Permission.DEMANDE_RADIER,
    Permission.ETAT_CIVIL_PROPOSER,
    Permission.LISTE_LIRE,
    *_FAITS,
    Permission.SANTE_LIRE,
    Permission.SANTE_ECRIRE,
    Permission.RESSOURCES_LIRE,
    *_PIECES,
    Permission.ATTESTATION_EMETTRE,
    Permission.HISTORIQUE_REMETTRE,
}
_EDITEUR = (_GUICHET - _SITE - {Permission.LISTE_LIRE, Permission.HISTORIQUE_REMETTRE}) | {
    Permission.FLUX_LIRE
}
"""What a counter does through its own software; the scopes of the agreement say how much of it."""
_CONVENTIONS = frozenset({Permission.CONVENTION_LIRE, Permission.CONVENTION_ARRETER})
_ENQUETE = frozenset(
    {
        Permission.ENQUETE_LIRE,
        Permission.ENQUETE_OUVRIR,
        Permission.GEL_LEVER,
        Permission.RESTAURATION_DECIDER,
    }
)
_RAPPORTS = _SITE | {Permission.RAPPORT_LIRE, Permission.RAPPORT_EXPORTER, Permission.RAPPORT_ABONNER}
"""Figures without any file behind them."""
_RAPPORTS_ET_DOSSIERS = _RAPPORTS | {Permission.RAPPORT_DETAIL}
_GT_OU_NATIONAL = frozenset({Role.GESTIONNAIRE_TERRITORIAL, Role.EXPLOITATION_NATIONALE})
_NATIONAL = frozenset({Role.EXPLOITATION_NATIONALE})
_GUICHET_OU_AU_DESSUS = _GT_OU_NATIONAL | {Role.RESPONSABLE_GUICHET}

ROLES: Mapping[Role, Profil] = {
    Role.AGENT_GUICHET: Profil(
        nom="Agent de guichet",
        phrase="Enregistre et tient à jour les demandes pour son guichet, et lit celles de son territoire.",
        etendue=Etendue.GUICHET,
        permissions=_GUICHET,
        accorde_par=_GT_OU_NATIONAL,
        retire_par=_GUICHET_OU_AU_DESSUS,
    ),
    Role.RESPONSABLE_GUICHET: Profil(
        nom="Responsable de guichet",
        phrase="Fait ce que fait un agent, et décide des changements d’état civil proposés par d’autres "
        "dans son organisme.",
        etendue=Etendue.GUICHET,
        permissions=_GUICHET
        | {
            Permission.ETAT_CIVIL_DECIDER,
            Permission.LISTE_EXPORTER,
            Permission.SUIVI_LIRE,
            Permission.ATTESTATION_TRAITER,
            Permission.HABILITATION_RETIRER,
            Permission.JOURNAL_LIRE,
            *_RAPPORTS_ET_DOSSIERS,
        },
        accorde_par=_GT_OU_NATIONAL,
        retire_par=_GUICHET_OU_AU_DESSUS,
    ),
    Role.GESTIONNAIRE_TERRITORIAL: Profil(
        nom="Gestionnaire territorial",
        phrase="Veille sur les demandes et les habilitations de son territoire, et décide "
        "sans jamais saisir un nom.",
        etendue=Etendue.TERRITOIRE,
        permissions=_LECTURE
        | {
            Permission.DEMANDE_MODIFIER,
            Permission.DEMANDE_RENOUVELER,
            Permission.DEMANDE_RADIER,
            Permission.DEMANDE_REACTIVER,
            Permission.ETAT_CIVIL_DECIDER,
            Permission.ETAT_CIVIL_RELIRE,
            Permission.ANTERIORITE_DECIDER,
            Permission.DOUBLON_DECIDER,
            Permission.LISTE_LIRE,
            Permission.LISTE_EXPORTER,
            Permission.SUIVI_LIRE,
            Permission.SUIVI_CLASSER,
            *_ENQUETE,
            Permission.RESTAURATION_DEMANDER,
            *_ANIMATION,
            Permission.DEMANDE_ANNULER,
            Permission.SEPARATION_DECIDER,
            *_FAITS,
            Permission.SANTE_LIRE,
            Permission.SANTE_ECRIRE,
            *_PIECES,
            Permission.ATTESTATION_EMETTRE,
            Permission.ATTESTATION_TRAITER,
            Permission.HISTORIQUE_REMETTRE,
            Permission.HABILITATION_GERER,
            Permission.HABILITATION_RETIRER,
            Permission.COMPTE_GERER,
            Permission.JOURNAL_LIRE,
            *_RAPPORTS_ET_DOSSIERS,
            *_CONVENTIONS,
            Permission.PROGRAMME_VOTER,
            Permission.TICKET_TRAITER,
        },
        accorde_par=_NATIONAL,
        retire_par=_NATIONAL,
    ),
    Role.SUPPORT_N1: Profil(
        nom="Support de niveau 1",
        phrase="Lit les demandes pour aider les demandeurs, et ne modifie rien.",
        etendue=Etendue.NATION,
        permissions=_LECTURE | {Permission.TICKET_TRAITER},
        accorde_par=_NATIONAL,
        retire_par=_NATIONAL,
    ),
    Role.EXPLOITATION_NATIONALE: Profil(
        nom="Exploitation nationale",
        phrase="Fait fonctionner le service (comptes, habilitations, paramètres, journal), "
        "sans modifier une demande.",
        etendue=Etendue.NATION,
        permissions=_LECTURE
        | {
            Permission.HABILITATION_GERER,
            Permission.HABILITATION_RETIRER,
            Permission.COMPTE_GERER,
            Permission.JOURNAL_LIRE,
            Permission.PARAMETRE_GERER,
            Permission.SUIVI_NATIONAL,
            Permission.RAPPORT_LIRE,
            Permission.RPLS_CHARGER,
            Permission.CONTENU_PUBLIER,
            Permission.PROGRAMME_TENIR,
            Permission.ESPACE_OUVRIR,
            *_CONVENTIONS,
            Permission.CONVENTION_GERER,
            Permission.TICKET_CHIFFRES,
        },
        accorde_par=_NATIONAL,
        retire_par=_NATIONAL,
    ),
    Role.DPO: Profil(
        nom="Délégué à la protection des données",
        phrase="Lit les demandes et le journal pour répondre aux personnes, ouvre des enquêtes et fige des "
        "dossiers, et ne modifie rien de ce qui est déclaré.",
        etendue=Etendue.NATION,
        permissions=_LECTURE
        | _ENQUETE
        | {
            Permission.JOURNAL_LIRE,
            Permission.PIECE_LIRE,
            Permission.HISTORIQUE_REMETTRE,
            Permission.RAPPORT_LIRE,
            Permission.OUVERT_PREPARER,
            Permission.OUVERT_PUBLIER,
            Permission.CONTENU_PUBLIER,
            Permission.TICKET_TRAITER,
        },
        accorde_par=_NATIONAL,
        retire_par=_NATIONAL,
    ),
    Role.AIDANT: Profil(
        nom="Aidant",
        phrase="Aide les personnes qui ont autorisé son organisme, dans les limites de chaque autorisation, et ne voit "
        "aucune autre demande.",
        etendue=Etendue.GUICHET,
        permissions=frozenset({Permission.MANDAT_TENIR, Permission.TICKET_OUVRIR}),
        accorde_par=_GT_OU_NATIONAL,
        retire_par=_GUICHET_OU_AU_DESSUS,
    ),
    Role.COORDINATION_DEPARTEMENTALE: Profil(
        nom="Coordination départementale",
        phrase="Lit les rapports de l’infocentre sur son département, jusqu’à la liste des demandes.",
        etendue=Etendue.DEPARTEMENT,
        permissions=_RAPPORTS_ET_DOSSIERS,
        accorde_par=_NATIONAL,
        retire_par=_NATIONAL,
    ),
    Role.COORDINATION_REGIONALE: Profil(
        nom="Coordination régionale",
        phrase="Lit les rapports de l’infocentre sur sa région, sans voir aucune demande.",
        etendue=Etendue.REGION,
        permissions=_RAPPORTS,
        accorde_par=_NATIONAL,
        retire_par=_NATIONAL,
    ),
    Role.ASSOCIATION_HLM: Profil(
        nom="Association régionale HLM",
        phrase="Lit les rapports de l’infocentre sur sa région, sans voir aucune demande.",
        etendue=Etendue.REGION,
        permissions=_RAPPORTS,
        accorde_par=_NATIONAL,
        retire_par=_NATIONAL,
    ),
    Role.UNION_HLM: Profil(
        nom="Union sociale pour l’habitat",
        phrase="Lit les rapports de l’infocentre sur tout le pays, sans voir aucune demande.",
        etendue=Etendue.NATION,
        permissions=_RAPPORTS,
        accorde_par=_NATIONAL,
        retire_par=_NATIONAL,
    ),
    Role.POLE_METIER: Profil(
        nom="Pôle métier",
        phrase="Définit les indicateurs, publie les rapports de l’infocentre et le site des professionnels, avec "
        "une seconde personne, sans voir aucune demande.",
        etendue=Etendue.NATION,
        permissions=_RAPPORTS
        | _ANIMATION
        | _REDACTION
        | {
            Permission.RAPPORT_PUBLIER,
            Permission.INDICATEUR_DEFINIR,
            Permission.OUVERT_PREPARER,
            Permission.PROGRAMME_TENIR,
        },
        accorde_par=_NATIONAL,
        retire_par=_NATIONAL,
    ),
    Role.SUPPORT_N2: Profil(
        nom="Support de niveau 2",
        phrase="Répond aux gestionnaires et aux responsables, tient le site des professionnels, et ne voit aucune "
        "demande sans qu’une question la lui montre.",
        etendue=Etendue.NATION,
        permissions=_SITE
        | _REDACTION
        | {
            Permission.TICKET_TRAITER,
            Permission.TICKET_CHIFFRES,
            Permission.DEMANDE_LIRE_POUR_REPONDRE,
        },
        accorde_par=_NATIONAL,
        retire_par=_NATIONAL,
    ),
    Role.EDITEUR: Profil(
        nom="Logiciel d’éditeur",
        phrase="Fait, pour un guichet et par une convention, ce que les portées ouvertes permettent ; aucune personne "
        "ne se connecte sous ce rôle.",
        etendue=Etendue.GUICHET,
        permissions=_EDITEUR,
        accorde_par=_GT_OU_NATIONAL,
        retire_par=_GUICHET_OU_AU_DESSUS,
    ),
    Role.GESTIONNAIRE_FICHIERS_PARTAGES: Profil(
        nom="Gestionnaire de fichiers partagés",
        phrase="Suit le fichier partagé de son territoire et les logiciels qui l’alimentent, lit les demandes et n’en "
        "modifie aucune.",
        etendue=Etendue.TERRITOIRE,
        permissions=_LECTURE | {Permission.LISTE_LIRE, Permission.CONVENTION_LIRE, *_RAPPORTS},
        accorde_par=_NATIONAL,
        retire_par=_NATIONAL,
    ),
}
LOGICIELS = frozenset({Role.EDITEUR})
"""Roles that only the account of a software holds, and the only ones that it holds."""
ROLES_PAR_ETENDUE: Mapping[Etendue, tuple[Role, ...]] = {
    etendue: tuple(role for role in Role if ROLES[role].etendue is etendue) for etendue in Etendue
}


def sans_droit(permission: Permission) -> str:
    """The refusal shown to somebody who lacks a right: which one, and who gives it."""
    libelle = PERMISSIONS[permission]
    de = "d’" if libelle[0] in "aeéiou" else "de "
    return (
        f"Votre rôle ne permet pas {de}{libelle}. "
        "Demandez ce droit au responsable de votre guichet ou au gestionnaire territorial."
    )
