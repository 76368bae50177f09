"""ProConnect beside password and code, against a provider played over HTTP: linked by the holder, then a way in."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from sne.habilitations import proconnect
from sne.habilitations.actions import reinitialiser_acces
from sne.habilitations.actions.proconnect import delier_proconnect, relier_proconnect
from sne.habilitations.models import Compte
from sne.habilitations.ouvertes import list_ouvertes
from sne.habilitations.rules import acteur_systeme
from sne.habilitations.sessions import SessionStore
from sne.journal.models import Entree
from sne.oidc.rules.identite import IdentiteProfessionnelle
from sne.simulation.fournisseur.protocole import PROCONNECT, Fournisseur, Partenaire
from sne.simulation.fournisseur.serveur import Serveur
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal
from sne.socle.erreurs import Interdit, NonHabilite
from sne.socle.horloge import maintenant
from tests.habilitations import factories as f

pytestmark = pytest.mark.django_db
ICI = "http://localhost"
JEANNE, PAUL = "jeanne", "paul"


@contextmanager
def joue(settings: Any, **profil: Any) -> Iterator[Fournisseur]:
    """ProConnect played in this process, registered for this site."""
    serveur = Serveur()
    retours = f"{ICI}{reverse('proconnect-retour')}", f"{ICI}{reverse('proconnect-deconnecte')}"
    partenaire = Partenaire("sne", "secret", *retours)
    choisi = replace(PROCONNECT, **profil)
    serveur.fournisseur = Fournisseur(serveur.emetteur, choisi, partenaire, lambda: maintenant().timestamp())
    threading.Thread(target=serveur.serve_forever, args=(0.02,), daemon=True).start()
    settings.PROCONNECT = {"emetteur": serveur.emetteur, "client_id": "sne", "secret": "secret"}
    settings.URL_PUBLIQUE = f"{ICI}/"
    proconnect._client.cache_clear()
    try:
        yield serveur.fournisseur
    finally:
        proconnect._client.cache_clear()
        serveur.shutdown()
        serveur.server_close()


@pytest.fixture
def pc(settings: Any) -> Iterator[Fournisseur]:
    with joue(settings) as fournisseur:
        yield fournisseur


@pytest.fixture
def seul() -> Iterator[None]:
    """ProConnect is the only way in."""
    with mock.patch.object(proconnect, "est_seul", return_value=True):
        yield


def partir(client: Client, page: str, **champs: str) -> dict[str, str]:
    """What the browser takes to ProConnect from this page."""
    reponse = client.post(reverse(page), champs)
    assert reponse.status_code == 303
    return {nom: v[0] for nom, v in parse_qs(urlsplit(reponse.headers["Location"]).query).items()}


def revenir(client: Client, pc: Fournisseur, champs: dict[str, str], qui: str) -> Any:
    return client.get(pc.accorder(champs, qui).removeprefix(ICI))


def relier(client: Client, pc: Fournisseur, qui: str = JEANNE) -> Any:
    return revenir(client, pc, partir(client, "proconnect", mot_de_passe=f.MOT_DE_PASSE), qui)


def entrer(client: Client, pc: Fournisseur, qui: str = JEANNE) -> Any:
    return revenir(client, pc, partir(client, "proconnect-partir"), qui)


def connecte(client: Client) -> bool:
    return client.get(reverse("mon-compte")).status_code == 200


def relie(pc: Fournisseur) -> Compte:
    """An agent who linked their account, and left."""
    compte = f.creer_agent()
    client = f.connecter(Client(), compte)
    assert relier(client, pc).headers["Location"] == reverse("mon-compte")
    client.post(reverse("deconnexion"))
    return compte


def test_linked_by_its_holder_then_opened_by_two_factors_over_there(pc: Fournisseur) -> None:
    compte, navigateur = relie(pc), Client()
    assert "S’identifier avec ProConnect" in navigateur.get(reverse("connexion")).content.decode()
    reponse = entrer(navigateur, pc)
    assert reponse.headers["Location"] == reverse("accueil")
    assert connecte(navigateur)
    reliee = Entree.objects.get(verbe="MODIFIER_COMPTE", faits__champ="PROCONNECT")
    assert reliee.faits == {"compte": str(compte.id), "champ": "PROCONNECT", "reliee": True}
    assert Entree.objects.filter(verbe="CONNEXION", faits__par="PROCONNECT").count() == 1
    with connection.cursor() as curseur:
        curseur.execute("SELECT session_data FROM django_session")
        gardees = [SessionStore().decode(donnees) for (donnees,) in curseur]
    assert any(proconnect.CLE_JETON in gardee for gardee in gardees)
    assert not re.search(r"eyJ[\w-]+\.eyJ", str(gardees)), "the token is not in clear"


def test_leaving_ends_the_session_over_there_too(pc: Fournisseur) -> None:
    relie(pc)
    navigateur = Client()
    entrer(navigateur, pc)
    reponse = navigateur.post(reverse("deconnexion"))
    assert reponse.status_code == 303
    lus = parse_qs(urlsplit(reponse.headers["Location"]).query)
    assert lus["post_logout_redirect_uri"] == [f"{ICI}{reverse('proconnect-deconnecte')}"]
    assert not connecte(navigateur)
    assert (
        "Vous êtes déconnecté"
        in navigateur.get(reverse("proconnect-deconnecte"), follow=True).content.decode()
    )


def test_one_factor_over_there_and_our_code(settings: Any, pc: Fournisseur) -> None:
    compte = relie(pc)
    with joue(settings, niveau="eidas1", amr=("pwd",)) as faible:
        navigateur = Client()
        reponse = entrer(navigateur, faible)
        assert reponse.headers["Location"] == reverse("connexion-code")
        assert not connecte(navigateur)
        with time_machine.travel(maintenant() + timedelta(minutes=1)):  # a code serves once
            navigateur.post(reverse("connexion-code"), {"code": f.code_de(compte)})
            assert connecte(navigateur)


def test_nobody_known_opens_nothing_and_says_what_to_do(pc: Fournisseur) -> None:
    compte = f.creer_agent(courriel="paul@example.test")  # an address proves nothing
    navigateur = Client()
    reponse = entrer(navigateur, pc, PAUL)
    assert reponse.status_code == 400
    assert "Aucun compte n’est relié à votre identité ProConnect" in reponse.content.decode()
    assert not connecte(navigateur)
    assert Entree.objects.get(verbe="CONNEXION_REFUSEE").faits["motif"] == "NON_RELIEE"
    compte.refresh_from_db()
    assert compte.proconnect is None


def test_one_identity_opens_one_account(pc: Fournisseur) -> None:
    relie(pc)
    autre = f.connecter(Client(), f.creer_agent(courriel="autre@exemple.fr"))
    reponse = relier(autre, pc)
    assert reponse.status_code == 400
    assert "déjà reliée à un autre compte" in reponse.content.decode()


def test_linking_asks_the_password_again(pc: Fournisseur) -> None:
    client = f.connecter(Client(), f.creer_agent())
    reponse = client.post(reverse("proconnect"), {"mot_de_passe": "autre chose que le bon"})
    assert reponse.status_code == 200
    assert "Ce n’est pas le bon" in reponse.content.decode()


def test_what_another_browser_began_links_nothing(pc: Fournisseur) -> None:
    compte = f.creer_agent()
    client, voleur = f.connecter(Client(), compte), Client()
    champs = partir(client, "proconnect", mot_de_passe=f.MOT_DE_PASSE)
    assert revenir(voleur, pc, champs, JEANNE).status_code == 400
    compte.refresh_from_db()
    assert compte.proconnect is None


def test_a_session_over_meanwhile_links_nothing(pc: Fournisseur) -> None:
    compte = f.creer_agent()
    client = f.connecter(Client(), compte)
    champs = partir(client, "proconnect", mot_de_passe=f.MOT_DE_PASSE)
    Compte.objects.filter(pk=compte.pk).update(sessions_closes_le=maintenant())
    with mock.patch("sne.habilitations.views.proconnect.conclure") as rendu:
        rendu.return_value.retour = reverse("proconnect")
        reponse = revenir(client, pc, champs, JEANNE)
    assert "Votre session a pris fin" in reponse.content.decode()


def test_already_in_nothing_changes(pc: Fournisseur) -> None:
    relie(pc)
    navigateur = Client()
    champs = partir(navigateur, "proconnect-partir")
    entrer(navigateur, pc)
    assert navigateur.post(reverse("proconnect-partir")).headers["Location"] == reverse("connexion")
    assert revenir(navigateur, pc, champs, PAUL).status_code == 400, "the state is of the last departure"


def test_unlinked_it_opens_nothing_any_more(pc: Fournisseur) -> None:
    compte = relie(pc)
    ailleurs = Client()
    entrer(ailleurs, pc)
    client = f.connecter_par_les_pages(Client(), compte)
    compte.refresh_from_db()
    avant = list_ouvertes(compte, ici=client.session.session_key)
    reponse = client.post(reverse("proconnect-delier"), follow=True)
    assert "n’ouvre plus ce compte" in reponse.content.decode()
    compte.refresh_from_db()
    assert compte.proconnect is None
    assert entrer(Client(), pc).status_code == 400
    listees = list_ouvertes(compte, ici=client.session.session_key)
    assert (len(avant), [o.cle for o in listees]) == (2, [o.cle for o in avant if o.celle_ci])
    assert [connecte(client), connecte(ailleurs)] == [True, False], "what it had opened ends with it"
    assert relier(client, pc, PAUL).headers["Location"] == reverse("mon-compte")
    assert not connecte(ailleurs), "another identity gives nothing back"


def test_unlinked_from_a_session_that_it_opened(pc: Fournisseur) -> None:
    compte, client = relie(pc), Client()
    entrer(client, pc)
    reponse = client.post(reverse("proconnect-delier"), follow=True)
    assert reponse.redirect_chain[-1][0].startswith(reverse("connexion"))
    assert "n’ouvre plus ce compte" in reponse.content.decode()
    f.connecter_par_les_pages(client, compte)
    assert connecte(client), "the browser holds no more of it"


def test_reset_forgets_the_link(pc: Fournisseur) -> None:
    compte = relie(pc)
    acte = Acte(acteur_systeme("essais"), maintenant())
    reinitialiser_acces(compte.id, mot_de_passe="une autre phrase bien longue 12", acte=acte)
    assert entrer(Client(), pc).status_code == 400


def test_as_the_only_way_in(pc: Fournisseur, seul: None) -> None:
    compte = f.creer_agent()
    client = f.connecter(Client(), compte)  # by password and code, to link and nothing else
    assert client.get(reverse("accueil")).headers["Location"] == reverse("proconnect")
    relier(client, pc)
    assert client.get(reverse("accueil")).status_code == 200
    autre = Client()
    reponse = autre.post(
        reverse("connexion"), {"courriel": compte.courriel, "mot_de_passe": f.MOT_DE_PASSE}, follow=True
    )
    assert "n’entre que par lui" in reponse.content.decode()
    assert not connecte(autre)
    assert Entree.objects.get(verbe="CONNEXION_REFUSEE").faits["motif"] == "PROCONNECT_SEUL"
    assert entrer(autre, pc).status_code == 302
    assert connecte(autre)


def test_not_set_up_nothing_shows_it(client: Client) -> None:
    assert "ProConnect" not in client.get(reverse("connexion")).content.decode()
    assert client.post(reverse("proconnect-partir")).headers["Location"] == reverse("connexion")
    assert client.get(reverse("proconnect-retour")).headers["Location"] == reverse("connexion")
    connectee = f.connecter(client, f.creer_agent())
    assert "ProConnect n’est pas ouvert" in connectee.get(reverse("proconnect")).content.decode()


def test_one_s_own_account_only() -> None:
    identite = IdentiteProfessionnelle(sub="x", given_name="A", usual_name="B", email="a@exemple.fr")
    compte = f.creer_agent()
    acte = Acte(acteur_systeme("essais"), maintenant())
    with pytest.raises(NonHabilite):
        relier_proconnect(identite, acte=acte)
    with pytest.raises(NonHabilite):
        delier_proconnect(acte=acte)
    sien = Acte(Acteur(id=compte.id, nom="Camille", canal=Canal.GUICHET), maintenant())
    delier_proconnect(acte=sien)  # nothing to do
    relier_proconnect(identite, acte=sien)
    relier_proconnect(identite, acte=sien)
    assert Entree.objects.filter(verbe="MODIFIER_COMPTE", faits__champ="PROCONNECT").count() == 1
    autre = Acte(
        Acteur(id=f.creer_agent(courriel="b@exemple.fr").id, nom="B", canal=Canal.GUICHET), maintenant()
    )
    with pytest.raises(Interdit, match="déjà reliée"):
        relier_proconnect(identite, acte=autre)


def test_failing_journal_leaves_nothing() -> None:
    identite = IdentiteProfessionnelle(sub="x", given_name="A", usual_name="B", email="a@exemple.fr")
    compte = f.creer_agent()
    sien = Acte(Acteur(id=compte.id, nom="Camille", canal=Canal.GUICHET), maintenant())
    with (
        mock.patch("sne.habilitations.actions.proconnect.inscrire", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        relier_proconnect(identite, acte=sien)
    compte.refresh_from_db()
    assert compte.proconnect is None
