"""Whether a page may be submitted, answered, withdrawn now: asked by the acts, and by whoever shows the way to them."""

import uuid

from sne.habilitations.rules import Permission, sans_droit
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne, exiger_meme_personne
from sne.site_pro.models import Issue, Page, RevisionPage
from sne.site_pro.policies import can_proposer, can_publier
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require

UNE_ATTEND = "Une version de cette page attend déjà d’être relue. Attendez la réponse, ou reprenez-la."
DE_SOI = "Une page est publiée par une autre personne que celle qui l’a écrite."
D_UN_AUTRE = "Seul son auteur reprend une version qui attend."
PAS_EN_LIGNE = "Cette page n’est pas en ligne."


def exiger_proposer(acteur: Acteur) -> None:
    """Raises ``NonHabilite``."""
    require(can_proposer(acteur), sans_droit(Permission.CONTENU_PROPOSER))


def exiger_publier(acteur: Acteur, theme: str | None = None) -> None:
    """Raises ``NonHabilite``: the right, or that of this theme."""
    require(can_publier(acteur, theme), sans_droit(Permission.CONTENU_PUBLIER))


def exiger_soumettre(acteur: Acteur, page: Page | None) -> None:
    """Raises ``NonHabilite``, ``Interdit`` (a revision of this page waits already)."""
    exiger_proposer(acteur)
    if page is not None and RevisionPage.objects.filter(page=page, clos_le=None).exists():
        raise Interdit(UNE_ATTEND)


def exiger_repondre(acteur: Acteur, *, theme: str, auteur: uuid.UUID, issue: str) -> None:
    """Raises ``NonHabilite``, ``Interdit`` (one's own to publish, somebody else's to take back)."""
    if issue == Issue.REPRISE:
        exiger_proposer(acteur)
        exiger_meme_personne(acteur, auteur, sinon=D_UN_AUTRE)
        return
    exiger_publier(acteur, theme)
    exiger_autre_personne(acteur, auteur, sinon=DE_SOI)
