"""Forms of disability: who is concerned, then one sheet per person. Nothing in them is ever mandatory."""

from collections.abc import Sequence
from typing import Any

from django import forms

from sne.registre.contenu.rules.controles.handicaps import AUCUNE_AIDE
from sne.saisie.forms.champs import Cadre, Courriel, OuiNon, Telephone, TexteLong
from sne.socle.forms import Cases, Choix, Formulaire, Texte

Membres = Sequence[tuple[str, str]]
"""(reference, name) of the members of a household."""


class FormulaireConcernes(Formulaire):
    """Who of the household lives with a disability that the dwelling must take into account (CCH R441-2-2, i)."""

    concernes = forms.MultipleChoiceField(
        label="Qui, dans le foyer, est en situation de handicap ou de perte d’autonomie",
        help_text="Seulement si le logement doit en tenir compte. La personne peut ne pas répondre.",
        required=False,
        widget=Cases(en_ligne=False),
    )

    def __init__(self, *args: Any, membres: Membres, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concernes"].choices = membres


def cases(label: str) -> forms.MultipleChoiceField:
    """Boxes, none of them mandatory."""
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        widget=Cases(),
        error_messages={"invalid_choice": "Ce choix n’existe pas dans la liste. Choisissez-en un autre."},
    )


class FormulaireHandicap(Formulaire):
    """One sheet: what the dwelling must allow, and nothing of a diagnosis."""

    personne = Choix(
        label="Personne concernée", absence="Choisissez une personne du foyer.", widget=forms.Select()
    )
    moteur = cases("Handicap moteur")
    sensoriel = cases("Handicap sensoriel")
    autre = Texte(label="Autre handicap", help_text="En quelques mots, sans nommer de maladie")
    reconnu = OuiNon(label="Handicap reconnu par une décision")
    etat = Choix(label="Évolution")
    capacite_marches = Choix(label="Peut monter", widget=forms.Select())
    accompagne = OuiNon(label="A besoin d’être accompagné pour se déplacer")
    aides_techniques = cases("Aides utilisées")
    equipements_souhaites = cases("Équipements souhaités dans le logement")
    besoin_particulier = TexteLong(label="Besoin particulier")
    autre_besoin = TexteLong(label="Autre besoin")
    referent__nom = Texte(label="Nom du référent")
    referent__adresse = Texte(label="Adresse du référent")
    referent__telephone = Telephone(label="Téléphone du référent")
    referent__courriel = Courriel(label="Adresse électronique du référent", required=False)
    referent__proche_domicile = OuiNon(label="Suivi souhaité près du domicile")

    def __init__(self, *args: Any, cadre: Cadre, membres: Membres = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom, liste in LISTES.items():
            self.fields[nom].choices = cadre.choix(liste)
        marches = cadre.choix("ListeCapaciteMarcheHandicap", vide="Choisir")
        self.fields["capacite_marches"].choices = marches
        if membres:
            self.fields["personne"].choices = [("", "Choisir"), *membres]
        else:  # the sheet is already somebody's
            del self.fields["personne"]

    def clean(self) -> dict[str, Any]:
        """« None » excludes the other aids (contents rule 16)."""
        donnees: dict[str, Any] = super().clean() or {}
        if AUCUNE_AIDE in (donnees.get("aides_techniques") or ()) and len(donnees["aides_techniques"]) > 1:
            self.add_error(
                "aides_techniques",
                "« Aucune » exclut les autres. Décochez-la, ou décochez les autres.",
            )
        return donnees


LISTES = {
    "moteur": "ListeNatureHandicapMoteur",
    "sensoriel": "ListeNatureHandicapSensoriel",
    "etat": "ListeEtatHandicap",
    "aides_techniques": "ListeAideTechniqueHandicap",
    "equipements_souhaites": "ListeEquipementHandicap",
}
