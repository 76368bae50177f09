"""From what is typed to the content tree, and back: nothing lost, nothing invented."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sne.guichet.demandes import composition
from sne.guichet.demandes.brut import Brut
from sne.guichet.demandes.forms.pages import PAGES
from sne.registre.rules.contenu import Contenu, Localisation, RessourceRecue, Ressources
from tests.guichet import cadres

SAISIES = {
    "personne": cadres.personne,
    "coordonnees": cadres.coordonnees,
    "foyer": cadres.foyer,
    "souhaits": cadres.souhaits,
}


def composer(**bruts: Brut) -> Contenu:
    """The tree made of these steps, each required to be valid."""
    contenu = composition.vide()
    for code, brut in bruts.items():
        page = PAGES[code](brut, cadre=cadres.cadre(), controler=True)
        assert page.valide, [erreur.phrase for erreur in page.erreurs]
        contenu = page.appliquer(contenu)
    return contenu


def entier() -> Contenu:
    return composer(**{code: saisie() for code, saisie in SAISIES.items()})


def test_personne_entiere() -> None:
    demandeur = composer(personne=cadres.personne(date_naissance_presumee="on")).demandeur
    assert demandeur is not None
    assert demandeur.identite.model_dump(exclude={"lieu_naissance", "nir"}) == {
        "civilite": "2",
        "nom_naissance": "Leca",
        "nom_usage": None,
        "prenoms": "Léa, Marie",
        "date_naissance": date(1987, 3, 2),
        "date_naissance_presumee": True,
        "nationalite": "1",
    }
    assert demandeur.situation_familiale == "M"


def test_nir_jamais_dans_l_arbre() -> None:
    page = PAGES["personne"](cadres.personne(nir="2 87 03 2A 004 015"), cadre=cadres.cadre(), controler=True)
    assert page.nirs() == {"demandeur": "287032A00401581"}
    assert "287032A004015" not in page.appliquer(composition.vide()).model_dump_json()


def test_adresse_en_france() -> None:
    demandeur = composer(coordonnees=cadres.coordonnees()).demandeur
    assert demandeur is not None
    adresse = demandeur.adresse_courrier
    assert adresse is not None
    assert (adresse.numero, adresse.voie, adresse.code_postal, adresse.commune, adresse.etranger) == (
        "12 bis",
        "cours Napoléon",
        "20000",
        "2A004",
        False,
    )
    assert demandeur.contact.telephone_portable is not None
    assert demandeur.contact.telephone_portable.e164 == "+33612345678"


def test_adresse_a_l_etranger_oublie_la_branche_cachee() -> None:
    brut = cadres.coordonnees(pays_adresse="etranger", ville_etrangere="4000 Liège", pays="Belgique")
    demandeur = composer(coordonnees=brut).demandeur
    assert demandeur is not None
    assert demandeur.adresse_courrier is not None
    assert demandeur.adresse_courrier.etranger is True
    assert demandeur.adresse_courrier.commune is None
    assert demandeur.adresse_courrier.ville_etrangere == "4000 Liège"


def test_foyer_entier() -> None:
    contenu = composer(foyer=cadres.foyer(nombre="1", date_prevue="12/02/2027"))
    assert [c.identite.nom_naissance for c in contenu.cotitulaires] == ["Rossi"]
    assert [(p.identifiant, p.prenoms, p.sexe) for p in contenu.foyer.personnes_a_charge] == [
        ("p1", "Lina", "F"),
        ("p2", "Adam", None),
    ]
    assert [(e.date_naissance, e.mode_garde) for e in contenu.foyer.enfants_en_garde] == [
        (date(2012, 1, 1), "G")
    ]
    assert contenu.foyer.enfants_a_naitre.nombre == 1


def test_ligne_vide_ignoree() -> None:
    contenu = composer(foyer=cadres.foyer(**{"enfants-nombre": "3", "enfants-3-lien_parente": "E"}))
    assert len(contenu.foyer.personnes_a_charge) == 2


def test_huit_communes_dans_l_ordre() -> None:
    souhaits = composer(souhaits=cadres.souhaits()).souhaits
    assert tuple(lieu.commune for lieu in souhaits.localisations) == cadres.CODES_DES_HUIT
    assert souhaits.accepte_autres_communes is False
    assert souhaits.loyer_maximum == Decimal("780.50")
    assert souhaits.types_logement == ("T4", "T5")


@pytest.mark.parametrize("code", SAISIES)
def test_aller_retour(code: str) -> None:
    """What an edit page shows, saved as it is, changes nothing."""
    contenu, cadre = entier(), cadres.cadre()
    page = PAGES[code](PAGES[code].saisie(contenu, cadre), cadre=cadre, controler=True, contenu=contenu)
    assert page.valide, [erreur.phrase for erreur in page.erreurs]
    assert page.appliquer(contenu) == contenu


def test_ce_que_la_page_ne_montre_pas_reste() -> None:
    contenu = entier()
    cle = "0198c5f0-0000-7000-8000-000000000001"
    ressources = Ressources(recues=(RessourceRecue(nature="SAL", montant_mensuel=Decimal(1480)),))
    conjoint = contenu.cotitulaires[0].model_copy(update={"personne": cle, "ressources": ressources})
    contenu = contenu.model_copy(update={"cotitulaires": (conjoint,)})
    brut = PAGES["foyer"].saisie(contenu, cadres.cadre()) | {"cotitulaires-1-prenoms": ["Paul-Ange"]}
    page = PAGES["foyer"](brut, cadre=cadres.cadre(), controler=True)
    garde = page.appliquer(contenu).cotitulaires[0]
    assert (garde.personne, garde.ressources, garde.identite.prenoms) == (cle, ressources, "Paul-Ange")


def test_communes_au_dela_de_huit_restent() -> None:
    contenu = entier()
    neuvieme = Localisation(commune="2A271", quartier="Mezzana")
    localisations = (*contenu.souhaits.localisations, neuvieme)
    souhaits = contenu.souhaits.model_copy(update={"localisations": localisations})
    contenu = contenu.model_copy(update={"souhaits": souhaits})
    page = PAGES["souhaits"](
        composition.saisie_souhaits(contenu, cadres.cadre().geographie), cadre=cadres.cadre(), controler=True
    )
    assert page.appliquer(contenu).souhaits.localisations == localisations


def test_un_champ_faux_n_efface_pas_les_autres() -> None:
    page = PAGES["personne"](
        cadres.personne(date_naissance="31/02/1987"), cadre=cadres.cadre(), controler=True
    )
    demandeur = page.appliquer(composition.vide()).demandeur
    assert not page.valide
    assert demandeur is not None
    assert demandeur.identite.nom_naissance == "Leca"
    assert demandeur.identite.date_naissance is None


TEXTES = st.text(max_size=130) | st.sampled_from(
    ["oui", "1", "E", "31/02/2020", "99999999", "2A004", "+33 6", "\x00", "a@é.fr"]
)


@settings(max_examples=150, deadline=None)
@given(code=st.sampled_from(sorted(SAISIES)), donnees=st.data())
def test_rien_de_ce_qui_est_tape_ne_fait_tomber(code: str, donnees: st.DataObject) -> None:
    """Any text in any field gives errors or a tree, never an exception."""
    brut = SAISIES[code]()
    champs = donnees.draw(st.lists(st.sampled_from(sorted(brut)), max_size=6, unique=True))
    brut |= {nom: [donnees.draw(TEXTES)] for nom in champs}
    page = PAGES[code](brut, cadre=cadres.cadre(), controler=True)
    assert isinstance(page.appliquer(composition.vide()), Contenu)
    assert page.valide == (not page.erreurs)
