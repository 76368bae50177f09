"""From what is typed to the content tree, and back: nothing lost, nothing invented."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sne.registre.contenu.rules.arbre.lieux import Adresse, Localite
from sne.registre.contenu.rules.arbre.logement import LogementActuel
from sne.registre.contenu.rules.arbre.personnes import (
    Demandeur,
    Identite,
    LieuNaissance,
    RessourceRecue,
    Ressources,
    RessourceVersee,
    RevenuFiscal,
)
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.contenu.rules.arbre.souhaits import Localisation, Motifs
from sne.registre.contenu.rules.controles.logement import NOMMES, SEJOURS
from sne.saisie.brut import Brut
from sne.saisie.composition import textes as composition
from sne.saisie.composition.lieux import LieuLu
from sne.saisie.composition.personne import avec_demandeur
from sne.saisie.forms.pages import PAGES
from sne.saisie.forms.pages.souhaits import PageSouhaits
from tests.saisie import cadres

SAISIES = {
    "personne": cadres.personne,
    "coordonnees": cadres.coordonnees,
    "foyer": cadres.foyer,
    "situation": cadres.situation,
    "ressources": cadres.ressources,
    "logement": cadres.logement,
    "motifs": cadres.motifs,
    "souhaits": cadres.souhaits,
}


def composer(**bruts: Brut) -> Contenu:
    """The tree made of these steps, each required to be valid."""
    contenu = composition.vide()
    for code, brut in bruts.items():
        page = PAGES[code](brut, cadre=cadres.cadre(), controler=True, contenu=contenu)
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


def test_travail_de_chaque_adulte() -> None:
    contenu = composer(personne=cadres.personne(), foyer=cadres.foyer(), situation=cadres.situation())
    emplois = [adulte.situation_professionnelle for _, adulte in adultes(contenu)]
    assert [(e.statut, e.employeur, e.lieu_travail.commune) for e in emplois] == [
        ("CDI", "Les Halles d’Aurette", "2A004"),
        ("CHO", None, None),
    ]
    assert emplois[1].lieu_travail == Localite()


def test_zero_n_est_pas_rien() -> None:
    contenu = composer(personne=cadres.personne(), foyer=cadres.foyer(), ressources=cadres.ressources())
    demandeur, conjoint = (adulte for _, adulte in adultes(contenu))
    assert conjoint.revenus_fiscaux.n_moins_2 == RevenuFiscal(annee=2024, montant=Decimal(0))
    assert conjoint.revenus_fiscaux.n_moins_1 == RevenuFiscal()
    assert demandeur.ressources.recues == (
        RessourceRecue(nature="SAL", montant_mensuel=Decimal("1448.20")),
        RessourceRecue(nature="AF"),
    )
    assert [v.montant_mensuel for v in conjoint.ressources.versees] == [150]


def test_ressources_des_personnes_a_charge() -> None:
    brut = cadres.ressources(**{"charges-recues-nombre": "1", "charges-recues-1-nature": "BE"})
    contenu = composer(personne=cadres.personne(), foyer=cadres.foyer(), ressources=brut)
    assert [r.nature for r in contenu.foyer.ressources_personnes_a_charge.recues] == ["BE"]


def test_pension_versee_par_une_personne_partie_reste_en_vue() -> None:
    """Only a payment is left of the dependants: the page shows it, and keeps it."""
    versee = Ressources(versees=(RessourceVersee(nature="PAV", montant_mensuel=Decimal(90)),))
    contenu = entier()
    foyer = contenu.foyer.model_copy(
        update={"personnes_a_charge": (), "ressources_personnes_a_charge": versee}
    )
    contenu = contenu.model_copy(update={"foyer": foyer})
    brut = PAGES["ressources"].saisie(contenu, cadres.cadre())
    page = PAGES["ressources"](brut, cadre=cadres.cadre(), controler=True, contenu=contenu)
    assert page.composer(contenu).foyer.ressources_personnes_a_charge == versee


def test_logement_d_un_locataire_social() -> None:
    logement = composer(logement=cadres.logement()).logement_actuel
    assert logement.statuts_occupation == ("HLM",)
    assert logement.bailleur_social.nom == "Corse Habitat"
    assert (logement.surface, logement.aide_logement_mensuelle) == (Decimal("45.50"), Decimal(0))


def test_logement_possede_a_l_etranger() -> None:
    brut = cadres.logement(possede="oui", type_possede="T3", pays_adresse="etranger")
    brut |= {"ville_etrangere": ["Porto"], "pays": ["Portugal"]}
    possede = composer(logement=brut).logement_possede
    assert (possede.possede, possede.type) == (True, "T3")
    assert possede.localite == Localite(etranger=True, ville_etrangere="Porto", pays="Portugal")


@pytest.mark.parametrize(("sejour", "statut"), SEJOURS.items())
def test_details_d_un_sejour(sejour: str, statut: str) -> None:
    autres = {f"{sejour}__depuis": "01092026"} | (
        {f"{sejour}__nom": "Les Oliviers"} if sejour in NOMMES else {}
    )
    brut = cadres.logement(statut=statut, bailleur_social__nom="", **autres)
    logement = composer(logement=brut).logement_actuel
    assert getattr(logement, sejour).depuis == date(2026, 9, 1)
    assert getattr(getattr(logement, sejour), "nom", None) == ("Les Oliviers" if sejour in NOMMES else None)


def test_motifs_dans_l_ordre() -> None:
    assert composer(motifs=cadres.motifs()).motifs.codes == ("13", "19")


def test_motifs_au_dela_de_trois_restent() -> None:
    contenu = entier().model_copy(update={"motifs": Motifs(codes=("01", "13", "19", "21", "09"))})
    brut = PAGES["motifs"].saisie(contenu, cadres.cadre()) | {"motif_2": ["09"]}
    page = PAGES["motifs"](brut, cadre=cadres.cadre(), controler=True, contenu=contenu)
    assert page.appliquer(contenu).motifs.codes == ("01", "09", "19", "21")


def test_plusieurs_statuts_recus_d_ailleurs() -> None:
    """A message may declare several statuses: the page shows each, and lets one be taken out."""
    recu = LogementActuel(statuts_occupation=("CP", "LTG", "HOT"))
    contenu = entier().model_copy(update={"logement_actuel": recu})
    brut = PAGES["logement"].saisie(contenu, cadres.cadre())
    assert (brut["statut"], brut["autres_statuts"]) == (["CP"], ["LTG", "HOT"])
    brut |= {"autres_statuts": ["HOT"], "possede": ["non"]}
    page = PAGES["logement"](brut, cadre=cadres.cadre(), controler=True, contenu=contenu)
    assert page.valide
    assert page.appliquer(contenu).logement_actuel.statuts_occupation == ("CP", "HOT")


def test_habite_ailleurs() -> None:
    lignes = {
        "pays_adresse": "france",
        "voie": "rue Fesch",
        "code_postal": "20090",
        "commune": "Ajaccio",
        "etage": "2",
    }
    autres = {f"logement-{nom}": valeur for nom, valeur in lignes.items()}
    contenu = composer(coordonnees=cadres.coordonnees(habite_ailleurs="on", **autres))
    adresse = contenu.logement_actuel.adresse
    assert adresse is not None
    assert (adresse.voie, adresse.etage, adresse.commune) == ("rue Fesch", "2", "2A004")
    retour = composer(coordonnees=cadres.coordonnees(**autres))
    assert retour.logement_actuel.adresse is None


@pytest.mark.parametrize(
    ("saisie", "attendu"),
    [
        ("Bonifacio", LieuNaissance(commune="2A041")),
        ("20169", LieuNaissance(commune="2A041")),
        ("france", LieuNaissance(pays="99100")),
        ("", LieuNaissance()),
    ],
)
def test_lieu_de_naissance(saisie: str, attendu: LieuNaissance) -> None:
    demandeur = composer(personne=cadres.personne(lieu_naissance=saisie)).demandeur
    assert demandeur is not None
    assert demandeur.identite.lieu_naissance == attendu


def test_commune_de_naissance_du_passe_reste() -> None:
    """Another trait is corrected: the commune of birth, which is no more, stays what it was."""
    demandeur = (entier().demandeur or Demandeur()).model_copy(
        update={"identite": Identite(nom_naissance="Leca", lieu_naissance=LieuNaissance(commune="2A999"))}
    )
    contenu = entier().model_copy(update={"demandeur": demandeur})
    brut = PAGES["personne"].saisie(contenu, cadres.cadre()) | {"prenoms": ["Léa"]}
    assert brut["lieu_naissance"] == ["2A999"]
    lu = LieuLu("2A999", commune="2A004")  # what the geography would read today
    change = avec_demandeur(contenu, {"lieu_naissance": lu}, cadres.cadre().geographie).demandeur
    assert change is not None
    assert change.identite.lieu_naissance.commune == "2A999"


def test_etranger_non_dit_n_est_pas_un_changement() -> None:
    """A message may leave « à l’étranger » unsaid: saving the page says nothing more."""
    contenu = entier()
    adresse = Adresse(voie="rue Fesch", code_postal="20000", commune="2A004")
    demandeur = (contenu.demandeur or Demandeur()).model_copy(update={"adresse_courrier": adresse})
    contenu = contenu.model_copy(update={"demandeur": demandeur})
    brut = PAGES["coordonnees"].saisie(contenu, cadres.cadre()) | {"courriel": ["lea@exemple.org"]}
    page = PAGES["coordonnees"](brut, cadre=cadres.cadre(), controler=True, contenu=contenu)
    change = page.appliquer(contenu).demandeur
    assert change is not None
    assert change.adresse_courrier == adresse
    assert change.contact.courriel == "lea@exemple.org"


def test_quartiers_et_precisions() -> None:
    brut = cadres.souhaits(commune_2="Ajaccio", quartier_1="Les Salines", precisions="Près\r\nde l’école")
    contenu = composer(souhaits=brut)
    lieux = contenu.souhaits.localisations
    assert [(lieu.commune, lieu.quartier) for lieu in lieux[:2]] == [
        ("2A004", "Les Salines"),
        ("2A004", None),
    ]
    assert contenu.precisions == "Près\nde l’école"


def test_ce_qui_est_accepte_a_trois_etats() -> None:
    brut = cadres.souhaits(accepte_sans_ascenseur="non", colocation="oui")
    souhaits = composer(souhaits=brut).souhaits
    assert (souhaits.accepte_sans_ascenseur, souhaits.colocation, souhaits.avec_stationnement) == (
        False,
        True,
        None,
    )


def test_ligne_fausse_compte_quand_meme() -> None:
    """A child whose date is wrong is still of the household: only the date is left out."""
    brut = cadres.foyer(**{"enfants-2-date_naissance": "31/02/2018"})
    page = PAGES["foyer"](brut, cadre=cadres.cadre(), controler=True)
    charges = page.appliquer(composition.vide()).foyer.personnes_a_charge
    assert not page.valide
    assert [(p.prenoms, p.date_naissance is None) for p in charges] == [("Lina", False), ("Adam", True)]


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
    assert page.appliquer(contenu) is contenu
    assert page.composer(contenu) == contenu


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
        PAGES["souhaits"].saisie(contenu, cadres.cadre()), cadre=cadres.cadre(), controler=True
    )
    assert page.appliquer(contenu).souhaits.localisations == localisations


@pytest.mark.parametrize("nombre", [1, 3, 10])
def test_le_parametre_date_dit_combien_de_communes(nombre: int) -> None:
    """As many pairs of fields as the day allows; what is beyond stays behind, and may be typed once allowed."""
    cadre = replace(cadres.cadre(), communes_max=nombre)
    contenu = entier()
    brut = PAGES["souhaits"].saisie(contenu, cadre)
    assert [nom for nom in brut if nom.startswith("commune_")][-1] == f"commune_{min(nombre, 8)}"
    page = PAGES["souhaits"](brut | {"loyer_maximum": ["900"]}, cadre=cadre, controler=True)
    assert isinstance(page, PageSouhaits)
    assert len(page.communes.champs_communes()) == nombre
    assert page.valide
    souhaits = page.appliquer(contenu).souhaits
    assert souhaits.localisations == contenu.souhaits.localisations
    assert souhaits.loyer_maximum == 900


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


@settings(max_examples=150)
@given(code=st.sampled_from(sorted(SAISIES)), donnees=st.data())
def test_rien_de_ce_qui_est_tape_ne_fait_tomber(code: str, donnees: st.DataObject) -> None:
    """Any text in any field gives errors or a tree, never an exception."""
    brut = SAISIES[code]()
    champs = donnees.draw(st.lists(st.sampled_from(sorted(brut)), max_size=6, unique=True))
    brut |= {nom: [donnees.draw(TEXTES)] for nom in champs}
    contenu = composer(personne=cadres.personne(), foyer=cadres.foyer())
    page = PAGES[code](brut, cadre=cadres.cadre(), controler=True, contenu=contenu)
    assert isinstance(page.appliquer(contenu), Contenu)
    assert page.valide == (not page.erreurs)
