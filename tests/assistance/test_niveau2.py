"""What level 2 keeps on its screens, and what nobody is shown without a key: the leak matrix of tickets."""

import re
from dataclasses import replace
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from sne.assistance.actions.fil import dire
from sne.assistance.actions.menages import Dit, ecrire_en_menage, prendre_le_mot
from sne.assistance.actions.ouvrir import NouveauTicket, ouvrir_ticket
from sne.assistance.actions.repondre import Ecrit, ecrire, resoudre_soi_meme
from sne.assistance.models import Incident, MotDuMenage, Ticket
from sne.assistance.rules.equipes import cles_du_lecteur
from sne.assistance.selectors.avant import proposer
from sne.assistance.selectors.listes import compter_qui_attend
from sne.assistance.selectors.menages import list_du_menage
from sne.assistance.selectors.tickets import list_tickets_du_dossier
from sne.assistance.verbes import VerbeAssistance
from sne.demo.generation.assistance import jouer_assistance
from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.rules import Role
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.models import Entree
from sne.notifications.models import MessageAgent
from sne.notifications.selectors import lire_chiffre
from sne.recherche.models import EntreeIndex
from sne.recherche.rules import Requete
from sne.recherche.selectors import chercher, suggerer
from sne.registre.demande.selectors.identites import list_noms_portes
from sne.site_pro.models import BrouillonPage
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre
from sne.socle.erreurs import Interdit
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.identifiants import uuid7
from tests.assistance.test_ecrans import lire, poster
from tests.deux_connexions import pendant
from tests.habilitations import factories as comptes
from tests.habilitations.factories import Nom
from tests.registre.factories import deposer

MOT = "Xylophone"
GUICHET, NUD = "guichet:099:G0993", "099031801698299001"
MES_DEMANDES = "/assistance/vue/mes-demandes/"


def entrer(compte: Compte) -> Client:
    return comptes.connecter(Client(), compte)


@pytest.fixture
def gens(db: None) -> dict[str, Compte]:
    return {
        "agent": comptes.creer_agent(nom=Nom("Awa", "Diarra")),
        "voisin": comptes.creer_agent(guichet="G0991"),
        "gt": comptes.creer_gestionnaire(),
        "autre_gt": comptes.creer_gestionnaire("02B"),
        "n1": comptes.creer_support(),
        "n2": comptes.creer_support_n2(),
        "dpo": comptes.creer_dpo(),
        "exploitation": comptes.creer_exploitation(),
        "pole": comptes.creer_pole_metier(),
    }


def demander(compte: Compte, **change: object) -> Ticket:
    saisi = {"categorie": "GENANT", "titre": f"{MOT} en panne", "corps": f"Le {MOT} ne marche plus."}
    return ouvrir_ticket(NouveauTicket(**saisi | change), acte=Acte(comptes.acteur(compte), maintenant()))


def mot_du_menage() -> tuple[Dit, Acte]:
    """What somebody asks from their own pages."""
    demande, compte = uuid7(), uuid7()
    mandat = Mandat("DEMANDEUR", frozenset({"TICKET_OUVRIR"}), Perimetre("099", demande=demande))
    acte = Acte(Acteur(compte, "X", Canal.PGP, (mandat,)), maintenant())
    dit = Dit(
        id=uuid7(),
        demande=demande,
        nud=NUD,
        territoire="099",
        titre=f"{MOT} perdu",
        corps="Où est-il ?",
        categorie="QUESTION",
    )
    return dit, acte


@pytest.mark.django_db(transaction=True)
def test_a_form_of_a_household_that_comes_twice_at_once_is_kept_once() -> None:
    dit, acte = mot_du_menage()
    pendant(partial(ecrire_en_menage, dit, acte=acte), partial(ecrire_en_menage, dit, acte=acte))
    assert MotDuMenage.objects.count() == 1


