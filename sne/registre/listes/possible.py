"""Whether a list may be taken away or shared by this actor: asked by the acts, and by whoever offers them."""

from sne.habilitations.rules import Permission, sans_droit
from sne.registre.listes import policies
from sne.registre.listes.rules.listes import LISTES, Partage
from sne.registre.listes.selectors.lecture import Demandee
from sne.socle.acteur import Acteur
from sne.socle.erreurs import refus_de, require

SANS_PARTAGE = "Vous ne pouvez pas partager une liste à ce niveau. Gardez-la pour vous ou pour votre guichet."


def exiger_exportable(demandee: Demandee) -> None:
    """Whether the person who asks for this list may take it away. Raises ``NonHabilite``."""
    permis = policies.can_exporter_liste(
        demandee.acteur,
        territoire=demandee.acteur.territoire,
        guichet=demandee.filtre.guichet,
        personnelle=LISTES[demandee.code].personnelle,
    )
    require(permis, sans_droit(Permission.LISTE_EXPORTER))


def exiger_file_exportable(acteur: Acteur) -> None:
    """Whether they may take a queue away where they act. Raises ``NonHabilite``."""
    require(policies.can_exporter_file(acteur), sans_droit(Permission.LISTE_EXPORTER))


def exiger_partageable(acteur: Acteur, partage: Partage) -> None:
    """Whether they may keep a list for these readers. Raises ``NonHabilite``."""
    require(policies.can_partager_liste(acteur, partage), SANS_PARTAGE)


def list_partages(acteur: Acteur) -> list[Partage]:
    """Readers for whom they may keep one."""
    return [partage for partage in Partage if not refus_de(exiger_partageable, acteur, partage)]
