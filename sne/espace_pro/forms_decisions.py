"""What is typed to put a decision to the vote, to answer it, to write down what was decided and what follows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from sne.programme.rules.decisions import (
    ETATS,
    INSTANCES,
    MESURE_MAX,
    OPTION_MAX,
    SUITES,
    TEXTE_MAX,
    TITRE_MAX,
    Etat,
    Issue,
)
from sne.socle.forms import Choix, DateSaisie, Formulaire, Phrases, Texte

VIDE = [("", "Choisir")]


def _long(label: str, aide: str = "", *, absence: str = "", rangees: int = 4) -> Phrases:
    return Phrases(label=label, help_text=aide, absence=absence, max_length=TEXTE_MAX, rangees=rangees)


class FormulaireQuestion(Formulaire):
    """What is put to the vote."""

    titre = Texte(label="Titre", absence="Donnez un titre.", max_length=TITRE_MAX)
    pourquoi = _long("Pourquoi cette question", absence="Dites pourquoi la question se pose.")
    options = _long(
        "Options",
        "Une option par ligne. Une ligne vide sépare deux questions\u00a0: on répond à chacune.",
        absence="Donnez deux options au moins.",
        rangees=6,
    )
    instance = Choix(
        label="Qui décide",
        absence="Dites qui décide.",
        choices=VIDE + [(i.value, nom) for i, nom in INSTANCES.items()],
        widget=forms.Select(),
    )
    vote_du = DateSaisie(label="Vote ouvert du", absence="Dites quand le vote s’ouvre.")
    vote_au = DateSaisie(label="Vote ouvert jusqu’au", absence="Dites quand le vote finit.")
    reunion = Texte(
        label="Compte rendu",
        help_text="L’adresse de la page du compte rendu, s’il y en a une.",
        max_length=200,
    )
    remplace = Texte(
        label="Remplace",
        help_text="Le code de la décision qu’elle remplace\u00a0: D-2024-17.",
        max_length=12,
    )


class FormulaireVote(Formulaire):
    """One choice for each question, and a word if one wishes."""

    commentaire = Texte(
        label="Commentaire",
        help_text="Lu par ceux qui tiennent le registre des décisions.",
        max_length=OPTION_MAX,
    )

    def __init__(
        self,
        *args: Any,
        questions: Sequence[tuple[int, Sequence[Any], int | None]],
        siennes: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for groupe, resultats, _ in questions:
            choix = [(r.option.lettre, f"{r.option.lettre}. {r.option.texte}") for r in resultats]
            self.fields[f"groupe_{groupe}"] = Choix(
                label=f"Question {groupe}" if len(questions) > 1 else "Réponse de votre territoire",
                absence="Choisissez une option, ou l’abstention.",
                choices=[*choix, ("-", "Abstention")],
                widget=forms.RadioSelect(),
                initial=siennes.get(groupe, "") or ("-" if groupe in siennes else ""),
            )
        self.order_fields([*(nom for nom in self.fields if nom != "commentaire"), "commentaire"])


class FormulaireConclusion(Formulaire):
    """What was decided."""

    issue = Choix(
        label="Décision",
        absence="Dites ce qui est décidé.",
        choices=[(i.value, ETATS[Etat(i.value)]) for i in Issue],
        widget=forms.RadioSelect(),
    )
    prise_le = DateSaisie(label="Prise le", absence="Dites quel jour elle a été prise.")
    conclusion = _long("En une phrase", "Pourquoi, si elle n’est pas retenue.")
    conditions = _long("Conditions", "Une par ligne, si elle est retenue sous condition.", rangees=3)
    revoir_le = DateSaisie(label="À revoir le", help_text="Laissez vide si rien n’est prévu.")


class FormulaireSuite(Formulaire):
    """What becomes of it."""

    etat = Choix(
        label="Suite",
        absence="Choisissez une suite.",
        choices=VIDE + [(s.value, nom) for s, nom in SUITES.items()],
        widget=forms.Select(),
    )
    lien = Texte(label="Où elle s’applique", help_text="L’adresse de la page qui l’explique.", max_length=200)
    motif = Texte(label="Précision", max_length=OPTION_MAX)


class FormulaireMesure(Formulaire):
    """What was measured, before and after."""

    indicateur = Texte(label="Ce qui est mesuré", absence="Dites ce qui est mesuré.", max_length=MESURE_MAX)
    avant = Texte(label="Avant", absence="Dites la valeur d’avant.", max_length=MESURE_MAX)
    apres = Texte(label="Après", absence="Dites la valeur d’après.", max_length=MESURE_MAX)


class FormulaireCondition(Formulaire):
    """What shows that a condition is met."""

    preuve = Texte(
        label="Ce qui montre que la condition est remplie",
        absence="Dites ce qui montre que la condition est remplie.",
        max_length=OPTION_MAX,
    )
