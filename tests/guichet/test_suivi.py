"""The follow-up on the screens: what waits, files to look at, the funnel, down to the acts; closing; who may."""

import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from sne.guichet.suivi.graphe import ETROIT, LARGE, dessiner
from sne.guichet.suivi.presentation import pour_cent, presenter_classement
from sne.habilitations.models import Compte
from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.referentiels.rules import parametres_par_defaut
from sne.registre.controle.models import Operation
from sne.registre.enquete.models.enquete import DossierEnquete
from sne.suivi.models import Classement
from sne.suivi.parametres import ParametresSuivi
from sne.suivi.rules.entonnoir import Calibrage, Comptage, ReglesEntonnoir, dresser
from sne.suivi.selectors.classements import list_classements
from tests.guichet.parcours import requetes, texte
from tests.habilitations.factories import (
    acteur,
    connecter,
    creer_agent,
    creer_gestionnaire,
)
from tests.registre import factories as f
from tests.registre.enquete.enquetes import enqueter
from tests.registre.identite.test_observer_identite import expliquer, regarder
from tests.suivi.activites import noter, territoire_ordinaire

SUIVI = reverse("suivi")
G0993 = reverse("suivi-guichet", args=["G0993"])
LIMITES = (
    "sne.guichet.suivi.tableaux.LIGNES_AU_PLUS",
    "sne.guichet.suivi.views.LIGNES_AU_PLUS",
    "sne.guichet.suivi.views.AU_PLUS",
    "sne.guichet.suivi.cas.ACTES_AU_PLUS",
    "sne.registre.identite.selectors.suivi.ACTES_AU_PLUS",
    "sne.suivi.selectors.classements.AU_PLUS",
)


@pytest.fixture
def acte(compte: Compte) -> Operation:
    """A file to look at, at a counter that stands out."""
    territoire_ordinaire()
    noter("G0993", 300, 20)
    return regarder(acteur(compte, le=f.MAINTENANT))


def page_du_dossier(acte: Operation) -> str:
    return reverse("suivi-dossier", args=[acte.demande_id])


def test_from_the_whole_to_the_acts(gestionnaire: Client, acte: Operation, compte: Compte) -> None:
    assert f'href="{SUIVI}"' in texte(gestionnaire.get(reverse("accueil")))
    page = texte(gestionnaire.get(SUIVI))
    for dit in (
        "Val-d’Aurette, du 1er septembre au 24 novembre 2026.",
        '<strong>1</strong><span><a href="#regarder">dossier à regarder</a>, dont 1 aujourd’hui',
        '<strong>1</strong><span><a href="#guichets">guichet à regarder</a> sur 40',
        "changement attend votre décision</a>, le plus ancien d’aujourd’hui",
        "20\u00a0changements de nom de naissance pour 300\u00a0dossiers traités, quand 2,",
        "Changement en attente de décision",
        "Sur 40, 1 est à regarder\u00a0; aucune n’est au-dessus de la zone attendue sans alerte.",
        "Ce que chaque indicateur fait ouvrir",
        "Au-dessus de la moyenne du territoire et sans rapport avec le nombre de dossiers traités",
        "zone extérieure&nbsp;: 99,8\u00a0%",
    ):
        assert dit in page
    assert page.count('class="reg-graphe reg') == 2
    assert "Base 0,15" not in page
    assert "Nom entièrement différent." in page
    guichet = texte(gestionnaire.get(G0993))
    assert "À regarder.</strong> 20" in guichet
    assert f"{reverse('alerte-nouvelle')}?guichet=G0993" in guichet
    assert "Camille Rousset" in guichet
    agent = texte(gestionnaire.get(reverse("suivi-agent", args=["G0993", compte.id])))
    assert "Nom de naissance, prénoms" in agent
    assert f'href="{reverse("demande", args=[acte.demande.nud])}"' in agent
    dossier = texte(gestionnaire.get(page_du_dossier(acte)))
    assert "Part de l’identité qui change" in dossier
    assert "Aucune explication reçue" in dossier
    assert "Changement en attente</a>" in dossier
    assert reverse("demande-historique", args=[acte.demande.nud]) in dossier
    expliquer(acte.id, acteur(compte, le=f.MAINTENANT))
    assert "Acte de mariage vu" in texte(gestionnaire.get(page_du_dossier(acte)))


def test_a_file_is_closed_with_its_reason(gestionnaire: Client, acte: Operation) -> None:
    adresse = page_du_dossier(acte)
    sans = texte(gestionnaire.post(adresse, {"vu": acte.id}))
    assert "choisissez le motif dans la liste" in sans
    vieux = texte(gestionnaire.post(adresse, {"vu": "-", "motif": "ERREUR_SAISIE"}))
    assert "Un autre acte est arrivé depuis" in vieux
    fin = texte(gestionnaire.post(adresse, {"vu": acte.id, "motif": "TRANSFERT_SEPARATION"}, follow=True))
    assert "Cas classé." in fin
    assert "Aucun dossier à regarder" in fin
    relu = texte(gestionnaire.get(adresse))
    assert "Transfert après une séparation, par" in relu
    assert "Classer</button>" not in relu
    assert "Transfert après une séparation" in texte(gestionnaire.get(reverse("suivi-classes")))
    assert gestionnaire.post(adresse, {"vu": acte.id, "motif": "ERREUR_SAISIE"}).status_code == 200
    assert Classement.objects.count() == 1


