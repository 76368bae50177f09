"""Which entry of the journal shows that a right was used; rights that leave none are not counted. Pure."""

from collections.abc import Collection, Mapping

from sne.habilitations.rules.roles import PERMISSIONS, ROLES, Permission, Role

_P = Permission
TRACES: Mapping[Permission, frozenset[str]] = {
    _P.DEMANDE_RECHERCHER: frozenset({"RECHERCHER"}),
    _P.DEMANDE_LIRE: frozenset({"CONSULTER"}),
    _P.DEMANDE_DEPOSER: frozenset({"DEPOSER"}),
    _P.DEMANDE_MODIFIER: frozenset({"MODIFIER"}),
    _P.DEMANDE_RENOUVELER: frozenset({"RENOUVELER"}),
    _P.DEMANDE_RADIER: frozenset({"RADIER"}),
    _P.DEMANDE_REACTIVER: frozenset({"REACTIVER"}),
    _P.ETAT_CIVIL_DECIDER: frozenset(
        {"VALIDER_IDENTITE", "REFUSER_IDENTITE", "QUESTIONNER_IDENTITE", "SIGNALER_IDENTITE"}
    ),
    _P.ETAT_CIVIL_RELIRE: frozenset({"RELIRE_IDENTITE"}),
    _P.ANTERIORITE_DECIDER: frozenset({"DECIDER_ANTERIORITE"}),
    _P.DOUBLON_DECIDER: frozenset(
        {
            "CONSULTER_CAS_DOUBLON",
            "CLORE_CAS_DOUBLON",
            "CONSULTER_ENSEMBLE_DOUBLON",
            "CLORE_ENSEMBLE_DOUBLON",
        }
    ),
    _P.LISTE_EXPORTER: frozenset({"EXPORTER_LISTE"}),
    _P.ENQUETE_LIRE: frozenset({"CONSULTER_ENQUETE"}),
    _P.ENQUETE_OUVRIR: frozenset(
        {"OUVRIR_ENQUETE", "COMPLETER_ENQUETE", "CLORE_ENQUETE", "GELER", "DEMANDER_LEVEE"}
    ),
    _P.GEL_LEVER: frozenset({"LEVER_GEL", "REFUSER_LEVEE"}),
    _P.RESTAURATION_DEMANDER: frozenset({"DEMANDER_RESTAURATION"}),
    _P.RESTAURATION_DECIDER: frozenset({"RESTAURER", "REFUSER_RESTAURATION"}),
    _P.DEMANDE_ANNULER: frozenset({"ANNULER", "RETABLIR", "REFUSER_ANNULATION"}),
    _P.SEPARATION_DECIDER: frozenset({"CONSULTER_SEPARATION", "DECIDER_SEPARATION", "LEVER_PROTECTION"}),
    _P.EVENEMENT_CONSIGNER: frozenset({"CONSIGNER_EVENEMENT"}),
    _P.DECISION_CONSIGNER: frozenset({"CONSIGNER_DECISION"}),
    _P.ATTRIBUTION_CONSIGNER: frozenset({"CONSIGNER_ATTRIBUTION"}),
    _P.DALO_CONSIGNER: frozenset({"CONSIGNER_DALO"}),
    _P.SANTE_LIRE: frozenset({"CONSULTER_SANTE"}),
    _P.SANTE_ECRIRE: frozenset({"MODIFIER_SANTE"}),
    _P.PIECE_LIRE: frozenset({"CONSULTER_PIECE"}),
    _P.PIECE_DEPOSER: frozenset({"JOINDRE_PIECE", "REMPLACER_PIECE", "NOTER_PIECE_VUE"}),
    _P.PIECE_QUALIFIER: frozenset({"QUALIFIER_PIECE"}),
    _P.ATTESTATION_EMETTRE: frozenset({"EMETTRE_ATTESTATION", "OUVRIR_ATTESTATION", "REMETTRE_ATTESTATION"}),
    _P.ATTESTATION_TRAITER: frozenset({"TRAITER_ATTESTATION"}),
    _P.HISTORIQUE_REMETTRE: frozenset({"REMETTRE_HISTORIQUE"}),
    _P.HABILITATION_GERER: frozenset(
        {"ACCORDER_HABILITATION", "OUVRIR_REVUE", "PROGRAMMER_REVUES", "ARRETER_REVUES"}
    ),
    _P.HABILITATION_RETIRER: frozenset({"RETIRER_HABILITATION", "CONSTATER_DEPART", "REPONDRE_REVUE"}),
    _P.COMPTE_GERER: frozenset({"CREER_COMPTE", "LIER_COMPTES"}),
    _P.PARAMETRE_GERER: frozenset(
        {"PROPOSER_PARAMETRE", "ACCEPTER_PARAMETRE", "REFUSER_PARAMETRE", "RETIRER_PARAMETRE"}
    ),
    _P.RAPPORT_DETAIL: frozenset({"CONSULTER_DETAIL"}),
    _P.RAPPORT_EXPORTER: frozenset({"EXPORTER_RAPPORT"}),
    _P.RAPPORT_ABONNER: frozenset({"DECIDER_ABONNEMENT"}),
    _P.RAPPORT_PUBLIER: frozenset({"PROPOSER_RAPPORT", "DECIDER_RAPPORT"}),
    _P.INDICATEUR_DEFINIR: frozenset({"ECRIRE_RAPPORT", "PROPOSER_DEFINITION", "DECIDER_DEFINITION"}),
    _P.CONVENTION_ARRETER: frozenset({"SUSPENDRE_CONVENTION", "REVOQUER_CLE", "REVOQUER_CERTIFICAT"}),
    _P.CONVENTION_GERER: frozenset(
        {"OUVRIR_CONVENTION", "REGLER_CONVENTION", "CREER_CLE", "PROPOSER_CERTIFICAT", "DECIDER_CERTIFICAT"}
    ),
}
INDISPENSABLES = frozenset({_P.DEMANDE_RECHERCHER, _P.DEMANDE_LIRE})
"""Whatever else a role does goes through them: never taken away apart from the role."""
AGISSENT = ("GUICHET", "INTERFACE")
"""Channels by which an account acts itself."""
VERBES = frozenset(verbe for traces in TRACES.values() for verbe in traces)


def jamais_utilises(
    role: Role, verbes: Collection[str], *, retires: Collection[str] = ()
) -> tuple[Permission, ...]:
    """Rights that the role gives and that left no trace, in the order of the page of roles.

    ``verbes``: what the account did in that role and place since it was granted; ``retires``: taken back already.
    """
    permissions = ROLES[role].permissions
    return tuple(
        p
        for p in PERMISSIONS
        if p in permissions and p in TRACES and p not in retires and not TRACES[p] & set(verbes)
    )


def reductibles(jamais: Collection[str]) -> tuple[Permission, ...]:
    """Among rights never used, those that may be taken away alone."""
    return tuple(p for p in PERMISSIONS if p in jamais and p not in INDISPENSABLES)
