"""Owners are told of pages to read again, a month before and once more after, and of links that answer no more."""

import uuid
from collections.abc import Iterable, Mapping

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction

from sne.habilitations.models import Compte
from sne.notifications.actions import Pli, ecrire_a
from sne.notifications.rules import Limites
from sne.referentiels.selectors import get_parametres
from sne.site_pro.messages import MessageSite
from sne.site_pro.models import LienSorti, Page
from sne.site_pro.rules.pages import ACCES
from sne.site_pro.selectors.lecture import PageBreve, list_pages
from sne.site_pro.selectors.liens import list_liens_morts
from sne.socle.acte import Acte
from sne.socle.horloge import jour

MOIS_AVANT = relativedelta(months=1)


@transaction.atomic
def rappeler_les_pages(*, acte: Acte) -> int:
    """Write to each owner of a page to read again within a month, or since less than one, or whose links are dead.

    Once a month at most; how many are written to. A page past its check for longer stays in their list, and in no mail.
    """
    le = acte.survenu_le
    depuis, proches = jour(le - MOIS_AVANT), jour(le + MOIS_AVANT)
    morts = list_liens_morts(le=le)
    pages = list_pages(cles=ACCES, le=le)
    proprietaires = dict(Page.objects.values_list("code", "proprietaire"))
    lignes: dict[uuid.UUID, list[str]] = {}
    for page in pages:
        for ligne in _lignes(page, morts, a_dire=depuis < page.a_verifier <= proches):
            lignes.setdefault(proprietaires[page.code], []).append(ligne)
    comptes = Compte.objects.filter(id__in=lignes, actif=True).order_by("id")
    return sum(_ecrire(compte, lignes[compte.id], acte=acte) for compte in comptes)


def _lignes(page: PageBreve, morts: Mapping[str, tuple[str, ...]], *, a_dire: bool) -> Iterable[str]:
    if a_dire:
        yield f"{page.titre}, avant le {page.a_verifier:%d/%m/%Y}"
    for lien in morts.get(page.code, ()):
        yield f"{page.titre}\u00a0: {lien} ne répond plus"


def _ecrire(compte: Compte, lignes: list[str], *, acte: Acte) -> bool:
    le = jour(acte.survenu_le)
    return ecrire_a(
        Pli(
            destinataire=compte.courriel,
            compte_id=compte.id,
            genre=MessageSite.PAGES_A_RELIRE,
            contexte={
                "territoire": "national",
                "phrase": "Vous répondez de pages du site à relire.",
                "lignes": "\n".join(lignes),
                "suite": "Une page encore juste se dit en un bouton\u00a0:",
                "lien": f"{settings.URL_PUBLIQUE}/aide/redaction/pages/",
            },
            origine=f"pages:{compte.id}:{le:%Y-%m}",
            limites=Limites.depuis(get_parametres(le)),
            territoire="",
        ),
        acte=acte,
    )


@transaction.atomic
def noter_les_liens(reponses: Mapping[str, bool], *, acte: Acte) -> None:
    """Keep which outside addresses answered; those that no page names any more go."""
    LienSorti.objects.exclude(adresse__in=reponses).delete()
    connus = {lien.adresse: lien for lien in LienSorti.objects.select_for_update()}
    for adresse, vivant in reponses.items():
        lien = connus.get(adresse) or LienSorti(adresse=adresse, echecs=0)
        lien.echecs = 0 if vivant else lien.echecs + 1
        lien.vu_le = acte.survenu_le
        lien.save()  # inserted, or its two columns changed
