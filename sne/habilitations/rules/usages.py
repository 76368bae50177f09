"""Which entry of the journal shows that a right was used; rights that leave none are not counted. Pure."""

from collections.abc import Collection, Mapping

from sne.habilitations.rules.roles import PERMISSIONS, ROLES, Permission, Role
from sne.journal.rules import Verbe

_P, _V = Permission, Verbe
TRACES: Mapping[Permission, frozenset[Verbe]] = {
    _P.DEMANDE_RECHERCHER: frozenset({_V.RECHERCHER}),
    _P.DEMANDE_LIRE: frozenset({_V.CONSULTER}),
    _P.DEMANDE_DEPOSER: frozenset({_V.DEPOSER}),
    _P.DEMANDE_MODIFIER: frozenset({_V.MODIFIER}),
    _P.DEMANDE_RENOUVELER: frozenset({_V.RENOUVELER}),
    _P.DEMANDE_RADIER: frozenset({_V.RADIER}),
    _P.DEMANDE_REACTIVER: frozenset({_V.REACTIVER}),
    _P.ETAT_CIVIL_DECIDER: frozenset(
        {_V.VALIDER_IDENTITE, _V.REFUSER_IDENTITE, _V.QUESTIONNER_IDENTITE, _V.SIGNALER_IDENTITE}
    ),
    _P.ETAT_CIVIL_RELIRE: frozenset({_V.RELIRE_IDENTITE}),
    _P.ANTERIORITE_DECIDER: frozenset({_V.DECIDER_ANTERIORITE}),
    _P.DOUBLON_DECIDER: frozenset(
        {
            _V.CONSULTER_CAS_DOUBLON,
            _V.CLORE_CAS_DOUBLON,
            _V.CONSULTER_ENSEMBLE_DOUBLON,
            _V.CLORE_ENSEMBLE_DOUBLON,
        }
    ),
    _P.LISTE_EXPORTER: frozenset({_V.EXPORTER_LISTE}),
    _P.ENQUETE_LIRE: frozenset({_V.CONSULTER_ENQUETE}),
    _P.ENQUETE_OUVRIR: frozenset(
        {_V.OUVRIR_ENQUETE, _V.COMPLETER_ENQUETE, _V.CLORE_ENQUETE, _V.GELER, _V.DEMANDER_LEVEE}
    ),
    _P.GEL_LEVER: frozenset({_V.LEVER_GEL, _V.REFUSER_LEVEE}),
    _P.RESTAURATION_DEMANDER: frozenset({_V.DEMANDER_RESTAURATION}),
    _P.RESTAURATION_DECIDER: frozenset({_V.RESTAURER, _V.REFUSER_RESTAURATION}),
    _P.DEMANDE_ANNULER: frozenset({_V.ANNULER, _V.RETABLIR}),
    _P.SEPARATION_DECIDER: frozenset({_V.CONSULTER_SEPARATION, _V.DECIDER_SEPARATION, _V.LEVER_PROTECTION}),
    _P.EVENEMENT_CONSIGNER: frozenset({_V.CONSIGNER_EVENEMENT}),
    _P.DECISION_CONSIGNER: frozenset({_V.CONSIGNER_DECISION}),
    _P.ATTRIBUTION_CONSIGNER: frozenset({_V.CONSIGNER_ATTRIBUTION}),
    _P.DALO_CONSIGNER: frozenset({_V.CONSIGNER_DALO}),
    _P.SANTE_LIRE: frozenset({_V.CONSULTER_SANTE}),
    _P.SANTE_ECRIRE: frozenset({_V.MODIFIER_SANTE}),
    _P.PIECE_LIRE: frozenset({_V.CONSULTER_PIECE}),
    _P.PIECE_DEPOSER: frozenset({_V.JOINDRE_PIECE, _V.REMPLACER_PIECE, _V.NOTER_PIECE_VUE}),
    _P.PIECE_QUALIFIER: frozenset({_V.QUALIFIER_PIECE}),
    _P.ATTESTATION_EMETTRE: frozenset(
        {_V.EMETTRE_ATTESTATION, _V.OUVRIR_ATTESTATION, _V.REMETTRE_ATTESTATION}
    ),
    _P.ATTESTATION_TRAITER: frozenset({_V.TRAITER_ATTESTATION}),
    _P.HISTORIQUE_REMETTRE: frozenset({_V.REMETTRE_HISTORIQUE}),
    _P.HABILITATION_GERER: frozenset(
        {_V.ACCORDER_HABILITATION, _V.OUVRIR_REVUE, _V.PROGRAMMER_REVUES, _V.ARRETER_REVUES}
    ),
    _P.HABILITATION_RETIRER: frozenset({_V.RETIRER_HABILITATION, _V.CONSTATER_DEPART, _V.REPONDRE_REVUE}),
    _P.COMPTE_GERER: frozenset({_V.CREER_COMPTE, _V.LIER_COMPTES}),
}
SANS_TRACE = frozenset(Permission) - TRACES.keys()
"""Used without an entry of their own: nobody can say that they never were."""
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
