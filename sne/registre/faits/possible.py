"""Whether a fact may be recorded, corrected, documents asked of the household now, by this actor: asked by the acts
themselves, and by whoever offers them. Each raises ``NonHabilite``, ``Interdit`` (the state of the demande).
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from sne.habilitations.rules import Permission, sans_droit
from sne.referentiels.rules import TypeOrganisme
from sne.referentiels.selectors import get_guichet
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_lire_dalo
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.faits import policies
from sne.registre.faits.rules.faits import NatureFait, exiger_statut
from sne.registre.pieces.possible import exiger_pieces_lisibles
from sne.registre.pieces.rules.pieces_deposees import exiger_deposable
from sne.socle.acteur import Acteur
from sne.socle.erreurs import refus_de, require

AU_GUICHET: Mapping[TypeOrganisme, str] = MappingProxyType(
    {
        TypeOrganisme.BAILLEUR: "Cela se consigne au guichet du bailleur. Adressez-vous à lui ou au "
        "gestionnaire territorial.",
        TypeOrganisme.ETAT: "Cela se consigne au guichet d’un service de l’État. Adressez-vous à lui ou au "
        "gestionnaire territorial.",
    }
)


def exiger_consignable(
    demande: Demande, acteur: Acteur, nature: NatureFait, *, le: date, correction: bool = False
) -> None:
    """Record such a fact; nobody writes what they cannot read. ``correction``: correct one, or take it back."""
    territoire, permission = demande.territoire, policies.CONSIGNER[nature]
    guichet = get_guichet(territoire, acteur.guichet, le=le) if acteur.guichet else None
    organisme = guichet.type_organisme if guichet else None
    require(acteur.peut(permission, territoire), sans_droit(permission))
    require(
        policies.can_consigner(acteur, nature, territoire=territoire, organisme=organisme),
        AU_GUICHET.get(policies.ORGANISME_DU_FAIT.get(nature, TypeOrganisme.PGP), sans_droit(permission)),
    )
    lit = nature is not NatureFait.DALO or can_lire_dalo(acteur, territoire=territoire)
    require(lit, sans_droit(Permission.DALO_LIRE))
    exiger_statut(nature, Statut(demande.statut), correction=correction)


def natures_consignables(
    demande: Demande, acteur: Acteur, *, le: date, correction: bool = False
) -> tuple[NatureFait, ...]:
    """Kinds of facts that they may record now."""
    return tuple(
        nature
        for nature in NatureFait
        if not refus_de(exiger_consignable, demande, acteur, nature, le=le, correction=correction)
    )


def exiger_pieces_demandables(demande: Demande, acteur: Acteur, *, le: date) -> None:
    """Ask documents of the household; which ones is another question."""
    exiger_consignable(demande, acteur, NatureFait.EVENEMENT, le=le)
    exiger_pieces_lisibles(demande, acteur)
    exiger_deposable(Statut(demande.statut))
