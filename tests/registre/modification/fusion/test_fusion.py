"""Merging two changes made apart, one situation at a time."""

from typing import Any

import pytest

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.modification.rules.fusion import Conflit, Cote, Fusion, fusionner
from tests.registre.exemples import COTITULAIRE, avec, minimale

KARIM, ANNE = "0190a000-0000-7000-8000-00000000000a", "0190a000-0000-7000-8000-00000000000b"
LINA = {"identifiant": "p1", "nom": "Leca", "prenoms": "Lina", "date_naissance": "2016-03-12"}
ADAM = {"identifiant": "p2", "nom": "Leca", "prenoms": "Adam", "date_naissance": "2018-08-28"}
ZOE = {"identifiant": "p2", "nom": "Leca", "prenoms": "Zoé", "date_naissance": "2020-01-02"}


def adulte(personne: str | None, prenoms: str, **autres: Any) -> dict[str, Any]:
    return {
        **COTITULAIRE,
        "personne": personne,
        "identite": COTITULAIRE["identite"] | {"prenoms": prenoms},
    } | autres


def charges(*personnes: dict[str, Any], **autres: Any) -> Contenu:
    return minimale(foyer={"personnes_a_charge": list(personnes)}, **autres)


def communes(*codes: str) -> Contenu:
    return minimale(souhaits__localisations=[{"commune": code} for code in codes])


def les_deux_choix(base: Contenu, dossier: Contenu, saisie: Contenu) -> tuple[Conflit, Fusion, Fusion]:
    """The one collision of these trees, what keeping the file gives, what keeping the entry gives."""
    (conflit,) = fusionner(base, dossier, saisie).conflits
    garde, prise = (fusionner(base, dossier, saisie, choix={conflit.cle: cote}) for cote in Cote)
    return conflit, garde, prise


def test_two_fields_changed_apart_are_both_changed():
    dossier = minimale(souhaits__loyer_maximum=900)
    saisie = minimale(demandeur__contact={"courriel": "lea@exemple.fr"})
    fusion = fusionner(minimale(), dossier, saisie)
    attendu = minimale(souhaits__loyer_maximum=900, demandeur__contact={"courriel": "lea@exemple.fr"})
    assert (fusion.contenu, fusion.conflits) == (attendu, ())


def test_the_same_field_collides_and_the_choice_decides():
    dossier, saisie = minimale(souhaits__loyer_maximum=900), minimale(souhaits__loyer_maximum=700)
    conflit, garde, prise = les_deux_choix(minimale(), dossier, saisie)
    chemin = "souhaits.loyer_maximum"
    assert conflit == Conflit(chemin, (chemin,), ("900.00",), ("700.00",))
    assert (garde.contenu, prise.contenu) == (dossier, saisie)


def test_a_value_cleared_on_one_side_collides_with_another_value():
    base = minimale(souhaits__loyer_maximum=800)
    conflit, garde, prise = les_deux_choix(base, minimale(), minimale(souhaits__loyer_maximum=700))
    assert (conflit.dossier, conflit.saisie) == ((None,), ("700.00",))
    assert garde.contenu.souhaits.loyer_maximum is None
    assert prise.contenu.souhaits.loyer_maximum == 700


def test_zero_and_nothing_are_two_values():
    base = minimale(souhaits__loyer_maximum=800)
    assert len(fusionner(base, minimale(), minimale(souhaits__loyer_maximum=0)).conflits) == 1


def test_an_address_is_never_made_of_two():
    dossier = minimale(demandeur__adresse_courrier__voie="rue Fesch")
    saisie = minimale(
        demandeur__adresse_courrier__code_postal="20169", demandeur__adresse_courrier__commune="2A041"
    )
    conflit, garde, prise = les_deux_choix(minimale(), dossier, saisie)
    assert conflit.chemins == ("demandeur.adresse_courrier",)
    assert (garde.contenu, prise.contenu) == (dossier, saisie)


def test_a_birth_date_and_what_is_unknown_of_it_go_together():
    dossier = minimale(demandeur__identite__date_naissance="1987-03-01")
    saisie = minimale(demandeur__identite__date_naissance_presumee=True)
    conflit, _, prise = les_deux_choix(minimale(), dossier, saisie)
    lieu = "demandeur.identite."
    assert conflit.chemins == (f"{lieu}date_naissance", f"{lieu}date_naissance_presumee")
    assert (conflit.dossier, conflit.saisie) == (("1987-03-01", None), ("1987-03-02", True))
    assert prise.contenu == saisie


def test_two_numbers_collide_without_being_told():
    un, autre = (
        minimale(demandeur__identite__nir={"etat": "PERMANENT", "empreinte": signe * 64}) for signe in "ab"
    )
    conflit, _, _ = les_deux_choix(minimale(), un, autre)
    assert (conflit.dossier, conflit.saisie) == (("PERMANENT",), ("PERMANENT",))


