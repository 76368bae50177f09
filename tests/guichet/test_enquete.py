"""Enquiries on screen: opened from a file, completed, its freeze lifted by two persons, ended; counters see a badge."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sne.cellules import routage
from sne.habilitations.models import Compte
from sne.registre.demande.models.personne import Identite
from sne.registre.doublons.actions.balayer import balayage_du_registre, balayer
from sne.registre.enquete.models.enquete import DossierEnquete, Gel, LeveeGel
from sne.registre.enquete.selectors import ailleurs
from sne.registre.enquete.selectors.enquetes import list_enquetes
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from sne.socle.templatetags.socle_tags import numero
from tests.guichet.parcours import requetes, texte
from tests.guichet.test_modification import modifier
from tests.habilitations.factories import connecter, creer_dpo, creer_gestionnaire, creer_responsable
from tests.registre import factories as f
from tests.registre.doublons.test_anciens_ailleurs import en_corse
from tests.registre.doublons.test_signaler import connecter as connecter_ailleurs
from tests.registre.enquete import enquetes as e

OUVERTURE = {"motif": "SIGNALEMENT", "precision": "Appel du 20/11"}


@pytest.fixture
def collegue(compte: Compte) -> Client:
    """Another one."""
    return connecter(Client(), creer_gestionnaire(le=f.MAINTENANT))


def ouvrir(client: Client, nud: str, **autres: str) -> str:
    """Open an enquiry on this file; the address of its page."""
    reponse = client.post(reverse("enquete-ouvrir", args=[nud]), OUVERTURE | autres)
    assert reponse.status_code == 302, reponse.content.decode()
    return str(reponse["Location"])


def faire(client: Client, adresse: str, acte: str, **champs: str) -> str:
    """One act of the page, followed; what the page says then."""
    return texte(client.post(adresse, {"acte": acte} | champs, follow=True))


def test_whole_journey_from_the_file_to_the_end(
    gestionnaire: Client, collegue: Client, agent: Client
) -> None:
    recepisse = f.deposer()
    fiche = texte(gestionnaire.get(reverse("demande", args=[recepisse.nud])))
    assert "Aucune enquête sur cette demande." in fiche
    adresse = ouvrir(gestionnaire, recepisse.nud, figer="on")
    page = texte(gestionnaire.get(adresse))
    assert "Signalement reçu. Ouverte par le gestionnaire territorial. Appel du 20/11" in page
    assert "Un dossier est encore figé." in page
    assert "Enquêtes (1)" in texte(gestionnaire.get(reverse("accueil")))
    gel = str(Gel.objects.get().id)
    demande = {"vise": gel, f"demander-{gel}-precision": "Acte de naissance lu"}
    page = faire(gestionnaire, adresse, "demander", **demande)
    assert "Vous avez demandé cette levée. Une autre personne doit décider." in page
    assert "Enregistrer la décision" not in page
    levee = str(LeveeGel.objects.get().id)
    reponse = {"vise": levee, f"decider-{levee}-decision": "ACCEPTEE"}
    assert "Une autre personne doit décider." in faire(gestionnaire, adresse, "decider", **reponse)
    page = faire(collegue, adresse, "decider", **reponse)
    assert "Gel levé, aucun jour à rendre" in page
    fin = {"clore-issue": "CHANGEMENT_EXPLIQUE", "clore-motif": "CONTACTS_CONFIRMES"}
    page = faire(gestionnaire, adresse, "clore", **fin)
    assert "Close le 24/11/2026 par" in page
    assert "Ajouter un élément" not in page
    assert "Aucune enquête ouverte." in texte(gestionnaire.get(reverse("enquetes")))
    closes = texte(gestionnaire.get(reverse("enquetes"), {"etat": "closes"}))
    assert "Dubreuil Élodie" in closes
    assert "close le 24/11/2026" in texte(gestionnaire.get(reverse("demande", args=[recepisse.nud])))


def test_counter_sees_that_the_file_is_frozen_and_nothing_else(agent: Client) -> None:
    recepisse = f.deposer()
    e.figer(recepisse.demande_id)
    for adresse in (
        reverse("demande", args=[recepisse.nud]),
        reverse("demande-modifier", args=[recepisse.nud, "coordonnees"]),
        reverse("renouvellement", args=[recepisse.nud]),
    ):
        page = texte(agent.get(adresse))
        assert "Figée" in page
        assert "Dossier figé depuis le 24/11/2026\u00a0: il est en cours de vérification" in page
        assert "Décompte arrêté le 24/11/2026, 364\u00a0jours avant la fin" in page
        for secret in ("Enquête", "Deux adresses en un mois", "Coordonnées remplacées"):
            assert secret not in page
    assert reverse("demande-radier", args=[recepisse.nud]) not in texte(
        agent.get(reverse("demande", args=[recepisse.nud]))
    )


def test_counter_that_changes_a_contact_is_told_beside_what_it_typed(agent: Client) -> None:
    recepisse = f.deposer()
    e.figer(recepisse.demande_id)
    page = modifier(agent, recepisse.nud, "coordonnees", courriel="autre@exemple.fr")
    assert "ne changez pas\u00a0: Demandeur, adresse électronique" in page
    assert "autre@exemple.fr" in page


@pytest.mark.parametrize("jours", [400, 1])
def test_frozen_file_says_where_its_clock_stopped(agent: Client, jours: int) -> None:
    depot = f.MAINTENANT - timedelta(days=jours)
    recepisse = f.deposer(le=depot)
    e.figer(recepisse.demande_id)
    page = texte(agent.get(reverse("demande", args=[recepisse.nud])))
    assert ("décompte arrêté le 24/11/2026" if jours == 400 else "jours avant la fin") in page


def test_reserved_to_the_manager_of_the_territory_and_the_dpo(agent: Client, gestionnaire: Client) -> None:
    recepisse = f.deposer()
    adresse = ouvrir(gestionnaire, recepisse.nud)
    page = reverse("enquete-ouvrir", args=[recepisse.nud])
    responsable = connecter(Client(), creer_responsable(le=f.MAINTENANT))
    for client in (agent, responsable):
        assert {client.get(x).status_code for x in (adresse, page, reverse("enquetes"))} == {403}
        assert "Enquêtes" not in texte(client.get(reverse("accueil")))
        assert "Enquêtes" not in texte(client.get(reverse("demande", args=[recepisse.nud])))
    corse = connecter(Client(), creer_gestionnaire("02A", le=f.MAINTENANT))
    assert {corse.get(adresse).status_code, corse.post(adresse, {}).status_code} == {404}
    assert corse.get(page).status_code == 404
    dpo = connecter(Client(), creer_dpo(le=f.MAINTENANT))
    assert "Signalement reçu" in texte(dpo.get(adresse))


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [
        ({"motif": ""}, "Choisissez pourquoi l’enquête est ouverte."),
        ({"motif": "AUTRE", "precision": ""}, "Dites en une phrase ce que vous avez constaté."),
        ({"precision": "Le 2 87 03 99 123 456"}, "Retirez le numéro de sécurité sociale"),
    ],
)
def test_opening_ill_said(gestionnaire: Client, saisie: dict[str, str], phrase: str) -> None:
    recepisse = f.deposer()
    page = texte(gestionnaire.post(reverse("enquete-ouvrir", args=[recepisse.nud]), OUVERTURE | saisie))
    assert phrase in page
    assert "<title>Erreur\u00a0:" in page
    assert not DossierEnquete.objects.exists()


def test_file_already_frozen_is_not_frozen_again(gestionnaire: Client) -> None:
    recepisse = f.deposer()
    e.figer(recepisse.demande_id)
    assert "Figer le dossier tout de suite" not in texte(
        gestionnaire.get(reverse("enquete-ouvrir", args=[recepisse.nud]))
    )
    adresse = ouvrir(gestionnaire, recepisse.nud, figer="on")
    assert Gel.objects.count() == 1
    assert "Figer 0" not in texte(gestionnaire.get(adresse))


def test_frozen_by_somebody_else_meanwhile(gestionnaire: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two managers at once: the enquiry opens, and the page says that the file was frozen already."""
    recepisse = f.deposer()

    def entre_temps(demande_id: object, **options: object) -> str:
        from sne.registre.enquete.actions.gels import geler

        e.figer(recepisse.demande_id)
        return str(geler(demande_id, **options))  # type: ignore[arg-type]

    monkeypatch.setattr("sne.guichet.enquete.views.geler", entre_temps)
    page = texte(
        gestionnaire.post(
            reverse("enquete-ouvrir", args=[recepisse.nud]), OUVERTURE | {"figer": "on"}, follow=True
        )
    )
    assert "Ce dossier est déjà figé." in page
    assert "Enquête ouverte." in page


