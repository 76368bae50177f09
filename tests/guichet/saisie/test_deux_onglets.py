"""Two tabs, or two posts, on one draft: nothing newer is overwritten, nothing typed is lost, a collision is chosen."""

from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.demande.models.demande import Demande
from sne.registre.modification.actions.brouillons import enregistrer_brouillon
from sne.registre.modification.models import Brouillon
from sne.registre.modification.selectors.brouillons import get_brouillon
from sne.saisie import en_cours
from sne.saisie.brut import Brut
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.guichet import parcours
from tests.guichet.parcours import texte
from tests.guichet.saisie.onglets import Onglet
from tests.guichet.vie import renouvellements
from tests.habilitations.factories import acteur
from tests.registre import factories as f
from tests.tirages import sans_tirages

REUNIS = "Les deux changements ne se gênaient pas\u00a0: ils sont réunis."
LOYER = "choix-logement_actuel.loyer_mensuel"
LOU = {
    "enfants-nombre": "3",
    "enfants-3-nom": "Été",
    "enfants-3-prenoms": "Lou",
    "enfants-3-date_naissance": "02/05/2021",
    "enfants-3-lien_parente": "E",
}


@pytest.fixture
def brouillon(agent: Client) -> str:
    """A household, its dwelling and its money, typed."""
    ouvert = parcours.saisir(agent)
    for code in ("situation", "ressources", "logement"):
        saisie = parcours.TOUTES[code]()
        if code == "situation":
            saisie |= {"demandeur-code_postal": ["99240"], "demandeur-commune": ["Les Ormeaux"]}
        assert parcours.poster(agent, ouvert, code, saisie).status_code == 302
    return ouvert


def onglet(client: Client, brouillon: str, code: str) -> Onglet:
    return Onglet(client, parcours.adresse(brouillon, code))


def page(client: Client, brouillon: str, code: str) -> Brut:
    """What a page opened now holds."""
    return onglet(client, brouillon, code).champs


def enfants(client: Client, brouillon: str) -> list[str]:
    """First names of the dependants, as the page shows them."""
    champs = page(client, brouillon, "foyer")
    return [champs[f"enfants-{rang}-prenoms"][0] for rang in range(1, int(champs["enfants-nombre"][0]) + 1)]


def en_tirets(champs: dict[str, str]) -> dict[str, str]:
    return {nom.replace("-", "__"): valeur for nom, valeur in champs.items()}


# -- a household --------------------------------------------------------------------------------------------------
def test_un_enfant_ajoute_ailleurs_est_toujours_la(agent: Client, brouillon: str) -> None:
    """Even when the other tab is refused for an error; once it is put right, both are there."""
    un, autre = onglet(agent, brouillon, "foyer"), onglet(agent, brouillon, "foyer")
    assert un.envoyer(**en_tirets(LOU)).status_code == 302
    refusee = autre.envoyer(cotitulaires__1__date_naissance="31/02/1985")
    assert refusee.status_code == 409
    assert "Ce brouillon a été enregistré ailleurs à 10\u00a0h\u00a030, pendant votre saisie" in texte(
        refusee
    )
    assert enfants(agent, brouillon) == ["Lina", "Adam", "Lou"]
    assert page(agent, brouillon, "foyer")["cotitulaires-1-date_naissance"] == ["30/06/1985"]
    suite = autre.envoyer(cotitulaires__1__date_naissance="29/06/1985")
    assert suite.headers["Location"].startswith(parcours.adresse(brouillon, "logement"))
    assert REUNIS in texte(agent.get(suite.headers["Location"]))
    assert enfants(agent, brouillon) == ["Lina", "Adam", "Lou"]
    assert page(agent, brouillon, "foyer")["cotitulaires-1-date_naissance"] == ["29/06/1985"]