def du_menage() -> Ticket:
    """A question that somebody asked from their own pages."""
    dit, acte = mot_du_menage()
    with pytest.raises(Interdit, match="Choisissez"):
        ecrire_en_menage(replace(dit, categorie="CONTENU"), acte=acte)
    ecrire_en_menage(dit, acte=acte)
    assert [prendre_le_mot(dit.id, acte=acte) for _ in range(2)] == [True, False]
    (lu,) = list_du_menage(acte.acteur.id, NUD, le=maintenant())
    return Ticket.objects.get(numero=lu.numero)


def refuse_comme_un_numero_inconnu(client: Client, ticket: Ticket, page: str) -> None:
    """The page of a refusal, its length, each act."""
    faux = client.get(reverse("assistance-ticket", args=["A-2026-999999"]))
    ote = page.replace(ticket.numero, "")
    assert len(ote) == len(faux.content.decode().replace("A-2026-999999", ""))
    assert MOT not in ote
    for geste in ("repondre", "partager", "resoudre", "utile", "cacher"):
        adresse = reverse("assistance-ticket", args=[ticket.numero])
        refus = client.post(f"{adresse}{geste}/", {"corps": "x", "cle": GUICHET, "reponse": "OUI"})
        assert refus.status_code == 404, geste


def test_nobody_without_a_key_learns_anything_of_a_ticket(gens) -> None:
    partage = demander(gens["agent"], partage=GUICHET)
    secret = demander(gens["agent"], categorie="SECURITE", titre=f"{MOT} volé")
    acte = Acte(comptes.acteur(gens["gt"]), maintenant())
    ecrire(partage.numero, Ecrit(corps="Zibeline entre nous.", interne=True), acte=acte)
    ecrire(partage.numero, Ecrit(corps="Réparé.", suite="RESOLU"), acte=acte)
    ecrire(
        secret.numero,
        Ecrit(corps="Vu.", suite="RESOLU"),
        acte=Acte(comptes.acteur(gens["dpo"]), maintenant()),
    )
    neuf, fuite = (demander(gens["agent"], categorie=c, titre=f"{MOT} {c}") for c in ("GENANT", "SECURITE"))
    menage = du_menage()
    lisent = {
        partage: {"agent", "gt"},
        neuf: {"agent", "gt"},
        menage: {"n1"},
        secret: {"agent", "dpo"},
        fuite: {"agent", "dpo"},
    }
    corps = {}
    for nom, compte in gens.items():
        client, acteur = entrer(compte), comptes.acteur(compte)
        for ticket, qui in lisent.items():
            adresse = reverse("assistance-ticket", args=[ticket.numero])
            reponse = client.get(adresse)
            assert (reponse.status_code == 200) == (nom in qui), (nom, ticket)
            assert ("Zibeline" in reponse.content.decode()) == (nom == "gt" and ticket == partage)
            if reponse.status_code == 404:
                refuse_comme_un_numero_inconnu(client, ticket, reponse.content.decode())
        vues = ("mes-demandes", "toutes", "a-prendre", "du-niveau", "en-retard")
        listes = "".join(client.get(f"/assistance/vue/{v}/").content.decode() for v in vues)
        for ticket, qui in lisent.items():
            assert (ticket.titre in listes) == (nom in qui), (nom, ticket.titre)
        assert compter_qui_attend(acteur) == (nom in {"gt", "dpo", "n1"}), nom
        assert [t for t, _ in list_tickets_du_dossier(NUD, acteur)] == [menage] * (nom == "n1")
        assert list_du_menage(compte.id, NUD, le=maintenant()) == ()
        cles = cles_du_lecteur(acteur)
        trouves = chercher(Requete(MOT), cles=cles, le=maintenant())
        assert trouves.total == trouves.genres.get("TICKET", 0) == int(nom in lisent[partage]), nom
        assert chercher(Requete("Zibeline"), cles=cles, le=maintenant()).total == 0
        assert bool(suggerer(MOT, cles=cles, le=maintenant())) == (nom in lisent[partage])
        proposes = [p.titre for p in proposer(MOT, acteur, le=maintenant(), pages=["FICHE"])]
        assert proposes == [f"{MOT} en panne"] * (nom in lisent[partage]), nom
        corps[nom] = client.get("/aide/").content.decode()
    assert Client().get(f"/assistance/{partage.numero}/").status_code == 302
    assert not any(MOT in page for page in corps.values())
    assert EntreeIndex.objects.filter(genre="TICKET").count() == 1
    for message in MessageAgent.objects.all():
        dit = str(lire_chiffre(message, "contexte"))
        assert MOT not in dit
        assert "Zibeline" not in dit
    Habilitation.objects.filter(compte=gens["gt"]).update(fin=aujourd_hui())
    comptes.dire_les_retraits(gens["gt"])
    assert entrer(gens["gt"]).get(f"/assistance/{partage.numero}/").status_code == 403


