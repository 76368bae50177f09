"""What was declared, said in another language: words of lists are, what was typed is not. Without a database."""

import re

import pytest
from django.utils.translation import override

from sne.portail.lignes import PHRASES, TAPEES, dire_blocs, dire_lignes, dire_membres, dire_mot
from sne.portail.templatetags.portail_tags import dite, dite_au_guichet
from sne.saisie.presentation.foyer import Membre
from sne.saisie.presentation.mots import Bloc, Ligne


@pytest.mark.parametrize(
    ("ligne", "dite"),
    [
        (Ligne("Colocation", "Oui"), ("Flat-share", "Yes", False)),
        (Ligne("Situation familiale", "Mariée"), ("Family situation", "Married", False)),
        (Ligne("Situation familiale", "Veuve"), ("Family situation", "Widowed", False)),
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
        (Ligne("Naissance", "02/03/1985 (Algérie)"), ("Birth", "02/03/1985 (Algeria)", False)),
        (Ligne("Naissance", "02/03/1985 à Montfleury"), ("Birth", "02/03/1985 à Montfleury", True)),
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
        Membre("Exemple Ida", None, "Cotitulaire, conjoint", "38\u00a0ans"),
    ]
    with override("en"):
        titres = [bloc.titre for bloc in dire_blocs([Bloc([], "Exemple"), Bloc([], "Personnes à charge")])]
        dits = dire_membres(membres)
    assert titres == ["Exemple", "Dependants"]
    assert (dits[0].nom, dits[0].francais, dits[0].precision) == ("Exemple Noé", False, "10 years")
    assert (dits[1].lien, dits[1].francais) == ("Autre lien", True)
    assert (dits[2].lien, dits[2].francais) == ("Co-applicant (cotitulaire), Spouse (conjoint)", False)


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_sentence_keeps_its_values_and_a_word_of_ours_in_it_is_said(phrase: str) -> None:
    valeurs = dict.fromkeys(("jour", "fin"), "01/02/2026") | {"annee": "2025", "revenus": "2024"}
    valeurs |= {
        "montant": "600\u00a0€",
        "decision": "non-attribution",
        "naissance": "02/03/1985",
        "pays": "Algérie",
    }
    ecrite = phrase.format(**valeurs, motif="Floue")
    with override("ar"):
        dit = dire_mot(ecrite)
    assert dit is not None
    assert not set(re.findall(r"[a-zé]{4,}", dit)) - {"loue"}
    assert all(v in dit for nom, v in valeurs.items() if f"{{{nom}}}" in phrase and v[0].isdigit())


def test_what_french_alone_has_is_marked_and_french_pages_mark_nothing() -> None:
    with override("ar"):
        assert dite("Un <mot>") == '<span lang="fr" dir="ltr">Un &lt;mot&gt;</span>'
        assert "span" not in dite("Preuve du mariage")
        assert dite("") == ""
        assert dite_au_guichet("Preuve du mariage").endswith(' (<bdi lang="fr">Preuve du mariage</bdi>)')
        assert dite_au_guichet("Un mot") == dite("Un mot")
    with override("fr"):
        assert dite("Un mot") == dite_au_guichet("Un mot") == "Un mot"
