"""Incidents, tickets that go together, what time does, who leaves, a file read for a ticket, figures, the site."""

import uuid
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from sne.assistance.actions.contenu import dire_la_page, repondre_par_la_page
from sne.assistance.actions.fil import dire
from sne.assistance.actions.incidents import Annonce, annoncer, clore_incident, fusionner, rattacher, separer
from sne.assistance.actions.nuit import clore_les_resolus, effacer_les_pieces, oublier_les_anciens, relancer
from sne.assistance.actions.ouvrir import noter_evite, retenir_equipe
from sne.assistance.actions.partager import masquer, ne_plus_partager, partager
from sne.assistance.actions.passer import passer, prendre
from sne.assistance.actions.pieces import NATIONAL, Jointe
from sne.assistance.actions.repondre import Ecrit, dire_si_utile, ecrire, resoudre_soi_meme
from sne.assistance.actions.vues import enregistrer_vue, oublier_vue
from sne.assistance.detenus import confier_tickets, list_tickets_detenus
from sne.assistance.models import HorlogeTicket, Ticket, TicketEvite, TicketPiece, VueEnregistree
from sne.assistance.policies import can_montrer_un_dossier
from sne.assistance.possible import exiger_promouvoir
from sne.assistance.rules.vues import VUES
from sne.assistance.selectors.avant import proposer
from sne.assistance.selectors.chiffres import list_chiffres
from sne.assistance.selectors.listes import compter_qui_attend, list_tickets
from sne.assistance.selectors.tickets import (
    count_reunis,
    get_piece,
    get_reunie,
    get_ticket,
    list_fil,
    list_tickets_du_dossier,
    lock_tickets,
)
from sne.assistance.tasks import nuit
from sne.assistance.verbes import VerbeAssistance
from sne.documents.models import Document
from sne.documents.rules import EtatDocument
from sne.habilitations.detenus import Passation
from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.rules.carences import Lieu
from sne.notifications.models import MessageAgent
from sne.recherche.actions import Publication, publier
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import jour
from tests.assistance.conftest import GUICHET, LE
from tests.deux_connexions import pendant
from tests.habilitations import factories as comptes
from tests.verrous import verrous

NUD = "099031801698299001"
AGENTS = "role:AGENT_GUICHET:099"
TARD = LE + timedelta(hours=2)


