"""Form of the dwelling sought: types, communes in order, openness to the rest of the territory."""

from decimal import Decimal
from typing import Any

from django import forms

from sne.guichet.demandes.forms.champs import Cadre, OuiNon
from sne.guichet.demandes.forms.commune import lire_commune
from sne.referentiels.rules import CommuneChoix
from sne.socle.forms import Cases, Choix, Formulaire, Texte

NOMBRE_DE_COMMUNES = 8
LISTE_DES_COMMUNES = "communes-du-territoire"


class FormulaireSouhaits(Formulaire):
    """What is sought (CCH R441-2-2, h)."""

    types_logement = forms.MultipleChoiceField(
        label="Taille du logement",
        help_text="Une ou plusieurs tailles",
        widget=Cases(),
        error_messages={
            "required": "Choisissez au moins une taille de logement.",
            "invalid_choice": "Une taille n’existe pas dans la liste. Choisissez-en une autre.",
        },
    )
    categorie = Choix(label="Appartement ou maison")
    accepte_autres_communes = OuiNon(
        label="Accepterait une autre commune du territoire, si aucun logement ne se présente dans celles-ci",
        absence="Posez la question, puis choisissez Oui ou Non.",
    )
    loyer_maximum = forms.DecimalField(
        label="Loyer maximum, en euros par mois",
        help_text="Charges comprises",
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(9999),
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": "Tapez un montant en chiffres, par exemple 650."},
    )

    def __init__(self, *args: Any, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cadre = cadre
        self.fields["types_logement"].choices = cadre.choix("ListeTypeLogement")
        self.fields["categorie"].choices = cadre.choix("ListeCategorieLogementRecherche")


class FormulaireCommunes(Formulaire):
    """Up to eight communes of the territory, in order; cleaned to ``communes``, without repeats."""

    def __init__(self, *args: Any, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cadre = cadre

    def champs_communes(self) -> list[Any]:
        """The eight fields, in order."""
        return [self[f"commune_{rang}"] for rang in range(1, NOMBRE_DE_COMMUNES + 1)]

    def clean(self) -> dict[str, Any]:
        """Reads each commune; at least one, none twice (contents rule 15)."""
        donnees: dict[str, Any] = super().clean() or {}
        trouvees: list[CommuneChoix] = []
        for rang in range(1, NOMBRE_DE_COMMUNES + 1):
            nom = f"commune_{rang}"
            try:
                commune = lire_commune(donnees.get(nom, ""), self.cadre, territoire=self.cadre.territoire)
            except forms.ValidationError as exc:
                self.add_error(nom, exc)
                continue
            if commune is not None and commune in trouvees:
                self.add_error(nom, "Déjà dans la liste. Retirez l’une des deux lignes.")
            elif commune is not None:
                trouvees.append(commune)
        if not trouvees and not self.errors:
            self.add_error("commune_1", "Tapez au moins une commune.")
        return {**donnees, "communes": trouvees}


for _rang in range(1, NOMBRE_DE_COMMUNES + 1):
    FormulaireCommunes.base_fields[f"commune_{_rang}"] = Texte(
        label=f"Commune {_rang}",
        widget=forms.TextInput(attrs={"list": LISTE_DES_COMMUNES, "autocomplete": "off"}),
    )
