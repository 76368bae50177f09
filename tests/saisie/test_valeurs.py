"""One value of a change in words."""

from datetime import date
from typing import Any

import pytest

from sne.registre.contenu.rules.anomalie import Anomalie, Niveau
from sne.registre.contenu.rules.arbre import difference
from sne.registre.contenu.rules.arbre.champs import libelle
from sne.registre.demande.actions.lignes import texte
from sne.registre.modification.rules.fusion import Cote, fusionner
from sne.saisie.comparaison import Ecart, comparer, confronter, nom_du_choix
from sne.saisie.presentation.mots import Lecture
from sne.saisie.presentation.valeurs import dire, libelle_de, phrase_de, relire
from tests.registre.exemples import COTITULAIRE, minimale
from tests.saisie import cadres


@pytest.fixture
def lecture() -> Lecture:
    """Lists of that day, a handful of communes."""
    cadre = cadres.cadre()
    return Lecture(cadre.nomenclatures, cadre.geographie, cadres.JOUR)


@pytest.mark.parametrize(
    ("chemin", "valeur", "dit"),
    [
        ("souhaits.loyer_maximum", None, ""),
        ("souhaits.loyer_maximum", "0.00", "0\u00a0€"),
        ("souhaits.loyer_maximum", "1448.20", "1\u00a0448,20\u00a0€"),
        ("logement_actuel.surface", "41.50", "41,5\u00a0m²"),
        ("logement_actuel.nombre_habitants", 4, "4"),
        ("demandeur.identite.civilite", "2", "Madame"),
        ("demandeur.identite.civilite", "99", "99"),
        ("demandeur.identite.date_naissance", "1987-03-02", "02/03/1987"),
        ("demandeur.identite.nir", "PROVISOIRE", "un numéro provisoire"),
        ("demandeur.identite.lieu_naissance", {"commune": "2A004"}, "commune de naissance\u00a0: Ajaccio"),
        ("demandeur.identite.lieu_naissance.pays", "99100", "France"),
        ("souhaits.accepte_autres_communes", False, "Non"),
        ("souhaits.types_logement", ["T2", "T3"], "T2, T3"),
        ("souhaits.types_logement", [], ""),
        (
            "souhaits.localisations",
            [{"commune": "2A041", "quartier": "Port"}, {"commune": "2A004"}],
            "1.\u00a0Bonifacio (Port), 2.\u00a0Ajaccio",
        ),
        ("souhaits.localisations", [{"quartier": "Port"}], "1.\u00a0Port"),
        (
            "demandeur.adresse_courrier",
            {"numero": "12", "voie": "cours Napoléon", "code_postal": "20000", "commune": "2A004"},
            "12 cours Napoléon, 20000 Ajaccio",
        ),
        (
            "demandeur.situation_professionnelle.lieu_travail",
            {"code_postal": "20169", "commune": "2A041"},
            "20169 Bonifacio",
        ),
        (
            "demandeur.ressources.recues",
            [{"nature": "SAL", "montant_mensuel": "0.00"}, {"nature": "CHO"}, {"montant_mensuel": "5.00"}],
            "Salaire ou revenu d’activité\u00a0: 0\u00a0€ par mois\u00a0; Allocation chômage / indemnités\u00a0: "
            "montant non renseigné\u00a0; Nature non renseignée\u00a0: 5\u00a0€ par mois",
        ),
        ("foyer.personnes_a_charge", [2, 1], "2\u00a0; 1"),
        (
            "foyer.personnes_a_charge[0]",
            {"nom": "Rossi", "prenoms": "Lina", "date_naissance": "2016-03-12"},
            "nom\u00a0: Rossi, prénoms\u00a0: Lina, date de naissance\u00a0: 12/03/2016",
        ),
        ("precisions", "Près de la gare", "Près de la gare"),
        ("ailleurs", "tel quel", "tel quel"),
    ],
)
def test_dire(lecture: Lecture, chemin: str, valeur: Any, dit: str) -> None:
    assert dire(chemin, valeur, lecture) == dit


def test_contacts_reconnaissables_et_non_lisibles(lecture: Lecture) -> None:
    contact = {"telephone_portable": "06 12 34 56 78", "courriel": "lea@exemple.fr"}
    assert dire("demandeur.contact.courriel", "lea@exemple.fr", lecture, masque=True) == "l•••••@exemple.fr"
    dit = dire("cotitulaires[0]", {"contact": contact}, lecture, masque=True)
    assert "06\u00a0••\u00a0••\u00a0••\u00a078" in dit
    assert "lea@" not in dit
    assert "06 12 34 56 78" in dire("cotitulaires[0]", {"contact": contact}, lecture)


