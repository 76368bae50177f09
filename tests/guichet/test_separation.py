"""A separation through the screens: from the file that is left to the new number, then to the territorial manager."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import resolve, reverse

from sne.habilitations.models import Compte
from sne.notifications.models import Message
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.separation import Separation
from sne.registre.modification.models import Brouillon
from tests.guichet.parcours import coordonnees, poster, souhaits, texte, verifier
from tests.registre import factories as f
from tests.registre.separation.separations import ANCIEN, couple, personne_de
from tests.saisie import cadres

PAUL = {"civilite": "1", "nom_naissance": "Morel", "prenoms": "Paul", "date_naissance": "02/06/1985"}


@pytest.fixture
def premiere(compte: Compte) -> Demande:
    return Demande.objects.get(id=f.deposer(couple(), le=ANCIEN).demande_id)


def commencer(client: Client, demande: Demande, **autres: str) -> str:
    """The first form; returns the draft's id."""
    saisie = {
        "personne": personne_de(demande.id),
        "preuve": "JUGDIV",
        "document": "RG 26/0412",
    } | autres
    reponse = client.post(reverse("demande-separer", args=[demande.nud]), saisie)
    assert reponse.status_code == 302, texte(reponse)
    return str(resolve(reponse.headers["Location"]).kwargs["brouillon_id"])


def enregistrer(client: Client, brouillon: str, **lieu: str) -> str:
    """The ordinary steps, then the number; returns it."""
    pages = {
        "personne": cadres.personne(**PAUL),
        "coordonnees": coordonnees(**lieu),
        "foyer": cadres.foyer(),
        "souhaits": souhaits(),
    }
    for code, saisie in pages.items():
        reponse = poster(client, brouillon, code, saisie)
        assert reponse.status_code == 302, texte(reponse)
    reponse = verifier(client, brouillon)
    assert reponse.status_code == 302, texte(reponse)
    return str(resolve(reponse.headers["Location"]).kwargs["nud"])


def test_du_dossier_quitte_au_nouveau_numero(agent: Client, gestionnaire: Client, premiere: Demande) -> None:
    adresse = reverse("demande-separer", args=[premiere.nud])
    assert adresse in texte(agent.get(reverse("demande", args=[premiere.nud])))
    page = texte(agent.get(adresse))
    assert "Dubreuil Élodie" in page or "Élodie" in page
    assert "Jugement de divorce" in page
    assert "comme une deuxième personne" in page
    brouillon = commencer(agent, premiere)
    etape = texte(agent.get(reverse("brouillon-etape", args=[brouillon, "personne"])))
    assert 'value="Morel"' in etape
    assert 'value="02/06/1985"' in etape
    nud = enregistrer(agent, brouillon)
    recu = texte(agent.get(reverse("demande-enregistree", args=[nud])))
    assert "28/01/2026" not in recu  # the seniority of the first demande waits for a second person
    neuve = texte(agent.get(reverse("demande", args=[nud])))
    assert "attend la décision du gestionnaire" in neuve
    assert reverse("demande", args=[premiere.nud]) in neuve
    quittee = texte(agent.get(reverse("demande", args=[premiere.nud])))
    assert reverse("demande", args=[nud]) in quittee
    assert adresse not in quittee  # one adult is left
    assert "Départ d’un adulte du foyer" in quittee
    assert agent.get(adresse).status_code == 404
    # Handed in again, the same number.
    assert reverse("demande-enregistree", args=[nud]) in verifier(agent, brouillon).headers["Location"]
    # The territorial manager is told.
    assert "Séparations (1)" in texte(gestionnaire.get(reverse("decisions")))
    liste = texte(gestionnaire.get(reverse("separations"), {"apres": "n’importe"}))
    separation = reverse("separation", args=[Separation.objects.get().id])
    assert separation in liste
    assert "À décider" in liste
    vue = texte(gestionnaire.get(separation))
    assert "RG 26/0412" in vue
    assert "Jugement de divorce" in vue
    assert "choisissez votre réponse" in texte(gestionnaire.post(separation, {})).lower()
    assert "Rien de particulier" in vue
    assert "Réponse enregistrée" in texte(gestionnaire.post(separation, {"issue": "HERITEE"}, follow=True))
    assert "L’ancienneté est reprise dans la nouvelle demande" in texte(gestionnaire.get(separation))
    assert gestionnaire.post(separation, {"issue": "HERITEE"}).status_code == 409
    assert "dépôt le 28/01/2026" in texte(agent.get(reverse("demande", args=[nud])))


