"""What is typed of a dated parameter: the search, a value proposed, why one is refused."""

from collections.abc import Sequence
from typing import Any

from django import forms
from dsfr.utils import dsfr_input_class_attr

from sne.reglages.rules.propositions import RAISON_MAX, SOURCE_MAX
from sne.reglages.rules.valeurs import NON, OUI, Genre, dire_valeur, forme_de
from sne.reglages.selectors import Reglage
from sne.socle.forms import Choix, DateSaisie, Formulaire, FormulaireSansRedite, Phrases, Select, Texte

VALEUR_MAX = 4000
SANS_VALEUR = "Écrivez la valeur."
AIDES = {
    Genre.ENTIER: "Un nombre entier.",
    Genre.NOMBRE: "Un nombre, avec une virgule s’il le faut.",
    Genre.LIGNES: "Une par ligne. Vide, il n’y en a aucune.",
    Genre.ENSEMBLE: "Un nom, deux points et un nombre par ligne, comme aujourd’hui.",
}


class FormulaireRecherche(Formulaire):
    """Which parameters are shown."""

    q = Texte(label="Chercher un paramètre", required=False)
    domaine = Choix(label="Domaine", required=False, widget=Select())

    def __init__(self, *args: Any, domaines: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domaine"].choices = [("", "Tous"), *((d, d) for d in domaines)]


class FormulaireProposition(FormulaireSansRedite):
    """Another value, from which day, why; its field follows the kind of the parameter."""

    debut = DateSaisie(
        label="Premier jour", absence="Donnez le premier jour.", help_text="Demain au plus tôt."
    )
    source = Texte(
        label="Texte ou décision",
        absence="Dites ce qui fonde cette valeur.",
        help_text=f"Par exemple un article, un arrêté, une décision. {SOURCE_MAX} signes au plus.",
        max_length=SOURCE_MAX,
    )
    raison = Phrases(
        label="Pourquoi",
        help_text=f"Une phrase pour la personne qui décide, {RAISON_MAX} signes au plus.",
        max_length=RAISON_MAX,
        absence="Dites pourquoi, en une phrase.",
        rangees=2,
    )
    field_order = ("valeur", "debut", "source", "raison")

    def __init__(self, *args: Any, reglage: Reglage, **kwargs: Any) -> None:
        forme = forme_de(reglage.code)
        dite = dire_valeur(reglage.lue.valeur)
        super().__init__(*args, initial={"valeur": dite}, **kwargs)
        aide = " ".join(filter(None, (AIDES.get(forme.genre, ""), forme.bornes.capitalize())))
        self.fields["valeur"] = _champ(forme.genre, forme.choix, f"Valeur ({reglage.unite})", aide)
        dsfr_input_class_attr(self["valeur"])  # as the base does for the fields that it knows
        self.order_fields(self.field_order)


def _champ(genre: Genre, choix: Sequence[str], label: str, aide: str) -> forms.Field:
    choix = (OUI, NON) if genre is Genre.OUI_NON else choix
    if choix:
        return Choix(
            label=label,
            absence=SANS_VALEUR,
            choices=[(c, c.capitalize()) for c in choix],
            widget=forms.RadioSelect(),
        )
    lignes = genre in {Genre.LIGNES, Genre.ENSEMBLE}
    return forms.CharField(
        label=label,
        help_text=aide,
        max_length=VALEUR_MAX,
        required=genre is not Genre.LIGNES,
        error_messages={"required": SANS_VALEUR},
        widget=forms.Textarea(attrs={"rows": 6})
        if lignes
        else forms.TextInput(attrs={"autocomplete": "off"}),
    )


class FormulaireRefus(FormulaireSansRedite):
    """Why a value is refused."""

    motif = Phrases(
        label="Pourquoi la refuser",
        help_text=f"Lu par la personne qui l’a proposée, {RAISON_MAX} signes au plus.",
        max_length=RAISON_MAX,
        absence="Dites pourquoi, en une phrase.",
        rangees=2,
    )