def test_ce_que_garde_le_journal_se_relit() -> None:
    avant = minimale()
    apres = minimale(
        souhaits__types_logement=["T2", "T3"],
        souhaits__accepte_autres_communes=True,
        souhaits__loyer_maximum=700,
        logement_actuel={"nombre_habitants": 3, "statuts_occupation": ["HLM"]},
        cotitulaires=[COTITULAIRE],
        precisions="[brut]",
    )
    changements = difference(avant, apres)
    assert len(changements) == 7
    for c in changements:
        assert relire(c.chemin, texte(c.avant)) == c.avant
        assert relire(c.chemin, texte(c.apres)) == c.apres
    assert relire("nom_naissance", "Morel") == "Morel"


@pytest.mark.parametrize(
    ("chemin", "nom"),
    [
        ("cotitulaires[0].identite.prenoms", "ROSSI Paul, prénoms"),
        ("foyer.personnes_a_charge[0].date_naissance", "Leca Lina, date de naissance"),
        ("foyer.personnes_a_charge[0]", "Leca Lina"),
        ("foyer.personnes_a_charge[1]", "Personne à charge 2"),
        ("demandeur.identite.prenoms", "Demandeur, prénoms"),
    ],
)
def test_les_personnes_par_leur_nom(chemin: str, nom: str) -> None:
    charges = [{"identifiant": "p1", "nom": "Leca", "prenoms": "Lina"}, {"identifiant": "p2"}]
    contenu = minimale(cotitulaires=[COTITULAIRE], foyer={"personnes_a_charge": charges})
    assert libelle_de(chemin, contenu) == nom


def test_une_phrase_nomme_la_personne() -> None:
    contenu = minimale(cotitulaires=[COTITULAIRE])
    chemin = "cotitulaires[0].identite.nir"
    dite = Anomalie("X", Niveau.AVERTISSEMENT, chemin, f"{libelle(chemin)}\u00a0: vérifiez-le.")
    assert phrase_de(dite, contenu) == "ROSSI Paul, numéro de sécurité sociale\u00a0: vérifiez-le."
    libre = Anomalie("X", Niveau.AVERTISSEMENT, chemin, "La clé est fausse.")
    assert phrase_de(libre, contenu) == "La clé est fausse."


def test_une_adresse_se_compare_entiere(lecture: Lecture) -> None:
    apres = minimale(
        demandeur__adresse_courrier__voie="rue Fesch",
        demandeur__adresse_courrier__numero="3",
        souhaits__loyer_maximum=700,
    )
    assert comparer(minimale(), apres, lecture) == (
        Ecart(
            "Demandeur, adresse de courrier",
            "12 bis cours Napoléon, 20000 Ajaccio",
            "3 rue Fesch, 20000 Ajaccio",
        ),
        Ecart("Loyer maximum, charges comprises", "", "700\u00a0€"),
    )


def test_un_enfant_parti_garde_son_nom(lecture: Lecture) -> None:
    avec_elle = minimale(
        foyer={"personnes_a_charge": [{"identifiant": "p1", "nom": "Leca", "prenoms": "Lina"}]}
    )
    (ecart,) = comparer(avec_elle, minimale(), lecture)
    assert (ecart.libelle, ecart.saisie) == ("Leca Lina", "")


def test_confronter_dit_les_deux_cotes(lecture: Lecture) -> None:
    numeros = [{"etat": "PERMANENT", "empreinte": signe * 64} for signe in "ab"]
    dossier, saisie = (
        minimale(
            demandeur__identite__nir=numero,
            demandeur__identite__date_naissance=str(date(1987, 3, jour)),
            souhaits__localisations=[{"commune": code} for code in codes],
        )
        for numero, jour, codes in zip(
            numeros, (3, 4), (("2A041", "2A004", "2A017"), ("2A017", "2A004", "2A041")), strict=True
        )
    )
    base = minimale(souhaits__localisations=[{"commune": c} for c in ("2A004", "2A041", "2A017")])
    conflits = fusionner(base, dossier, saisie).conflits
    lignes = {
        x.libelle: x for x in confronter(conflits, dossier, lecture, choix={conflits[0].cle: Cote.SAISIE})
    }
    nir = lignes["Demandeur, numéro de sécurité sociale"]
    assert (nir.dossier, nir.saisie) == ("Le numéro du dossier", "Le numéro que vous avez saisi")
    naissance = lignes["Demandeur, date de naissance"]
    assert (naissance.dossier, naissance.saisie) == ("03/03/1987", "04/03/1987")
    ordre = lignes["Communes souhaitées, ordre"]
    assert ordre.dossier == "1.\u00a0Bonifacio, 2.\u00a0Ajaccio, 3.\u00a0Appietto"
    assert [x.choix for x in lignes.values()].count("saisie") == 1
    assert {x.nom for x in lignes.values()} == {nom_du_choix(c) for c in conflits}
