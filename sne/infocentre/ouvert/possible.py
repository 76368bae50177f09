"""Whether an edition may be asked for, published, refused: asked by the acts, and by who offers them."""

from datetime import date

from sne.habilitations.rules import sans_droit
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne
from sne.infocentre.ouvert import policies
from sne.infocentre.ouvert.rules.editions import exiger_annee
from sne.infocentre.ouvert.selectors import Edition, get_en_cours
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require

AU_DPO = "Le délégué à la protection des données publie ou refuse une édition."


def exiger_preparable(annee: int, acteur: Acteur, *, le: date) -> None:
    """Whether they may ask for this edition that day. Raises ``NonHabilite``, ``Interdit``."""
    require(policies.can_preparer(acteur), sans_droit(policies.PREPARER))
    exiger_annee(annee, le=le)
    if get_en_cours(annee) is not None:
        raise Interdit("Une édition de cette année attend déjà une réponse.", champ="annee")


def exiger_decidable(edition: Edition, acteur: Acteur) -> None:
    """Whether it is theirs to answer now. Raises ``NonHabilite``, ``Interdit``."""
    require(policies.can_publier(acteur), AU_DPO)
    exiger_autre_personne(
        acteur, edition.auteur, sinon="Vous avez demandé cette édition. Une autre personne doit la valider."
    )
    if edition.issue:
        raise Interdit("Une réponse a déjà été donnée. Rechargez la page.")


def exiger_publiable(edition: Edition, acteur: Acteur) -> None:
    """Whether they may publish it now. Raises ``NonHabilite``, ``Interdit`` (not computed, something deducible)."""
    exiger_decidable(edition, acteur)
    if edition.fichier is None:
        raise Interdit("Cette édition n’est pas encore calculée. Rechargez la page dans quelques minutes.")
    if not edition.fichier.audit.passe:
        raise Interdit("L’audit a trouvé des chiffres que l’on peut déduire. Refusez cette édition.")
