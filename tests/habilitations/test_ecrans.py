"""Screens of the rights of others: what each role sees and may do, forms that lose nothing, constant statements."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from sne.habilitations import tasks
from sne.habilitations.actions import OuvertureRevue, noter_utilisation, ouvrir_revue
from sne.habilitations.models import Compte, Depart, Habilitation, LigneRevue, ReponseRevue, UsageDroit
from sne.habilitations.rules import Role
from sne.habilitations.selectors import list_comptes_de
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.models import Entree, Valeur
from sne.notifications.models import MessageAgent
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, maintenant
from tests.habilitations import factories as f

pytestmark = pytest.mark.django_db


def connecte(compte: Compte) -> Client:
    return f.connecter(Client(), compte)


def lue(client: Client, vue: str, *args: Any, **options: Any) -> str:
    reponse = client.get(reverse(vue, args=args), options)
    assert reponse.status_code == 200
    return reponse.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def test_the_list_stops_at_the_perimeter_and_keeps_its_statements(
    django_assert_max_num_queries: Any,
) -> None:
    gt, agent = f.creer_gestionnaire(), f.creer_agent(nom=f.Nom("Sophie", "Garnier"))
    f.creer_agent(territoire="02B", guichet="GD2B1", nom=f.Nom("Ange", "Leca"))
    client = connecte(gt)
    with django_assert_max_num_queries(18):
        texte = lue(client, "habilitations")
    assert "Sophie Garnier" in texte
    assert "Jamais" in texte
    assert "Ange Leca" not in texte
    noter_utilisation(agent.id, maintenant())
    for nom in ("Lucie", "Thomas", "Ewa"):
        f.creer_agent(nom=f.Nom(nom, "Vidal"))
    with django_assert_max_num_queries(18):
        texte = lue(client, "habilitations", lieu="099-G0993", page="1")
    assert "Historique de ce lieu" in texte
    assert "Personnes habilitées (4)" in texte
    assert "Personne n’a d’habilitation ici" in lue(client, "habilitations", page="9")
    for page in ("0", "-1", "9" * 40, "x"):
        assert "Sophie Garnier" in lue(client, "habilitations", page=page)


@pytest.mark.parametrize("creer", [f.creer_agent, f.creer_support, f.creer_dpo])
def test_who_watches_over_nobody_has_no_screen(creer: Any) -> None:
    client = connecte(creer())
    assert "Habilitations</a>" not in client.get(reverse("mon-compte")).content.decode()
    for vue in ("habilitations", "habilitations-accorder", "revue-ouvrir"):
        assert client.get(reverse(vue)).status_code == 403


def test_the_history_of_a_person_and_of_a_place() -> None:
    gt, agent = f.creer_gestionnaire(nom=f.Nom("Hélène", "Marchand")), f.creer_agent()
    exploitant = f.creer_exploitation()
    UsageDroit.objects.create(
        territoire="099",
        compte=agent.id,
        role="AGENT_GUICHET",
        guichet="G0993",
        verbe="RADIER",
        dernier_le=maintenant(),
    )
    client = connecte(gt)
    texte = lue(client, "habilitations-personne", agent.id)
    assert ": Accordée, le service" in texte
    assert "Radier une demande" in texte
    assert "droits jamais utilisés" in texte
    tenue = Habilitation.objects.get(compte=agent)
    page = reverse("habilitations-retirer", args=[agent.id, tenue.id])
    assert "Choisissez une raison" in client.post(page, {}).content.decode()
    assert client.post(page, {"motif": "SECURITE"}).status_code == 302
    for vue, args in (("habilitations-personne", [agent.id]), ("habilitations-guichet", ["099", "G0993"])):
        texte = lue(client, vue, *args)
        assert "Terminée" in texte
        assert "sécurité, Hélène Marchand" in texte
    assert "Sans responsable de guichet".lower() in lue(client, "habilitations")
    assert "Lieux dont plus personne ne répond" in lue(client, "accueil")
    assert "Hélène Marchand" in lue(client, "habilitations-territoire", "099")
    ailleurs = f.creer_agent(territoire="02B", guichet="GD2B1")
    for adresse in (
        reverse("habilitations-personne", args=[ailleurs.id]),
        reverse("habilitations-guichet", args=["02B", "GD2B1"]),
        reverse("habilitations-retirer", args=[exploitant.id, tenue.id]),
        reverse("habilitations-retirer", args=[gt.id, tenue.id]),
    ):
        assert client.get(adresse).status_code == 404


def test_the_history_of_a_place_keeps_what_is_in_force_and_says_where_it_stops(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client, le = connecte(f.creer_gestionnaire()), maintenant()
    f.creer_agent(nom=f.Nom("Sophie", "Garnier"), le=le - timedelta(days=30))
    partie = f.creer_agent(nom=f.Nom("Ewa", "Vidal"), le=le - timedelta(days=10))
    Habilitation.objects.filter(compte=partie).update(fin=aujourd_hui())
    f.dire_les_retraits(partie)
    page = lue(client, "habilitations-guichet", "099", "G0993")
    assert "Ewa Vidal" in page
    assert "au plus" not in page
    for ou in ("selectors.histoire", "views.droits"):
        monkeypatch.setattr(f"sne.habilitations.{ou}.AU_PLUS", 1)
    page = lue(client, "habilitations-guichet", "099", "G0993")
    assert "Sophie Garnier" in page
    assert "Ewa Vidal" not in page
    assert "La page en montre 1 au plus" in page


def test_granting_names_the_wrong_field_and_keeps_what_was_typed() -> None:
    gt, agent = f.creer_gestionnaire(), f.creer_agent()
    client, page = connecte(gt), reverse("habilitations-accorder")
    assert agent.courriel in lue(client, "habilitations-accorder", compte=str(agent.id))
    saisie = {"courriel": "personne@exemple.fr", "role": "AGENT_GUICHET", "lieu": "099-G0991"}
    texte = client.post(page, saisie).content.decode()
    assert "Aucun compte n’a cette adresse" in texte
    assert "personne@exemple.fr" in texte
    saisie["courriel"] = agent.courriel
    assert "indiquez lequel" in client.post(page, {**saisie, "lieu": "099-"}).content.decode()
    assert client.post(page, saisie).status_code == 302
    assert agent.habilitations.filter(guichet="G0991").exists()
    assert (
        "Vous ne pouvez pas accorder ce rôle" in client.post(page, {**saisie, "role": "DPO"}).content.decode()
    )
    assert client.post(page, {**saisie, "courriel": gt.courriel}).status_code == 403  # to oneself


def test_a_departure_says_what_it_ends_and_hands_over() -> None:
    gt, agent, collegue = (
        f.creer_gestionnaire(),
        f.creer_agent(),
        f.creer_agent(nom=f.Nom("Ewa", "Zielińska")),
    )
    f.ouvrir_une_saisie(agent)
    client, page = connecte(gt), reverse("habilitations-depart", args=[agent.id])
    texte = client.get(page).content.decode()
    assert "1 saisie en cours" in texte
    assert "Ewa Zielińska" in texte
    saisie = {"effet": f"{aujourd_hui():%d/%m/%Y}", "motif": "AUTRE"}
    texte = client.post(page, {**saisie, "motif": "MUTATION"}).content.decode()
    assert "Choisissez qui le reprend" in texte
    saisie["successeur"] = str(collegue.id)
    assert "pourquoi cette personne part" in client.post(page, saisie).content.decode()
    assert client.post(page, {**saisie, "precision": "Disponibilité"}).status_code == 302
    assert Depart.objects.get().successeur == collegue
    assert "« Disponibilité »" in lue(client, "habilitations-personne", agent.id)
    assert "Rien à confier" in lue(client, "habilitations-depart", f.creer_agent().id)


def test_two_accounts_of_one_person_are_linked_by_national_operation() -> None:
    agent, autre = f.creer_agent(), f.creer_agent(guichet="G0991")
    page = reverse("habilitations-relier", args=[agent.id])
    assert connecte(f.creer_gestionnaire()).get(page).status_code == 403
    client = connecte(f.creer_exploitation())
    saisie = {"courriel": "inconnu@exemple.fr", "motif": "Même matricule"}
    assert "Aucun compte" in client.post(page, saisie).content.decode()
    saisie["courriel"] = autre.courriel
    assert "Dites comment vous savez" in client.post(page, {**saisie, "motif": ""}).content.decode()
    assert client.post(page, saisie).status_code == 302
    assert list_comptes_de(agent.id) == {agent.id, autre.id}
    entree = Entree.objects.get(verbe="LIER_COMPTES")
    assert Valeur.objects.get(entree=entree.id).valeur == "Même matricule"
    assert autre.courriel in lue(client, "habilitations-personne", agent.id)
    assert "déjà reconnus" in client.post(page, saisie).content.decode()


@pytest.mark.decision("D-2024-06")
def test_a_review_is_opened_and_answered_line_by_line() -> None:
    responsable, agent, autre = f.creer_responsable(), f.creer_agent(), f.creer_agent()
    client, ouvrir = connecte(f.creer_gestionnaire()), reverse("revue-ouvrir")
    assert "il n’y a rien à revoir" in client.post(ouvrir, {"lieu": "099-G0991"}).content.decode()
    assert (
        "il est passé"
        in client.post(ouvrir, {"lieu": "099-G0993", "limite": f"{aujourd_hui():%d/%m/%Y}"})
        .content.decode()
        .lower()
    )
    page = client.post(ouvrir, {"lieu": "099-G0993"}).headers["Location"]
    texte = client.get(page).content.decode()
    assert "À revoir (3)" in texte
    client = connecte(responsable)
    assert "À revoir (2)" in client.get(page).content.decode()
    assert "Personne ne revoit son propre accès" in client.get(page).content.decode()
    siennes, autres = (LigneRevue.objects.get(habilitation__compte=c).id for c in (agent, autre))
    texte = client.post(
        page, {f"{siennes}-reponse": "CONSERVER", f"{autres}-reponse": "RETIRER"}
    ).content.decode()
    assert "Réponses enregistrées" in texte  # one is kept, the other waits for its reason
    assert "dites pourquoi" in texte.lower()
    assert ReponseRevue.objects.count() == 1
    reponse = client.post(
        page, {f"{autres}-reponse": "RETIRER", f"{autres}-motif": "Partie en mai"}, follow=True
    )
    texte = reponse.content.decode()
    assert "Partie en mai" in texte
    assert "À revoir (0)" in texte
    assert "Retirée" in texte
    assert client.post(page, {f"{siennes}-reponse": "CONSERVER"}).status_code == 302  # unchanged
    assert ReponseRevue.objects.count() == 2
    assert "Revue" in lue(client, "habilitations")
    gestionnaire = lue(connecte(f.creer_gestionnaire()), "accueil")
    assert "Habilitations à revoir" in gestionnaire  # the manager's own role waits for the territory's
    assert "Habilitations à revoir" not in lue(client, "accueil")


def test_the_national_campaign_is_opened_by_national_operation() -> None:
    page = reverse("revue-nationale")
    assert connecte(f.creer_gestionnaire()).post(page, {"modele": "NATIONALE_2024"}).status_code == 404
    exploitant, demandee = f.creer_exploitation(), {"modele": "NATIONALE_2024"}
    client = connecte(exploitant)
    assert "Ouvrir dans tous les territoires" in lue(client, "revue-ouvrir")
    assert client.post(page, {"modele": "TRIMESTRIELLE"}).status_code == 404
    assert "Campagne nationale demandée" in client.post(page, demandee, follow=True).content.decode()
    client.post(page, demandee)
    premiere, deuxieme = ProcrastinateJob.objects.filter(task_name=tasks.OUVRIR_PARTOUT).order_by("id")
    assert premiere.lock == deuxieme.lock == tasks.OUVRIR_PARTOUT  # one after the other
    assert tasks.ouvrir_partout(**premiere.args) == 2
    jobs = ProcrastinateJob.objects.filter(task_name=tasks.OUVRIR_ICI)
    contexte: Any = SimpleNamespace(job=SimpleNamespace(attempts=0))
    for attendus in ([True, True], [False, False]):
        assert [tasks.ouvrir_ici(contexte, **job.args) for job in jobs] == attendus
    assert tasks.ouvrir_partout(**deuxieme.args) == 0
    f.creer_agent(territoire="02B", guichet="GD2B1")
    Compte.objects.filter(id=exploitant.id).update(actif=False)
    f.dire(VerbeHabilitation.MODIFIER_COMPTE, compte=exploitant.id)
    assert tasks.ouvrir_partout(**deuxieme.args) == 0
    assert not tasks.ouvrir_ici(contexte, **{**jobs[0].args, "territoire": "02B"})
    Compte.objects.filter(id=exploitant.id).update(actif=True)
    texte = lue(client, "habilitations")
    assert "2 revues ouvertes sur 3" in texte
    assert "Campagne nationale de mise à jour des droits d’accès" in texte


def test_a_review_reads_in_a_constant_number_of_statements(django_assert_max_num_queries: Any) -> None:
    gt = f.creer_gestionnaire()
    f.creer_agent()
    client = connecte(gt)
    for nombre in (1, 3):
        for _ in range(nombre - 1):
            f.creer_agent(guichet="G0991")
        guichet = "G0993" if nombre == 1 else "G0991"
        campagne = ouvrir_revue(OuvertureRevue("099", guichet), acte=Acte(f.acteur(gt), maintenant()))
        with django_assert_max_num_queries(20):
            lue(client, "revue", campagne)


def test_my_account_says_what_became_of_my_rights() -> None:
    compte = f.creer_agent()
    f.habiliter(
        compte, Role.AGENT_GUICHET, territoire="099", guichet="G0991", debut=aujourd_hui() + timedelta(days=9)
    )
    assert "Suspendue" not in lue(connecte(compte), "mon-compte")


def test_the_nation_grants_what_the_page_of_roles_says() -> None:
    """Agents and guichet managers too: a territory that has no manager yet waits for nobody."""
    agent = f.creer_agent()
    client, page = connecte(f.creer_exploitation()), reverse("habilitations-accorder")
    assert "Code du guichet" in lue(client, "habilitations-accorder")
    saisie = {"courriel": agent.courriel, "role": "AGENT_GUICHET", "lieu": "099-", "guichet": "G9999"}
    texte = client.post(page, saisie).content.decode()
    assert "G9999 n’est pas ouvert" in texte
    assert "indiquez lequel" in client.post(page, {**saisie, "guichet": ""}).content.decode()
    assert client.post(page, {**saisie, "guichet": " g0991 "}).status_code == 302
    assert agent.habilitations.filter(guichet="G0991", role="AGENT_GUICHET").exists()


def test_a_territory_chooses_its_guichets_in_the_list() -> None:
    assert "Code du guichet" not in lue(connecte(f.creer_gestionnaire()), "habilitations-accorder")


def test_a_manager_opens_an_account_and_the_person_comes_in_with_the_code_of_hand() -> None:
    """The address receives where to sign in, never the code; the code serves once, then a password is chosen."""
    gt = f.creer_gestionnaire(nom=f.Nom("Hélène", "Marchand"))
    client, page = connecte(gt), reverse("habilitations-inviter")
    saisie = {
        "prenom": "Ana",
        "nom": "Silva",
        "courriel": gt.courriel,
        "role": "AGENT_GUICHET",
        "lieu": "099-G0991",
    }
    assert "Ouvrir un compte" in lue(client, "habilitations")
    assert "un compte existe déjà avec cette adresse" in client.post(page, saisie).content.decode().lower()
    assert "Indiquez le prénom" in client.post(page, saisie | {"prenom": ""}).content.decode()
    nouvelle = saisie | {"courriel": "ana.silva@exemple.fr"}
    assert "fr-message--error" in client.post(page, nouvelle | {"lieu": "099"}).content.decode()
    assert Compte.objects.filter(nom="Silva").count() == 0
    montree = client.post(page, nouvelle).content.decode()
    (code,) = re.findall(r"(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}", montree)
    compte = Compte.objects.get(nom="Silva")
    assert compte.check_password(code)
    assert compte.mot_de_passe_provisoire
    assert Habilitation.objects.get(compte=compte).role == Role.AGENT_GUICHET
    message = MessageAgent.objects.get()
    assert (message.genre, code in str(message.contexte)) == ("COMPTE_OUVERT", False)
    for verbe in (VerbeHabilitation.CREER_COMPTE, VerbeHabilitation.ACCORDER_HABILITATION):
        assert Entree.objects.filter(verbe=verbe, acteur__id=str(gt.id)).exists()


def test_a_lost_way_in_is_given_back_by_the_manager_and_told() -> None:
    gt, agent = f.creer_gestionnaire(), f.creer_agent()
    client, page = connecte(gt), reverse("habilitations-redonner", args=[agent.id])
    assert page in lue(client, "habilitations-personne", agent.id)
    assert "Vérifiez d’abord que c’est bien cette personne" in lue(client, "habilitations-redonner", agent.id)
    (code,) = re.findall(r"(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}", client.post(page).content.decode())
    agent.refresh_from_db()
    assert agent.check_password(code)
    assert agent.mot_de_passe_provisoire
    assert MessageAgent.objects.get().genre == "ACCES_REDONNE"
    entree = Entree.objects.get(verbe=VerbeHabilitation.MODIFIER_COMPTE)
    assert (entree.acteur["id"], entree.faits["champ"]) == (str(gt.id), "ACCES")
    assert client.get(reverse("habilitations-redonner", args=[gt.id])).status_code == 403
    assert reverse("habilitations-redonner", args=[gt.id]) not in lue(client, "habilitations-personne", gt.id)
    exploitant = f.creer_exploitation()
    assert client.get(reverse("habilitations-redonner", args=[exploitant.id])).status_code == 404
    responsable = connecte(f.creer_responsable())
    assert responsable.get(page).status_code == 403
    assert "Redonner un accès" not in lue(responsable, "habilitations-personne", agent.id)
