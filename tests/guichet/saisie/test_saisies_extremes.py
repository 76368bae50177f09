"""What real life and ill will type: every value is kept whole, or refused by a sentence that names field and remedy."""

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.selectors.etat import etat
from sne.registre.modification.actions.brouillons import enregistrer_brouillon
from sne.registre.modification.selectors.brouillons import list_brouillons
from sne.saisie.brut import Brut
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.guichet import parcours
from tests.habilitations.factories import acteur
from tests.saisie import cadres

NOM_LONG = "de La Rochefoucauld-Montmorency-Bouteville y Álvarez de Toledo-Saxe-Cobourg-et-Gotha"
PRENOMS_LONGS = "Marie-Éléonore, Nguyễn-Thị Ánh-Tuyết, Łucja Œdipe, İpek"


def contenu_enregistre(agent: Client, compte: Compte, **pages: Brut) -> Contenu:
    nud = parcours.enregistrer(agent, **pages)
    return etat(nud, maintenant(), acteur=acteur(compte)).contenu


def refus(agent: Client, code: str, saisie: Brut) -> str:
    """The page that comes back, which must be a refusal keeping what was typed."""
    reponse = parcours.poster(agent, parcours.ouvrir(agent), code, saisie)
    page = parcours.texte(reponse)
    assert reponse.status_code == 200
    assert "<title>Erreur" in page
    return page


def test_names_longer_than_the_exchange_format_are_kept_whole(agent: Client, compte: Compte) -> None:
    saisie = cadres.personne(nom_naissance=NOM_LONG, prenoms=PRENOMS_LONGS, nom_usage="Ōtani d’Œuvre")
    demandeur = contenu_enregistre(agent, compte, personne=saisie).demandeur
    assert demandeur is not None
    assert demandeur.identite.nom_naissance == NOM_LONG
    assert demandeur.identite.prenoms == PRENOMS_LONGS
    assert demandeur.identite.nom_usage == "Ōtani d’Œuvre"


@pytest.mark.parametrize(
    "nom",
    ["x" * 101, "Leca 😀", "محمد", "\u202eacel\u202c", "<script>", "1234", "Leca\u200b"],
    ids=["too-long", "emoji", "arabic", "bidi-override", "tag", "digits", "invisible"],
)
def test_a_name_that_no_civil_status_holds_is_refused_and_stays_on_screen(agent: Client, nom: str) -> None:
    page = refus(agent, "personne", cadres.personne(nom_naissance=nom))
    assert 'href="#id_nom_naissance"' in page
    assert "<script>" not in page.split("<main", 1)[1]


def test_an_unknown_day_of_birth_is_a_presumed_date(agent: Client, compte: Compte) -> None:
    saisie = cadres.personne(date_naissance="01/01/1960", date_naissance_presumee="on")
    demandeur = contenu_enregistre(agent, compte, personne=saisie).demandeur
    assert demandeur is not None
    assert (str(demandeur.identite.date_naissance), demandeur.identite.date_naissance_presumee) == (
        "1960-01-01",
        True,
    )
    page = refus(agent, "personne", cadres.personne(date_naissance="00/00/1960"))
    assert "Le jour ou le mois manque" in page


@pytest.mark.parametrize("naissance", ["00/00/1990", "00031990", "3/1990", "1990"])
def test_a_birth_date_without_its_day_says_what_to_type(agent: Client, naissance: str) -> None:
    recherche = parcours.RECHERCHE | {"date_naissance": naissance, "continuer": "oui"}
    for page in (
        parcours.texte(agent.post(reverse("enregistrer"), recherche)),
        refus(agent, "personne", cadres.personne(date_naissance=naissance)),
    ):
        assert "Si l’état civil ne le donne pas, tapez 01 à sa place" in page
        assert f'value="{naissance}"' in page


@pytest.mark.parametrize("naissance", ["31/02/1990", "12/03/90", "hier", "1/2/3/1990"])
def test_a_birth_date_that_is_wrong_otherwise_says_so(agent: Client, naissance: str) -> None:
    assert "état civil ne le donne pas" not in refus(
        agent, "personne", cadres.personne(date_naissance=naissance)
    )


def test_an_address_that_a_browser_would_refuse_comes_back_with_our_sentence(agent: Client) -> None:
    """The browser's own check would speak its own language, and hold back « Quitter et reprendre plus tard »."""
    brouillon = parcours.ouvrir(agent)
    page = parcours.texte(
        parcours.poster(agent, brouillon, "coordonnees", parcours.coordonnees(courriel="zoé@exemple.été"))
    )
    assert "Adresse électronique\u00a0: l’adresse n’est pas complète." in page
    nud = parcours.enregistrer(agent)
    modifier = parcours.texte(agent.get(reverse("demande-modifier", args=[nud, "coordonnees"])))
    for ecran in (page, modifier):
        assert 'type="email"' in ecran
        assert '<form method="post" id="etape" novalidate' in ecran


