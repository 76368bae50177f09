"""The summary: every declared field once, in words; what is ours, health and the social-security number left out."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.attestations.rules import HORS_SIGNES, Lecture, resumer
from sne.attestations.rules.mots import montant, telephone_national
from sne.attestations.rules.resume import ILLISIBLE, localite
from sne.referentiels.rules import nomenclatures_par_defaut
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.joindre.rules import lignes_d_adresse

JOUR = date(2026, 11, 24)


class Noms:
    """A geography of three places."""

    noms = {"99001": "Aurette-la-Ville", "99002": "Les Ormeaux", "99127": "Italie"}

    def nom_commune(self, code: str) -> str:
        return self.noms.get(code, code)

    nom_lieu = nom_commune


LECTURE = Lecture(nomenclatures_par_defaut(JOUR), Noms())  # type: ignore[arg-type]
DEMANDEUR: dict[str, Any] = {
    "personne": "0190a0b0-0000-7000-8000-000000000001",
    "identite": {
        "civilite": "2",
        "nom_naissance": "Dubreuil",
        "prenoms": "Élodie",
        "date_naissance": "1987-03-01",
        "date_naissance_presumee": True,
        "lieu_naissance": {"pays": "99127"},
        "nir": {"etat": "PERMANENT", "empreinte": "ab" * 32},
    },
    "contact": {"telephone_portable": "06 12 34 56 78"},
    "revenus_fiscaux": {
        "n_moins_1": {"annee": 2025, "montant": "17200.5"},
        "n_moins_2": {"montant": "0"},
    },
    "ressources": {
        "recues": [
            {"nature": "SAL", "montant_mensuel": "1448.20"},
            {"nature": "AAH", "montant_mensuel": "999"},
        ]
    },
}


def lignes(**blocs: Any) -> dict[str, dict[str, str]]:
    """Rubrics, label → value."""
    contenu = Contenu.model_validate({"titulaire": "PERSONNE", **blocs})
    return {titre: dict(rubrique) for titre, rubrique in resumer(contenu, LECTURE)}


def valeurs(resume: dict[str, dict[str, str]]) -> Iterator[str]:
    for rubrique in resume.values():
        yield from rubrique.values()


def test_person_in_words() -> None:
    demandeur = lignes(demandeur=DEMANDEUR)["Demandeur"]
    assert demandeur["Civilité"] == "Madame"
    assert demandeur["Date de naissance"] == "1er\u00a0mars\u00a01987"
    assert demandeur["Date de naissance incomplète à l’état civil"] == "Oui"
    assert demandeur["Lieu de naissance"] == "Italie"
    assert demandeur["Téléphone portable"] == "06 12 34 56 78"
    assert demandeur["Revenu fiscal de référence 2025"] == "17\u00a0200,50\u00a0€"
    assert demandeur["Revenu fiscal de référence, année n-2"] == "0\u00a0€"


def test_identifiers_social_security_number_and_health_are_left_out() -> None:
    resume = lignes(
        demandeur=DEMANDEUR,
        foyer={"personnes_a_charge": [{"identifiant": "cle-secrete", "nom": "Morel"}]},
        motifs={"codes": ["01", "07"], "autre_motif": "maladie rare"},
        handicaps=[{"date_naissance": "1987-03-01", "reconnu": True}],
    )
    tout = " ".join(valeurs(resume))
    for tu in ("0190a0b0", "ab" * 32, "PERMANENT", "999", "cle-secrete", "maladie"):
        assert tu not in tout
    assert resume["Demandeur"]["Ressources reçues"].startswith("Salaire")
    assert "," not in resume["Motifs de la demande"]["Motifs de la demande"]


def test_people_and_places_one_line_each_codes_on_one() -> None:
    resume = lignes(
        foyer={
            "personnes_a_charge": [
                {"identifiant": "a", "nom": "Morel", "prenoms": "Léo", "date_naissance": "2015-05-02"},
                {"identifiant": "b", "nom": "Morel", "prenoms": "Jade"},
            ]
        },
        souhaits={
            "types_logement": ["T3", "T4"],
            "localisations": [{"commune": "99001", "quartier": "Les Remparts"}],
            "accepte_autres_communes": False,
            "loyer_maximum": "1250",
        },
    )
    assert resume["Autres personnes à loger"]["Personnes à charge (1)"] == "Morel, Léo, 2\u00a0mai\u00a02015"
    assert resume["Autres personnes à loger"]["Personnes à charge (2)"] == "Morel, Jade"
    recherche = resume["Logement recherché"]
    assert recherche["Types de logement souhaités"] == "T3, T4"
    assert recherche["Communes souhaitées"] == "Aurette-la-Ville, Les Remparts"
    assert recherche["Accepte d’autres communes"] == "Non"
    assert recherche["Loyer maximum, charges comprises"] == "1\u00a0250\u00a0€"


def test_dwelling_stay_surface_and_precisions() -> None:
    resume = lignes(
        logement_actuel={
            "structure_hebergement": {"depuis": "2024-01-05", "nom": "Le Relais"},
            "surface": "48.5",
            "adresse": {"numero": "3", "voie": "rue Basse", "code_postal": "99240", "commune": "99002"},
        },
        logement_possede={"possede": True, "localite": {"commune": "99001", "code_postal": "99000"}},
        precisions="Près de l’école",
        association={"nom": "Le Toit"},
        cotitulaires=[{"lien_demandeur": "C", "identite": {"nom_naissance": "Haddad"}}],
        accompagnant={"accompagne": True},
    )
    actuel = resume["Logement actuel"]
    assert actuel["Structure d’hébergement"] == "5\u00a0janvier\u00a02024, Le Relais"
    assert actuel["Surface habitable"] == "48,50\u00a0m²"
    assert actuel["Adresse du logement actuel"] == "3 rue Basse, 99240 Les Ormeaux"
    assert resume["Logement possédé"]["Lieu du logement possédé"] == "99000 Aurette-la-Ville"
    assert resume["Informations complémentaires"]["Précisions"] == "Près de l’école"
    assert resume["Cotitulaire 1"]["Nom de naissance"] == "Haddad"
    assert resume["Association"]["Nom de l’association"] == "Le Toit"


def test_nothing_said_prints_nothing() -> None:
    assert lignes() == {}
    assert lignes(demandeur={"revenus_fiscaux": {"n_moins_1": {"annee": 2025}}}) == {}


@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=60))
def test_text_that_the_font_lacks_is_replaced_whole_by_a_sentence(saisi: str) -> None:
    resume = lignes(precisions=saisi)
    imprimes = list(valeurs(resume))
    assert all(not HORS_SIGNES.search(v) for v in imprimes)
    if HORS_SIGNES.search(saisi.strip()) and imprimes:
        assert imprimes == [ILLISIBLE]


def test_address_as_on_an_envelope() -> None:
    adresse = arbre.Adresse(
        appartement="12",
        etage="3",
        escalier="B",
        batiment="C",
        complement="Résidence du Parc",
        numero="4",
        voie="rue Basse",
        lieu_dit="Le Bourg",
        hebergeant="Mme Haddad",
        code_postal="99240",
        commune="99002",
    )
    assert lignes_d_adresse(adresse, Noms()) == (  # type: ignore[arg-type]
        "Chez Mme Haddad",
        "Appartement 12, Étage 3, Escalier B",
        "Bâtiment C, Résidence du Parc",
        "4 rue Basse",
        "Le Bourg",
        "99240 Les Ormeaux",
    )
    assert lignes_d_adresse(None, Noms()) == ()  # type: ignore[arg-type]
    etrangere = arbre.Localite(
        etranger=True, code_postal_etranger="10115", ville_etrangere="Berlin", pays="Allemagne"
    )
    assert localite(etrangere, Noms()) == "10115 Berlin, Allemagne"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("e164", "lu"),
    [("+33465710003", "04 65 71 00 03"), ("+262692123456", "+262692123456"), ("+331", "+331"), ("", "")],
)
def test_telephone_as_read_aloud(e164: str, lu: str) -> None:
    assert telephone_national(e164).replace("\u00a0", " ") == lu


def test_amounts_of_any_size() -> None:
    from decimal import Decimal

    assert montant(Decimal("-1234567.5"), "€") == "-1\u00a0234\u00a0567,50\u00a0€"
    assert re.fullmatch(r"0\u00a0€", montant(Decimal(0), "€"))
