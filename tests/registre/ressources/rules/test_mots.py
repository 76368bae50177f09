"""The six states in words: exact for each reader, and no absence has a figure, whatever words are chosen."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.connecteurs.drm.rules.mois import (
    AucuneDonnee,
    DiscordanceIdentite,
    Indisponible,
    Ligne,
    Mois,
    Montant,
    NonEligible,
    PasEligible,
    SansDonnee,
    SourceIndisponible,
    ZeroConfirme,
)
from sne.registre.ressources.rules.mots import (
    SANS_DONNEE,
    Lecteur,
    a_qui,
    dire,
    en_euros,
    natures,
)
from sne.socle.signes import nom_du_mois
from tests.registre.ressources.ressources import MOIS, REMBOURSE, SEPTEMBRE, tous_les_mois

PRO, ELLE = Lecteur
ABSENCES: list[Mois] = [
    *(AucuneDonnee(SEPTEMBRE, raison) for raison in SansDonnee),
    *(PasEligible(SEPTEMBRE, raison) for raison in NonEligible),
    DiscordanceIdentite(SEPTEMBRE),
    *(SourceIndisponible(SEPTEMBRE, raison) for raison in Indisponible),
]


@pytest.mark.parametrize("absence", ABSENCES, ids=repr)
@pytest.mark.parametrize("lecteur", Lecteur)
@pytest.mark.parametrize("mots", SANS_DONNEE[PRO])
def test_an_absence_is_told_in_words_without_a_figure(absence: Mois, lecteur: Lecteur, mots: str) -> None:
    dit = dire(absence, a=lecteur, sans_donnee=mots)  # type: ignore[arg-type]
    assert dit.endswith(".")
    assert not any(signe.isdigit() for signe in dit)
    assert "€" not in dit


@pytest.mark.decision("D-2024-17")
@pytest.mark.parametrize(
    ("mois", "professionnel", "demandeur"),
    [
        (MOIS[1], "1\u202f448,20\u00a0€ net versé, salaire.", "1\u202f448,20\u00a0€."),
        (
            MOIS[2],
            "0,00\u00a0€\u00a0: un organisme a transmis un montant nul.",
            "0,00\u00a0€. Un organisme a bien transmis un montant de zéro.",
        ),
        (
            AucuneDonnee(SEPTEMBRE, SansDonnee.SOURCES_CLOSES),
            "Aucune donnée transmise. Ce n’est pas zéro.",
            "Aucune donnée pour ce mois. Cela ne veut pas dire zéro.",
        ),
        (
            AucuneDonnee(SEPTEMBRE, SansDonnee.PAS_ENCORE_REMONTE),
            "Pas encore disponible.",
            "Pas encore disponible.",
        ),
        (
            PasEligible(SEPTEMBRE, NonEligible.COTITULAIRE),
            "Non consultable\u00a0: personne cotitulaire.",
            "Nous ne pouvons pas demander cette information pour vous. Vos documents suffisent.",
        ),
        (
            DiscordanceIdentite(SEPTEMBRE),
            "Données non affichées\u00a0: identité à vérifier.",
            "Information non affichée. Votre guichet peut vérifier votre état civil avec vous.",
        ),
        (
            SourceIndisponible(SEPTEMBRE, Indisponible.PANNE),
            "Service indisponible. Le dossier peut être enregistré.",
            "Information momentanément indisponible. Revenez plus tard, votre demande n’en dépend pas.",
        ),
        (
            PasEligible(SEPTEMBRE, NonEligible.IDENTITE_EN_ATTENTE),
            "Masquées\u00a0: identité en attente de décision.",
            "Masquées\u00a0: identité en attente de décision.",
        ),
    ],
)
def test_the_texts_of_the_six_states(mois: Mois, professionnel: str, demandeur: str) -> None:
    assert dire(mois, a=PRO, sans_donnee="NON_TRANSMISE") == professionnel
    assert dire(mois, a=ELLE, sans_donnee="NON_TRANSMISE") == demandeur


@given(tous_les_mois, st.sampled_from(Lecteur))
def test_the_parameter_chooses_words_and_never_data(mois: Mois, lecteur: Lecteur) -> None:
    un, autre = (dire(mois, a=lecteur, sans_donnee=m) for m in ("NON_TRANSMISE", "NON_COMMUNIQUEE"))  # type: ignore[arg-type]
    assert ("€" in un) == ("€" in autre) == isinstance(mois, Montant | ZeroConfirme)


def test_a_number_that_the_source_does_not_know() -> None:
    inconnu = AucuneDonnee(SEPTEMBRE, SansDonnee.NIR_INCONNU)
    assert "pas connu de la source" in dire(inconnu, a=PRO, sans_donnee="NON_TRANSMISE")
    assert "pas dire zéro" in dire(inconnu, a=ELLE, sans_donnee="NON_TRANSMISE")


def test_natures_in_words() -> None:
    assert natures(REMBOURSE) == "salaire"
    assert natures((Ligne("PRIME_ACTIVITE", "X", Decimal(1)),)) == "prime_activite"
    assert natures(()) == "nature non précisée"
    assert a_qui("CHOMAGE") == "France Travail"
    assert a_qui("PRIME_ACTIVITE") == "l’organisme qui verse cette ressource"


def test_amounts_and_months_as_they_are_read() -> None:
    assert en_euros(Decimal("-210.00")) == "−210,00\u00a0€"
    assert nom_du_mois(SEPTEMBRE) == "septembre 2026"
