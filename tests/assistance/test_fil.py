"""A ticket from its question to its answer: who gets it, who reads it, who is told, what the database refuses."""

from datetime import timedelta

import pytest

from sne.assistance.actions.passer import passer, prendre
from sne.assistance.actions.repondre import Ecrit, dire_si_utile, ecrire, resoudre_soi_meme
from sne.assistance.models import HorlogeTicket, Ticket
from sne.assistance.rules.vues import VUES
from sne.assistance.selectors.listes import list_tickets
from sne.assistance.selectors.tickets import get_ticket, list_fil
from sne.notifications.models import MessageAgent
from sne.notifications.selectors import lire_chiffre
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.assistance.conftest import GT099, GUICHET, LE

PLUS_TARD = LE + timedelta(hours=1)


def test_the_manager_of_the_territory_answers_an_agent(demander, agent, collegue, gt, autre_gt) -> None:
    ticket = demander(partage=GUICHET)
    assert ticket.numero == "A-2026-000001"
    assert (ticket.niveau, ticket.territoire, ticket.statut) == ("GT", "099", "NOUVEAU")
    assert sorted(ticket.acces) == sorted([f"compte:{agent.id}", GT099, GUICHET])
    for lecteur in (agent, collegue, gt):
        assert get_ticket(ticket.numero, lecteur) == ticket
    with pytest.raises(Introuvable):
        get_ticket(ticket.numero, autre_gt)
    with pytest.raises(NonHabilite):
        ecrire(ticket.numero, Ecrit(corps="Moi aussi."), acte=Acte(collegue, PLUS_TARD))
    ecrire(ticket.numero, Ecrit(corps="À relire **ensemble**.", interne=True), acte=Acte(gt, PLUS_TARD))
    assert not MessageAgent.objects.exists()
    ecrire(ticket.numero, Ecrit(corps="Videz le cache.", suite="RESOLU"), acte=Acte(gt, PLUS_TARD))
    ticket.refresh_from_db()
    assert (ticket.statut, ticket.resolu_le, ticket.assigne) == ("RESOLU", PLUS_TARD, gt.id)
    assert [m.qui for m in list_fil(ticket, agent)] == ["Awa Diarra", "Inès Marceau"]
    assert [m.interne for m in list_fil(ticket, gt)] == [False, True, False]
    courriel = MessageAgent.objects.get()
    assert courriel.compte == agent.id
    contexte = lire_chiffre(courriel, "contexte")
    assert contexte["phrase"] == "Inès Marceau a résolu votre demande."
    assert contexte["lien"].endswith(f"/assistance/{ticket.numero}/")
    assert "cache" not in str(contexte)
    dire_si_utile(ticket.numero, "OUI", acte=Acte(agent, PLUS_TARD))
    with pytest.raises(Interdit, match="qu’une fois"):
        dire_si_utile(ticket.numero, "NON", acte=Acte(agent, PLUS_TARD))


def test_a_resolved_ticket_stays_ninety_days_then_under_all(demander, agent, gt) -> None:
    ticket = demander()
    ecrire(ticket.numero, Ecrit(corps="Fait.", suite="RESOLU"), acte=Acte(gt, PLUS_TARD))
    ouvert = demander(le=PLUS_TARD)

    def vus(vue: str, jours: int) -> list[str]:
        return [t.numero for t in list_tickets(VUES[vue], agent, le=PLUS_TARD + timedelta(days=jours))[0]]

    assert vus("mes-demandes", 89) == [ouvert.numero, ticket.numero]
    assert vus("mes-demandes", 91) == [ouvert.numero]
    assert vus("toutes", 2000) == [ouvert.numero, ticket.numero]


def test_a_handover_keeps_the_thread_and_says_who_has_it(demander, agent, gt, n2, dpo) -> None:
    ticket = demander(partage=GUICHET)
    prendre(ticket.numero, acte=Acte(gt, LE))
    passer(ticket.numero, "N2", "Le défaut est national.", acte=Acte(gt, PLUS_TARD))
    ticket.refresh_from_db()
    assert (ticket.niveau, ticket.statut, ticket.assigne) == ("N2", "NOUVEAU", None)
    assert GT099 in ticket.acces
    premieres = HorlogeTicket.objects.filter(ticket=ticket, genre="PREMIERE_REPONSE").order_by("debut")
    assert [(h.niveau, h.quittee_le is None) for h in premieres] == [("GT", False), ("N2", True)]
    assert "Support de niveau 2" in lire_chiffre(MessageAgent.objects.get(), "contexte")["phrase"]
    with pytest.raises(NonHabilite):
        prendre(ticket.numero, acte=Acte(gt, PLUS_TARD))
    passer(ticket.numero, "DPO", "Des dossiers fuient.", acte=Acte(n2, PLUS_TARD))
    ticket.refresh_from_db()
    assert sorted(ticket.acces) == sorted([f"compte:{agent.id}", "role:DPO"])
    with pytest.raises(Introuvable):
        get_ticket(ticket.numero, n2)
    fin = HorlogeTicket.objects.get(ticket=ticket, genre="RESOLUTION", quittee_le=None)
    assert fin.echeance == PLUS_TARD + timedelta(hours=72)
    with pytest.raises(Interdit, match="ne se passe pas"):
        passer(ticket.numero, "N2", "Retour.", acte=Acte(dpo, PLUS_TARD))


def test_an_author_who_needs_no_answer_ends_it_and_may_open_it_again(demander, agent, gt) -> None:
    ticket = demander()
    resoudre_soi_meme(ticket.numero, acte=Acte(agent, LE))
    with pytest.raises(Interdit):
        resoudre_soi_meme(ticket.numero, acte=Acte(agent, LE))
    ecrire(ticket.numero, Ecrit(corps="En fait non."), acte=Acte(agent, PLUS_TARD))
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.statut, ticket.rouvert, ticket.resolu_le) == ("EN_COURS", 1, None)