def test_evidence_is_added_and_read(gestionnaire: Client) -> None:
    recepisse = f.deposer()
    autre = f.deposer(f.contenu(demandeur=f.personne("Leca", "Léa")))
    adresse = ouvrir(gestionnaire, recepisse.nud)
    identite = Identite.objects.get(demande=recepisse.demande_id)
    note = {"noter-texte": "Elle a rappelé"}
    assert "Note\u00a0: Elle a rappelé" in faire(gestionnaire, adresse, "noter", **note)
    page = faire(gestionnaire, adresse, "noter", **{"noter-piece": f"IDENTITE:{identite.id}"})
    assert (
        f"«\u00a0Dubreuil Élodie\u00a0» est titulaire de la demande {numero(recepisse.nud)} depuis le" in page
    )
    assert "Qui était sur la demande" not in page
    piece = page.split('value="ENTREE:')[1].split('"')[0]
    page = faire(gestionnaire, adresse, "noter", **{"noter-piece": f"ENTREE:{piece}"})
    assert "Historique du 24/11/2026" in page
    assert "\u00a0: Demande enregistrée." in page
    assert "Dites en une phrase" in faire(gestionnaire, adresse, "noter")
    page = faire(gestionnaire, adresse, "lier", **{"lier-numero": autre.nud})
    assert "Leca Léa" in page
    assert "déjà dans l’enquête" in faire(gestionnaire, adresse, "lier", **{"lier-numero": autre.nud})
    for saisi in ("n’importe quoi", "0990326999999G0993"):
        page = faire(gestionnaire, adresse, "lier", **{"lier-numero": saisi})
        assert "champ à corriger" in page


