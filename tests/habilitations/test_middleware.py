"""Sign-in by default on every address of the project, limits of sessions, the acting person, one's own account."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from sne.habilitations.actions import retirer_habilitation
from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.rules import MotifRetrait, Role
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.models import Entree
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.habilitations import factories as f

pytestmark = pytest.mark.django_db
COMPTE = "/mon-compte/"

# The only addresses that answer somebody who is not signed in. A new one is decided here.
PUBLIQUES = {
    "courriels-suivi",  # a provider's server, which shows a secret of its own
    "lettres-suivi",  # the same, for letters
    "verifier-courriel",  # whoever reads that mailbox, by a signed link
    "courriel-confirme",
    "s-opposer",  # whoever reads the mailbox or the telephone of before, by an opaque link
    "jalons",  # checkpoints of the journal, published
    "jalon",
    "jalons-json",
    "historique-du-lien",  # the link of « s-opposer »
    "contester",
    "retirer-opposition",
    "opposition-recue",
    "opposition-retiree",
    "opposition-rien",
    "aide-etat",  # whether the service works
    "calendrier-flux",  # whoever holds the secret of a calendar: its owner’s rights of that instant are asked
    "aide-accueil",  # the professionals’ site: what is for everybody
    "aide-chercher",
    "aide-suggestions",
    "aide-glossaire",
    "aide-theme",
    "aide-avis",
    "aide-page",
    "aide-pgp",
    "aide-campagne",
    "aide-decisions",
    "aide-decision",
    "aide-documents",
    "aide-fichier",
    "porte",  # what can be done here by somebody who has no account
    "trouver-guichet",
    "connexion",
    "connexion-code",
    "connexion-application",
    "deconnexion",
    "proconnect-deconnecte",
    "proconnect-partir",
    "proconnect-retour",
    "convention-ecole",  # a vendor, where software is tried, and nowhere else
    "convention-ecole-envoyee",
    "convention-ecole-verifier",
    "verifier",
    "verifier-attestation",
    "plan-du-site",
    "accessibilite",
    "donnees-ouvertes",  # open data: everybody's
    "donnees-ouvertes-publique",
    "ne-plus-recevoir",  # whoever reads the mailbox of a subscription, by a signed link
    "donnees-personnelles",
    "mentions-legales",
}
EXEMPLES = {
    "uuid": uuid.UUID(int=7),
    "int": 7,
    "slug": "essai",
    "str": "essai",
    "path": "essai",
}


def adresses() -> Iterator[tuple[str, URLPattern]]:
    """Every named address of the project with a plausible value for each part."""

    def parcourir(motifs: list[Any]) -> Iterator[URLPattern]:
        for motif in motifs:
            yield from parcourir(motif.url_patterns) if isinstance(motif, URLResolver) else [motif]

    for motif in parcourir(get_resolver().url_patterns):
        valeurs = {nom: exemple(conv) for nom, conv in motif.pattern.converters.items()}
        yield reverse(str(motif.name), kwargs=valeurs), motif


def exemple(convertisseur: Any) -> Any:
    """A value that this converter takes: a known one, or what it declares itself (``exemple``)."""
    nom = type(convertisseur).__name__.removesuffix("Converter").removesuffix("String").lower() or "str"
    return getattr(
        convertisseur, "exemple", EXEMPLES.get({"string": "str"}.get(nom, nom), "099061900412799993")
    )


def test_every_address_requires_sign_in_unless_listed(client: Client) -> None:
    ouvertes = set()
    for adresse, motif in adresses():
        for reponse in (client.get(adresse), client.post(adresse)):
            if reponse.status_code != 302 or (
                not reponse.url.startswith("/connexion/?suite") and reponse.url != "/connexion/"
            ):
                ouvertes.add(motif.name)
    assert ouvertes == PUBLIQUES


def test_method_refused_answers_with_a_page_of_ours(client: Client) -> None:
    """An address that only takes a form, opened by itself, or the other way round: never the browser's own page."""
    f.connecter(client, f.creer_agent())
    refusees = set()
    for adresse, motif in adresses():
        for reponse in (client.get(adresse), client.put(adresse)):
            if reponse.status_code == 405:
                refusees.add(motif.name)
                page = reponse.content.decode()
                assert "Cette adresse ne s’ouvre pas directement" in page, adresse
                assert f'href="{reverse("accueil")}"' in page
                assert reponse["Allow"]
    assert {"raccourcis", "enregistrer-association", "deconnexion", "verifier-attestation"} <= refusees


def test_every_address_is_named() -> None:
    assert all(motif.name for _, motif in adresses())


