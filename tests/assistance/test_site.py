"""What a reader says of a page: a ticket for level 2, solved with what changed by the page that answers it."""

from sne.assistance.actions.contenu import dire_la_page
from sne.assistance.actions.incidents import Annonce, annoncer, rattacher
from sne.assistance.actions.ouvrir import NouveauTicket, ouvrir_ticket
from sne.assistance.actions.repondre import Ecrit, ecrire
from sne.assistance.models import Ticket
from sne.assistance.rules.textes import origine_de
from sne.espace_pro.contenu import decider, signaler
from sne.notifications.models import MessageAgent
from sne.site_pro.actions.rediger import Reponse, commencer, soumettre
from sne.site_pro.actions.rediger import proposer as proposer_ailleurs
from sne.site_pro.models import Issue
from sne.socle.acte import Acte
from tests.habilitations import factories as comptes
from tests.site_pro.conftest import CONTENU, LE, heure, proposer, publier, publieur, redacteur

__all__ = ["heure", "proposer", "publier", "publieur", "redacteur"]


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


def test_an_answer_that_becomes_a_page_is_told_to_who_asked_and_to_the_same_incident(
    redacteur, publieur
) -> None:
    n2, gt = (comptes.acteur(creer()) for creer in (comptes.creer_support_n2, comptes.creer_gestionnaire))
    incident = annoncer(Annonce("Pièces lentes", "Les pièces sont lentes."), acte=Acte(n2, LE))
    un, autre, fini = (
        ouvrir_ticket(NouveauTicket(categorie="GENANT", titre=t, corps="Lent."), acte=Acte(gt, LE))
        for t in ("Un", "Autre", "Fini")
    )
    for t in (un, autre, fini):
        rattacher(t.numero, incident, acte=Acte(n2, LE))
    for t in (un, fini):
        ecrire(t.numero, Ecrit(corps="Videz le cache.", suite="RESOLU"), acte=Acte(n2, LE))
    acte = Acte(redacteur, LE)
    brouillon = proposer_ailleurs(CONTENU, origine=origine_de(un.numero), acte=acte)
    revision = soumettre(brouillon, acte=acte)
    decider(revision, Reponse(Issue.PUBLIEE), acte=Acte(publieur, LE))
    adresse = f'href="/aide/{revision.page.adresse}/"'
    for t, dit in ((un, True), (autre, True), (fini, False)):
        dernier = t.messages.order_by("inscrit_le", "id").last()
        assert (adresse in dernier.html) == dit, t.titre
    un.refresh_from_db()
    assert un.statut == "RESOLU"
    phrases = [m.origine for m in MessageAgent.objects.filter(genre="TICKET_NOUVELLE")]
    assert len(phrases) == 4  # two answers, the page told to two
    assert dire_la_page("A-2026-999999", "/aide/", acte=acte) == 0
    seul = ouvrir_ticket(NouveauTicket(categorie="QUESTION", titre="Q", corps="x"), acte=Acte(gt, LE))
    assert dire_la_page(seul.numero, "/aide/", acte=acte) == 1