def test_refusal_of_a_lifting_is_told(gestionnaire: Client, collegue: Client) -> None:
    recepisse = f.deposer()
    adresse = ouvrir(gestionnaire, recepisse.nud)
    assert "Dossier figé." in faire(gestionnaire, adresse, "figer", vise=str(recepisse.demande_id))
    gel = str(Gel.objects.get().id)
    page = faire(gestionnaire, adresse, "demander", vise=gel)
    assert f'id="id_demander-{gel}-precision"' in page
    assert "champ à corriger" in page
    faire(gestionnaire, adresse, "demander", **{"vise": gel, f"demander-{gel}-precision": "Acte lu"})
    levee = str(LeveeGel.objects.get().id)
    reponse = {"vise": levee, f"decider-{levee}-decision": "REFUSEE"}
    assert "Dites en une phrase" in faire(collegue, adresse, "decider", **reponse)
    page = faire(
        collegue, adresse, "decider", **reponse | {f"decider-{levee}-precision": "Il manque un acte"}
    )
    assert "Levée du gel refusée\u00a0: Il manque un acte" in page
    assert "Demander la levée du gel" in page


def test_unknown_acts_and_targets(gestionnaire: Client) -> None:
    recepisse = f.deposer()
    adresse = ouvrir(gestionnaire, recepisse.nud)
    assert gestionnaire.post(adresse, {"acte": "effacer"}).status_code == 404
    assert gestionnaire.post(adresse, {"acte": "figer", "vise": "rien"}).status_code == 404
    faire(gestionnaire, adresse, "figer", vise=str(recepisse.demande_id))
    reponse = gestionnaire.post(adresse, {"acte": "figer", "vise": str(recepisse.demande_id)})
    assert reponse.status_code == 409


def test_past_identity_on_screen(agent: Client, gestionnaire: Client) -> None:
    """Opened by itself: the evidence for the manager, nothing at the counter."""
    nud = f.remplacer()
    f.deposer()
    (breve,) = list_enquetes(e.gt()).lignes
    liste = texte(gestionnaire.get(reverse("enquetes")))
    assert "Ancienne identité reconnue à l’enregistrement." in liste
    page = texte(gestionnaire.get(reverse("enquete", args=[breve.id])))
    assert "Qui était sur la demande" in page
    assert (
        f"«\u00a0Dubreuil Élodie\u00a0»\u00a0: cette personne était titulaire de la demande {numero(nud)} "
        "depuis le 08/05/2026, jusqu’au 24/11/2026. La version 3, demandée au guichet G0993, l’a remplacée par "
        "«\u00a0Zimmer Élodie\u00a0»."
    ) in page
    assert reverse("demande-version", args=[nud, 3]) in page
    assert "dans un autre territoire" not in page
    assert "gestionnaire territorial" not in texte(agent.get(reverse("accueil"))).split("<main")[1]


