"""The figures come from the dated parameters, and what a decision rests on is kept beside it."""

import json
from datetime import date, time

import pytest
from pydantic import ValidationError

from sne.referentiels.rules import ValeurDatee, parametres_en_vigueur
from sne.registre.contenu.rules.arbre.personnes import EtatNir, Identite, Nir
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.traits import Traits
from tests.registre.controle.rules.exemples import JOUR, SEUILS


def test_delivered_figures() -> None:
    assert (SEUILS.nom_lettres_max, SEUILS.nom_relatif_max, SEUILS.prenoms_relatif_max) == (2, 0.25, 0.34)
    assert (SEUILS.anciennete_libre_jours, SEUILS.usage_stable_jours, SEUILS.automatique_mois) == (60, 90, 12)
    assert (SEUILS.score_regarder, SEUILS.score_ligne_gt, SEUILS.score_jour) == (0.30, 0.30, 0.45)
    assert (SEUILS.score_heure_ouverture, SEUILS.score_heure_fermeture) == (time(7, 18), time(19, 30))


def test_figure_of_the_operator_takes_effect() -> None:
    poids = SEUILS.score_poids.model_dump() | {"nom": 0.6}
    valeurs = [ValeurDatee("nom_lettres_max", 1), ValeurDatee("score_poids", poids)]
    lus = parametres_en_vigueur(valeurs, JOUR)[Seuils]
    assert (lus.nom_lettres_max, lus.score_poids.nom) == (1, 0.6)


def test_what_a_decision_rests_on_is_ready_for_json() -> None:
    gardes = json.loads(json.dumps(SEUILS.de_la_decision()))
    assert gardes["nom_lettres_max"] == 2
    assert not any("score" in nom or "identite" in nom for nom in gardes)


@pytest.mark.parametrize(
    ("code", "valeur", "phrase"),
    [
        ("identite_rappel_2_jours", 2, "de plus en plus longs"),
        ("identite_escalade_jours", 4, "de plus en plus longs"),
        ("relecture_contact_part", 0.01, "au moins autant que le reste"),
        ("score_regarder", 0.5, "d’abord à regarder"),
        ("score_heure_fermeture", "07:00", "finirait avant de commencer"),
        ("score_heure_ouverture", "7:18", "score_heure_ouverture"),
        ("nom_relatif_max", 1.5, "nom_relatif_max"),
        ("score_poids", {"nom": 0.5}, "score_poids"),
    ],
)
def test_figures_that_do_not_hold_together_are_refused(code: str, valeur: object, phrase: str) -> None:
    with pytest.raises(ValidationError, match=phrase):
        parametres_en_vigueur([ValeurDatee(code, valeur)], JOUR)


@pytest.mark.parametrize(("civilite", "sexe"), [("1", "M"), ("2", "F"), ("3", "F"), (None, "")])
def test_traits_of_an_identity(civilite: str | None, sexe: str) -> None:
    nir = Nir(etat=EtatNir.PERMANENT, empreinte="ab" * 32)
    identite = Identite(
        civilite=civilite,
        nom_naissance="Dubreuil",
        prenoms="Élodie",
        date_naissance=date(1987, 3, 14),
        nir=nir,
    )
    assert Traits.de(identite) == Traits("Dubreuil", "", "Élodie", date(1987, 3, 14), sexe, "ab" * 32)


def test_traits_of_nobody_yet() -> None:
    assert Traits.de(Identite()) == Traits("", "", "", None, "", None)
    assert Traits.de(Identite(nom_usage="Morel", nir=Nir(etat=EtatNir.AUCUN))).nir is None
