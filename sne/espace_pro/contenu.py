"""Where a word on a page meets the support desk: a ticket when it is said, its answer when the page changes."""

from django.db import transaction
from django.urls import reverse

from sne.assistance.actions.contenu import dire_la_page, repondre_par_la_page
from sne.assistance.actions.ouvrir import NouveauTicket, ouvrir_ticket
from sne.assistance.policies import can_ouvrir
from sne.assistance.rules.niveaux import Categorie
from sne.assistance.rules.textes import numero_de
from sne.site_pro.actions.avis import donner_avis
from sne.site_pro.actions.rediger import Reponse, repondre
from sne.site_pro.models import Issue, RevisionPage
from sne.site_pro.rules.pages import RAISONS
from sne.socle.acte import Acte


@transaction.atomic
def signaler(
    code: str, numero: int, *, utile: bool, raison: str, texte: str, reseau: str = "", acte: Acte
) -> None:
    """Keep what a reader says; of who has signed in, and whom the page did not help, it is a ticket too.

    Raises ``Introuvable``, ``Interdit`` (a field, too many in an hour).
    """
    avis = donner_avis(code, numero, utile=utile, raison=raison, texte=texte, reseau=reseau, acte=acte)
    if utile or not can_ouvrir(acte.acteur):
        return
    revision = RevisionPage.objects.get(page__code=code, numero=numero)
    dite = RAISONS[raison]
    ouvrir_ticket(
        NouveauTicket(
            categorie=Categorie.CONTENU,
            titre=f"{dite}\u00a0: {revision.titre}"[:120],
            corps=texte.strip() or dite,
            page=code,
            revision=numero,
            avis=avis,
        ),
        acte=acte,
    )


@transaction.atomic
def decider(revision: RevisionPage, reponse: Reponse, *, acte: Acte) -> None:
    """Answer a revision; published, it solves the ticket that it answers, and is told to who asked the one it comes
    from. Raises as :func:`repondre`.
    """
    repondre(revision.id, reponse, acte=acte)
    if reponse.issue is Issue.PUBLIEE and revision.avis_id:
        repondre_par_la_page(revision.avis_id, reverse("aide-reponse", args=[revision.avis_id]), acte=acte)
    if reponse.issue is Issue.PUBLIEE and (numero := numero_de(revision.origine)):
        dire_la_page(numero, f"/aide/{revision.page.adresse}/", acte=acte)
