"""A household asks the service for help from its pages: taken in, answered, gone on with, settled; whose it is."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from sne.assistance import tasks
from sne.assistance.actions.incidents import Annonce, annoncer, clore_incident, fusionner, rattacher, separer
from sne.assistance.actions.menages import reprendre_les_mots
from sne.assistance.actions.nuit import clore_les_resolus
from sne.assistance.actions.partager import partager
from sne.assistance.actions.passer import passer, prendre
from sne.assistance.actions.repondre import Ecrit, ecrire
from sne.assistance.models import MotDuMenage, Ticket, TicketMessage
from sne.assistance.rules.vues import VUES
from sne.assistance.selectors.chiffres import list_chiffres
from sne.assistance.selectors.listes import list_tickets
from sne.assistance.selectors.tickets import get_ticket, list_fil, list_tickets_du_dossier
from sne.journal.models import Entree
from sne.notifications.models import Message, MessageAgent
from sne.notifications.selectors import get_contenu
from sne.portail.tasks import annoncer as annoncer_reponse
from sne.registre.demande.models.demande import Demande
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.horloge import jour
from sne.socle.identifiants import uuid7
from tests.habilitations import factories as comptes
from tests.portail.conftest import ELODIE, servie_par_le_portail
from tests.portail.formulaire import champs_de
from tests.portail.test_code import entrer
from tests.portail.test_connexion import se_connecter
from tests.portail.test_renouveler import KARIM, deposer, texte
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
NIR = "1 85 05 78 006 084 36"
QUESTION = {
    "categorie": "QUESTION",
    "titre": "Mon attestation",
    "corps": f"Où est mon attestation ? Mon numéro est {NIR}.",
}


def ici(demande: Demande) -> str:
    return f"/ma-demande/{demande.nud}/assistance/"


def poser(porte: Client, demande: Demande, **change: str) -> Any:
    adresse = f"{ici(demande)}nouvelle/"
    return porte.post(adresse, champs_de(texte(porte.get(adresse))) | QUESTION | change)


def dire(porte: Client, demande: Demande, ticket: Ticket, corps: str) -> Any:
    return porte.post(ici(demande), {"formulaire": str(uuid7()), "numero": ticket.numero, "corps": corps})


def distribuer() -> None:
    """What the worker does of what households wrote, and of what the desk answered; run twice, it is done once."""
    for _ in range(2):
        for entree in Entree.objects.filter(verbe="ECRIRE_EN_MENAGE").order_by("inscrit_le", "id"):
            tasks.prendre(entree_id=str(entree.id))
        for entree in Entree.objects.filter(verbe__in=["ECRIRE_TICKET", "PASSER_TICKET"]):
            annoncer_reponse(entree_id=str(entree.id), territoire=entree.territoire)
    connection.check_constraints()


def acte(acteur: Acteur, **plus: int) -> Acte:
    return Acte(acteur, f.MAINTENANT + timedelta(**plus))


@pytest.fixture
def n1(db: None) -> Acteur:
    return comptes.acteur(comptes.creer_support(le=f.ANCIEN), le=f.MAINTENANT)


@pytest.fixture
def gt(db: None) -> Acteur:
    return comptes.acteur(comptes.creer_gestionnaire(le=f.ANCIEN), le=f.MAINTENANT)


def poser_une_fois(porte: Client, demande: Demande) -> MotDuMenage:
    """What is missing is said, nothing typed is lost, and the button pressed twice asks once."""
    assert ici(demande) in texte(porte.get("/ma-demande/"))
    assert "Vous n’avez posé aucune question." in texte(porte.get(ici(demande)))
    vide = texte(poser(porte, demande, categorie="CONTENU", titre=""))
    assert "Dites en une phrase ce qui se passe." in vide
    assert "Où est mon attestation" in vide  # nothing typed is lost
    champs = champs_de(texte(porte.get(f"{ici(demande)}nouvelle/"))) | QUESTION
    for _ in range(2):  # the button, pressed twice
        assert porte.post(f"{ici(demande)}nouvelle/", champs).headers["Location"] == ici(demande)
    mot = MotDuMenage.objects.get()
    assert "006 084" not in mot.corps
    assert "quelques minutes" in texte(porte.get(ici(demande)))
    return mot


def passee_puis_reglee(porte: Client, demande: Demande, ticket: Ticket, *, n1: Acteur, gt: Acteur) -> None:
    """Handed over, its author reads who has it; settled by them, and opened again."""
    passer(ticket.numero, "GT", "Le guichet la remet.", acte=acte(n1, minutes=1))
    distribuer()
    assert "Le gestionnaire de votre département s’en occupe." in texte(porte.get(ici(demande)))
    assert Message.objects.filter(genre="ASSISTANCE_NOUVELLE").count() == 2
    assert get_ticket(ticket.numero, gt) == ticket
    for _ in range(2):
        assert porte.post(ici(demande), {"numero": ticket.numero, "geste": "REGLE"}).status_code == 302
        distribuer()
    ticket.refresh_from_db()
    assert ticket.statut == "RESOLU"
    page = texte(porte.get(ici(demande)))
    assert "Résolue" in page
    assert "Rouvrir avec ce message" in page
    jugee_une_fois(porte, demande, ticket)
    dire(porte, demande, ticket, "En fait non.")
    distribuer()
    ticket.refresh_from_db()
    assert (ticket.statut, ticket.rouvert) == ("EN_COURS", 1)


def jugee_une_fois(porte: Client, demande: Demande, ticket: Ticket) -> None:
    """The one question, optional, in their language; asked no more as soon as it is answered, and counted."""
    aide, juger = "La réponse vous a-t-elle aidé", {"numero": ticket.numero, "geste": "AVIS"}
    assert aide in texte(porte.get(ici(demande)))
    assert "Did the answer help you" in texte(porte.get(f"/en{ici(demande)}"))
    assert "Choisissez une réponse." in texte(porte.post(ici(demande), juger | {"reponse": "JAMAIS"}))
    assert porte.post(ici(demande), juger | {"reponse": "EN_PARTIE"}).status_code == 302
    page = texte(porte.get(ici(demande)))
    assert aide not in page
    assert "Merci de votre avis." in page
    assert "ne se pose qu’une fois" in texte(porte.post(ici(demande), juger | {"reponse": "OUI"}))
    distribuer()
    ticket.refresh_from_db()
    assert (ticket.satisfaction, ticket.statut) == ("EN_PARTIE", "RESOLU")
    assert aide not in texte(porte.get(ici(demande)))
    (ligne,) = list_chiffres(du=jour(ticket.survenu_le), au=jour(ticket.survenu_le))
    assert (ligne.resolus, ligne.contents) == (1, None)  # one alone is not shown
    porte.post(ici(demande), {"numero": ticket.numero, "geste": "AVIS", "reponse": "NON"})
    distribuer()
    ticket.refresh_from_db()
    assert ticket.satisfaction == "EN_PARTIE"


def test_asked_answered_gone_on_with_and_settled(
    porte: Client,
    fc: Fournisseur,
    n1: Acteur,
    gt: Acteur,
) -> None:
    demande = deposer(jours=100)
    se_connecter(porte, fc, ELODIE)
    mot = poser_une_fois(porte, demande)
    distribuer()
    ticket = Ticket.objects.get()
    assert (ticket.niveau, ticket.territoire, ticket.nuds, ticket.menage) == (
        "N1",
        "099",
        [demande.nud],
        True,
    )
    assert sorted(ticket.acces) == sorted([f"menage:{mot.compte}", "role:SUPPORT_N1"])
    assert [t.numero for t in list_tickets(VUES["a-prendre"], n1, le=f.MAINTENANT)[0]] == [ticket.numero]
    assert list_tickets_du_dossier(demande.nud, n1) == ((ticket, "Reçue"),)
    assert [m.qui for m in list_fil(ticket, n1)] == ["La personne qui demande un logement"]
    with pytest.raises(Introuvable):
        get_ticket(ticket.numero, gt)
    assert "L’assistance aux demandeurs s’en occupe." in texte(porte.get(ici(demande)))
    ecrire(ticket.numero, Ecrit(corps="Zibeline entre nous.", interne=True), acte=acte(n1))
    ecrire(ticket.numero, Ecrit(corps="Laquelle ?", suite="ATTENTE_DEMANDEUR"), acte=acte(n1))
    distribuer()
    page = texte(porte.get(ici(demande)))
    assert "Attend votre réponse" in page
    assert "Laquelle ?" in page
    assert "Zibeline" not in page
    assert n1.nom not in page
    (message,) = Message.objects.filter(genre="ASSISTANCE_NOUVELLE")
    lu = get_contenu(message.id)
    assert lu is not None
    assert lu.contexte["question"] == ticket.numero
    assert "Laquelle" not in str(lu.contexte)
    reponse = champs_de(page) | {"numero": ticket.numero, "corps": "Celle de juin."}
    assert "Écrivez votre message." in texte(porte.post(ici(demande), reponse | {"corps": ""}))
    assert porte.post(ici(demande), reponse).status_code == 302
    distribuer()
    ticket.refresh_from_db()
    assert (ticket.statut, ticket.messages.count()) == ("EN_COURS", 4)
    assert [m.compte for m in MessageAgent.objects.all()] == [n1.id]
    assert (
        Message.objects.filter(genre="ASSISTANCE_NOUVELLE").count() == 1
    )  # not of what they wrote themselves
    passee_puis_reglee(porte, demande, ticket, n1=n1, gt=gt)


def test_it_is_theirs_alone_and_of_a_session_that_is_surely_theirs(
    porte: Client,
    fc: Fournisseur,
    n1: Acteur,
) -> None:
    demande, par_code = deposer(jours=100, cotitulaires=[KARIM]), Client()
    se_connecter(porte, fc, ELODIE)
    assert poser(porte, demande, categorie="SECURITE", titre="Xylophone volé").status_code == 302
    distribuer()
    ticket = Ticket.objects.get()
    assert (ticket.niveau, sorted(ticket.acces)[1]) == ("DPO", "role:DPO")
    with pytest.raises(Introuvable):
        get_ticket(ticket.numero, n1)
    assert "Le délégué à la protection des données s’en occupe." in texte(porte.get(ici(demande)))
    entrer(par_code, demande)
    assert "Xylophone" not in texte(par_code.get(ici(demande)))
    refus = par_code.post(ici(demande), {"numero": ticket.numero, "geste": "REGLE"})
    assert (refus.status_code, "Xylophone" in texte(refus)) == (404, False)
    assert porte.get("/ma-demande/099031801698299001/assistance/").status_code == 404
    for rang in range(9):
        assert poser(porte, demande, titre=f"Question {rang}").status_code == 302
    assert "Vous avez beaucoup écrit aujourd’hui" in texte(poser(porte, demande))


def test_one_household_is_answered_alone_and_an_incident_answers_it_too(
    porte: Client,
    fc: Fournisseur,
    n1: Acteur,
) -> None:
    demande = deposer(jours=100)
    n2 = comptes.acteur(comptes.creer_support_n2(le=f.ANCIEN), le=f.MAINTENANT)
    se_connecter(porte, fc, ELODIE)
    poser(porte, demande)
    poser(porte, demande, titre="Autre")
    assert reprendre_les_mots(acte=acte(n1)) == 2
    un, deux = Ticket.objects.order_by("numero")
    prendre(un.numero, acte=acte(n1))
    message = TicketMessage.objects.get(ticket=un)
    for geste in (
        lambda: fusionner(un.numero, deux.numero, acte=acte(n1)),
        lambda: separer(un.numero, message.id, "À part", acte=acte(n1)),
        lambda: partager(un.numero, "role:GESTIONNAIRE_TERRITORIAL", acte=acte(n1)),
    ):
        with pytest.raises(Interdit, match="d’un demandeur"):
            geste()
    assert "Un incident est en cours" not in texte(porte.get("/"))
    vues = ("portail", "x")
    incident = annoncer(Annonce("Portail lent", "Le portail est lent.", "lent", vues), acte=acte(n2))
    assert "Un incident est en cours" in texte(porte.get("/"))
    rattacher(un.numero, incident, acte=acte(n1))
    clore_incident(incident, "Réparé.", acte=acte(n2))
    distribuer()
    assert "Le portail est lent" not in texte(porte.get("/"))
    page = texte(porte.get(ici(demande)))
    assert "Réparé." in page
    assert Message.objects.filter(genre="ASSISTANCE_NOUVELLE").count() == 1
    clore_les_resolus(acte=acte(n1, days=20))
    Ticket.objects.filter(pk=un.pk).update(derniere_activite_le=f.MAINTENANT - timedelta(days=40))
    page = texte(porte.get(ici(demande)))
    assert "Cette question est close depuis longtemps" in page
    assert "Cette question est close depuis longtemps" in texte(dire(porte, demande, un, "Encore."))
    MotDuMenage.objects.update(pris_le=f.MAINTENANT - timedelta(days=3))
    assert reprendre_les_mots(acte=acte(n1)) == 0
    assert not MotDuMenage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_with_the_rights_of_the_portal_alone(porte: Client, fc: Fournisseur) -> None:
    demande = deposer(jours=100)
    with servie_par_le_portail():
        se_connecter(porte, fc, ELODIE)
        assert poser(porte, demande).status_code == 302
    distribuer()
    (ticket,) = Ticket.objects.all()
    with servie_par_le_portail():
        assert ticket.numero in texte(porte.get(ici(demande)))
        assert dire(porte, demande, ticket, "Encore.").status_code == 302
        for table in (
            "ticket",
            "ticket_message",
            "ticket_piece",
            "ticket_partage",
            "passage_ticket",
            "courriel_recu",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(f"SELECT FROM {table}")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            MotDuMenage.objects.update(pris_le=f.MAINTENANT)
    distribuer()
    assert [m.cote for m in ticket.messages.all()] == ["AUTEUR", "AUTEUR"]
