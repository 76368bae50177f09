"""Whether a contact may be allowed to change now, by this actor: asked by the act itself, and by whoever offers it."""

from datetime import date

from sne.habilitations.selectors.deux_personnes import exiger_autre_personne
from sne.registre.controle import policies
from sne.registre.controle.rules.alternance import PAR_UN_TIERS, exiger_a_permettre
from sne.registre.controle.selectors.controle import get_seuils
from sne.registre.controle.selectors.permissions import get_permission, get_retenue
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.enquete.rules.gel import Gel, exiger_non_gele
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require

DU_GESTIONNAIRE = (
    "Un gestionnaire du territoire peut seul permettre ce changement de contact. Adressez-vous à lui."
)


def exiger_permissible(demande: Demande, acteur: Acteur, *, le: date, gel: Gel | None) -> Identite:
    """Whether this actor may let a contact of the demande change that day; the identity that holds it.

    Raises ``NonHabilite``, ``Interdit`` (closed, nothing held, allowed already, one's own change), ``DossierFige``.
    """
    require(policies.can_permettre_contact(acteur, territoire=demande.territoire), DU_GESTIONNAIRE)
    if demande.statut not in OUVERTES:
        raise Interdit("Cette demande n’est plus ouverte. Ses contacts ne peuvent pas être modifiés.")
    exiger_non_gele(gel, ce_qui_attend="Ce changement de contact")
    retenue = get_retenue(demande, le=le, seuils=get_seuils(le))
    deja = get_permission(demande.id, le=le)
    exiger_a_permettre(retenue.libre_le, deja=deja.jusqu_au if deja else None)
    assert retenue.identite is not None  # it is what holds them
    exiger_autre_personne(acteur, retenue.identite.auteur, sinon=PAR_UN_TIERS)
    return retenue.identite
