"""Shapes and hard caps of the leaves, and the French sentences of their refusals."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from sne.registre.contenu.rules.anomalie import Niveau
from sne.registre.contenu.rules.arbre.messages import anomalies_de_forme
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.types_de_champ import (
    MAX_COTITULAIRES,
    MAX_FOYER,
    MAX_HANDICAPS,
    MAX_LOCALISATIONS,
    MAX_MOTIFS,
)
from tests.registre.exemples import COTITULAIRE, MINIMALE, avec, minimale


def refus(**changements):
    """The anomalies of a tree that the types refuse."""
    with pytest.raises(ValidationError) as leve:
        minimale(**changements)
    return anomalies_de_forme(leve.value)


def test_texts_are_trimmed_composed_and_empty_is_null():
    contenu = minimale(
        demandeur__identite__nom_naissance="  LEFE\u0300VRE ",
        demandeur__identite__nom_usage="  ",
        precisions="",
    )
    assert contenu.demandeur.identite.nom_naissance == "LEFÈVRE"
    assert contenu.demandeur.identite.nom_usage is None
    assert contenu.precisions is None


def test_null_container_is_the_empty_one():
    contenu = minimale(foyer=None, cotitulaires=None, demandeur__contact=None)
    assert contenu == minimale()


def test_false_and_zero_are_values():
    contenu = minimale(
        souhaits__accepte_autres_communes=False,
        logement_actuel__loyer_mensuel=0,
        foyer={"enfants_a_naitre": {"nombre": 0}},
    )
    assert contenu.souhaits.accepte_autres_communes is False
    assert contenu.logement_actuel.loyer_mensuel == Decimal(0)
    assert contenu.foyer.enfants_a_naitre.nombre == 0
    assert contenu.logement_actuel.aide_logement_mensuelle is None


def test_tree_is_frozen():
    with pytest.raises(ValidationError):
        minimale().precisions = "autre"


@pytest.mark.parametrize(
    ("saisi", "stocke"),
    [("1234.5", "1234.50"), (0, "0.00"), (-12, "-12.00"), ("999999.99", "999999.99")],
)
def test_amounts_have_two_decimals(saisi, stocke):
    assert str(minimale(souhaits__loyer_maximum=saisi).souhaits.loyer_maximum) == stocke


@pytest.mark.parametrize(("saisi", "stocke"), [("1000", "01000"), ("2A004", None), ("20000", "20000")])
def test_postal_code_is_padded_or_refused(saisi, stocke):
    changements = {"demandeur__adresse_courrier": {"code_postal": saisi}}
    if stocke is None:
        assert refus(**changements)[0].chemin == "demandeur.adresse_courrier.code_postal"
    else:
        assert minimale(**changements).demandeur.adresse_courrier.code_postal == stocke


def test_commune_codes_are_upper_case_and_corsican_ones_pass():
    lieux = minimale(souhaits__localisations=[{"commune": "2a004"}]).souhaits.localisations
    assert [lieu.commune for lieu in lieux] == ["2A004"]
    courts = minimale(
        souhaits__localisations=[{"commune": "1001"}, {"commune": "2a4"}]
    ).souhaits.localisations
    assert [lieu.commune for lieu in courts] == ["01001", "2A4"]  # whether it exists is a control


def test_siren_and_siret_lose_their_blanks():
    bailleur = minimale(
        logement_actuel__bailleur_social={"siren": "732 829 320"}
    ).logement_actuel.bailleur_social
    assert bailleur.siren == "732829320"


def test_free_text_keeps_its_lines():
    assert minimale(precisions="un\r\ndeux\rtrois\tfin").precisions == "un\ndeux\ntrois\tfin"


@pytest.mark.parametrize(
    ("saisi", "stocke"),
    [
        ("Jean@EXEMPLE.fr", "Jean@exemple.fr"),
        ("zoé@éxemple.fr", "zoé@xn--xemple-9ua.fr"),
        ("a@b..fr", "a@b..fr"),
        ("sans arobase", "sans arobase"),
    ],
)
def test_email_domain_is_punycode_in_lower_case(saisi, stocke):
    assert minimale(demandeur__contact={"courriel": saisi}).demandeur.contact.courriel == stocke


TROP = {
    "souhaits__localisations": [{"commune": "2A004"}] * (MAX_LOCALISATIONS + 1),
    "motifs__codes": ["01"] * (MAX_MOTIFS + 1),
    "cotitulaires": [COTITULAIRE] * (MAX_COTITULAIRES + 1),
    "foyer__enfants_en_garde": [{}] * (MAX_FOYER + 1),
    "foyer__personnes_a_charge": [{"identifiant": str(n)} for n in range(MAX_FOYER + 1)],
    "handicaps": [{}] * (MAX_HANDICAPS + 1),
}


@pytest.mark.parametrize("nom", TROP)
def test_lists_have_caps_with_a_clear_anomaly(nom):
    (anomalie,) = refus(**{nom: TROP[nom]})
    assert anomalie.chemin == nom.replace("__", ".")
    assert f"plus de {len(TROP[nom]) - 1} lignes" in anomalie.phrase
    assert minimale(**{nom: TROP[nom][:-1]})


PHRASES = [
    (
        {"demandeur__identite__nom_naissance": "A" * 101},
        "« Nom de naissance » ne doit pas dépasser 100 caractères.",
    ),
    (
        {"demandeur__contact": {"courriel": "a" * 250 + "@b.fr"}},
        "« Adresse électronique » ne doit pas dépasser 254 caractères.",
    ),
    ({"precisions": "A" * 2001}, "« Précisions » ne doit pas dépasser 2000 caractères."),
    (
        {"demandeur__identite__prenoms": "Lé\x00a"},
        "« Prénoms » contient un caractère de commande : saisissez-le à nouveau.",
    ),
    ({"demandeur__identite__prenoms": "L\ud800a"}, "« Prénoms » contient un caractère illisible."),
    ({"demandeur__identite__prenoms": 12}, "« Prénoms » est obligatoire."),
    (
        {"demandeur__identite__date_naissance": "1987-02-30"},
        "« Date de naissance » doit être une date qui existe, au format JJ/MM/AAAA.",
    ),
    (
        {"demandeur__identite__date_naissance": 0},
        "« Date de naissance » doit être une date qui existe, au format JJ/MM/AAAA.",
    ),
    (
        {"demandeur__identite__date_naissance": "0987-03-02"},
        "« Date de naissance » n’est pas une valeur possible : vérifiez la saisie.",
    ),
    (
        {"souhaits__loyer_maximum": "six cents"},
        "« Loyer maximum, charges comprises » doit être un montant en euros, avec deux décimales au plus.",
    ),
    (
        {"souhaits__loyer_maximum": "600.123"},
        "« Loyer maximum, charges comprises » doit être un montant en euros, avec deux décimales au plus.",
    ),
    (
        {"souhaits__loyer_maximum": "NaN"},
        "« Loyer maximum, charges comprises » doit être un montant en euros, avec deux décimales au plus.",
    ),
    (
        {"souhaits__loyer_maximum": "1000000"},
        "« Loyer maximum, charges comprises » n’est pas une valeur possible : vérifiez la saisie.",
    ),
    (
        {"souhaits__accepte_autres_communes": "peut-être"},
        "« Accepte d’autres communes » doit être répondu par oui ou par non.",
    ),
    (
        {"logement_actuel__nombre_habitants": "trois"},
        "« Nombre de personnes qui y habitent » doit être un nombre entier.",
    ),
    ({"titulaire": "SOCIETE"}, "« Titulaire » n’est pas une valeur connue : choisissez-la dans la liste."),
    ({"titulaire": None}, "« Titulaire » n’est pas une valeur connue : choisissez-la dans la liste."),
    (
        {"demandeur__identite__civilite": "Mme !"},
        "« Civilité » doit être un code de lettres et de chiffres.",
    ),
    (
        {"demandeur__contact": {"telephone_portable": "<b>"}},
        "« Téléphone portable » contient des signes qui ne sont pas admis.",
    ),
    ({"surnom": "Zoé"}, "« surnom » n’est pas un champ de la demande : retirez-le."),
    (
        {"demandeur__identite__surnom": "Zoé"},
        "« demandeur.identite.surnom » n’est pas un champ de la demande : retirez-le.",
    ),
    ({"foyer__personnes_a_charge": [{}]}, "« Identifiant de la personne à charge » est obligatoire."),
    (
        {"foyer__personnes_a_charge": [{"identifiant": "a"}, {"identifiant": "a"}]},
        "« Foyer » compte deux personnes à charge de même identifiant.",
    ),
    (
        {"demandeur__identite__nir": {"etat": "AUCUN", "empreinte": "0" * 64}},
        "« Numéro de sécurité sociale » ne peut pas être à la fois absent et renseigné.",
    ),
    (
        {"demandeur__personne": "42"},
        "« Identifiant interne de la personne » doit être l’identifiant d’une personne connue.",
    ),
    ({"handicaps": [{"personne": "voisin"}]}, "« Personne concernée » doit désigner une personne du foyer."),
    ({"demandeur": "Léa"}, "« Demandeur » n’est pas une valeur possible : vérifiez la saisie."),
]


@pytest.mark.parametrize(("changements", "phrase"), PHRASES)
def test_refusals_are_french_sentences_that_name_the_field(changements, phrase):
    (anomalie,) = refus(**changements)
    assert anomalie.phrase.replace("\u00a0", " ") == phrase
    assert anomalie.niveau is Niveau.BLOQUANT
    assert anomalie.bloquante


def test_refusal_of_something_that_is_no_tree_at_all():
    with pytest.raises(ValidationError) as leve:
        Contenu.model_validate("du texte")
    (anomalie,) = anomalies_de_forme(leve.value)
    assert (anomalie.chemin, anomalie.phrase.replace("\u00a0", " ")) == (
        "",
        "Le contenu n’est pas une valeur possible : vérifiez la saisie.",
    )


def test_refusals_give_the_path_of_each_wrong_value():
    with pytest.raises(ValidationError) as leve:
        avec(
            MINIMALE,
            cotitulaires=[COTITULAIRE, {"identite": {"nom_naissance": "A" * 101}}],
            precisions="\x00",
        )
    assert [a.chemin for a in anomalies_de_forme(leve.value)] == [
        "cotitulaires[1].identite.nom_naissance",
        "precisions",
    ]


def test_refusals_never_repeat_what_was_typed():
    with pytest.raises(ValidationError) as leve:
        minimale(demandeur__identite__nom_naissance="BONAPARTE" * 20)
    assert "BONAPARTE" not in str(leve.value)
    assert "BONAPARTE" not in anomalies_de_forme(leve.value)[0].phrase
