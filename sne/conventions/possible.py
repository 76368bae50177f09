"""Whether an act on an agreement may happen now, by whom: asked by the acts, and by who offers them.

Each raises ``NonHabilite`` or ``Interdit``, with a sentence.
"""

from collections.abc import Collection
from datetime import date

from dateutil.relativedelta import relativedelta

from sne.conventions import policies
from sne.conventions.models import Certificat, Cle, Convention
from sne.conventions.parametres import ParametresConventions
from sne.conventions.rules.cles import Environnement
from sne.conventions.rules.portees import Portee
from sne.conventions.selectors.appelants import environnement
from sne.conventions.selectors.conventions import (
    a_un_certificat,
    compter_cles_vivantes,
    list_portees_ouvertes,
    list_territoires,
)
from sne.habilitations.policies import require_mandat
from sne.habilitations.rules import Permission, sans_droit
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne
from sne.referentiels.selectors import get_parametres
from sne.socle.acteur import Acteur, Mandat
from sne.socle.erreurs import Interdit, Introuvable

NON_SIGNEE = "Cette convention n’est pas signée. Notez d’abord la conformité, puis la signature."
PAS_CONFORME = "La conformité n’est pas notée. Notez-la d’abord."
DEUXIEME = "Vous avez proposé ce certificat. Une autre personne le confirme."


def exiger_gerer(acteur: Acteur) -> Mandat:
    """The mandate by which they may settle agreements."""
    return require_mandat(policies.mandat_pour_gerer(acteur), sans_droit(Permission.CONVENTION_GERER))


def exiger_arreter(acteur: Acteur, convention: Convention, *, partout: bool = False) -> Mandat:
    """The mandate by which they may stop this agreement, or take its keys and certificates back."""
    territoires = list_territoires(convention)
    return require_mandat(
        policies.mandat_pour_arreter(acteur, territoires, partout=partout),
        sans_droit(Permission.CONVENTION_ARRETER),
    )


def exiger_ecole() -> None:
    """Where vendors try by themselves, and nowhere else. Raises ``Introuvable``."""
    if environnement() is not Environnement.ECOLE:
        raise Introuvable("Cette page n’existe qu’à l’École.")


def exiger_signable(convention: Convention, acteur: Acteur) -> Mandat:
    """Note that it is signed: once its software is known to conform."""
    mandat = exiger_gerer(acteur)
    if convention.conforme_le is None:
        raise Interdit(PAS_CONFORME)
    return mandat


def exiger_signee(convention: Convention) -> None:
    """Guichets and certificates come after the signature; the École signs nothing."""
    if convention.environnement == Environnement.PRODUCTION and convention.signee_le is None:
        raise Interdit(NON_SIGNEE)


def exiger_portee(convention: Convention, portee: Portee, acteur: Acteur, *, le: date) -> Mandat:
    """Open a scope: in production, once a certificate is confirmed; once."""
    mandat = exiger_gerer(acteur)
    exiger_signee(convention)
    if convention.environnement == Environnement.PRODUCTION and not a_un_certificat(convention, le=le):
        raise Interdit(
            "Aucun certificat n’est confirmé. Enregistrez-en un, à deux personnes, puis ouvrez la portée."
        )
    if portee in list_portees_ouvertes(convention):
        raise Interdit(f"La portée {portee} est déjà ouverte.", champ="portee")
    return mandat


def exiger_cle(
    convention: Convention, portees: Collection[Portee], fin: date, acteur: Acteur, *, le: date
) -> Mandat:
    """Create a key: of scopes that the agreement has, for a time that is bounded, few at once."""
    mandat = exiger_gerer(acteur)
    parametres = get_parametres(le)[ParametresConventions]
    if not portees or not set(portees) <= list_portees_ouvertes(convention):
        raise Interdit("Portées\u00a0: choisissez-en parmi celles que cette convention a.", champ="portees")
    derniere = le + relativedelta(months=parametres.convention_cle_mois)
    if not le < fin <= derniere:
        raise Interdit(f"Fin\u00a0: choisissez un jour avant le {derniere:%d/%m/%Y}, à venir.", champ="fin")
    if compter_cles_vivantes(convention, le=le) >= parametres.convention_cles_vivantes:
        raise Interdit(
            f"Cette convention a déjà {parametres.convention_cles_vivantes} clés en vigueur. Révoquez-en une."
        )
    return mandat


def exiger_revocable(cle: Cle, acteur: Acteur) -> Mandat:
    """Take a key back, once."""
    mandat = exiger_arreter(acteur, cle.convention)
    if cle.revoquee_le is not None:
        raise Interdit("Cette clé est déjà révoquée.")
    return mandat


def exiger_decidable(certificat: Certificat, acteur: Acteur) -> Mandat:
    """Confirm or refuse a certificate that somebody else proposed."""
    mandat = exiger_gerer(acteur)
    exiger_autre_personne(acteur, certificat.auteur, sinon=DEUXIEME)
    if certificat.issue:
        raise Interdit("Une réponse a déjà été donnée. Rechargez la page.")
    return mandat


def exiger_certificat_revocable(certificat: Certificat, acteur: Acteur) -> Mandat:
    """Take a certificate back, once it was confirmed."""
    mandat = exiger_arreter(acteur, certificat.convention)
    if not certificat.est_confirme:
        raise Interdit("Ce certificat n’est pas en vigueur. Rechargez la page.")
    return mandat