def test_un_enfant_ajoute_de_chaque_cote(agent: Client, brouillon: str) -> None:
    un, autre = onglet(agent, brouillon, "foyer"), onglet(agent, brouillon, "foyer")
    un.envoyer(**en_tirets(LOU))
    assert autre.envoyer(**en_tirets(LOU | {"enfants-3-prenoms": "Zoé"})).status_code == 302
    assert enfants(agent, brouillon) == ["Lina", "Adam", "Lou", "Zoé"]


def test_le_meme_enfant_ajoute_de_chaque_cote_ne_l_est_qu_une_fois(agent: Client, brouillon: str) -> None:
    un, autre = onglet(agent, brouillon, "foyer"), onglet(agent, brouillon, "foyer")
    for tape in (un, autre):
        assert tape.envoyer(**en_tirets(LOU)).status_code == 302
    assert enfants(agent, brouillon) == ["Lina", "Adam", "Lou"]


def test_un_enfant_retire_ici_et_laisse_la_part(agent: Client, brouillon: str) -> None:
    un, autre = onglet(agent, brouillon, "foyer"), onglet(agent, brouillon, "foyer")
    un.envoyer(**en_tirets(LOU))
    autre.champs["retirer"] = ["enfants-1"]
    assert autre.envoyer().status_code == 302
    assert enfants(agent, brouillon) == ["Adam", "Lou"]


def test_un_enfant_retire_ici_et_corrige_la_est_demande(agent: Client, brouillon: str) -> None:
    un, autre = onglet(agent, brouillon, "foyer"), onglet(agent, brouillon, "foyer")
    un.envoyer(enfants__1__prenoms="Lina, Rose")
    autre.champs["retirer"] = ["enfants-1"]
    reponse = autre.envoyer()
    assert reponse.status_code == 409
    assert len(reponse.context["lignes"]) == 1
    assert enfants(agent, brouillon) == ["Lina, Rose", "Adam"]


def test_une_ligne_ajoutee_sur_une_page_depassee_reste_sur_la_page(agent: Client, brouillon: str) -> None:
    un, autre = onglet(agent, brouillon, "foyer"), onglet(agent, brouillon, "foyer")
    un.envoyer(**en_tirets(LOU))
    reponse = agent.post(autre.adresse, autre.champs | {"ajouter": ["enfants"]})
    assert reponse.status_code == 409
    assert reponse.context["page"].brut["enfants-nombre"] == ["3"]
    assert "fr-error-text" not in texte(reponse)
    assert enfants(agent, brouillon) == ["Lina", "Adam", "Lou"]


def test_nul_ne_recoit_les_ressources_d_un_autre(agent: Client, brouillon: str) -> None:
    """The husband left in another tab while his income was being typed: his money goes to nobody else."""
    foyer, argent = onglet(agent, brouillon, "foyer"), onglet(agent, brouillon, "ressources")
    frere = {
        f"cotitulaires-2-{nom}": v for nom, v in {"lien_demandeur": "F", "nom_naissance": "Leca"}.items()
    }
    frere |= {"cotitulaires-2-civilite": "1", "cotitulaires-2-prenoms": "Marc"}
    frere |= {"cotitulaires-2-date_naissance": "01/02/1990", "cotitulaires-2-nationalite": "1"}
    foyer.champs["retirer"] = ["cotitulaires-1"]
    foyer.envoyer(**en_tirets({"cotitulaires-nombre": "2"} | frere))
    reponse = argent.envoyer(**{"cotitulaires__1__recues__1__montant_mensuel": "4444"})
    assert reponse.status_code == 409
    assert "4444" not in sans_tirages(str(get(agent, brouillon)))


def get(agent: Client, brouillon: str) -> dict[str, Any]:
    """All that the draft holds."""
    compte = Compte.objects.get()
    return get_brouillon(Brouillon.objects.get(id=brouillon).id, acteur(compte)).donnees


