"""Whether a change of identity may be decided now, by this actor: asked by the acts, and by whoever offers them."""

import uuid

from sne.habilitations.selectors.deux_personnes import exiger_autre_personne
from sne.registre.controle.policies import can_permettre_contact
from sne.registre.demande.policies import Situee
from sne.registre.identite.rules.decision import AU_GESTIONNAIRE, LE_SIEN
from sne.registre.identite.rules.echanges import exiger_enquete_close
from sne.registre.identite.selectors.a_decider import ChangementLu
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require


def exiger_a_sa_portee(changement: Situee, acteur: Acteur, *, auteur: uuid.UUID, reserve: bool) -> None:
    """Answer a change that ``auteur`` asked for. ``reserve``: a territorial manager alone decides of it.

    Raises ``NonHabilite``, ``Interdit`` (one's own).
    """
    exiger_autre_personne(acteur, auteur, sinon=LE_SIEN)
    require(not reserve or can_permettre_contact(acteur, territoire=changement.territoire), AU_GESTIONNAIRE)


def exiger_changement_decidable(changement: ChangementLu, acteur: Acteur) -> None:
    """The same of a change that was read, which no enquiry holds."""
    exiger_a_sa_portee(changement, acteur, auteur=changement.auteur, reserve=changement.au_gt)
    exiger_enquete_close(ouverte=changement.en_enquete)
