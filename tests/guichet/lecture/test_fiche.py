"""The file on one page: what it shows, what it hides, to whom."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from sne.journal.models import Entree
from sne.registre.contenu.rules.arbre.lieux import Adresse
from sne.registre.contenu.rules.arbre.racine import Association, Contenu, Titulaire
from sne.socle.templatetags.socle_tags import numero
from tests.guichet.parcours import guichet_de, pour_un_appel, requetes, texte
from tests.habilitations.factories import connecter, creer_agent, creer_gestionnaire, creer_support
from tests.registre import factories as f

ENFANTS = [
    {
        "identifiant": "a",
        "nom": "Haddad",
        "prenoms": "Inès",
        "date_naissance": "2014-09-19",
        "lien_parente": "E",
    },
    {
        "identifiant": "b",
        "nom": "Haddad",
        "prenoms": "Noé",
        "date_naissance": "2018-04-05",
        "lien_parente": "E",
    },
]


def fiche(client: Client, nud: str, historique: str = "") -> str:
    """The page of a file."""
    return texte(client.get(reverse("demande", args=[nud]), {"historique": historique} if historique else {}))


def test_tout_le_dossier_sur_une_page(agent: Client) -> None:
    contenu = f.contenu(
        demandeur=f.personne(
            contact={"telephone_portable": "06 12 34 56 41", "courriel": "elodie@exemple.fr"}
        ),
        cotitulaires=[f.personne("Haddad", "Karim", identite={"civilite": "1"}) | {"lien_demandeur": "C"}],
        foyer={"personnes_a_charge": ENFANTS, "enfants_a_naitre": {"nombre": 1, "date_prevue": "2027-02-12"}},
    )
    nud = f.deposer(contenu, nirs={"demandeur": f.nir_de(date(1987, 3, 14))}).nud
    page = fiche(agent, nud)
    for attendu in (
        f"{numero(nud)}</dd>",
        "née le 14/03/1987",
        "moins d’un mois (dépôt le 24/11/2026)",
        "23/11/2027, dans 364\u00a0jours",
        "2 87 03 •• ••• ••• ••",
        "06\u00a0••\u00a0••\u00a0••\u00a041",
        "e•••••@exemple.fr",
        "12 rue des Tanneurs, 99240 Les Ormeaux",
        "Cotitulaire, concubin",
        "Haddad Inès",
        "1\u00a0naissance attendue vers le 12/02/2027",
        "1.\u00a0Aurette-la-Ville",
        "Accepte le reste du territoire",
        "Demande enregistrée",
    ):
        assert attendu in page, attendu
    for cache in ("0612345641", "06 12 34 56 41", "elodie@exemple.fr"):
        assert cache not in page


def test_tout_ce_que_contient_une_demande_est_montre(agent: Client) -> None:
    """Zero is said, and so is what nobody said."""
    demandeur = f.personne(
        situation_professionnelle={"statut": "CDI", "employeur": "Boulangerie Morel"},
        revenus_fiscaux={"n_moins_2": {"annee": 2024, "montant": 0}},
        ressources={"recues": [{"nature": "SAL", "montant_mensuel": "1640.20"}]},
    )
    contenu = f.contenu(
        demandeur=demandeur,
        logement_actuel={"statuts_occupation": ["LP"], "loyer_mensuel": 655, "surface": 41},
        logement_possede={"possede": False},
        motifs={"codes": ["13"]},
        precisions="Près de la gare.",
    )
    page = fiche(agent, f.deposer(contenu).nud)
    for attendu in (
        "En bref",
        "Pour instruire la demande",
        "Boulangerie Morel",
        "Revenu fiscal 2024",
        "0\u00a0€",
        "1\u00a0640,20\u00a0€ par mois",
        "655\u00a0€",
        "41\u00a0m²",
        "Près de la gare.",
        "Non renseigné",
        "Modifier le foyer",
    ):
        assert attendu in page, attendu


def test_la_lecture_est_une_ligne_de_l_historique(agent: Client) -> None:
    nud = f.deposer().nud
    fiche(agent, nud)
    assert "Dossier consulté" not in fiche(agent, nud)
    assert fiche(agent, nud, "consultations").count("Dossier consulté") == 3
    tout = fiche(agent, nud, "tout")
    assert "Demande enregistrée" in tout
    assert "guichet G0993, Camille Rousset" in tout


def test_hors_du_territoire_rien(agent: Client) -> None:
    nud = f.deposer().nud
    corse = connecter(Client(), creer_agent("02A", guichet_de("02A")))
    for adresse in ("demande", "demande-enregistree"):
        assert corse.get(reverse(adresse, args=[nud])).status_code == 404
        assert agent.get(reverse(adresse, args=[nud])).status_code == 200
    assert corse.get(reverse("demande-modifier", args=[nud, "personne"])).status_code == 404
    assert corse.post(reverse("attestation-emettre", args=[nud])).status_code == 404


@pytest.mark.parametrize("nud", ["0990000000009G0993", "abc", "0" * 18, "x" * 200])
def test_numero_inconnu_ou_illisible(agent: Client, nud: str) -> None:
    assert agent.get(reverse("demande", args=[nud])).status_code == 404


def test_un_autre_guichet_du_territoire_sert_le_dossier(agent: Client) -> None:
    nud = f.deposer().nud
    autre = connecter(Client(), creer_agent("099", "G0991"))
    assert "Modifier le foyer" in fiche(autre, nud)


def test_le_support_lit_sans_pouvoir_changer(db: None, jour_des_essais: None) -> None:
    nud = f.deposer().nud
    page = fiche(pour_un_appel(connecter(Client(), creer_support()), nud), nud)
    assert "Modifier" not in page
    assert reverse("attestation-emettre", args=[nud]) not in page


def test_le_gestionnaire_ne_peut_pas_enregistrer_mais_voit_tout(db: None, jour_des_essais: None) -> None:
    gestionnaire = connecter(Client(), creer_gestionnaire())
    accueil = texte(gestionnaire.get(reverse("accueil")))
    assert "Enregistrer une demande" not in accueil
    assert "Rechercher un dossier" in accueil
    assert gestionnaire.get(reverse("demande", args=[f.deposer().nud])).status_code == 200


def test_requetes_de_la_fiche_constantes(agent: Client) -> None:
    """As many with one act in the history and nobody else, as with five acts and two children."""
    seul, foyer = (
        f.deposer(),
        f.deposer(f.contenu(foyer={"personnes_a_charge": ENFANTS}), doublons_ecartes="autre"),
    )
    fiche(agent, seul.nud)
    for _ in range(4):
        fiche(agent, foyer.nud)
    assert requetes(lambda: fiche(agent, seul.nud)) == requetes(lambda: fiche(agent, foyer.nud))


def test_le_dossier_d_une_association(agent: Client) -> None:
    association = Association(
        nom="Un toit pour tous",
        adresse_courrier=Adresse(voie="rue Basse", code_postal="99240", commune="99002"),
    )
    contenu = Contenu(titulaire=Titulaire.ASSOCIATION, association=association, souhaits=f.contenu().souhaits)
    nud = f.deposer(contenu).nud
    for nom, args, parametres in (
        ("demande", [nud], {}),
        ("demande-version", [nud, 1], {}),
        ("demande-etat", [nud], {"jour": "24/11/2026"}),
    ):
        page = texte(agent.get(reverse(nom, args=args), parametres))
        assert "Un toit pour tous" in page
        assert "rue Basse, 99240 Les Ormeaux" in page
        assert "Pour instruire la demande" not in page
        assert "Personnes à loger" not in page
    premiere = agent.get(reverse("demande", args=[nud])).context["dossier"].bandeau.actions[0]
    assert agent.get(premiere.url).status_code == 200
    assert agent.get(reverse("demande-modifier", args=[nud, "foyer"])).status_code == 404


def test_le_support_dit_pour_quel_appel_avant_d_ouvrir(
    agent: Client, db: None, jour_des_essais: None
) -> None:
    """Nothing of the file before the reference; then the household reads it, and the file stays open for the day."""
    nud = f.deposer().nud
    support = connecter(Client(), creer_support())
    for champs in (None, {"reference": ""}, {"reference": "Élodie Dubreuil"}, {"reference": "abc"}):
        adresse = reverse("demande", args=[nud])
        page = texte(support.get(adresse) if champs is None else support.post(adresse, champs))
        assert "Pour quel appel\u00a0?" in page
        assert "Dubreuil" not in page.replace('value="Élodie Dubreuil"', "")
    for nom in ("demande-historique", "demande-historique-demandeur", "demande-versions"):
        assert support.get(reverse(nom, args=[nud])).status_code == 403
    assert Entree.objects.filter(verbe="CONSULTER").count() == 0
    assert "Dubreuil" in texte(support.post(reverse("demande", args=[nud]), {"reference": "A-2026-118"}))
    assert Entree.objects.get(verbe="CONSULTER").faits == {"motif": "A-2026-118", "pour": "APPEL"}
    assert "Dubreuil" in fiche(support, nud)
    lu = texte(agent.get(reverse("demande-historique-demandeur", args=[nud])))
    assert "a ouvert votre dossier pour répondre à un appel." in lu
    assert "référence de l’appel A-2026-118" in lu
