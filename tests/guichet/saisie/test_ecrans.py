"""A screen of several pages: typed together, controlled as it is typed, left for the check and back, cut short."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.contenu.rules.completude import nombre_manquant
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.selectors.etat import etat
from sne.socle.horloge import maintenant
from tests.guichet import parcours
from tests.habilitations.factories import acteur
from tests.registre import factories as f
from tests.saisie import cadres


def ajouter(client: Client, brouillon: str, groupe: str, combien: str = "", **autres: list[str]) -> str:
    """The page once rows of this group were asked for."""
    saisie = {"ajouter": [groupe], f"{groupe}-combien": [combien]} | autres
    return parcours.texte(client.get(parcours.poster(client, brouillon, "foyer", saisie).headers["Location"]))


def test_autant_de_lignes_qu_on_veut_et_ce_qui_se_deduit(agent: Client) -> None:
    """A married applicant: the other adult is the spouse; children bear the surname said last; blank rows stay."""
    brouillon = parcours.ouvrir(agent)
    parcours.poster(agent, brouillon, "personne", cadres.personne())
    page = ajouter(agent, brouillon, "cotitulaires")
    assert re.search(r'id="id_cotitulaires-1-lien_demandeur"[^>]*>.*?value="M" selected', page, re.DOTALL)
    assert 'id="id_cotitulaires-1-statut"' in page  # their work is asked for on the same screen
    page = ajouter(agent, brouillon, "enfants", "3", **{"cotitulaires-1-nom_naissance": ["Rossi"]})
    assert page.count('value="Rossi"') == 5  # the adult, three rows, what was proposed
    page = ajouter(agent, brouillon, "gardes")
    assert 'id="id_enfants-3-nom"' in page
    saisie = {"enfants-1-prenoms": ["Lina"], "enfants-1-date_naissance": ["12/03/2016"], "continuer": ["oui"]}
    saisie |= {f"enfants-{rang}-lien_parente": ["E"] for rang in (1, 2, 3)}
    rossi = cadres.foyer(**{"enfants-nombre": "3"})
    rossi = {
        nom: dit for nom, dit in rossi.items() if not nom.startswith(("enfants-1", "enfants-2", "gardes-1"))
    }
    assert parcours.poster(agent, brouillon, "foyer", rossi | saisie).status_code == 302
    page = parcours.texte(agent.get(parcours.adresse(brouillon, "foyer")))
    assert 'id="id_enfants-1-nom"' in page
    assert 'id="id_enfants-2-nom"' not in page  # a surname that was proposed says nothing of anybody


def test_combien_se_borne_et_ne_s_invente_pas(agent: Client) -> None:
    brouillon = parcours.ouvrir(agent)
    for dit, attendu in (("deux", 1), ("0", 2), ("99", 10)):
        page = ajouter(agent, brouillon, "cotitulaires", dit)
        assert page.count('name="retirer" value="cotitulaires-') == attendu


def test_un_avis_d_impot_commun_se_compte_une_fois(agent: Client, compte: Compte) -> None:
    brouillon = parcours.ouvrir(agent)
    parcours.poster(agent, brouillon, "personne", cadres.personne())
    commun = {"cotitulaires-1-avis_commun": ["on"], "demandeur-n_moins_2__montant": ["30000"]}
    double = commun | {"cotitulaires-1-n_moins_2__montant": ["30000"]}
    refus = parcours.poster(agent, brouillon, "foyer", cadres.foyer() | double)
    assert "Décochez l’avis commun" in parcours.texte(refus)
    seul = commun | {"cotitulaires-1-n_moins_2__montant": [""]}
    parcours.poster(agent, brouillon, "foyer", cadres.foyer() | seul)
    parcours.poster(agent, brouillon, "souhaits", parcours.souhaits())
    nud = parcours.verifier(agent, brouillon).headers["Location"].split("/")[2]
    contenu = etat(nud, maintenant(), acteur=acteur(compte)).contenu
    adultes = (contenu.demandeur, *contenu.cotitulaires)
    assert [a.revenus_fiscaux.n_moins_2.montant for a in adultes if a] == [30000, 0]


def test_ce_qui_se_dit_en_quittant_un_champ(agent: Client) -> None:
    """The words of the page, before it is sent: errors by field, close demandes at a birth date; nothing is saved."""
    proche = f.deposer().nud
    champs = {"lu": "1", "controle": "date_naissance", "courriel": "lea", "nom_naissance": "Dubreuil"}
    champs |= {"prenoms": "Élodie", "date_naissance": "14/03/1987", "civilite": "2"}
    page = parcours.texte(agent.post(reverse("enregistrer"), champs))
    assert '<li data-reg-champ="id_courriel">' in page
    assert reverse("demande", args=[proche]) in page
    assert "<html" not in page
    ailleurs = parcours.texte(agent.post(reverse("enregistrer"), champs | {"controle": "courriel"}))
    assert proche not in ailleurs  # looked for when the birth date is left, and not at each field
    brouillon = parcours.ouvrir(agent)
    avant = parcours.lu(brouillon)
    loyer = cadres.logement(statut="LTG", bailleur_social__nom="") | {"controle": ["loyer_mensuel"]}
    parcours.poster(agent, brouillon, "personne", cadres.personne())
    remarque = parcours.texte(parcours.poster(agent, brouillon, "logement", loyer))
    assert "le logement est déclaré gratuit" in remarque
    assert parcours.lu(brouillon) != avant
    assert parcours.tapes(brouillon, "logement") == {}


def test_a_search_that_stops_says_that_there_may_be_others(
    agent: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its heading where there is a count, by a sentence on each screen."""
    tape = {"nom_naissance": "Dubreuil", "prenoms": "Élodie", "date_naissance": "14/03/1987"}
    champs = {"lu": "1", "controle": "date_naissance", "civilite": "2", **tape}

    def ecrans() -> list[str]:
        en_place = agent.post(reverse("enregistrer"), champs)
        return [parcours.texte(page) for page in (en_place, parcours.commencer(agent, **tape))]

    f.deposer()
    assert not [page for page in ecrans() if "La recherche s’arrête" in page or "Au moins 1" in page]
    monkeypatch.setattr("sne.guichet.templatetags.guichet_tags.LIMITE", 1)
    pages = ecrans()
    assert "Au moins 1\u00a0demande proche existe déjà" in pages[0]
    assert all("La recherche s’arrête aux plus proches" in page for page in pages)