def test_level_two_opens_a_file_through_its_ticket_and_the_history_says_so(gens) -> None:
    demande = deposer()
    n2 = entrer(gens["n2"])
    ticket = demander(gens["gt"], corps=f"Le dossier {demande.nud} est vide.")
    adresse = f"/assistance/{ticket.numero}/dossier/{demande.nud}/"
    assert f'href="{adresse}"' in lire(n2, f"/assistance/{ticket.numero}/")
    assert "inscrite dans l’historique" in lire(n2, adresse)
    assert lire(n2, f"/assistance/{ticket.numero}/dossier/099031801698299001/", 404)
    assert n2.get(f"/demandes/{demande.nud}/").status_code == 403
    lu = poster(n2, adresse, 200)
    assert "Déposée le" in lu
    assert "<dd>Active</dd>" in lu
    assert re.search("<dd>Élodie[^<]* Dubreuil, numéro de sécurité sociale", lu)
    lecture = Entree.objects.filter(verbe="CONSULTER").latest("inscrit_le")
    assert lecture.faits == {"motif": ticket.numero, "pour": "ASSISTANCE"}
    assert lecture.demande == demande.demande_id
    assert lecture.acteur["role"] == "SUPPORT_N2"
    gt = entrer(gens["gt"])
    dossier = lire(gt, f"/demandes/{demande.nud}/")
    assert "Demandes d’assistance sur ce dossier" in dossier
    assert ticket.numero in dossier
    assert demande.nud in lire(gt, f"/assistance/nouvelle/?dossier={demande.nud}")
    assert "pour répondre à une demande d’aide" in lire(gt, f"/demandes/{demande.nud}/historique/demandeur/")
    ecrire(
        ticket.numero,
        Ecrit(corps="Fait.", suite="RESOLU"),
        acte=Acte(comptes.acteur(gens["n2"]), maintenant()),
    )
    assert poster(n2, adresse, 404)