def test_un_numero_de_securite_sociale_tape_ailleurs_reste(agent: Client, brouillon: str) -> None:
    nir = "287032A00400129"
    un, autre = onglet(agent, brouillon, "personne"), onglet(agent, brouillon, "personne")
    assert un.envoyer(nir=nir).status_code in (302, 200)
    garde = page(agent, brouillon, "personne").get("nir")
    assert autre.envoyer(prenoms="Léa, Marine").status_code == 302
    assert page(agent, brouillon, "personne").get("nir") == garde


# -- one answer ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("choix", "loyer"), [("dossier", "900"), ("saisie", "700")])
def test_le_meme_loyer_change_des_deux_cotes_se_choisit(
    agent: Client, brouillon: str, choix: str, loyer: str
) -> None:
    """What only one side changed is merged; nothing is written until a side is chosen."""
    un, autre = onglet(agent, brouillon, "logement"), onglet(agent, brouillon, "logement")
    un.envoyer(loyer_mensuel="900", surface="50")
    reponse = autre.envoyer(loyer_mensuel="700", nombre_habitants="5")
    assert reponse.status_code == 409
    (ligne,) = reponse.context["lignes"]
    assert (ligne.nom, ligne.dossier, ligne.saisie) == (LOYER, "900\u00a0€", "700\u00a0€")
    for attendu in ("Dans le brouillon</span> 900", "Choisissez ligne par ligne", "Revoir ma saisie"):
        assert attendu in texte(reponse), attendu
    assert page(agent, brouillon, "logement")["nombre_habitants"] == ["4"]
    sans = autre.choisir()
    assert "Il reste 1\u00a0ligne à choisir" in texte(sans)
    assert autre.choisir(**{LOYER: choix}).status_code == 302
    champs = page(agent, brouillon, "logement")
    assert [champs[nom] for nom in ("loyer_mensuel", "surface", "nombre_habitants")] == [
        [loyer],
        ["50"],
        ["5"],
    ]
    assert not any(nom.startswith(("choix", "lu", "vue")) for nom in get(agent, brouillon)["logement"])


def test_le_brouillon_change_encore_pendant_le_choix(agent: Client, brouillon: str) -> None:
    """What was chosen stays chosen; what collides since is asked too."""
    un, autre = onglet(agent, brouillon, "logement"), onglet(agent, brouillon, "logement")
    un.envoyer(loyer_mensuel="900")
    autre.envoyer(loyer_mensuel="700", surface="60")
    onglet(agent, brouillon, "logement").envoyer(surface="80")
    reponse = autre.choisir(**{LOYER: "saisie"})
    assert reponse.status_code == 409
    assert [ligne.libelle for ligne in reponse.context["lignes"]] == ["Logement actuel, surface habitable"]
    onglet(agent, brouillon, "logement").envoyer(loyer_mensuel="950")
    assert page(agent, brouillon, "logement")["surface"] == ["80"]


def test_revoir_sa_saisie_rend_tout_ce_qui_etait_tape(agent: Client, brouillon: str) -> None:
    un, autre = onglet(agent, brouillon, "logement"), onglet(agent, brouillon, "logement")
    un.envoyer(loyer_mensuel="900")
    autre.envoyer(loyer_mensuel="700")
    revue = agent.post(autre.adresse, autre.champs | {"corriger": ["oui"]})
    assert revue.context["page"].brut["loyer_mensuel"] == ["700"]
    assert page(agent, brouillon, "logement")["loyer_mensuel"] == ["900"]


@pytest.mark.parametrize("bouton", ["quitter", "precedente", "terminer"])
def test_partir_d_une_page_depassee_la_reunit_aussi(agent: Client, brouillon: str, bouton: str) -> None:
    un, autre = onglet(agent, brouillon, "logement"), onglet(agent, brouillon, "logement")
    un.envoyer(loyer_mensuel="900")
    assert autre.envoyer(bouton, surface="50").status_code == 302
    champs = page(agent, brouillon, "logement")
    assert (champs["loyer_mensuel"], champs["surface"]) == (["900"], ["50"])