def test_two_children_added_under_one_key_are_two_children():
    base = charges(LINA)
    saisie = charges(LINA, ZOE, handicaps=[{"personne": "charge:p2", "reconnu": True}])
    fusion = fusionner(base, charges(LINA, ADAM), saisie)
    enfants = {p.identifiant: p.prenoms for p in fusion.contenu.foyer.personnes_a_charge}
    assert (enfants, fusion.conflits) == ({"p1": "Lina", "p2": "Adam", "p3": "Zoé"}, ())
    assert fusion.contenu.handicaps[0].personne == "charge:p3"
    assert fusion.references["charge:p2"] == "charge:p3"


def test_the_same_child_added_twice_is_one_child():
    saisie = charges(LINA, {**ADAM, "identifiant": "p9", "nom": "Rossi"}, {**ZOE, "identifiant": "p3"})
    dossier = charges(LINA, ADAM)
    conflit, garde, prise = les_deux_choix(charges(LINA), dossier, saisie)
    assert conflit.chemins == ("foyer.personnes_a_charge[1].nom",)
    for fusion, nom in ((garde, "Leca"), (prise, "Rossi")):
        assert [(p.identifiant, p.nom) for p in fusion.contenu.foyer.personnes_a_charge] == [
            ("p1", "Leca"),
            ("p2", nom),
            ("p3", "Leca"),
        ]


def test_twins_are_two_children():
    jumeau = {**ADAM, "prenoms": "Paul", "identifiant": "p2"}
    fusion = fusionner(charges(LINA), charges(LINA, ADAM), charges(LINA, jumeau))
    assert [p.prenoms for p in fusion.contenu.foyer.personnes_a_charge] == ["Lina", "Adam", "Paul"]


def test_people_are_recognised_whatever_their_rank():
    """The file lost its first child while the second was corrected."""
    saisie = charges(LINA, {**ADAM, "date_naissance": "2018-08-29"})
    fusion = fusionner(charges(LINA, ADAM), charges(ADAM), saisie)
    assert fusion.conflits == ()
    (adam,) = fusion.contenu.foyer.personnes_a_charge
    assert (adam.identifiant, adam.date_naissance.day) == ("p2", 29)


def test_a_row_gone_on_one_side_and_changed_on_the_other_collides():
    change = {**ADAM, "date_naissance": "2018-08-29"}
    conflit, garde, prise = les_deux_choix(charges(LINA, ADAM), charges(LINA), charges(LINA, change))
    assert conflit.chemins == ("foyer.personnes_a_charge[1]",)
    assert conflit.dossier == (None,)
    assert conflit.saisie[0]["date_naissance"] == "2018-08-29"
    assert [len(f.contenu.foyer.personnes_a_charge) for f in (garde, prise)] == [1, 2]
    _, garde, prise = les_deux_choix(charges(LINA, ADAM), charges(LINA, change), charges(LINA))
    assert [len(f.contenu.foyer.personnes_a_charge) for f in (garde, prise)] == [2, 1]


def test_a_row_gone_on_one_side_is_gone():
    assert fusionner(charges(LINA, ADAM), charges(LINA, ADAM), charges(ADAM)).contenu == charges(ADAM)
    assert fusionner(charges(LINA, ADAM), charges(LINA), charges(LINA, ADAM)).contenu == charges(LINA)


def test_the_same_co_holder_added_twice_is_one_person():
    saisie = minimale(cotitulaires=[adulte(None, "Karim", situation_familiale="C")])
    dossier = minimale(cotitulaires=[adulte(KARIM, "KARIM", situation_familiale="C")])
    conflit, _, prise = les_deux_choix(minimale(), dossier, saisie)
    assert conflit.chemins == ("cotitulaires[0].identite.prenoms",)
    (cotitulaire,) = prise.contenu.cotitulaires
    assert (cotitulaire.personne, cotitulaire.identite.prenoms) == (KARIM, "Karim")


def test_sheets_and_numbers_follow_people_who_changed_rank():
    base = minimale(cotitulaires=[adulte(KARIM, "Karim")])
    dossier = minimale(cotitulaires=[adulte(ANNE, "Anne"), adulte(KARIM, "Karim")])
    fiche = [{"personne": "cotitulaire:1", "reconnu": True}, {"personne": "cotitulaire:2", "reconnu": False}]
    saisie = minimale(cotitulaires=[adulte(KARIM, "Karim"), adulte(None, "Inès")], handicaps=fiche)
    fusion = fusionner(base, dossier, saisie)
    assert [c.identite.prenoms for c in fusion.contenu.cotitulaires] == ["Anne", "Karim", "Inès"]
    assert [f.personne for f in fusion.contenu.handicaps] == ["cotitulaire:2", "cotitulaire:3"]
    assert fusion.references == {
        "demandeur": "demandeur",
        "cotitulaire:1": "cotitulaire:2",
        "cotitulaire:2": "cotitulaire:3",
    }