def test_incidents_emails_figures_and_the_site_on_their_screens(gens) -> None:
    n2, agent = entrer(gens["n2"]), entrer(gens["agent"])
    assert "Donnez un titre" in poster(n2, "/assistance/incidents/", 200, titre="")
    dit = {"titre": "Lenteurs", "phrase": "Le service est lent.", "mots": "lent", "vues": ["recherche"]}
    assert "Sélectionnez" in poster(n2, "/assistance/incidents/", 200, **dit | {"vues": ["ailleurs"]})
    poster(n2, "/assistance/incidents/", **dit)
    incident = Incident.objects.get()
    assert "Le service est lent." in lire(Client(), "/aide/")
    adresse = f"/assistance/incidents/{incident.id}/"
    assert "Terminer" not in lire(agent, adresse)
    ailleurs = "/assistance/vue/mes-demandes/"
    assert "Le service est lent." in lire(agent, "/rechercher/")
    assert "Le service est lent." not in lire(agent, ailleurs)
    un, deux = (demander(gens["gt"]) for _ in range(2))
    page = f"/assistance/{un.numero}/"
    poster(n2, f"{page}relier/", quoi="incident", incident=str(incident.id))
    poster(n2, f"{page}relier/", quoi="incident", incident="x")
    poster(n2, f"/assistance/{deux.numero}/relier/", quoi="doublon", autre=un.numero.lower())
    poster(n2, f"/assistance/{deux.numero}/relier/", quoi="doublon", autre="A-2026-999999")
    message = deux.messages.first()
    poster(n2, f"/assistance/{deux.numero}/relier/", quoi="separer", message=str(message.id), titre="À part")
    assert Ticket.objects.filter(titre="À part", demandeur=gens["gt"].id).exists()
    assert "demande réunie à celle-ci" in lire(n2, page)
    assert f'Réunie à <a class="fr-link" href="{page}">' in lire(n2, f"/assistance/{deux.numero}/")
    assert "Incident" in lire(n2, "/assistance/vue/par-incident/")
    assert "Écrivez la réponse" in poster(n2, f"{adresse}finir/", 200, reponse="")
    poster(n2, f"{adresse}finir/", reponse="Réparé par Diarra, 099 0318 016982 99001.")
    un.refresh_from_db()
    assert un.statut == "RESOLU"
    assert "Réparé" in lire(agent, adresse)
    assert "Le service est lent." not in lire(agent, "/rechercher/")
    assert n2.get("/assistance/courriels/").status_code == 200
    for lecteur in (n2, entrer(gens["exploitation"])):
        assert "Première réponse" in lire(lecteur, "/assistance/chiffres/")
    assert agent.get("/assistance/chiffres/").status_code == 403
    assert entrer(gens["gt"]).get("/assistance/incidents/").status_code == 403
    brouillon = poster(n2, f"{page}proposer/")
    contenu = BrouillonPage.objects.get(id=brouillon.split("/")[-2]).contenu
    assert "99001" not in contenu["corps"]
    assert "[…]" in contenu["corps"]
    poster(n2, "/assistance/vues/nommer/", nom="À voir", vue="toutes", categorie="GENANT")
    assert "À voir" in lire(n2, "/assistance/vue/toutes/?categorie=GENANT&territoire=!&incident=x&page=0")
    poster(n2, "/assistance/vues/oublier/", nom="À voir")
    poster(n2, "/assistance/equipes/", categorie="QUESTION", cle="")
    assert "(par défaut)" in lire(n2, "/assistance/equipes/")
    assert n2.get("/assistance/proposer/", {"q": "lent"}).json()["phrase"] == "Aucune proposition."
    assert lire(n2, "/assistance/vue/inconnue/", 404)


def test_a_draft_for_the_site_names_nobody_and_says_no_note(gens) -> None:
    demande = deposer()
    portes = list_noms_portes([demande.nud])
    assert portes
    nom = max(portes, key=len)
    corps = f"Bonjour Mme Petit, le dossier {demande.nud} de {nom.title()} est complet. Voir le guide."
    ticket = demander(gens["gt"], titre=f"Le dossier de {nom}", corps=f"Dossier {demande.nud}.")
    acte = Acte(comptes.acteur(gens["n2"]), maintenant())
    ecrire(ticket.numero, Ecrit(corps=corps), acte=acte)
    ecrire(ticket.numero, Ecrit(corps="Zibeline.", interne=True), acte=acte)
    resoudre_soi_meme(ticket.numero, acte=Acte(comptes.acteur(gens["gt"]), maintenant()))
    brouillon = poster(entrer(gens["n2"]), f"/assistance/{ticket.numero}/proposer/")
    contenu = BrouillonPage.objects.get(id=brouillon.split("/")[-2]).contenu
    assert contenu["titre"] == "Le dossier de […]"
    assert contenu["corps"] == (
        "## Réponse\nBonjour Mme […], le dossier […] de […] est complet. Voir le guide."
    )
    assert "Zibeline" not in str(contenu)


