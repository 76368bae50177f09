"""What was declared, said in another language: words of lists are, what was typed is not. Without a database."""

import pytest
from django.utils.translation import override

from sne.portail.lignes import TAPEES, dire_blocs, dire_lignes, dire_membres
from sne.saisie.presentation.foyer import Membre
from sne.saisie.presentation.mots import Bloc, Ligne


@pytest.mark.parametrize(
    ("ligne", "dite"),
    [
        (Ligne("Colocation", "Oui"), ("Flat-share", "Yes", False)),
        (Ligne("Motif 2", ""), ("Reason 2", "", True)),
        (
            Ligne("Loyer maximum", "600\u00a0€ charges comprises"),
            ("Highest rent", "600\u00a0€ charges included", False),
        ),
        (
            Ligne("Autre logement possédé", "Oui, 20000 Ajaccio"),
            ("Another home owned", "Oui, 20000 Ajaccio", True),
        ),
        (Ligne("Surface", "41\u00a0m²"), ("Floor area", "41\u00a0m²", True)),
    ],
)
def test_a_line(ligne: Ligne, dite: tuple[str, str, bool]) -> None:
    with override("en"):
        (lue,) = dire_lignes([ligne])
    assert (lue.libelle, lue.valeur, lue.francais) == dite
    with override("fr"):
        (lue,) = dire_lignes([ligne])
    assert (lue.libelle, lue.valeur) == (ligne.libelle, ligne.valeur)


@pytest.mark.parametrize("libelle", sorted(TAPEES))
def test_what_was_typed_stays_even_where_it_is_a_word_of_a_list(libelle: str) -> None:
    with override("en"):
        (lue,) = dire_lignes([Ligne(libelle, "Exemple")])
    assert (lue.valeur, lue.francais) == ("Exemple", True)


def test_a_title_is_a_name_but_one_and_people_are_told_by_how_they_are_related() -> None:
    membres = [
        Membre("Exemple Noé", None, "Enfant à charge", "10\u00a0ans"),
        Membre("", None, "Autre lien", ""),
    ]
    with override("en"):
        titres = [bloc.titre for bloc in dire_blocs([Bloc([], "Exemple"), Bloc([], "Personnes à charge")])]
        dits = dire_membres(membres)
    assert titres == ["Exemple", "Dependants"]
    assert (dits[0].nom, dits[0].francais, dits[0].precision) == ("Exemple Noé", False, "10 years")
    assert (dits[1].lien, dits[1].francais) == ("Autre lien", True)