def test_page_wanted_is_kept_without_its_query(client: Client) -> None:
    reponse = client.get(COMPTE, {"q": "dubreuil 14/03/1987"})
    assert reponse.url == "/connexion/?suite=%2Fmon-compte%2F"


def test_form_sent_after_the_end_leads_back_to_its_page(client: Client) -> None:
    page = client.post("/changer-guichet/", headers={"referer": "http://testserver/mon-compte/?x=1"})
    assert page.url == "/connexion/?suite=%2Fmon-compte%2F"
    ailleurs = client.post("/changer-guichet/", headers={"referer": "https://ailleurs.example/piege"})
    assert ailleurs.url == "/connexion/"


def test_unverified_session_is_nobody(client: Client) -> None:
    compte = f.creer_agent()
    client.force_login(compte, backend="django.contrib.auth.backends.ModelBackend")  # password without code
    assert client.get(COMPTE).status_code == 302


def test_session_without_its_instants_is_over(client: Client) -> None:
    f.connecter(client, f.creer_agent())
    session = client.session
    del session["ouverte_le"]
    session.save()
    assert client.get(COMPTE).url.endswith("fin=duree")


@pytest.mark.parametrize("minutes", [29, 30])
def test_idle_limit(client: Client, minutes: int) -> None:
    compte = f.creer_agent()
    with time_machine.travel(maintenant(), tick=False) as horloge:
        f.connecter(client, compte)
        horloge.shift(minutes * 60)
        reponse = client.get(COMPTE)
        assert reponse.status_code == (200 if minutes < 30 else 302)
        if minutes == 30:
            assert reponse.url == "/connexion/?suite=%2Fmon-compte%2F&fin=inactivite"
            assert "sans activité" in client.get(reponse.url).content.decode()
            (entree,) = Entree.objects.filter(verbe="DECONNEXION")
            assert (entree.acteur["id"], entree.faits["motif"]) == (str(compte.id), "inactivite")
            saisie = {"courriel": compte.courriel, "mot_de_passe": f.MOT_DE_PASSE, "suite": COMPTE}
            client.post("/connexion/", saisie)
            assert client.post("/connexion/code/", {"code": f.code_de(compte)}).url == COMPTE


def test_activity_keeps_the_session_until_its_absolute_limit(client: Client) -> None:
    with time_machine.travel(maintenant(), tick=False) as horloge:
        f.connecter(client, f.creer_agent())
        for _ in range(24):  # every 25 minutes, for 10 hours
            assert client.get(COMPTE).status_code == 200
            horloge.shift(25 * 60)
        assert client.get(COMPTE).url.endswith("fin=duree")


def test_session_row_is_written_at_most_once_a_minute(client: Client) -> None:
    with time_machine.travel(maintenant(), tick=False) as horloge:
        f.connecter(client, f.creer_agent())
        vue = client.session["vue_le"]
        horloge.shift(59)
        client.get(COMPTE)
        assert client.session["vue_le"] == vue
        horloge.shift(1)
        client.get(COMPTE)
        assert client.session["vue_le"] == vue + 60


def test_account_switched_off_is_out_at_once(client: Client) -> None:
    compte = f.creer_agent()
    f.connecter(client, compte)
    Compte.objects.filter(pk=compte.pk).update(actif=False)
    f.dire(VerbeHabilitation.MODIFIER_COMPTE, compte=compte.id)
    assert client.get(COMPTE).status_code == 302


def test_application_removed_is_out_at_once(client: Client) -> None:
    compte = f.creer_agent()
    f.connecter(client, compte)
    TOTPDevice.objects.filter(user=compte).delete()
    f.dire(VerbeHabilitation.MODIFIER_COMPTE, compte=compte.id)
    assert client.get(COMPTE).status_code == 302


def test_role_taken_back_counts_at_the_next_page(client: Client) -> None:
    compte = f.creer_agent()
    f.connecter(client, compte)
    assert "Enregistrer une demande" in client.get(COMPTE).content.decode()
    retirer_habilitation(
        Habilitation.objects.get(compte=compte).id,
        motif=MotifRetrait.SECURITE,
        acte=Acte(f.SYSTEME, maintenant()),
    )
    page = client.get(COMPTE).content.decode()
    assert "Aucune habilitation en cours" in page
    assert "Enregistrer une demande" not in page


def test_acteur_of_the_request(client: Client) -> None:
    compte = f.creer_agent()
    reponse = f.connecter(client, compte).get(COMPTE)
    acteur = reponse.wsgi_request.acteur
    assert (acteur.id, acteur.guichet) == (compte.id, "G0993")
    assert str(acteur.correlation) == reponse.headers["X-Request-ID"]
    assert "no-store" in reponse.headers["Cache-Control"]