def test_ce_que_le_gestionnaire_decide(agent: Client, gestionnaire: Client, compte: Compte) -> None:
    premiere = Demande.objects.get(id=f.deposer(couple("C"), le=ANCIEN).demande_id)
    nud = enregistrer(agent, commencer(agent, premiere))
    assert "attend la décision du gestionnaire" in texte(agent.get(reverse("demande", args=[nud])))
    separation = reverse("separation", args=[Separation.objects.get().id])
    assert "mariée ou pacsée" in texte(gestionnaire.get(separation))
    refus = texte(gestionnaire.post(separation, {"issue": "NON_HERITEE", "motif": ""}))
    assert "pourquoi l’ancienneté n’est pas reprise" in refus
    gestionnaire.post(separation, {"issue": "HERITEE"})
    assert "dépôt le 28/01/2026" in texte(agent.get(reverse("demande", args=[nud])))
    assert agent.get(separation).status_code == 403
    assert agent.get(reverse("separations")).status_code == 403


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [
        ({"personne": ""}, "dites qui quitte cette demande"),
        ({"personne": "moi"}, "ce choix n’existe pas"),
        ({"preuve": ""}, "choisissez la preuve"),
        ({"preuve": "TOUT"}, "ce choix n’existe pas"),
        ({"document": ""}, "indiquez la référence"),
        ({"document": f.nir_de(ANCIEN.date())}, "Retirez le numéro de sécurité sociale"),
    ],
)
def test_ce_qui_manque_se_dit_et_rien_ne_s_ouvre(
    agent: Client, premiere: Demande, saisie: dict[str, str], phrase: str
) -> None:
    bonne = {"personne": personne_de(premiere.id), "preuve": "JUGDIV", "document": "RG 26/0412"}
    page = texte(agent.post(reverse("demande-separer", args=[premiere.nud]), bonne | saisie))
    assert "<title>Erreur" in page
    assert phrase.lower() in page.lower()
    assert not Brouillon.objects.exists()


def test_une_autre_identite_est_refusee_avec_sa_page(agent: Client, premiere: Demande) -> None:
    brouillon = commencer(agent, premiere)
    pages = {
        "personne": cadres.personne(**PAUL | {"nom_naissance": "Morin"}),
        "coordonnees": coordonnees(),
        "foyer": cadres.foyer(),
        "souhaits": souhaits(),
    }
    for code, saisie in pages.items():
        poster(agent, brouillon, code, saisie)
    page = texte(verifier(agent, brouillon))
    assert "ce n’est pas celui de la première demande" in page
    assert Brouillon.objects.filter(id=brouillon).exists()


def test_adresse_secrete_rien_n_en_parait_dans_le_foyer_quitte(
    agent: Client, gestionnaire: Client, premiere: Demande
) -> None:
    brouillon = commencer(agent, premiere, secrete="on", preuve="ORDPRO", document="Ordonnance 26/77")
    nud = enregistrer(agent, brouillon, voie="quai des Brumes", courriel="paul@ailleurs.fr")
    secrets = (nud, "quai des Brumes", "paul@ailleurs.fr", "26/77", "paration")
    pages = [
        reverse("demande", args=[premiere.nud]),
        reverse("demande-historique", args=[premiere.nud]),
        reverse("demande-versions", args=[premiere.nud]),
        reverse("demande-version", args=[premiere.nud, 2]),
        f"{reverse('demande-etat', args=[premiere.nud])}?jour=24%2F11%2F2026",
    ]
    for adresse in pages:
        page = texte(agent.get(adresse, follow=True))
        for mot in secrets:
            assert mot not in page, (adresse, mot)
    assert premiere.nud not in texte(agent.get(reverse("demande", args=[nud])))
    assert reverse("demande", args=[nud]) in texte(gestionnaire.get(reverse("demande", args=[premiere.nud])))
    assert "Adresse secrète" in texte(
        gestionnaire.get(reverse("separation", args=[Separation.objects.get().id]))
    )
    assert not Message.objects.filter(demande=premiere.id).exists()


def test_le_contact_du_foyer_quitte_est_refuse(agent: Client, premiere: Demande) -> None:
    brouillon = commencer(agent, premiere, secrete="on")
    pages = {
        "personne": cadres.personne(**PAUL),
        "coordonnees": coordonnees(courriel="foyer@exemple.fr"),
        "foyer": cadres.foyer(),
        "souhaits": souhaits(),
    }
    for code, saisie in pages.items():
        poster(agent, brouillon, code, saisie)
    page = texte(verifier(agent, brouillon))
    assert "Ce contact est aussi celui du foyer quitté" in page
    assert not Separation.objects.exists()


def test_mutation_se_voit(agent: Client, compte: Compte) -> None:
    logement = {"statuts_occupation": ["HLM"], "bailleur_social": {"nom": "Habitat"}}
    mutation = f.deposer(f.contenu(logement_actuel=logement), le=f.MAINTENANT - timedelta(days=1)).nud
    assert "Mutation" in texte(agent.get(reverse("demande", args=[mutation])))
    autre = f.deposer(doublons_ecartes="autre").nud
    assert "Mutation" not in texte(agent.get(reverse("demande", args=[autre])))
