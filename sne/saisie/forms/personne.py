"""Forms of the adults: civil status, family situation, contact."""

from typing import Any

from django import forms

from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.saisie.forms.champs import (
    Cadre,
    Courriel,
    DateNaissance,
    NomPropre,
    NumeroSecuriteSociale,
    Telephone,
)
from sne.saisie.forms.commune import CommuneRefusee, LieuLu, lire_naissance, offrir_les_proches
from sne.saisie.forms.lignes import propres
from sne.socle.forms import Choix, Formulaire, Texte

NUMERO_ET_CASE = (
    "Un numéro de sécurité sociale est saisi, et la case dit que la personne n’en a pas. "
    "Décochez la case, ou effacez le numéro."
)
NUMERO_CONNU = (
    "Le dossier connaît déjà un numéro de sécurité sociale pour cette personne. "
    "Décochez la case\u00a0; si le numéro est faux, tapez le bon."
)


class FormulaireIdentite(Formulaire):
    """Civil status of an adult, as on the identity document (CCH R441-2-2, a)."""

    civilite = Choix(
        label="Civilité", absence="Choisissez Madame ou Monsieur, comme sur la pièce d’identité."
    )
    nom_naissance = NomPropre(
        label="Nom de naissance", absence="Tapez le nom de naissance, comme sur la pièce d’identité."
    )
    nom_usage = NomPropre(label="Nom d’usage", help_text="S’il est différent du nom de naissance")
    prenoms = NomPropre(
        label="Prénoms",
        help_text="Tous les prénoms de la pièce d’identité, dans l’ordre",
        absence="Tapez les prénoms, comme sur la pièce d’identité.",
    )
    date_naissance = DateNaissance(
        label="Date de naissance", absence="Tapez la date de naissance, comme sur la pièce d’identité."
    )
    date_naissance_presumee = forms.BooleanField(
        label="Le jour ou le mois manque à l’état civil", required=False
    )
    lieu_naissance = Texte(label="Lieu de naissance", help_text="Commune, ou pays à l’étranger")
    nationalite = Choix(label="Nationalité", absence="Choisissez la nationalité.")
    situation_familiale = Choix(
        label="Situation familiale",
        absence="Choisissez la situation familiale.",
        widget=forms.Select(),
    )
    nir = NumeroSecuriteSociale(
        label="Numéro de sécurité sociale",
        help_text="13 caractères, ou 15 avec la clé. Il n’est jamais exigé pour enregistrer.",
    )
    sans_nir = forms.BooleanField(
        label="N’a pas de numéro de sécurité sociale",
        help_text="La personne le déclare. Un numéro pourra être ajouté plus tard.",
        required=False,
    )

    def __init__(self, *args: Any, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cadre = cadre
        self.fields["civilite"].choices = cadre.choix("ListeCivilite")
        self.fields["nationalite"].choices = cadre.choix("ListeNationalite")
        self.fields["situation_familiale"].choices = cadre.choix("ListeSituationFamiliale", vide="Choisir")

    def clean_date_naissance(self) -> Any:
        """A birth date is not in the future (the other bounds are remarks, not refusals)."""
        jour = self.cleaned_data["date_naissance"]
        if jour and jour > self.cadre.aujourd_hui:
            raise forms.ValidationError("Cette date est dans l’avenir. Vérifiez l’année.")
        return jour

    def clean(self) -> dict[str, Any]:
        """A number, or none held: not both."""
        donnees: dict[str, Any] = super().clean() or {}
        if donnees.get("sans_nir") and donnees.get("nir"):
            self.add_error("sans_nir", NUMERO_ET_CASE)
        return donnees

    def refuser_case_si_connu(self, connue: Identite | None) -> None:
        """The box beside a number that the register holds: what is known is not undone by a box."""
        numero = connue.nir if connue else None
        if numero is not None and numero.empreinte and propres(self).get("sans_nir"):
            self.add_error("sans_nir", NUMERO_CONNU)

    def clean_lieu_naissance(self) -> LieuLu | None:
        """A commune of today or of the past, or a country."""
        saisie = self.cleaned_data["lieu_naissance"]
        try:
            return lire_naissance(saisie, self.cadre)
        except CommuneRefusee as exc:
            offrir_les_proches(self, "lieu_naissance", exc, saisie=saisie)
            raise


class FormulaireContact(Formulaire):
    """Ways to reach an adult; none is mandatory at a counter."""

    telephone_portable = Telephone(label="Téléphone portable")
    telephone_domicile = Telephone(label="Téléphone du domicile")
    telephone_travail = Telephone(label="Téléphone du travail")
    courriel = Courriel(label="Adresse électronique", required=False)


class FormulaireHabitation(Formulaire):
    """Whether they live where one writes to them."""

    habite_ailleurs = forms.BooleanField(label="La personne habite à une autre adresse", required=False)
