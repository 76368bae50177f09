"""What is proposed at a counter while an address is typed: by the script, by a button, by nobody."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from sne.guichet.saisie.enregistrement import get_enregistrement
from sne.habilitations.models import Compte
from sne.registre.contenu.rules.arbre.lieux import Adresse
from sne.saisie.brut import Brut
from sne.socle.horloge import aujourd_hui
from tests.connecteurs.conftest import Simulateur, processus, simulateur
from tests.guichet import parcours
from tests.habilitations.factories import acteur
from tests.saisie import cadres

__all__ = ["processus", "simulateur"]
TAPE = {"voie": "rue des til", "numero": "14", "code_postal": "99000", "commune": "aurette la ville"}
CHERCHER: Brut = {nom: [valeur] for nom, valeur in TAPE.items()} | {
    "pays_adresse": ["france"],
    "chercher": ["voie"],
}
CHOISIE = ("14", "Rue des Tilleuls", "99000", "99001")


def ouvrir(client: Client) -> str:
    """A draft whose reasons are said, none of them violence: its addresses may be asked about outside."""
    brouillon = parcours.ouvrir(client)
    parcours.poster(client, brouillon, "motifs", cadres.motifs())
    return brouillon


def demander(client: Client, **champs: str) -> Any:
    """What the script asks for the street."""
    corps = {"chercher": "voie", "dehors": dit_dehors(client, ouvrir(client)), **TAPE, **champs}
    return client.post(reverse("propositions"), corps)


def dit_dehors(client: Client, brouillon: str) -> str:
    """What the page of this draft lets its script say."""
    page = parcours.texte(client.get(reverse("brouillon-etape", args=[brouillon, "personne"])))
    dit = re.search(r'data-reg-dehors="([^"]*)"', page)
    assert dit
    return dit[1]


def adresse_de(brouillon: str, compte: Compte) -> Adresse:
    contenu = get_enregistrement(brouillon, acteur(compte), le=aujourd_hui()).contenu  # type: ignore[arg-type]
    assert contenu.demandeur is not None
    return contenu.demandeur.adresse_courrier or Adresse()


def lignes(adresse: Adresse) -> tuple[str | None, ...]:
    return adresse.numero, adresse.voie, adresse.code_postal, adresse.commune


def jeton_propose(page: str) -> str:
    """The sealed choice of the first proposal drawn on a page."""
    trouve = re.search(r'name="voie_proposition" value="([^"]+)"', page)
    assert trouve
    return trouve[1]


# -- the script -----------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_le_script_recoit_des_lignes_a_choisir(agent: Client, simulateur: Simulateur) -> None:
    dit = demander(agent).json()
    [proposition] = dit["propositions"]
    assert dit["phrase"] == "1\u00a0proposition"
    assert proposition["libelle"] == "14 Rue des Tilleuls 99000 Aurette-la-Ville"
    assert proposition["valeurs"] == {
        "numero": "14",
        "voie": "Rue des Tilleuls",
        "code_postal": "99000",
        "commune": "Aurette-la-Ville",
    }


@pytest.mark.django_db
def test_un_numero_inconnu_reste_tel_qu_il_est_tape(agent: Client, simulateur: Simulateur) -> None:
    [proposition] = demander(agent, numero="", voie="7 rue des tilleuls").json()["propositions"]
    assert proposition["valeurs"]["numero"] == "7"
    assert proposition["detail"] == "Le n°\u00a07 n’y est pas connu."


@pytest.mark.django_db
def test_une_adresse_a_proteger_n_est_dite_a_personne(agent: Client, simulateur: Simulateur) -> None:
    """A page that does not say that it may be told outside is answered by our index alone, here empty: off."""
    assert demander(agent, dehors="").json() == {"propositions": [], "phrase": ""}
    assert simulateur.vus() == []


@pytest.mark.parametrize("motifs", [{"motif_1": ["06"]}, {"motif_1": ["13"]}], ids=["violence", "another"])
def test_ce_qui_est_dit_dans_un_autre_onglet_compte(
    agent: Client, simulateur: Simulateur, motifs: dict[str, list[str]]
) -> None:
    """A page opened before the reasons were saved again no longer speaks for the draft: its script is told no more."""
    brouillon = ouvrir(agent)
    dehors = dit_dehors(agent, brouillon)
    parcours.poster(agent, brouillon, "motifs", motifs | {"continuer": ["oui"]})
    assert demander(agent, dehors=dehors).json() == {"propositions": [], "phrase": ""}
    assert simulateur.vus() == []


@pytest.mark.parametrize("dehors", ["oui", "1.2", f"{uuid.UUID(int=1)}.1"])
def test_une_page_qui_ne_dit_rien_de_vrai(agent: Client, simulateur: Simulateur, dehors: str) -> None:
    demander(agent, dehors=dehors)
    assert simulateur.vus() == []


@pytest.mark.django_db
@pytest.mark.parametrize("travers", ["panne", "html", "types", "coupe"])
def test_un_service_qui_manque_est_dit_et_rien_d_autre(
    agent: Client, simulateur: Simulateur, travers: str
) -> None:
    simulateur.regler(ban=travers)
    dit = demander(agent).json()
    assert dit["propositions"] == []
    assert dit["phrase"].endswith("Continuez à la main\u00a0: rien n’est perdu.")


@pytest.mark.django_db
def test_un_champ_qui_ne_propose_rien(agent: Client) -> None:
    assert agent.post(reverse("propositions"), {"chercher": "nir", "nir": "1"}).status_code == 404
    assert agent.get(reverse("propositions"), TAPE).status_code == 405


@pytest.mark.django_db
def test_seulement_pour_un_professionnel() -> None:
    assert Client().post(reverse("propositions"), {"chercher": "voie", **TAPE}).status_code in {302, 403}


# -- the button -----------------------------------------------------------------------------------------------
def test_sans_script_un_bouton_donne_les_choix(agent: Client, compte: Compte, simulateur: Simulateur) -> None:
    brouillon = ouvrir(agent)
    page = parcours.texte(parcours.poster(agent, brouillon, "coordonnees", CHERCHER))
    assert "Garder ce que j’ai tapé" in page
    assert "14 Rue des Tilleuls 99000 Aurette-la-Ville" in page
    assert "champ à corriger" not in page
    choisir = {"voie_proposition": [jeton_propose(page)], "continuer": ["oui"]}
    suite = cadres.coordonnees(**TAPE) | choisir
    assert parcours.poster(agent, brouillon, "coordonnees", suite).status_code == 302
    assert lignes(adresse_de(brouillon, compte)) == CHOISIE


def test_ce_qui_est_tape_en_dernier_compte(agent: Client, compte: Compte, simulateur: Simulateur) -> None:
    brouillon = ouvrir(agent)
    page = parcours.texte(parcours.poster(agent, brouillon, "coordonnees", CHERCHER))
    autre = cadres.coordonnees(**(TAPE | {"voie": "rue inconnue"}))
    parcours.poster(agent, brouillon, "coordonnees", autre | {"voie_proposition": [jeton_propose(page)]})
    assert adresse_de(brouillon, compte).voie == "rue inconnue"


def test_un_choix_que_personne_n_a_propose_ne_remplit_rien(agent: Client, compte: Compte) -> None:
    brouillon = parcours.ouvrir(agent)
    faux = cadres.coordonnees(**TAPE) | {"voie_proposition": ["eyJ2YWxldXJzIjp7fX0:faux"]}
    parcours.poster(agent, brouillon, "coordonnees", faux)
    assert adresse_de(brouillon, compte).voie == "rue des til"


def test_le_bouton_dit_que_le_service_manque(agent: Client, simulateur: Simulateur) -> None:
    simulateur.regler(ban="panne")
    brouillon = ouvrir(agent)
    page = parcours.texte(parcours.poster(agent, brouillon, "coordonnees", CHERCHER))
    assert "Le service ne répond pas. Continuez à la main" in page
    assert 'value="rue des til"' in page


@pytest.mark.parametrize("motifs", [None, "06"], ids=["not said yet", "violence"])
def test_une_adresse_ne_sort_que_si_les_motifs_le_permettent(
    agent: Client, simulateur: Simulateur, motifs: str | None
) -> None:
    """Until somebody says why the person applies, violence may be the reason: nothing of the draft leaves."""
    brouillon = parcours.ouvrir(agent)
    if motifs:
        parcours.poster(agent, brouillon, "motifs", {"motif_1": [motifs], "continuer": ["oui"]})
    page = parcours.texte(parcours.poster(agent, brouillon, "coordonnees", CHERCHER))
    assert "elle ne quitte pas le service" in page
    assert "data-reg-dehors" not in page
    assert simulateur.vus() == []


# -- communes -------------------------------------------------------------------------------------------------
def communes(client: Client, commune: str, code_postal: str = "") -> list[str]:
    corps = {"chercher": "commune", "commune": commune, "code_postal": code_postal}
    return [p["libelle"] for p in client.post(reverse("propositions"), corps).json()["propositions"]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("commune", "code_postal", "premieres"),
    [
        ("", "99240", ["Les Ormeaux (99240)"]),
        ("ormo", "99240", ["Les Ormeaux (99240)"]),
        ("aurette la", "", ["Aurette-la-Ville (99000)", "Aurette-la-Ville (99100)"]),
        ("les ormaux", "", ["Les Ormeaux (99240)"]),
        ("bordeau", "", ["Bordeaux"]),
    ],
)
def test_le_code_postal_ou_le_nom_propose_ses_communes(
    agent: Client, commune: str, code_postal: str, premieres: list[str]
) -> None:
    trouvees = communes(agent, commune, code_postal)
    assert [t for t, p in zip(trouvees, premieres, strict=False) if t.startswith(p)] == trouvees[
        : len(premieres)
    ]
    assert trouvees


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("saisi", "attendues"),
    [
        ("ormeaux", ["Les Ormeaux (99240)"]),
        ("9924", ["Les Ormeaux (99240)"]),
        ("les ormaux", ["Les Ormeaux (99240)"]),
        ("bordeaux", []),
        ("", []),
    ],
)
def test_un_souhait_propose_les_communes_du_territoire(
    agent: Client, saisi: str, attendues: list[str]
) -> None:
    dit = agent.post(reverse("propositions"), {"chercher": "commune_2", "commune_2": saisi}).json()
    libelles = [p["libelle"] for p in dit["propositions"]]
    assert libelles[:1] == attendues
    assert [p["valeurs"] for p in dit["propositions"]] == [{"commune_2": libelle} for libelle in libelles]


@pytest.mark.parametrize(
    ("page", "champ", "saisi", "attendu"),
    [
        (
            "coordonnees",
            "commune",
            cadres.coordonnees(code_postal="99240", commune="Les Ormaux"),
            "Les Ormeaux",
        ),
        ("souhaits", "commune_1", parcours.souhaits(commune_1="Les Ormaux"), "Les Ormeaux (99240)"),
    ],
)
def test_les_noms_proches_sont_des_boutons(
    agent: Client, page: str, champ: str, saisi: Brut, attendu: str
) -> None:
    brouillon = parcours.ouvrir(agent)
    refusee = parcours.texte(parcours.poster(agent, brouillon, page, saisi))
    jeton = re.search(rf'name="{champ}_proposition" value="([^"]+)">Les Ormeaux', refusee)
    assert jeton
    sans_suite = {nom: valeurs for nom, valeurs in saisi.items() if nom != "continuer"}
    suite = parcours.poster(agent, brouillon, page, sans_suite | {f"{champ}_proposition": [jeton[1]]})
    rouverte = agent.get(suite.headers["Location"])
    assert f'name="{champ}" value="{attendu}"' in parcours.texte(rouverte)
    assert "à corriger" not in parcours.texte(rouverte).partition("<main")[2].partition("</form>")[0]


# -- companies ------------------------------------------------------------------------------------------------
def entreprises(client: Client, champ: str, **champs: str) -> Any:
    corps = {"chercher": champ, **champs}
    return client.post(reverse("propositions"), corps).json()


@pytest.mark.django_db
def test_un_employeur_ferme_est_dit_dans_la_proposition(agent: Client, simulateur: Simulateur) -> None:
    dit = entreprises(agent, "demandeur-employeur", **{"demandeur-employeur": "manufacture"})
    vues = {p["valeurs"]["employeur_siret"]: p["detail"] for p in dit["propositions"]}
    assert "fermé" not in vues["99900016900014"]
    assert "Cet établissement a fermé le 30/06/2024." in vues["99900016900022"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("saisi", "phrase"),
    [
        ("999 000 169 00013", "Ce numéro n’existe pas\u00a0: sa clé est fausse."),
        ("732 829 320 00074", "Ce numéro est bien formé, mais aucune entreprise visible ne le porte."),
    ],
)
def test_un_numero_faux_ou_introuvable_est_dit_et_n_arrete_rien(
    agent: Client, simulateur: Simulateur, saisi: str, phrase: str
) -> None:
    dit = entreprises(agent, "employeur", employeur=saisi)
    assert dit["propositions"] == []
    assert dit["phrase"].startswith(phrase)


@pytest.mark.django_db
def test_notre_liste_de_bailleurs_d_abord(agent: Client, simulateur: Simulateur) -> None:
    dit = entreprises(agent, "bailleur_social__nom", bailleur_social__nom="logis aur")
    assert dit["propositions"][0]["valeurs"] == {
        "bailleur_social__nom": "Logis d’Aurette",
        "bailleur_social__siren": "999000029",
    }
    assert simulateur.vus() == []
    dit = entreprises(agent, "bailleur_social__nom", bailleur_social__nom="office public habitat")
    assert dit["propositions"][0]["valeurs"]["bailleur_social__siren"] == "999000003"


# -- what is kept ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("apres_coup", [False, True], ids=["choisie", "retouchée"])
def test_le_dossier_dit_ce_qui_fut_choisi(agent: Client, simulateur: Simulateur, *, apres_coup: bool) -> None:
    """The number given, the file says who proposed the address, and the day; touched since, it is not verified."""
    brouillon = ouvrir(agent)
    page = parcours.texte(parcours.poster(agent, brouillon, "coordonnees", CHERCHER))
    choisie = cadres.coordonnees(**TAPE) | {"voie_proposition": [jeton_propose(page)]}
    parcours.poster(agent, brouillon, "coordonnees", choisie)
    if apres_coup:
        garde = {"voie_choix": [jeton_propose(page)]}
        retouchee = cadres.coordonnees(**(TAPE | {"voie": "Rue des Tilleuls", "numero": "15"}))
        parcours.poster(agent, brouillon, "coordonnees", retouchee | garde)
    parcours.poster(agent, brouillon, "personne", cadres.personne())
    parcours.poster(agent, brouillon, "souhaits", parcours.souhaits())
    suite = parcours.verifier(agent, brouillon)
    nud = resolve(suite.headers["Location"]).kwargs["nud"]
    dossier = parcours.texte(agent.get(reverse("demande", args=[nud])))
    assert ("Vérifiée le 24/11/2026, Base adresse nationale" in dossier) is not apres_coup
    assert ("Non vérifiée." in dossier) is apres_coup


def test_une_page_ne_demande_rien_a_personne(agent: Client, simulateur: Simulateur, settings: Any) -> None:
    """Showing a page, or the file, costs the same whether services are down or switched off."""
    brouillon = parcours.ouvrir(agent)
    adresse = parcours.adresse(brouillon, "coordonnees")
    simulateur.regler(ban="panne", entreprises="panne", drm="panne")
    agent.get(adresse)
    en_panne = parcours.requetes(lambda: agent.get(adresse))
    settings.CONNECTEURS = {"BAN": "", "ENTREPRISES": "", "DRM": ""}
    assert en_panne == parcours.requetes(lambda: agent.get(adresse))
    assert simulateur.vus() == []