def test_a_case_outlives_its_file(gestionnaire: Client, acte: Operation) -> None:
    gestionnaire.post(page_du_dossier(acte), {"vu": acte.id, "motif": "ERREUR_SAISIE"})
    [lu] = list_classements(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), le=f.AUJOURD_HUI)
    ligne = presenter_classement(lu, {})  # erased, a file has no number to be read by
    assert "Dossier effacé" in render_to_string("guichet/suivi/classes.html", {"lignes": [ligne]})


def test_a_counter_is_closed_with_the_enquiry_that_takes_over(gestionnaire: Client, acte: Operation) -> None:
    enquete = enqueter(acte.demande_id)
    page = texte(gestionnaire.get(G0993))
    champs = dict(re.findall(r'<input type="hidden" name="(vu|observes)" value="([^"]*)"', page))
    assert champs == {"vu": str(acte.id), "observes": "20"}
    sans = texte(gestionnaire.post(G0993, champs | {"motif": "CONFIRME"}))
    assert "choisissez l’enquête ouverte" in sans
    fin = texte(gestionnaire.post(G0993, champs | {"motif": "CONFIRME", "enquete": enquete}, follow=True))
    assert "Classé&nbsp;: Confirmé\u00a0: une enquête s’en occupe" in fin
    assert reverse("enquete", args=[enquete]) in texte(gestionnaire.get(G0993))
    assert "Guichet G0993" in texte(gestionnaire.get(reverse("suivi-classes")))
    assert DossierEnquete.objects.count() == 1


def test_a_counter_without_risky_act_and_the_small_ones_together(
    gestionnaire: Client, compte: Compte
) -> None:
    territoire_ordinaire(sauf=("G1027",))
    noter("G1027", 20, 9)
    petits = reverse("suivi-guichet", args=["petits"])
    assert petits in texte(gestionnaire.get(SUIVI))
    page = texte(gestionnaire.get(petits))
    assert "Pour 1\u00a0petit guichet, 9" in page
    assert reverse("suivi-guichet", args=["G1027"]) in page
    assert "pas traité assez de dossiers" in texte(gestionnaire.get(reverse("suivi-guichet", args=["G1027"])))
    fin = gestionnaire.post(petits, {"vu": "-", "observes": "9", "motif": "ERREUR_SAISIE"}, follow=True)
    assert "Classé&nbsp;: Erreur de saisie" in texte(fin)


def test_a_manager_follows_their_own_body_and_closes_nothing(responsable: Client, acte: Operation) -> None:
    page = texte(responsable.get(SUIVI))
    assert "CCAS d’Aurette-la-Ville" in page
    assert "Mairie de la Garenne" not in page
    assert "Ce que chaque indicateur fait ouvrir" not in page
    guichet = texte(responsable.get(G0993))
    assert "Le gestionnaire territorial classe les cas" in guichet
    assert "Camille Rousset" in guichet
    assert responsable.post(G0993, {"vu": "-", "observes": "20", "motif": "ERREUR_SAISIE"}).status_code == 403
    dossier = texte(responsable.get(page_du_dossier(acte)))
    assert "Classer</button>" not in dossier
    assert "Changement en attente</a>" not in dossier
    voisin = reverse("suivi-guichet", args=["G1010"])
    assert responsable.get(voisin).status_code == 404


@pytest.mark.parametrize("adresse", [SUIVI, G0993, reverse("suivi-classes")])
def test_an_agent_follows_nobody(agent: Client, adresse: str) -> None:
    assert agent.get(adresse).status_code == 403
    assert f'href="{SUIVI}"' not in texte(agent.get(reverse("accueil")))


def test_nothing_of_another_territory(compte: Compte, acte: Operation) -> None:
    ailleurs = connecter(Client(), creer_gestionnaire(territoire="02A", le=f.MAINTENANT))
    page = texte(ailleurs.get(SUIVI))
    assert "Aucun dossier à regarder" in page
    assert "Aucun guichet n’a traité" in page
    for adresse in (G0993, page_du_dossier(acte), reverse("suivi-agent", args=["G0993", compte.id])):
        assert ailleurs.get(adresse).status_code == 404


