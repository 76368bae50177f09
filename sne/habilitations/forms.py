"""Shape of what is typed to sign in and to keep one's account."""

from collections.abc import Iterable
from typing import Any

from django import forms

from sne.habilitations.selectors import Poste
from sne.socle.forms import Formulaire


class ConnexionForm(Formulaire):
    """First page: address and password."""

    courriel = forms.CharField(
        label="Adresse électronique",
        help_text="Format attendu : prenom.nom@exemple.fr",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={"required": "Indiquez votre adresse professionnelle."},
    )
    mot_de_passe = forms.CharField(
        label="Mot de passe",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Saisissez votre mot de passe."},
    )


class CodeForm(Formulaire):
    """Second page: the six digits of the authentication application, spaces allowed."""

    code = forms.CharField(
        label="Code à 6 chiffres",
        help_text="L’application en affiche un nouveau toutes les 30 secondes.",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "Saisissez le code affiché par l’application."},
    )

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split())
        if not (len(code) == 6 and code.isascii() and code.isdigit()):
            raise forms.ValidationError(
                "Six chiffres sont attendus. Recopiez le code affiché par l’application."
            )
        return code


class PosteForm(Formulaire):
    """Where to act from now on."""

    poste = forms.ChoiceField(
        label="Guichet ou territoire",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez un guichet ou un territoire de la liste.",
            "invalid_choice": "Ce choix n’est plus dans vos habilitations. Choisissez-en un de la liste.",
        },
    )

    def __init__(self, *args: Any, postes: Iterable[Poste], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix = {p.cle: f"{p.nom_du_lieu}, {p.role_libelle}" for p in reversed(list(postes))}
        self.fields["poste"].choices = list(reversed(choix.items()))


class MotDePasseForm(Formulaire):
    """A new password, typed twice, after the current one."""

    ancien = forms.CharField(
        label="Mot de passe actuel",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Saisissez votre mot de passe actuel."},
    )
    nouveau = forms.CharField(
        label="Nouveau mot de passe",
        help_text="12 caractères au moins, sans votre nom ni votre adresse. Évitez les mots de passe courants.",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Saisissez le nouveau mot de passe."},
    )
    confirmation = forms.CharField(
        label="Nouveau mot de passe, une seconde fois",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Saisissez-le une seconde fois."},
    )

    def clean(self) -> None:
        donnees = super().clean() or self.cleaned_data
        nouveau, confirmation = donnees.get("nouveau"), donnees.get("confirmation")
        if nouveau and confirmation and nouveau != confirmation:
            self.add_error("confirmation", "Ce n’est pas le même. Saisissez deux fois le même mot de passe.")
