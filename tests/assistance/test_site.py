"""What a reader says of a page: a ticket for level 2, solved with what changed by the page that answers it."""

from sne.assistance.models import Ticket
from sne.espace_pro.contenu import decider, signaler
from sne.notifications.models import MessageAgent
from sne.site_pro.actions.rediger import Reponse, commencer, soumettre
from sne.site_pro.models import Issue
from sne.socle.acte import Acte
from tests.habilitations import factories as comptes
from tests.site_pro.conftest import CONTENU, LE, proposer, publier, publieur, redacteur

__all__ = ["proposer", "publier", "publieur", "redacteur"]


def test_a_word_on_a_page_is_answered_by_the_page(publier, redacteur, publieur) -> None:
    page = publier().page
    lecteur = comptes.acteur(comptes.creer_agent())
    for utile, raison in ((True, ""), (False, "MANQUE")):
        signaler(page.code, 1, utile=utile, raison=raison, texte="Et après ?", acte=Acte(lecteur, LE))
    ticket = Ticket.objects.get()
    assert (ticket.niveau, ticket.categorie, ticket.page, ticket.revision) == ("N2", "CONTENU", page.code, 1)
    assert ticket.titre == "Il manque une information\u00a0: Renouveler une demande"
    acte = Acte(redacteur, LE)
    brouillon = commencer(page, CONTENU | {"corps": "## Quand\nDeux mois avant.\n"}, acte=acte)
    revision = soumettre(brouillon, avis=ticket.avis, acte=acte)
    decider(revision, Reponse(Issue.PUBLIEE), acte=Acte(publieur, LE))
    ticket.refresh_from_db()
    assert ticket.statut == "RESOLU"
    reponse = ticket.messages.order_by("survenu_le", "id").last()
    assert f"/aide/redaction/mes-signalements/{ticket.avis}/" in reponse.html
    assert MessageAgent.objects.get(genre="TICKET_NOUVELLE").compte == lecteur.id
