"""What a reader says of a page: kept for its owner, answered by a revision that names it."""

import uuid
from datetime import timedelta

from django.db import transaction

from sne.demandeurs.actions.limites import compter
from sne.demandeurs.rules.limites import Limite
from sne.habilitations.rules import cles_de
from sne.referentiels.selectors import get_parametres
from sne.site_pro.models import AvisPage
from sne.site_pro.parametres import ParametresSite
from sne.site_pro.rules.pages import lire_avis
from sne.site_pro.selectors.redaction import SANS_PAGE, get_page_du_site
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, require
from sne.socle.horloge import jour
from sne.socle.lignes import trouver

TROP = "Plusieurs avis sont déjà venus de votre réseau. Réessayez dans une heure, ou connectez-vous."


@transaction.atomic
def donner_avis(
    code: str, numero: int, *, utile: bool, raison: str = "", texte: str = "", reseau: str = "", acte: Acte
) -> uuid.UUID:
    """Keep whether a page helped, and why not. Somebody who has not signed in leaves no name (``acte.acteur`` inconnu).

    ``reseau``: the network address that it comes from; without a name, so many an hour are kept from one, and it is
    not. Raises ``Introuvable``, ``Interdit`` (no reason, too long, too many).
    """
    page = get_page_du_site(code)
    lues = page.revisions.filter(numero=numero, effet_le__lte=acte.survenu_le)
    if not lues.filter(acces__overlap=sorted(cles_de(acte.acteur))).exists():
        raise Introuvable(SANS_PAGE)  # in the words of a page that never was
    raison, texte = lire_avis(utile, raison, texte)
    signe = bool(acte.acteur.mandats)
    if not signe:
        permis = get_parametres(jour(acte.survenu_le))[ParametresSite].site_avis_par_heure
        limite = Limite("avis_page", permis, timedelta(hours=1))
        if compter(limite, reseau, instant=acte.survenu_le) > permis:
            raise Interdit(TROP)
    avis = AvisPage.objects.create(
        page=page,
        numero=numero,
        utile=utile,
        raison=raison,
        texte=texte,
        compte=acte.acteur.id if signe else None,
        survenu_le=acte.survenu_le,
    )
    return avis.id


@transaction.atomic
def voir_avis(avis_id: uuid.UUID, *, acte: Acte) -> None:
    """Its owner has seen to it without changing the page. Raises ``NonHabilite``, ``Introuvable``."""
    avis = trouver(
        AvisPage.objects.select_for_update(of=("self",)).select_related("page").filter(id=avis_id),
        "Cet avis n’existe pas.",
    )
    require(_est_a(acte.acteur, avis), "Celui qui répond de la page traite ce qu’on en dit.")
    if avis.vu_le is None:
        avis.vu_le = acte.survenu_le
        avis.save(update_fields=["vu_le"])


def _est_a(acteur: Acteur, avis: AvisPage) -> bool:
    return avis.page.proprietaire == acteur.id