def test_recognised_elsewhere_on_both_screens(gestionnaire: Client) -> None:
    """The manager of the older demande reads the number to give; the other one, that there is an enquiry, and where."""
    nud = f.remplacer()
    connecter_ailleurs(territoire="02B")
    recente = en_corse()
    (breve,) = list_enquetes(e.gt()).lignes
    page = texte(gestionnaire.get(reverse("enquete", args=[breve.id])))
    assert (
        f"Cette personne a maintenant la demande {numero(recente.nud)} dans un autre territoire\u00a0: "
        "Corse-du-Sud (02A). Vous ne pouvez pas l’ouvrir."
    ) in page
    assert (
        "s’est connectée dans un autre territoire\u00a0: Haute-Corse (02B). Elle n’y a pas de demande."
        in page
    )
    assert gestionnaire.get(reverse("demande", args=[recente.nud])).status_code == 404
    corse = connecter(Client(), creer_gestionnaire("02A", le=f.MAINTENANT))
    fiche = texte(corse.get(reverse("demande", args=[recente.nud])))
    assert (
        "Une enquête est ouverte depuis le 26/11/2026 dans un autre territoire\u00a0: Val-d’Aurette (099)."
        in fiche
    )
    assert numero(nud) not in fiche
    assert "Zimmer" not in fiche
    assert corse.get(reverse("enquete", args=[breve.id])).status_code == 404
    assert "Enquêtes (1)" not in texte(corse.get(reverse("accueil")))


def test_enquiry_is_read_while_the_other_cell_is_away(
    gestionnaire: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is missing is said, with when to come back."""
    f.remplacer()
    recente = en_corse()
    (breve,) = list_enquetes(e.gt()).lignes
    monkeypatch.setattr(ailleurs, "cellule_de", lambda _: "nord")
    monkeypatch.setattr(routage, "_absentes", {"nord": float("inf")})
    reponse = gestionnaire.get(reverse("enquete", args=[breve.id]))
    assert reponse.status_code == 200
    page = texte(reponse)
    assert (
        "dans un autre territoire\u00a0: Corse-du-Sud (02A). L’autre dossier est dans une base qui ne répond "
        "pas\u00a0: son numéro manque ici. Rouvrez cette page dans quelques minutes."
    ) in page
    assert numero(recente.nud) not in page


def test_pages_and_constant_queries(gestionnaire: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    recepisse = f.deposer()
    e.enqueter(recepisse.demande_id)
    gestionnaire.get(reverse("enquetes"))
    seule = requetes(lambda: gestionnaire.get(reverse("enquetes")))
    for nom in ("Leca", "Zimmer"):
        e.figer(f.deposer(f.contenu(demandeur=f.personne(nom))).demande_id)
    assert requetes(lambda: gestionnaire.get(reverse("enquetes"))) == seule
    monkeypatch.setattr(
        "sne.registre.enquete.selectors.enquetes.list_enquetes.__kwdefaults__",
        {"closes": False, "apres": None, "avant": None, "par_page": 1},
    )
    premiere = gestionnaire.get(reverse("enquetes"), {"apres": "n’importe quoi"})
    assert "Précédents" not in texte(premiere)
    suite = texte(gestionnaire.get(reverse("enquetes") + premiere.context["suivante"]))
    assert "Précédents" in suite
    assert "Suivants" in suite


def test_departed_person_on_screen(gestionnaire: Client) -> None:
    """Recognised by night twice, said once: who left, and that nobody took the place."""
    karim = f.personne("Haddad", "Karim", identite={"civilite": "1", "date_naissance": "1985-08-21"})
    ancienne = f.deposer(f.contenu(cotitulaires=[karim | {"lien_demandeur": "C"}]), le=f.ANCIEN)
    for _ in range(2):
        f.deposer(f.contenu(demandeur=karim), doublons_ecartes="Un homonyme.")
    acteur = f.creer_acteur()
    modifier_demande(ancienne.demande_id, contenu=f.contenu(), revision=1, acte=Acte(acteur, f.MAINTENANT))
    f.decider(Identite.objects.get(demande=ancienne.demande_id, retrait=True))
    balayer("099", acte=Acte(balayage_du_registre("099"), f.MAINTENANT + timedelta(days=1)))
    (breve,) = list_enquetes(e.gt()).lignes
    page = texte(gestionnaire.get(reverse("enquete", args=[breve.id])))
    assert "Ancienne identité retrouvée par la recherche de nuit." in page
    anciens = page.split("Qui était sur la demande")[1].split("</section>")[0]
    assert anciens.count("cette personne était cotitulaire de la demande") == 1
    assert "La version 3 l’a retirée du dossier." in anciens