def test_anonymous_request_has_no_acteur(client: Client) -> None:
    requete = client.get("/connexion/").wsgi_request
    assert requete.acteur is None
    assert isinstance(requete.user, AnonymousUser) or not requete.user.is_authenticated


def test_signed_in_page_costs_few_queries(client: Client, django_assert_num_queries: Any) -> None:
    f.connecter(client, f.creer_agent())
    client.get("/changer-guichet/")
    # session, then the account with its devices and its roles; incidents that last
    with django_assert_num_queries(3):
        client.get("/changer-guichet/")


def test_mon_compte_says_who_i_am(client: Client) -> None:
    compte = f.creer_gestionnaire()
    page = f.connecter(client, compte).get(COMPTE).content.decode()
    for texte in (
        compte.courriel,
        "Gestionnaire territorial, Val-d’Aurette",
        "sans date de fin",
        "Décider d’une date",
    ):
        assert texte in page
    assert "Changer de guichet" not in page


def test_changer_guichet_acts_elsewhere(client: Client) -> None:
    compte = f.creer_agent()
    f.habiliter(compte, Role.AGENT_GUICHET, territoire="02B", guichet="GD2B1")
    f.connecter(client, compte)
    assert "Changer de guichet" in client.get(COMPTE).content.decode()
    assert 'value="099/G0993" id="id_poste_0" checked' in client.get("/changer-guichet/").content.decode()
    reponse = client.post("/changer-guichet/", {"poste": "02B/GD2B1"})
    assert reponse.url == reverse("accueil")
    acteur = client.get(COMPTE).wsgi_request.acteur  # type: ignore[attr-defined]
    assert (acteur.territoire, acteur.guichet) == ("02B", "GD2B1")


@pytest.mark.parametrize("poste", ["099/G0991", "", "n’importe quoi", "/"])
def test_changer_guichet_takes_only_a_place_held(client: Client, poste: str) -> None:
    f.connecter(client, f.creer_agent())
    reponse = client.post("/changer-guichet/", {"poste": poste})
    assert reponse.status_code == 200
    assert "<title>Erreur" in reponse.content.decode()
    assert client.get(COMPTE).wsgi_request.acteur.guichet == "G0993"  # type: ignore[attr-defined]


def test_changer_guichet_of_a_guichet_lost_meanwhile(client: Client) -> None:
    compte = f.creer_agent()
    autre = f.habiliter(compte, Role.AGENT_GUICHET, territoire="099", guichet="G0991")
    f.connecter(client, compte)
    client.post("/changer-guichet/", {"poste": "099/G0991"})
    retirer_habilitation(autre, motif=MotifRetrait.REVUE, acte=Acte(f.SYSTEME, maintenant()))
    assert client.get(COMPTE).wsgi_request.acteur.guichet == "G0993"  # type: ignore[attr-defined]


MOTS_DE_PASSE = "/mon-compte/mot-de-passe/"
NOUVEAU = "une barque sous la pluie 12"


def test_changer_mot_de_passe_keeps_this_session_and_ends_the_others() -> None:
    compte, ici, ailleurs = f.creer_agent(), Client(), Client()
    f.connecter(ici, compte)
    f.connecter(ailleurs, compte)
    saisie = {"ancien": f.MOT_DE_PASSE, "nouveau": NOUVEAU, "confirmation": NOUVEAU}
    assert ici.post(MOTS_DE_PASSE, saisie).url == COMPTE
    assert "Mot de passe changé" in ici.get(COMPTE).content.decode()
    assert ailleurs.get(COMPTE).status_code == 302


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"ancien": "faux"}, "Mot de passe actuel\u00a0: ce n’est pas le bon"),
        ({"confirmation": "autre"}, "une seconde fois\u00a0: ce n’est pas le même"),
        (
            {"nouveau": "court", "confirmation": "court"},
            "Nouveau mot de passe\u00a0: ce mot de passe est trop court",
        ),
        ({"nouveau": ""}, "Nouveau mot de passe\u00a0: saisissez le nouveau"),
    ],
)
def test_changer_mot_de_passe_names_the_field(client: Client, champs: dict[str, str], phrase: str) -> None:
    compte = f.creer_agent()
    f.connecter(client, compte)
    assert client.get(MOTS_DE_PASSE).status_code == 200
    saisie = {"ancien": f.MOT_DE_PASSE, "nouveau": NOUVEAU, "confirmation": NOUVEAU, **champs}
    page = client.post(MOTS_DE_PASSE, saisie).content.decode()
    assert phrase in page
    assert NOUVEAU not in page
    compte.refresh_from_db()
    assert compte.check_password(f.MOT_DE_PASSE)
