"""Form of an adult's work: status, employer, place."""

from typing import Any

from django import forms

from sne.saisie.forms.champs import Chiffres, OuiNon, laisser_voir_le_vide
from sne.saisie.forms.localite import FormulaireLocalite
from sne.saisie.forms.propose import ChoixFait, TextePropose
from sne.socle.forms import Choix, Texte


class FormulaireSituation(FormulaireLocalite):
    """What somebody lives by (CCH R441-2-2, d). Nothing is mandatory: none of it may delay the number."""

    field_order = ("statut", "profession", "employeur", "employeur_siret", "plusieurs_employeurs")

    statut = Choix(label="Situation", widget=forms.Select())
    profession = Texte(label="Profession")
    employeur = TextePropose("employeur", label="Employeur principal", help_text="Son nom, ou son SIRET")
    employeur_choix = ChoixFait()
    employeur_siret = Chiffres(label="SIRET de l’employeur", longueur=14, help_text="14 chiffres")
    plusieurs_employeurs = OuiNon(label="Plusieurs employeurs", required=False)
    organisme_collecteur = Texte(
        label="Organisme d’aide au logement de l’employeur", help_text="Action Logement, le plus souvent"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["statut"].choices = self.cadre.choix("ListeTypeContratTravail", vide="Choisir")
        self.fields["pays_adresse"].label = "Lieu de travail"
        laisser_voir_le_vide(self.fields.values())
