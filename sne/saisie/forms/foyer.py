"""Forms of the household: co-holders, dependants, children in custody, births expected."""

from typing import Any

from django import forms

from sne.registre.contenu.rules.arbre.types_de_champ import MAX_FOYER
from sne.saisie.brut import lignes_vides
from sne.saisie.forms.champs import Cadre, DateNaissance, NomPropre
from sne.saisie.forms.personne import FormulaireContact, FormulaireIdentite
from sne.socle.forms import Choix, DateSaisie, Formulaire

SEXES = (("F", "Fille"), ("M", "Garçon"))
ENFANT = "E"
MAX_CHARGES = MAX_GARDES = MAX_FOYER
MAX_NAISSANCES = 9  # one figure
SANS_VALEUR_D_UN_ADULTE = (
    "personne",
    "lien_demandeur",
    "situation_familiale",
    "n_moins_1__annee",
    "n_moins_2__annee",
    "nombre",
    "pays_adresse",
)
"""Fields of an adult, on any page, that alone say nothing of anybody: keys, defaults, what is deduced."""


class Ligne(Formulaire):
    """A repeated row: hidden keys and defaults alone do not make it filled."""

    sans_valeur: tuple[str, ...] = ()

    def has_changed(self) -> bool:
        """Whether something was typed in the row."""
        return any(nom not in self.sans_valeur for nom in self.changed_data)


class FormulaireCotitulaire(FormulaireIdentite, FormulaireContact, Ligne):
    """A future co-holder of the lease (CCH R441-2-2, a)."""

    sans_valeur = SANS_VALEUR_D_UN_ADULTE
    personne = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=36)
    lien_demandeur = Choix(
        label="Lien avec le demandeur",
        absence="Choisissez le lien avec le demandeur.",
        widget=forms.Select(),
    )

    def __init__(self, *args: Any, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(*args, cadre=cadre, **kwargs)
        self.fields["lien_demandeur"].choices = cadre.choix("ListeLienDemandeur", vide="Choisir")

    def has_changed(self) -> bool:
        """Whether anything was typed of them: their work, on the same screen, is somebody’s to be named."""
        groupe, _, rang = str(self.prefix).rpartition("-")
        return int(rang) not in lignes_vides(dict(self.data.lists()), groupe, ignores=self.sans_valeur)


class LigneNaissance(Ligne):
    """A row with a birth date that has happened."""

    date_naissance = DateNaissance(label="Naissance", absence="Tapez la date de naissance.")

    def __init__(self, *args: Any, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cadre = cadre

    def clean_date_naissance(self) -> Any:
        """A child to be born is counted apart."""
        jour = self.cleaned_data["date_naissance"]
        if jour and jour > self.cadre.aujourd_hui:
            raise forms.ValidationError(
                "Cette date est dans l’avenir. Une naissance attendue se dit plus bas."
            )
        return jour


class FormulaireCharge(LigneNaissance):
    """A fiscal dependant who will live in the dwelling."""

    sans_valeur = ("identifiant", "lien_parente")
    field_order = ("identifiant", "nom", "prenoms", "date_naissance", "sexe", "lien_parente")
    identifiant = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=36)
    nom = NomPropre(label="Nom de naissance", absence="Tapez le nom de naissance.")
    prenoms = NomPropre(label="Prénoms", absence="Tapez au moins un prénom.")
    sexe = Choix(label="Sexe")
    lien_parente = Choix(label="Lien avec le demandeur", absence="Choisissez le lien avec le demandeur.")

    def __init__(self, *args: Any, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(*args, cadre=cadre, **kwargs)
        self.fields["lien_parente"].choices = cadre.choix("ListeLienParente")
        self.fields["sexe"].choices = cadre.choix("ListeSexe")
        if not self.initial.get("lien_parente"):
            self.initial["lien_parente"] = ENFANT


class FormulaireGarde(LigneNaissance):
    """A child hosted part of the time; the national form asks no name."""

    field_order = ("date_naissance", "sexe", "mode_garde")
    sexe = Choix(label="Sexe", choices=SEXES)
    mode_garde = Choix(label="Accueil", absence="Choisissez garde alternée ou droit de visite.")

    def __init__(self, *args: Any, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(*args, cadre=cadre, **kwargs)
        self.fields["mode_garde"].choices = cadre.choix("ListeCoparentalite")


class FormulaireNaissances(Formulaire):
    """Births expected: how many, and when."""

    nombre = forms.IntegerField(
        label="Nombre d’enfants attendus",
        required=False,
        min_value=0,
        max_value=MAX_NAISSANCES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Tapez un chiffre de 0 à 9.", "max_value": "Tapez un chiffre de 0 à 9."},
    )
    date_prevue = DateSaisie(label="Date prévue")

    def clean(self) -> dict[str, Any]:
        """Births expected come with their date (contents rule 9)."""
        donnees: dict[str, Any] = super().clean() or {}
        if donnees.get("nombre") and not donnees.get("date_prevue") and "date_prevue" not in self.errors:
            self.add_error("date_prevue", "Tapez la date prévue, même approximative.")
        if donnees.get("date_prevue") and not donnees.get("nombre") and "nombre" not in self.errors:
            self.add_error("nombre", "Tapez le nombre d’enfants attendus.")
        return donnees