def test_les_champs_seuls_prennent_la_place_des_autres(agent: Client) -> None:
    brouillon = parcours.ouvrir(agent)
    saisie = {"ajouter": ["enfants"], "fragment": ["oui"]}
    page = parcours.texte(parcours.poster(agent, brouillon, "foyer", saisie))
    assert 'id="id_enfants-1-nom"' in page
    assert "<html" not in page
    assert f'name="lu" value="{parcours.lu(brouillon)["lu"]}"' in page


def test_de_la_verification_a_la_verification(agent: Client) -> None:
    brouillon = parcours.saisir(agent)
    recap = parcours.texte(agent.get(reverse("brouillon-verifier", args=[brouillon])))
    lien = f"{parcours.adresse(brouillon, 'coordonnees')}?verifier=oui"
    assert f'href="{lien}#partie-coordonnees"' in recap
    page = parcours.texte(agent.get(lien))
    assert "Enregistrer et revenir à la vérification" in page
    assert f'action="{lien}"' in page
    assert (
        "Vérifier avec la personne</a>" in page
    )  # an entry of « Étapes » as soon as the number may be given
    saisie = (
        parcours.tapes(brouillon, "personne")
        | parcours.lu(brouillon)
        | {"telephone_portable": ["0611223344"]}
    )
    suite = agent.post(lien, saisie)
    assert suite.headers["Location"] == f"{reverse('brouillon-verifier', args=[brouillon])}#titre-etape"


def test_une_commune_monte_sans_rien_perdre(agent: Client) -> None:
    brouillon = parcours.ouvrir(agent)
    dites = parcours.souhaits(commune_1="Les Ormeaux", quartier_1="", commune_2="Clairval", quartier_2="Nord")
    brut = {nom: dit for nom, dit in dites.items() if nom != "continuer"} | {"monter": ["commune-2"]}
    suite = parcours.poster(agent, brouillon, "souhaits", brut)
    page = parcours.texte(agent.get(suite.headers["Location"]))
    lues = re.findall(r'name="((?:commune|quartier)_[12])" value="([^"]*)"', page)
    assert dict(lues) == {"commune_1": "Clairval", "quartier_1": "Nord", "commune_2": "Les Ormeaux"}
    assert 'name="monter" value="commune-2" data-reg-vers="commune_1"' in page
    assert "Monter&nbsp;: Commune 2</span></button>" in page
    assert 'value="commune-1"' not in page, "the first place has none above"


def test_le_numero_tout_de_suite(agent: Client, compte: Compte) -> None:
    """From the first screen: a town, a size, a document seen; the rest is to be completed."""
    saisie = cadres.personne() | parcours.coordonnees() | {"lu": ["1"], "immediat": ["oui"]}
    reponse = agent.post(reverse("enregistrer"), saisie, follow=True)
    brouillon = reponse.request["PATH_INFO"].split("/")[2]
    adresse = reverse("brouillon-immediat", args=[brouillon])
    assert reponse.request["PATH_INFO"] == adresse
    incomplet = agent.post(
        adresse, parcours.VERIFICATION | parcours.lu(brouillon) | {"commune_1": "Nulle-Part"}
    )
    page = parcours.texte(incomplet)
    for dit in ("Choisissez au moins une taille de logement.", "Nulle-Part", "Posez la question"):
        assert dit in page
    assert not Demande.objects.exists()
    voeux = {"types_logement": ["T3"], "commune_1": "Les Ormeaux", "accepte_autres_communes": "oui"}
    suite = agent.post(adresse, parcours.VERIFICATION | parcours.lu(brouillon) | voeux)
    assert suite.headers["Location"].endswith("/enregistree/")
    assert agent.post(adresse, parcours.VERIFICATION | voeux).headers["Location"] == suite.headers["Location"]
    contenu = etat(suite.headers["Location"].split("/")[2], maintenant(), acteur=acteur(compte)).contenu
    assert [lieu.commune for lieu in contenu.souhaits.localisations] == ["99002"]
    assert nombre_manquant(contenu) > 0
