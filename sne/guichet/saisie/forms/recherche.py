"""Forms of the look-ups: the one before registration (duplicates), and what to do with a close file."""

from typing import Any

from django import forms

from sne.saisie.forms.champs import Cadre, DateNaissance, NomPropre, NumeroSecuriteSociale, Telephone
from sne.socle.forms import Formulaire, Texte


class FormulaireRecherchePrealable(Formulaire):
    """Who is in front of the agent: looked for in the whole territory before anything is typed twice."""

    nom_naissance = NomPropre(label="Nom de naissance", absence="Tapez le nom de naissance.")
    prenoms = NomPropre(label="Prénoms", absence="Tapez au moins un prénom.")
    date_naissance = DateNaissance(label="Date de naissance", absence="Tapez la date de naissance.")
    nir = NumeroSecuriteSociale(label="Numéro de sécurité sociale", help_text="13 ou 15 signes")
    telephone_portable = Telephone(label="Téléphone portable")

    def __init__(self, *args: Any, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cadre = cadre

    def clean_date_naissance(self) -> Any:
        """A birth date is not in the future."""
        jour = self.cleaned_data["date_naissance"]
        if jour and jour > self.cadre.aujourd_hui:
            raise forms.ValidationError("Cette date est dans l’avenir. Vérifiez l’année.")
        return jour


class FormulaireSortie(Formulaire):
    """« Ce n’est pas elle : continuer »: why, in one sentence, when the files are very close (``a_justifier``)."""

    justification = Texte(
        label="Dites pourquoi, en une phrase",
        help_text="Par exemple\u00a0: autre personne, prénoms et adresse différents",
        max_length=255,
        absence="Dites en une phrase pourquoi ce n’est pas la même personne.",
    )

    def __init__(self, *args: Any, a_justifier: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["justification"].required = a_justifier