def test_tables_in_a_file_name_nobody(gestionnaire: Client, acte: Operation) -> None:
    for quoi, entete in (("attente", "Attend depuis"), ("dossiers", "Score"), ("guichets", "Attendus")):
        reponse = gestionnaire.post(reverse("suivi-exporter", args=[quoi]))
        lu = b"".join(reponse.streaming_content).decode()  # type: ignore[attr-defined]
        assert entete in lu
        assert not re.search(r"Dubreuil|Zimmer|\d{13}", lu.replace(acte.demande.nud, ""))
        assert reponse["Content-Disposition"] == f'attachment; filename="suivi-{quoi}-2026-11-24.csv"'
    assert [
        e.faits["lignes"] for e in Entree.objects.filter(verbe="EXPORTER_SUIVI").order_by("inscrit_le")
    ] == [
        1,
        1,
        40,
    ]
    assert gestionnaire.post(reverse("suivi-exporter", args=["autre"])).status_code == 404


def test_what_is_cut_is_said(gestionnaire: Client, acte: Operation, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the screen and at the end of the file, and only when something is left out."""
    second = regarder(acteur(creer_agent(le=f.MAINTENANT), le=f.MAINTENANT), doublons_ecartes="Homonymes")
    adresses = (SUIVI, G0993, reverse("suivi-classes"))

    def lire() -> str:
        fichiers = [
            gestionnaire.post(reverse("suivi-exporter", args=[quoi])) for quoi in ("attente", "dossiers")
        ]
        lus = [b"".join(fichier.streaming_content).decode() for fichier in fichiers]  # type: ignore[attr-defined]
        return "".join([*(texte(gestionnaire.get(adresse)) for adresse in adresses), *lus])

    def limiter(au_plus: int) -> None:
        for limite in LIMITES:
            monkeypatch.setattr(limite, au_plus)

    limiter(9)
    assert not re.search("Seuls les|s’arrête aux", lire())
    limiter(1)
    page = lire()
    assert page.count("Le fichier s’arrête aux 1 premières lignes.") == 2
    assert page.count("Ce fichier s’arrête aux 1\u00a0premières lignes sur 2.") == 2
    assert page.count("Seuls les 1 actes les plus récents") == 1
    for une in (acte, second):
        gestionnaire.post(page_du_dossier(une), {"vu": une.id, "motif": "ERREUR_SAISIE"})
    assert "Seuls les 1 cas classés les plus récents" in texte(gestionnaire.get(reverse("suivi-classes")))


def test_the_share_of_false_alarms_is_the_dated_parameter(gestionnaire: Client, acte: Operation) -> None:
    niveau = parametres_par_defaut(f.AUJOURD_HUI)[ParametresSuivi].entonnoir_niveau
    assert pour_cent(float(niveau)) == "10\u00a0%"
    assert "au plus 10\u00a0% des trimestres en montrent un à tort" in texte(gestionnaire.get(SUIVI))
    assert pour_cent(0.025) == "2,5\u00a0%"


def test_as_many_statements_for_one_file_as_for_three(gestionnaire: Client, acte: Operation) -> None:
    pages = (SUIVI, G0993, page_du_dossier(acte))
    un = [requetes(lambda page=page: gestionnaire.get(page)) for page in pages]
    for _ in range(2):
        autre = acteur(creer_agent(le=f.MAINTENANT), le=f.MAINTENANT)
        regarder(autre, doublons_ecartes="Homonymes")
    assert [requetes(lambda page=page: gestionnaire.get(page)) for page in pages] == un


def test_the_drawing_holds_at_both_ends() -> None:
    regles = ReglesEntonnoir.depuis(parametres_par_defaut(f.AUJOURD_HUI))
    comptages = [
        *(Comptage(f"G{rang}", 300, 3) for rang in range(40)),
        Comptage("LOIN", 6_000, 300),
        Comptage("HAUT", 2_000, 30),
        Comptage("P", 10, 0),
    ]
    calibrage = Calibrage({"099": 0.01}, 0.01, 0.0)
    entonnoir = dresser(comptages, calibrage, regles, territoire="099")
    for cadre in (LARGE, ETROIT):
        graphe = dessiner(entonnoir, {"LOIN": "Guichet lointain"}, cadre)
        assert graphe is not None
        assert all(0 <= m.x <= cadre.largeur and 0 <= m.y <= cadre.hauteur for m in graphe.marques)
        assert {m.forme for m in graphe.marques} == {"rond", "losange", "triangle", "carre"}
        loin = graphe.marques[-1]
        assert loin.a_gauche
        assert loin.mots[0] == ("Guichet lointain" if cadre.noms else "LOIN")
        assert (graphe.abscisses[0].texte, graphe.abscisses[-1].texte) == ("0", "6\u00a0000")
    calmes = dresser(
        [Comptage("G1", 300, 0)],
        replace(calibrage, taux={"099": 0.0}, national=0.0),
        regles,
        territoire="099",
    )
    assert dessiner(calmes, {}, LARGE) is None
    petits = dresser([Comptage("P", 10, 5)], calibrage, regles, territoire="099")
    assert dessiner(petits, {}, LARGE) is None