def test_a_ticket_whose_state_is_not_known_is_shown_as_it_is_written(gens) -> None:
    ticket = demander(gens["agent"])
    Ticket.objects.filter(pk=ticket.pk).update(statut="SUSPENDU")
    dire(VerbeAssistance.CHANGER_TICKET, ticket, acte=Acte(comptes.acteur(gens["gt"]), maintenant()))
    for nom in ("agent", "gt"):
        assert "SUSPENDU" in lire(entrer(gens[nom]), f"/assistance/{ticket.numero}/")
    assert "SUSPENDU" in lire(entrer(gens["agent"]), "/assistance/vue/mes-demandes/")


def test_a_ticket_is_handed_over_shared_and_refused_on_its_screen(gens) -> None:
    ticket = demander(gens["agent"])
    gt, agent = entrer(gens["gt"]), entrer(gens["agent"])
    page = f"/assistance/{ticket.numero}/"
    assert "Écrivez votre message" in poster(gt, f"{page}repondre/", 200, corps="", suite="EN_COURS")
    assert "une phrase" in poster(gt, f"{page}passer/", 200, vers="N2", motif="")
    poster(agent, f"{page}partager/", cle=GUICHET)
    assert "Ne plus partager" in lire(agent, page)
    poster(agent, f"{page}ne-plus-partager/", cle=GUICHET)
    poster(agent, f"{page}resoudre/")
    assert "terminée" in poster(gt, f"{page}passer/", 200, vers="N2", motif="Trop tard")
    poster(agent, f"{page}repondre/", corps="Finalement non.")
    assert poster(gt, f"{page}passer/", vers="DPO", motif="Fuite de dossiers") == "/assistance/"
    assert f"{ticket.numero} est passée. Son auteur est prévenu." in lire(gt, MES_DEMANDES)
    assert gt.get(page).status_code == 404
    lu = lire(entrer(gens["dpo"]), page)
    assert "Confidentielle" in lu
    assert (
        "Décision de notifier ou non attendue avant le" in lu
    )  # beside the first answer, which is due first
    assert "Réponse attendue avant le" in lu
    assert (
        "De «\u00a0Gestionnaire territorial\u00a0» à «\u00a0Délégué à la protection des données\u00a0»" in lu
    )
    assert Entree.objects.filter(verbe="LIRE_TICKET_DPO").count() == 1
    assert "Décision de notifier" not in lire(agent, page)


def test_an_author_is_said_to_be_told_only_where_it_is_sure(gens) -> None:
    """A household may have no e-mail; an account that is closed is written to no more."""
    menage, parti, n1, gt = du_menage(), demander(gens["agent"]), entrer(gens["n1"]), entrer(gens["gt"])
    poster(n1, f"/assistance/{menage.numero}/passer/", vers="N2", motif="Le défaut est national.")
    assert f"{menage.numero} est passée. La personne est prévenue, si un courriel" in lire(n1, MES_DEMANDES)
    Compte.objects.filter(pk=gens["agent"].pk).update(actif=False)
    comptes.dire(VerbeHabilitation.MODIFIER_COMPTE, compte=gens["agent"].pk)
    poster(gt, f"/assistance/{parti.numero}/passer/", vers="N2", motif="Le défaut est national.")
    lu = lire(gt, MES_DEMANDES)
    assert f"{parti.numero} est passée." in lu
    assert "Son auteur est prévenu" not in lu


def test_the_desk_of_the_demonstration_has_every_state_and_is_played_once(gens) -> None:
    noms = {Role.AGENT_GUICHET: "agent", Role.GESTIONNAIRE_TERRITORIAL: "gt", Role.SUPPORT_N2: "n2"}
    for _ in range(2):
        jouer_assistance({r: comptes.acteur(gens[nom]) for r, nom in noms.items()}, le=maintenant())
    etats = set(Ticket.objects.values_list("statut", flat=True))
    assert etats == {"NOUVEAU", "EN_COURS", "ATTENTE_DEMANDEUR", "ATTENTE_TIERS", "RESOLU"}
    assert Ticket.objects.filter(incident=Incident.objects.get(fin=None)).count() == 1
    assert set(Ticket.objects.values_list("niveau", flat=True)) == {"GT", "N2", "DPO"}
    assert Ticket.objects.count() == 8