def test_a_foreign_address_keeps_every_line(agent: Client, compte: Compte) -> None:
    saisie = parcours.coordonnees(
        pays_adresse="etranger",
        numero="221B",
        voie="Calle de la Constitución",
        code_postal_etranger="28013-A",
        ville_etrangere="Alcalá de Henares",
        pays="Espagne",
    )
    saisie |= {"code_postal": [""], "commune": [""]}
    demandeur = contenu_enregistre(agent, compte, coordonnees=saisie).demandeur
    assert demandeur is not None
    adresse = demandeur.adresse_courrier
    assert adresse is not None
    assert (adresse.etranger, adresse.ville_etrangere, adresse.code_postal_etranger) == (
        True,
        "Alcalá de Henares",
        "28013-A",
    )
    assert adresse.commune is None


@pytest.mark.parametrize("loyer", ["-1", "99999999999", "1e9", "NaN", "Infinity", "12,345", "½", "٧٨٠"])
def test_an_amount_that_is_none_is_refused(agent: Client, loyer: str) -> None:
    page = refus(agent, "souhaits", parcours.souhaits(loyer_maximum=loyer))
    assert 'href="#id_loyer_maximum"' in page
    assert f'value="{loyer}"' in page


@pytest.mark.parametrize("loyer", ["780,50", "780.5", "1 240", "1\u202f240", "0"])
def test_an_amount_as_people_write_it_is_read(agent: Client, compte: Compte, loyer: str) -> None:
    contenu = contenu_enregistre(agent, compte, souhaits=parcours.souhaits(loyer_maximum=loyer))
    lu = loyer.replace("\u202f", "").replace(" ", "").replace(",", ".")
    assert contenu.souhaits.loyer_maximum is not None
    assert float(contenu.souhaits.loyer_maximum) == float(lu)


def enfants(nombre: int) -> Brut:
    lignes: Brut = {"enfants-nombre": [str(nombre)], "continuer": ["oui"]}
    for rang in range(1, nombre + 1):
        lignes |= {
            f"enfants-{rang}-nom": ["Rossi"],
            f"enfants-{rang}-prenoms": [f"Prénom {'abcdefghij'[rang % 10]}{'abcdefghij'[rang // 10]}"],
            f"enfants-{rang}-date_naissance": [f"{rang % 28 + 1:02}/03/2015"],
            f"enfants-{rang}-lien_parente": ["E"],
        }
    return lignes


def test_a_household_of_forty_children_is_told_what_to_do_and_keeps_them_on_screen(agent: Client) -> None:
    brouillon = parcours.ouvrir(agent)
    page = parcours.texte(parcours.poster(agent, brouillon, "foyer", enfants(40)))
    assert "10\u00a0champs à corriger" in page
    assert "Enfant 31, nom de naissance\u00a0: un dossier en tient 30 au plus." in page
    assert 'name="enfants-40-prenoms" value="Prénom ae"' in page
    sans_la_derniere = {**enfants(31), "retirer": ["enfants-31"]}
    parcours.poster(agent, brouillon, "foyer", sans_la_derniere)
    assert parcours.poster(agent, brouillon, "foyer", enfants(30)).status_code == 302
    pleine = parcours.texte(agent.get(parcours.adresse(brouillon, "foyer")))
    assert "Un dossier tient 30 personnes à charge au plus." in pleine
    assert 'value="enfants" aria-keyshortcuts' not in pleine


def test_a_draft_of_a_former_release_is_taken_up(agent: Client, compte: Compte) -> None:
    """A page that no longer exists, a field renamed, a list left empty: nothing breaks, nothing is lost."""
    brouillon = parcours.saisir(agent)
    [ouvert] = list_brouillons(acteur(compte))
    donnees = dict(ouvert.donnees)
    donnees["ancienne-etape"] = {"champ": ["valeur"]}
    donnees["personne"] = {**donnees["personne"], "sexe_disparu": ["F"], "nationalite": []}
    enregistrer_brouillon(ouvert.id, donnees, acte=Acte(acteur(compte), maintenant()), lu=ouvert.numero)
    for code in parcours.ETAPES:
        assert agent.get(parcours.adresse(brouillon, code)).status_code == 200
    reponse = parcours.verifier(agent, brouillon)
    assert reponse.status_code == 200
    assert "Nationalité" in parcours.texte(reponse)
    assert parcours.poster(agent, brouillon, "personne", cadres.personne()).status_code == 302
    assert parcours.verifier(agent, brouillon).status_code == 302