def relu(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_related("incident").get(pk=ticket.pk)


def test_an_incident_answers_all_its_tickets(demander, agent, collegue, gt, n2) -> None:
    with pytest.raises(NonHabilite):
        annoncer(Annonce("Lenteurs", "Le service est lent."), acte=Acte(gt, LE))
    with pytest.raises(Interdit, match="titre"):
        annoncer(Annonce(" ", "Le service est lent."), acte=Acte(n2, LE))
    incident = annoncer(
        Annonce("Pièces illisibles", "Les pièces ne s’ouvrent pas.", "pièce"), acte=Acte(n2, LE)
    )
    un, deux = demander(), demander(par=collegue)
    for t in (un, deux):
        rattacher(t.numero, incident, acte=Acte(gt, LE))
    with pytest.raises(Introuvable):
        rattacher(un.numero, uuid.uuid4(), acte=Acte(gt, LE))
    connus = proposer("mes pièces illisibles 1850578006084", agent, le=LE, pages=["FICHE"])
    assert [(p.nature, p.titre) for p in connus] == [("INCIDENT", "Pièces illisibles")]
    assert proposer("123", agent, le=LE, pages=["FICHE"]) == ()
    with pytest.raises(Interdit, match="Décrivez"):
        clore_incident(incident, " ", acte=Acte(n2, TARD))
    assert clore_incident(incident, "Réparé à 11 h.", acte=Acte(n2, TARD)) == 2
    for t in (un, deux):
        assert relu(t).statut == "RESOLU"
        assert "Réparé" in list_fil(relu(t), gt)[-1].html
    assert {m.compte for m in MessageAgent.objects.all()} == {agent.id, collegue.id}
    with pytest.raises(Interdit, match="déjà terminé"):
        clore_incident(incident, "Encore.", acte=Acte(n2, TARD))
    with pytest.raises(Introuvable):
        clore_incident(uuid.uuid4(), "Encore.", acte=Acte(n2, TARD))
    with pytest.raises(Introuvable):
        rattacher(demander().numero, incident, acte=Acte(gt, LE))


def test_an_incident_answers_once_those_of_its_tickets_that_wait_for_one_another(
    demander, collegue, gt, n2
) -> None:
    incident = annoncer(Annonce("Lenteurs", "Le service est lent."), acte=Acte(n2, LE))
    garde, double = demander(), demander(par=collegue)
    for t in (garde, double):
        rattacher(t.numero, incident, acte=Acte(gt, LE))
    fusionner(double.numero, garde.numero, acte=Acte(gt, LE))
    assert clore_incident(incident, "Réparé à 11 h.", acte=Acte(n2, TARD)) == 2
    for t in (garde, double):
        assert relu(t).statut == "RESOLU"
        assert t.messages.filter(corps="Réparé à 11 h.").count() == 1


def test_acts_on_several_tickets_lock_them_in_one_order(demander, gt, n2) -> None:
    incident = annoncer(Annonce("Lenteurs", "Le service est lent."), acte=Acte(n2, LE))
    un, deux = sorted((demander(), demander()), key=lambda t: t.id)
    for t in (deux, un):
        with verrous() as pris:
            rattacher(t.numero, incident, acte=Acte(gt, LE))
        assert [table for table, _ in pris] == ["incident", "ticket"]  # that of :func:`clore_incident`
    with verrous() as pris:
        dire_la_page(deux.numero, "/aide/lenteurs/", acte=Acte(n2, LE))
    assert [table for table, _ in pris] == ["ticket"]  # all at once
    with verrous() as pris:
        fusionner(un.numero, deux.numero, acte=Acte(gt, LE))
    assert [table for table, _ in pris] == ["ticket"]
    assert lock_tickets(Ticket.objects.all()) == [deux, un]  # the answer, then what waits for it
    with pytest.raises(Introuvable):
        fusionner(un.numero, "inconnu", acte=Acte(gt, LE))


def test_two_tickets_that_ask_the_same_get_one_answer_and_share_nothing_else(
    demander, agent, collegue, gt
) -> None:
    garde, double = demander(), demander(par=collegue)
    with pytest.raises(Interdit, match="autre demande"):
        fusionner(garde.numero, garde.numero, acte=Acte(gt, LE))
    ecrire(double.numero, Ecrit(corps="Depuis quand ?", suite="ATTENTE_DEMANDEUR"), acte=Acte(gt, LE))
    fusionner(double.numero, garde.numero, acte=Acte(gt, LE))
    assert relu(double).statut == "ATTENTE_TIERS"
    for lecteur, autre in ((agent, double), (collegue, garde)):
        with pytest.raises(Introuvable):
            get_ticket(autre.numero, lecteur)
    ecrire(garde.numero, Ecrit(corps="Note.", interne=True), acte=Acte(gt, LE))
    ecrire(garde.numero, Ecrit(corps="Videz le cache.", suite="RESOLU"), acte=Acte(gt, TARD))
    fil = list_fil(relu(double), collegue)
    assert relu(double).statut == "RESOLU"
    assert "Videz le cache" in fil[-1].html
    assert not any("Note" in m.html for m in fil)
    with pytest.raises(Interdit, match="terminée"):
        fusionner(demander().numero, garde.numero, acte=Acte(gt, TARD))


def test_each_ticket_of_a_chain_is_answered_or_given_back_to_its_level(demander, agent, collegue, gt) -> None:
    un, deux, trois = demander(), demander(par=collegue), demander()
    fusionner(trois.numero, deux.numero, acte=Acte(gt, LE))
    fusionner(deux.numero, un.numero, acte=Acte(gt, LE))
    with pytest.raises(Interdit, match="déjà été réunie"):
        fusionner(deux.numero, demander().numero, acte=Acte(gt, LE))
    with pytest.raises(Interdit, match="attend déjà la réponse"):
        fusionner(un.numero, trois.numero, acte=Acte(gt, LE))  # they would wait for one another, for ever
    assert (count_reunis(un), count_reunis(deux), count_reunis(trois)) == (2, 1, 0)
    assert [get_reunie(relu(t), gt) for t in (trois, deux, un)] == [un, un, None]
    assert get_reunie(relu(trois), agent) == un
    assert get_reunie(relu(trois), collegue) is None  # of whom it is not
    ecrire(un.numero, Ecrit(corps="Videz le cache.", suite="RESOLU"), acte=Acte(gt, TARD))
    assert {relu(t).statut for t in (un, deux, trois)} == {"RESOLU"}
    assert get_reunie(relu(trois), gt) is None
    assert "cache" in list_fil(relu(trois), agent)[-1].html
    garde, attend, suivi = demander(), demander(par=collegue), demander(par=collegue)
    for double in (attend, suivi):
        fusionner(double.numero, garde.numero, acte=Acte(gt, LE))
    ecrire(suivi.numero, Ecrit(corps="Nous cherchons."), acte=Acte(gt, LE))
    resoudre_soi_meme(garde.numero, acte=Acte(agent, TARD))
    assert [relu(t).statut for t in (attend, suivi)] == ["EN_COURS"] * 2
    assert "reprenons la vôtre" in list_fil(relu(attend), collegue)[-1].html


def test_a_ticket_is_told_whose_answer_it_will_get_once_the_chain_is_cut(demander, agent, gt) -> None:
    un, deux, trois = demander(), demander(), demander()
    fusionner(trois.numero, deux.numero, acte=Acte(gt, LE))
    fusionner(deux.numero, un.numero, acte=Acte(gt, LE))
    resoudre_soi_meme(un.numero, acte=Acte(agent, TARD))
    assert [get_reunie(relu(t), gt) for t in (trois, deux)] == [deux, None]


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_at_once_make_no_ring(demander, gt) -> None:
    un, deux, trois, quatre = (demander().numero for _ in range(4))
    fusionner(un, deux, acte=Acte(gt, LE))
    fusionner(trois, quatre, acte=Acte(gt, LE))
    with pytest.raises(Interdit, match="attend déjà la réponse"):
        pendant(
            partial(fusionner, deux, trois, acte=Acte(gt, LE)),
            partial(fusionner, quatre, un, acte=Acte(gt, LE)),
        )


def test_what_the_officer_has_is_answered_with_nothing_else(demander, collegue, gt, n2, dpo) -> None:
    incident = annoncer(Annonce("Accès ouverts", "Des accès sont restés ouverts."), acte=Acte(n2, LE))
    secret, double, autre = demander(), demander(par=collegue), demander(par=collegue)
    rattacher(secret.numero, incident, acte=Acte(gt, LE))
    fusionner(double.numero, secret.numero, acte=Acte(gt, LE))
    fusionner(secret.numero, autre.numero, acte=Acte(gt, LE))
    message = secret.messages.first()
    passer(secret.numero, "DPO", "Une fuite.", acte=Acte(gt, TARD))
    assert relu(double).statut == "EN_COURS"
    ecrire(autre.numero, Ecrit(corps="Rien vu.", suite="RESOLU"), acte=Acte(gt, TARD))
    assert clore_incident(incident, "Refermés.", acte=Acte(n2, TARD)) == 0
    assert relu(secret).statut == "NOUVEAU"
    suivant = annoncer(Annonce("Encore", "Des accès sont ouverts."), acte=Acte(n2, LE))
    for geste in (
        lambda: rattacher(secret.numero, suivant, acte=Acte(dpo, TARD)),
        lambda: separer(secret.numero, message.id, "À part", acte=Acte(dpo, TARD)),
    ):
        with pytest.raises(Interdit, match="délégué"):
            geste()
    ecrire(secret.numero, Ecrit(corps="Votre compte est fermé.", suite="RESOLU"), acte=Acte(dpo, TARD))
    assert relu(double).statut == "EN_COURS"
    assert not any("fermé" in m.html for m in list_fil(relu(double), gt))


def test_nothing_goes_between_confidentialities(demander, gt, dpo) -> None:
    secret, autre = demander(categorie="SECURITE"), demander(categorie="SECURITE")
    with pytest.raises(Interdit, match="délégué"):
        fusionner(secret.numero, autre.numero, acte=Acte(dpo, LE))
    with pytest.raises(Introuvable):
        get_ticket(secret.numero, gt)
    with pytest.raises(Interdit, match="délégué"):
        partager(secret.numero, GUICHET, acte=Acte(dpo, LE))
    ecrire(secret.numero, Ecrit(corps="Merci.", suite="RESOLU"), acte=Acte(dpo, LE))
    with pytest.raises(Interdit, match="délégué"):
        exiger_promouvoir(dpo, relu(secret))


def test_one_message_that_asks_something_else_becomes_a_ticket(demander, agent, gt) -> None:
    ticket = demander()
    ecrire(ticket.numero, Ecrit(corps="Autre chose : le NUD 099 0318 016982 99001."), acte=Acte(agent, LE))
    message = ticket.messages.order_by("survenu_le", "id").last()
    with pytest.raises(Interdit, match="message"):
        separer(ticket.numero, uuid.uuid4(), "Autre", acte=Acte(gt, LE))
    nouveau = separer(ticket.numero, message.id, "Un numéro", acte=Acte(gt, LE))
    assert (nouveau.demandeur, nouveau.nuds) == (agent.id, [NUD])
    assert get_ticket(nouveau.numero, agent).liens.get().autre == ticket


def test_who_owes_an_answer_is_reminded_once_then_it_ends(demander, agent, gt) -> None:
    ticket = demander()
    assert compter_qui_attend(gt) == 1
    ecrire(ticket.numero, Ecrit(corps="Et ce matin ?", suite="ATTENTE_DEMANDEUR"), acte=Acte(gt, LE))
    assert (compter_qui_attend(gt), compter_qui_attend(agent)) == (0, 1)
    assert relancer(acte=Acte(gt, LE + timedelta(days=6))) == 0
    for _ in range(2):
        relancer(acte=Acte(gt, LE + timedelta(days=8)))
    assert MessageAgent.objects.count() == 2
    assert relancer(acte=Acte(gt, LE + timedelta(days=22))) == 1
    assert relu(ticket).statut == "RESOLU"
    assert clore_les_resolus(acte=Acte(gt, LE + timedelta(days=23))) == 0
    fin = LE + timedelta(days=40)
    assert clore_les_resolus(acte=Acte(gt, fin)) == 1
    with pytest.raises(Interdit, match="terminée"):
        ecrire(ticket.numero, Ecrit(corps="Encore."), acte=Acte(gt, fin))
    with pytest.raises(Interdit, match="nouvelle"):
        ecrire(ticket.numero, Ecrit(corps="Encore."), acte=Acte(agent, LE + timedelta(days=60)))
    suite = demander(suite=ticket.numero, le=LE + timedelta(days=60))
    assert suite.liens.get().genre == "SUITE"
    ecrire(ticket.numero, Ecrit(corps="Encore."), acte=Acte(agent, fin))
    assert relu(ticket).statut == "EN_COURS"
    assert effacer_les_pieces(acte=Acte(gt, fin)) == 0


def test_what_is_closed_for_two_years_is_forgotten(demander, gt) -> None:
    ticket = demander()
    ecrire(ticket.numero, Ecrit(corps="Fait.", suite="RESOLU"), acte=Acte(gt, LE))
    clore_les_resolus(acte=Acte(gt, LE + timedelta(days=15)))
    assert oublier_les_anciens(acte=Acte(gt, LE + timedelta(days=700))) == 0
    assert oublier_les_anciens(acte=Acte(gt, LE + timedelta(days=740))) == 1
    assert not Ticket.objects.exists()
    nuit(0)


def test_a_pause_moves_what_is_due(demander, agent, gt) -> None:
    ticket = demander(categorie="BLOQUANT")  # a day of 7 h 30 from Tuesday 10:00
    fin = HorlogeTicket.objects.get(ticket=ticket, genre="RESOLUTION")
    assert fin.echeance == LE + timedelta(days=1)
    ecrire(ticket.numero, Ecrit(corps="Depuis quand ?", suite="ATTENTE_DEMANDEUR"), acte=Acte(gt, TARD))
    retard = list_tickets(VUES["en-retard"], gt, le=LE + timedelta(days=2))[0]
    assert retard == ()
    ecrire(ticket.numero, Ecrit(corps="Hier."), acte=Acte(agent, TARD + timedelta(days=1)))
    fin.refresh_from_db()
    assert fin.echeance == LE + timedelta(days=2)
    assert [t.numero for t in list_tickets(VUES["en-retard"], gt, le=LE + timedelta(days=3))[0]] == [
        ticket.numero
    ]
    ecrire(
        ticket.numero, Ecrit(corps="Et là ?", suite="ATTENTE_TIERS"), acte=Acte(gt, LE + timedelta(days=3))
    )
    ecrire(ticket.numero, Ecrit(corps="Reprenons."), acte=Acte(gt, LE + timedelta(days=4)))
    fin.refresh_from_db()
    assert fin.echeance == LE + timedelta(days=2)  # late stays late


def test_who_leaves_hands_over_what_they_took(demander, gt, n2) -> None:
    ticket = demander()
    prendre(ticket.numero, acte=Acte(gt, LE))
    lieux = frozenset({Lieu("099", "")})
    assert [d.libelle for d in list_tickets_detenus(gt.id, lieux)] == ["1 demande d’assistance en cours"]
    assert list_tickets_detenus(gt.id, [Lieu("02B", "")]) == ()
    assert list_tickets_detenus(n2.id, [Lieu("", "")]) == ()
    with pytest.raises(Interdit, match="équipe"):
        prendre(ticket.numero, par=n2.id, acte=Acte(gt, LE))
    assert confier_tickets(Passation(gt.id, None, lieux, Acte(gt, LE))) == 1
    assert relu(ticket).assigne is None
    prendre(ticket.numero, par=gt.id, acte=Acte(gt, LE))
    assert confier_tickets(Passation(gt.id, n2.id, lieux, Acte(gt, LE))) == 1


def test_level_two_reads_a_file_only_by_a_ticket_that_points_to_it(demander, gt, n2) -> None:
    ticket = demander(par=gt, corps=f"Le dossier {NUD} est vide.")
    assert ticket.niveau == "N2"
    assert can_montrer_un_dossier(n2, ticket, NUD)
    assert not can_montrer_un_dossier(n2, ticket, "099031801698299002")
    assert not can_montrer_un_dossier(gt, ticket, NUD)
    assert list_tickets_du_dossier(NUD, n2) == ((ticket, "Reçue"),)
    ecrire(ticket.numero, Ecrit(corps="Et 099031801698299002 ?"), acte=Acte(n2, LE))
    assert relu(ticket).nuds == [NUD]  # typed by somebody who may not read it
    ecrire(ticket.numero, Ecrit(corps="Fait.", suite="RESOLU"), acte=Acte(n2, LE))
    assert not can_montrer_un_dossier(n2, relu(ticket), NUD)


def test_a_share_opens_and_closes_the_same_second(demander, agent, collegue, gt) -> None:
    ticket = demander()
    with pytest.raises(Introuvable):
        get_ticket(ticket.numero, collegue)
    with pytest.raises(Interdit, match="équipe"):
        partager(ticket.numero, "role:DPO", acte=Acte(agent, LE))
    partager(ticket.numero, GUICHET, acte=Acte(agent, LE))
    assert get_ticket(ticket.numero, collegue) == ticket
    with pytest.raises(NonHabilite):
        ne_plus_partager(ticket.numero, GUICHET, acte=Acte(collegue, LE))
    masquer(ticket.numero, acte=Acte(collegue, LE))
    assert list_tickets(VUES["toutes"], collegue, le=LE)[0] == ()
    assert [t.numero for t in list_tickets(VUES["masquees"], collegue, le=LE)[0]] == [ticket.numero]
    assert list_tickets(VUES["masquees"], agent, le=LE)[0] == ()
    assert len(list_tickets(VUES["toutes"], agent, le=LE)[0]) == 1
    masquer(ticket.numero, montrer=True, acte=Acte(collegue, LE))
    assert len(list_tickets(VUES["toutes"], collegue, le=LE)[0]) == 1
    partager(ticket.numero, AGENTS, acte=Acte(agent, LE))  # two teams at once
    voisin = comptes.acteur(comptes.creer_agent(guichet="G0991", le=LE), le=LE)
    assert get_ticket(ticket.numero, voisin) == ticket
    ne_plus_partager(ticket.numero, AGENTS, acte=Acte(agent, LE))
    assert get_ticket(ticket.numero, collegue) == ticket
    ne_plus_partager(ticket.numero, GUICHET, acte=Acte(agent, LE))
    for lecteur in (collegue, voisin):
        with pytest.raises(Introuvable):
            get_ticket(ticket.numero, lecteur)
    assert not list_tickets(VUES["a-moi"], gt, le=LE)[0]


def test_figures_hide_what_is_few(demander, agent, gt) -> None:
    for _ in range(10):
        ticket = demander()
        ecrire(ticket.numero, Ecrit(corps="Fait.", suite="RESOLU"), acte=Acte(gt, TARD))
        dire_si_utile(ticket.numero, "OUI", acte=Acte(agent, TARD))
    ecrire(ticket.numero, Ecrit(corps="Encore vide."), acte=Acte(agent, TARD))
    ecrire(ticket.numero, Ecrit(corps="Refait.", suite="RESOLU"), acte=Acte(gt, TARD))
    demander(categorie="QUESTION")
    noter_evite("QUESTION", acte=Acte(agent, LE))
    noter_evite("QUESTION", acte=Acte(agent, LE))
    assert TicketEvite.objects.get().nombre == 2
    genant, question = list_chiffres(du=jour(LE), au=jour(LE))
    assert (genant.ouverts, genant.resolus, genant.reponse, genant.fin) == (10, 10, 2.0, 2.0)
    assert (genant.rouverts, genant.tenus, genant.contents) == (1, 100, 100)
    assert (question.ouverts, question.evites, question.reponse, question.contents) == (1, 2, None, None)


def test_before_sending_three_pages_and_two_solved_tickets_of_ones_teams(demander, agent, gt) -> None:
    for rang in range(4):
        publier(
            Publication(
                genre="FICHE",
                cible=uuid.uuid4(),
                url=f"/aide/{rang}/",
                acces=["*"],
                titre="Pièces illisibles",
                reponse="Reprenez la photo.",
                corps="Pièces illisibles",
                visible_du=LE,
                verifie_le=jour(LE),
            )
        )
        ticket = demander(titre="Pièces illisibles")
        ecrire(ticket.numero, Ecrit(corps="Fait.", suite="RESOLU"), acte=Acte(gt, LE))
    trouves = proposer("Mes pièces illisibles", agent, le=TARD, pages=["FICHE"])
    assert Counter(p.nature for p in trouves) == {"PAGE": 3, "TICKET": 2}


def test_an_answer_goes_to_the_author_and_by_choice_to_who_wrote(demander, agent, gt, n2) -> None:
    ticket = demander()
    ecrire(ticket.numero, Ecrit(corps="Je regarde."), acte=Acte(gt, LE))
    passer(ticket.numero, "N2", "National.", acte=Acte(gt, LE))
    depuis = MessageAgent.objects.exclude(pk__in=[m.pk for m in MessageAgent.objects.all()])
    ecrire(ticket.numero, Ecrit(corps="Nous aussi."), acte=Acte(n2, LE))
    assert [m.compte for m in depuis.all()] == [agent.id]  # not who wrote last
    ecrire(ticket.numero, Ecrit(corps="C’est fait.", copie=True), acte=Acte(n2, TARD))
    assert sorted(m.compte for m in depuis.all()) == sorted([agent.id, agent.id, gt.id])


def test_a_state_that_is_not_known_is_shown(demander, agent, gt) -> None:
    ticket = demander()
    Ticket.objects.filter(pk=ticket.pk).update(statut="SUSPENDU")
    dire(VerbeAssistance.CHANGER_TICKET, relu(ticket), acte=Acte(gt, LE))
    for qui, vue in ((agent, "mes-demandes"), (agent, "toutes"), (gt, "a-prendre")):
        assert [t.statut for t in list_tickets(VUES[vue], qui, le=LE)[0]] == ["SUSPENDU"]


def test_bounds_of_what_is_asked(demander, agent, gt, n2) -> None:
    acte = Acte(agent, LE)
    for faux in ({"categorie": "AUTRE"}, {"titre": ""}, {"partage": "role:DPO"}):
        with pytest.raises(Interdit):
            demander(**faux)
    for appel in (lambda: noter_evite("X", acte=acte), lambda: retenir_equipe("X", "", acte=acte)):
        with pytest.raises(Interdit):
            appel()
    ticket = demander()
    with pytest.raises(Interdit, match="devient"):
        ecrire(ticket.numero, Ecrit(corps="x", suite="CLOS"), acte=Acte(gt, LE))
    with pytest.raises(NonHabilite):
        ecrire(ticket.numero, Ecrit(corps="x", interne=True), acte=acte)
    with pytest.raises(Interdit, match="réponse"):
        ecrire(ticket.numero, Ecrit(corps="Fait.", suite="RESOLU", copie=True), acte=Acte(gt, LE))
        dire_si_utile(ticket.numero, "PEUT-ETRE", acte=acte)
    with pytest.raises(NonHabilite):
        dire_si_utile(ticket.numero, "OUI", acte=Acte(gt, LE))
    with pytest.raises(Interdit, match="à qui"):
        passer(demander().numero, "N9", "x", acte=Acte(gt, LE))
    national = demander(par=n2)
    assert (national.niveau, national.territoire) == ("N2", "")
    for _ in range(18):
        demander()
    with pytest.raises(Interdit, match="20 demandes"):
        demander()
    enregistrer_vue("Mes défauts", "toutes", {"categorie": "GENANT", "x": "y"}, acte=acte)
    assert VueEnregistree.objects.get().filtres == {"categorie": "GENANT"}
    with pytest.raises(Interdit, match="liste"):
        enregistrer_vue("Autre", "x", {}, acte=acte)
    oublier_vue("Mes défauts", acte=acte)
    assert not VueEnregistree.objects.exists()
    assert repondre_par_la_page(uuid.uuid4(), "/aide/", acte=acte) is False


def test_files_go_before_their_thread(demander, agent, gt) -> None:
    ticket = demander()
    garde = Document.objects.create(
        territoire=NATIONAL, etat=EtatDocument.DISPONIBLE, antivirus_le=LE, recu_le=LE, empreinte=b"x" * 32
    )
    joint = Jointe(garde.id, "NIR 1 85 05 78 006 084 36.pdf")
    ecrire(ticket.numero, Ecrit(corps="Voici.", pieces=[joint]), acte=Acte(agent, LE))
    piece = TicketPiece.objects.get()
    entre_nous = Document.objects.create(
        territoire="NAT", etat=EtatDocument.DISPONIBLE, antivirus_le=LE, recu_le=LE, empreinte=b"y" * 32
    )
    note = Ecrit(corps="Entre nous.", interne=True, pieces=[Jointe(entre_nous.id, "note.pdf")])
    ecrire(ticket.numero, note, acte=Acte(gt, LE))
    jointe = TicketPiece.objects.get(document=entre_nous.id)
    assert get_piece(jointe.id, gt) == jointe
    with pytest.raises(Introuvable):
        get_piece(jointe.id, agent)
    assert piece.nom == "NIR [n° de sécurité sociale masqué].pdf"
    assert get_piece(piece.id, agent) == piece
    ecrire(ticket.numero, Ecrit(corps="Vu.", suite="RESOLU"), acte=Acte(gt, LE))
    assert effacer_les_pieces(acte=Acte(gt, LE + timedelta(days=89))) == 0
    assert effacer_les_pieces(acte=Acte(gt, LE + timedelta(days=91))) == 2
    garde.refresh_from_db()
    assert garde.etat == EtatDocument.EFFACE
    with pytest.raises(Introuvable):
        get_piece(piece.id, agent)


def test_who_may_not_and_who_is_told_no_more(demander, agent, gt, n2) -> None:
    ticket = demander()
    with pytest.raises(Interdit, match="devient"):
        resoudre_soi_meme(ticket.numero, acte=Acte(gt, LE))
    with pytest.raises(Interdit, match="aucun gestionnaire"):
        passer(demander(par=gt_sans_lieu(gt)).numero, "GT", "x", acte=Acte(n2, LE))
    autre = demander()
    ecrire(autre.numero, Ecrit(corps="On attend.", suite="ATTENTE_TIERS"), acte=Acte(gt, LE))
    fusionner(autre.numero, ticket.numero, acte=Acte(gt, LE))
    assert relu(autre).statut == "ATTENTE_TIERS"
    avant = MessageAgent.objects.count()
    Habilitation.objects.filter(compte=agent.id).update(fin=jour(LE))
    comptes.dire_les_retraits(Compte.objects.get(pk=agent.id))
    ecrire(ticket.numero, Ecrit(corps="Fait.", suite="RESOLU"), acte=Acte(gt, LE))
    assert MessageAgent.objects.count() == avant


def gt_sans_lieu(gt):
    """Somebody who asks from no territory."""
    return replace(gt, territoire="")