def test_ce_qui_est_faux_ailleurs_reste_a_corriger(agent: Client, brouillon: str) -> None:
    """No tree holds a wrong value: it is kept as typed, and the page that joins it leads to it."""
    un, autre = onglet(agent, brouillon, "logement"), onglet(agent, brouillon, "logement")
    assert un.envoyer(date_entree="31/02/2019").status_code == 200
    suite = autre.envoyer(surface="50")
    assert suite.headers["Location"] == autre.adresse
    champs = page(agent, brouillon, "logement")
    assert (champs["date_entree"], champs["surface"]) == (["31/02/2019"], ["50"])


@pytest.mark.parametrize("lu", ["", "0", "abc", "999", "1"])
def test_une_page_dont_on_ne_sait_plus_l_age_n_ecrase_rien(agent: Client, brouillon: str, lu: str) -> None:
    """« 1 »: the draft then had no page; the others were never its number."""
    autre = onglet(agent, brouillon, "logement")
    autre.champs["lu"] = [lu]
    reponse = autre.envoyer(loyer_mensuel="700")
    assert reponse.status_code == 409
    assert [ligne.nom for ligne in reponse.context["lignes"]] == [LOYER]
    assert page(agent, brouillon, "logement")["loyer_mensuel"] == ["420"]


# -- what is not a collision --------------------------------------------------------------------------------------
def test_une_autre_page_s_enregistre_comme_tapee(agent: Client, brouillon: str) -> None:
    """Right or wrong: it writes over nothing."""
    un, autre = onglet(agent, brouillon, "logement"), onglet(agent, brouillon, "souhaits")
    un.envoyer(loyer_mensuel="900")
    assert autre.envoyer(loyer_maximum="beaucoup").status_code == 200
    assert page(agent, brouillon, "souhaits")["loyer_maximum"] == ["beaucoup"]
    assert page(agent, brouillon, "logement")["loyer_mensuel"] == ["900"]


def test_un_double_clic_n_est_pas_une_collision(agent: Client, brouillon: str) -> None:
    un = onglet(agent, brouillon, "logement")
    assert [un.envoyer(loyer_mensuel="900").status_code for _ in range(2)] == [302, 302]


def test_enregistree_ailleurs_entre_la_lecture_et_l_ecriture(
    agent: Client, compte: Compte, brouillon: str
) -> None:
    """The action refuses, the draft is read again, both are there."""
    autre, vrai, fois = onglet(agent, brouillon, "logement"), enregistrer_brouillon, []

    def entre_temps(cle: Any, donnees: Any, *, lu: int, **suite: Any) -> None:
        if not fois:
            fois.append(1)
            ici = get_brouillon(cle, acteur(compte))
            loyer = ici.donnees["logement"] | {"loyer_mensuel": ["900"]}
            vrai(cle, ici.donnees | {"logement": loyer}, lu=lu, acte=Acte(acteur(compte), maintenant()))
        vrai(cle, donnees, lu=lu, **suite)

    with mock.patch.object(en_cours, "enregistrer_brouillon", entre_temps):
        assert autre.envoyer(surface="50").status_code == 302
    champs = page(agent, brouillon, "logement")
    assert (champs["loyer_mensuel"], champs["surface"]) == (["900"], ["50"])


# -- the last step ------------------------------------------------------------------------------------------------
def test_le_numero_n_est_pas_donne_sur_ce_qui_n_a_pas_ete_relu(agent: Client, brouillon: str) -> None:
    lu = parcours.lu(brouillon)
    onglet(agent, brouillon, "logement").envoyer(loyer_mensuel="900")
    reponse = parcours.verifier(agent, brouillon, **lu)
    assert reponse.status_code == 409
    assert "Rien n’est encore enregistré dans le registre" in texte(reponse)
    assert '<option value="CNI" selected>' in texte(reponse)
    assert 'name="relu" id="id_relu" checked' not in texte(reponse)
    assert not Demande.objects.exists()
    assert parcours.verifier(agent, brouillon, lu=str(reponse.context["lu"])).status_code == 302
    assert Demande.objects.count() == 1