def test_a_sheet_points_at_nobody_once_its_person_left():
    base = minimale(cotitulaires=[adulte(KARIM, "Karim")], handicaps=[{"personne": "cotitulaire:1"}])
    saisie = minimale(
        cotitulaires=[adulte(KARIM, "Karim")], handicaps=[{"personne": "cotitulaire:1", "reconnu": True}]
    )
    conflit, garde, prise = les_deux_choix(base, minimale(), saisie)
    assert conflit.chemins == ("handicaps[0]",)
    assert garde.contenu == minimale()
    assert [(f.personne, f.reconnu) for f in prise.contenu.handicaps] == [(None, True)]
    assert prise.references == {"demandeur": "demandeur"}


def test_children_in_custody_that_may_be_others_are_not_mixed():
    base, dossier, saisie = (
        minimale(foyer={"enfants_en_garde": [{"date_naissance": jour, "sexe": "F", "mode_garde": mode}]})
        for jour, mode in (("2012-01-01", "G"), ("2015-05-05", "G"), ("2012-01-01", "D"))
    )
    conflit, garde, prise = les_deux_choix(base, dossier, saisie)
    assert conflit.chemins == ("foyer.enfants_en_garde[0]",)
    assert (garde.contenu, prise.contenu) == (dossier, saisie)


@pytest.mark.parametrize(
    ("dossier", "saisie", "attendu"),
    [
        (["2A041", "2A004", "2B033"], ["2A004", "2A041", "75056"], ["2A041", "2A004", "75056"]),
        (["2A004", "2A041", "2B033", "01004"], ["2B033", "2A004", "2A041"], ["2B033", "2A004", "2A041", "01004"]),
        (["97411", "2A004", "2A041", "2B033"], ["59350", "2A004", "2A041", "2B033"],
         ["97411", "59350", "2A004", "2A041", "2B033"]),
    ],
)  # fmt: skip
def test_ranked_wishes(dossier: list[str], saisie: list[str], attendu: list[str]):
    fusion = fusionner(communes("2A004", "2A041", "2B033"), communes(*dossier), communes(*saisie))
    assert (fusion.conflits, [lieu.commune for lieu in fusion.contenu.souhaits.localisations]) == (
        (),
        attendu,
    )


def test_two_orders_of_the_same_wishes_collide():
    base, dossier, saisie = (
        communes(*codes)
        for codes in (("2A004", "2A041", "2B033"), ("2A041", "2A004", "2B033"), ("2B033", "2A004", "2A041"))
    )
    conflit, garde, prise = les_deux_choix(base, dossier, saisie)
    assert (conflit.cle, conflit.chemins) == ("souhaits.localisations#ordre", ("souhaits.localisations",))
    assert (garde.contenu, prise.contenu) == (dossier, saisie)


def test_two_orders_of_the_same_children_do_not_matter():
    fusion = fusionner(
        charges(LINA, ADAM, {**ZOE, "identifiant": "p3"}), charges(ADAM, LINA), charges(LINA, ADAM)
    )
    assert fusion.conflits == ()


def test_too_many_places_together_are_one_choice():
    """How many is a limit of the day, given by the caller."""
    base, dossier, saisie = communes("2A004"), communes("2A004", "2A041"), communes("2A004", "2B033")
    limite = {"souhaits.localisations": 2}
    (conflit,) = fusionner(base, dossier, saisie, maxima=limite).conflits
    assert conflit.chemins == ("souhaits.localisations",)
    choisie = fusionner(base, dossier, saisie, maxima=limite, choix={conflit.cle: Cote.SAISIE})
    assert choisie.contenu == saisie
    reunis = fusionner(base, dossier, saisie, maxima={"souhaits.localisations": 3})
    assert (reunis.conflits, len(reunis.contenu.souhaits.localisations)) == ((), 3)


def test_too_many_reasons_together_are_one_choice():
    base, dossier, saisie = (avec_motifs("01"), avec_motifs("01", "02"), avec_motifs("01", "04", "10"))
    conflit, garde, prise = les_deux_choix(base, dossier, saisie)
    assert conflit.chemins == ("motifs.codes",)
    assert (garde.contenu, prise.contenu) == (dossier, saisie)
    assert fusionner(base, dossier, avec_motifs("01", "04")).contenu == avec_motifs("01", "02", "04")


def avec_motifs(*codes: str) -> Contenu:
    return minimale(motifs={"codes": list(codes)})


def test_an_applicant_who_went_away_collides_whole():
    base = minimale()
    sans = base.model_copy(update={"demandeur": None})
    conflit, garde, prise = les_deux_choix(base, sans, minimale(demandeur__situation_familiale="M"))
    assert conflit.chemins == ("demandeur",)
    assert garde.contenu.demandeur is None
    assert prise.contenu.demandeur is not None


def test_an_association_that_both_sides_add_is_merged():
    base = minimale()
    un, autre = (
        avec(base.model_dump(), association={nom: v})
        for nom, v in (("nom", "Un toit"), ("siren", "123456789"))
    )
    association = fusionner(base, un, autre).contenu.association
    assert association is not None
    assert (association.nom, association.siren) == ("Un toit", "123456789")
