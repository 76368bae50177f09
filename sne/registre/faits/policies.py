"""Who records which fact, and reads the publics of a household."""

from collections.abc import Mapping

from sne.habilitations.rules import Permission
from sne.referentiels.rules import ClassePublic, TypeOrganisme
from sne.registre.demande.policies import can_ecrire_sante, can_lire_dalo
from sne.registre.faits.rules.faits import NatureFait
from sne.socle.acteur import Acteur

CONSIGNER: Mapping[NatureFait, Permission] = {
    NatureFait.EVENEMENT: Permission.EVENEMENT_CONSIGNER,
    NatureFait.DECISION: Permission.DECISION_CONSIGNER,
    NatureFait.ATTRIBUTION: Permission.ATTRIBUTION_CONSIGNER,
    NatureFait.DALO: Permission.DALO_CONSIGNER,
}
ORGANISME_DU_FAIT: Mapping[NatureFait, TypeOrganisme] = {
    NatureFait.DECISION: TypeOrganisme.BAILLEUR,
    NatureFait.ATTRIBUTION: TypeOrganisme.BAILLEUR,
    NatureFait.DALO: TypeOrganisme.ETAT,
}
"""The kind of body whose counters may record such a fact; a territorial manager may whatever the body."""


def can_consigner(
    acteur: Acteur, nature: NatureFait, *, territoire: str, organisme: TypeOrganisme | None
) -> bool:
    """Record such a fact. ``organisme``: kind of the body that the actor's counter is of (CCH R441-2-9, R441-3)."""
    permission, attendu = CONSIGNER[nature], ORGANISME_DU_FAIT.get(nature, organisme)
    return any(
        permission in mandat.permissions
        and mandat.perimetre.couvre(territoire)
        and (
            not mandat.perimetre.guichet
            or (mandat.perimetre.guichet == acteur.guichet and organisme is attendu)
        )
        for mandat in acteur.mandats
    )


def can_lire_public(acteur: Acteur, classe: ClassePublic, *, territoire: str) -> bool:
    """Read that a household belongs to a public of this class."""
    if classe is ClassePublic.SANTE:
        return acteur.peut(Permission.SANTE_LIRE, territoire)
    return classe is ClassePublic.ORDINAIRE or can_lire_dalo(acteur, territoire=territoire)


def can_ecrire_public(acteur: Acteur, classe: ClassePublic, *, territoire: str) -> bool:
    """Say that a household belongs to a public of this class: those who may read it, and write health for health."""
    if classe is ClassePublic.SANTE:
        return can_ecrire_sante(acteur, territoire=territoire)
    return can_lire_public(acteur, classe, territoire=territoire)