def test_deux_dernieres_etapes_disent_leurs_deux_valeurs(agent: Client, brouillon: str) -> None:
    lu = parcours.lu(brouillon)
    adresse = reverse("brouillon-verifier", args=[brouillon])
    agent.post(adresse, lu | {"piece_type": "PASSEPORT", "date_reception": "20112026", "quitter": "oui"})
    reponse = agent.post(adresse, lu | {"piece_type": "CNI", "quitter": "oui"})
    assert reponse.status_code == 409
    attendu = (
        "Pièce d’identité ou titre de séjour vu\u00a0: «\u00a0Passeport\u00a0» a été enregistré ailleurs."
    )
    assert attendu in texte(reponse)
    assert '<option value="CNI" selected>' in texte(reponse)
    assert 'value="20112026"' in texte(reponse)
    assert '<option value="PASSEPORT" selected>' in texte(agent.get(adresse))


def test_deux_dernieres_etapes_qui_ne_se_genent_pas(agent: Client, brouillon: str) -> None:
    lu = parcours.lu(brouillon)
    adresse = reverse("brouillon-verifier", args=[brouillon])
    agent.post(adresse, lu | {"piece_type": "PASSEPORT", "quitter": "oui"})
    assert agent.post(adresse, lu | {"date_reception": "20112026", "quitter": "oui"}).status_code == 302
    recap = texte(agent.get(adresse))
    assert '<option value="PASSEPORT" selected>' in recap
    assert 'value="20112026"' in recap


# -- a renewal ----------------------------------------------------------------------------------------------------
def test_deux_onglets_sur_un_renouvellement(agent: Client, compte: Compte) -> None:
    nud = renouvellements.deposee()
    renouvellements.commencer(agent, nud)
    adresse = renouvellements.adresse(nud, "souhaits")
    un, autre = Onglet(agent, adresse), Onglet(agent, adresse)
    recap = renouvellements.lu(agent, nud)
    un.envoyer(loyer_maximum="900")
    reponse = autre.envoyer(loyer_maximum="700", categorie="A")
    assert [ligne.saisie for ligne in reponse.context["lignes"]] == ["700\u00a0€"]
    saisie = {"relu": "on", "sans_changement": "on", "continuer": "oui", "lu": recap}
    refusee = agent.post(renouvellements.adresse(nud, "verifier"), saisie)
    assert refusee.status_code == 409
    assert "Rien n’a changé dans le dossier" in texte(refusee)
    autre.choisir(**{"choix-souhaits.loyer_maximum": "saisie"})
    assert renouvellements.confirmer(agent, nud).status_code == 302
    souhaits = renouvellements.lire(nud, compte).contenu.souhaits
    assert (souhaits.loyer_maximum, souhaits.categorie) == (700, "A")
    assert renouvellements.lire(nud, compte).demande.date_dernier_renouvellement == f.AUJOURD_HUI


def test_la_derniere_etape_renvoyee_a_l_identique_est_jugee_comme_la_premiere_fois(
    agent: Client, brouillon: str
) -> None:
    """Its answer was lost: what it saved is what it says, nobody typed anything else."""
    lu = parcours.lu(brouillon)
    reponses = [parcours.verifier(agent, brouillon, relu="", **lu) for _ in range(2)]
    assert [reponse.status_code for reponse in reponses] == [200, 200]
    assert [reponse.context["erreurs"] for reponse in reponses] == [reponses[0].context["erreurs"]] * 2
    assert reponses[0].context["erreurs"]
    assert parcours.verifier(agent, brouillon, lu=str(reponses[1].context["lu"])).status_code == 302
