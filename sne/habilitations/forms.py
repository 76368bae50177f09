"""Shape of what is typed to sign in, to keep one's account, to grant, end and review the roles of others."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from sne.habilitations.rules import MOTIFS_D_UNE_PERSONNE, MOTIFS_RETRAIT
from sne.habilitations.rules.departs import MOTIFS_DEPART, PRECISION_MAX
from sne.habilitations.rules.revues import MOTIF_MAX, REPONSES
from sne.habilitations.selectors import Poste
from sne.habilitations.selectors.zones import REGION
from sne.socle.erreurs import Refus
from sne.socle.forms import Choix, DateSaisie, Formulaire, FormulaireSansRedite, Texte


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


class RelierProConnectForm(Formulaire):
    """The password again, before another way in is opened."""

    mot_de_passe = forms.CharField(
        label="Votre mot de passe actuel",
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
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
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


class MotDePasseForm(FormulaireSansRedite):
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
        help_text="12 caractères au moins, sans votre nom ni votre adresse, par exemple quatre mots sans rapport.",
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


class OctroiForm(FormulaireSansRedite):
    """A role to grant, to an account named by its address."""

    courriel = forms.CharField(
        label="Adresse électronique du compte",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Indiquez l’adresse du compte."},
    )
    role = forms.ChoiceField(
        label="Rôle",
        error_messages={
            "required": "Choisissez un rôle.",
            "invalid_choice": "Vous ne pouvez pas accorder ce rôle. Choisissez-en un de la liste.",
        },
    )
    lieu = forms.ChoiceField(label="Guichet ou territoire", required=False)
    guichet = Texte(
        label="Code du guichet",
        help_text="Pour un agent ou un responsable de guichet. Format attendu\u00a0: G0993",
        max_length=5,
        required=False,
    )
    fin = DateSaisie(
        label="Premier jour sans habilitation",
        help_text="Laissez vide si elle n’a pas de fin prévue.",
    )

    def __init__(
        self, *args: Any, lieux: Sequence[tuple[str, str]], roles: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        """``roles``: those that this person grants."""
        super().__init__(*args, **kwargs)
        if not any(
            lieu.startswith(REGION) for lieu, _ in lieux
        ):  # guichets are there; of the nation, too many
            del self.fields["guichet"]
        self.fields["role"].choices = [("", "Choisir un rôle"), *roles]
        self.fields["lieu"].choices = [("", "Choisir un lieu"), *lieux]

    def refuser(self, refus: Refus) -> None:
        """The place is one field here, or two."""
        if refus.champ in {"territoire", "guichet"} - set(self.fields):
            refus.champ = "lieu"
        super().refuser(refus)


class InvitationForm(OctroiForm):
    """A person to invite, and their first role."""

    prenom = Texte(label="Prénom", absence="Indiquez le prénom.", max_length=80)
    nom = Texte(label="Nom", absence="Indiquez le nom.", max_length=80)
    field_order = ("prenom", "nom", "courriel", "role", "lieu", "guichet", "fin")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["courriel"].label = "Adresse électronique professionnelle"
        self.fields["courriel"].help_text = "La sienne, et de personne d’autre. Un message y part."


class RetraitForm(Formulaire):
    """Why one role ends."""

    motif = Choix(
        label="Raison du retrait",
        absence="Choisissez une raison.",
        choices=[(str(m), MOTIFS_RETRAIT[m]) for m in MOTIFS_D_UNE_PERSONNE],
        widget=forms.RadioSelect,
    )


class DepartForm(FormulaireSansRedite):
    """Who leaves, when, why, and who takes over."""

    effet = DateSaisie(
        label="Premier jour sans accès",
        absence="Indiquez le premier jour sans accès.",
        help_text="Aujourd’hui ou un jour à venir.",
    )
    motif = Choix(
        label="Raison du départ",
        absence="Choisissez une raison.",
        choices=[(str(m), libelle) for m, libelle in MOTIFS_DEPART.items()],
        widget=forms.RadioSelect,
    )
    precision = Texte(label="Précision", max_length=PRECISION_MAX)
    successeur = forms.ChoiceField(label="À qui confier le travail en cours", required=False)

    def __init__(self, *args: Any, collegues: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix = list(collegues)
        if choix:
            self.fields["successeur"].choices = [("", "Choisir une personne"), *choix]
        else:
            del self.fields["successeur"]


class LienForm(Formulaire):
    """Another account of the same person, and how it is known."""

    courriel = forms.CharField(
        label="Adresse électronique de l’autre compte",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Indiquez l’adresse de l’autre compte."},
    )
    motif = Texte(
        label="Comment le savez-vous",
        absence="Dites comment vous savez que c’est la même personne.",
        max_length=PRECISION_MAX,
    )


class OuvertureRevueForm(FormulaireSansRedite):
    """Where a campaign opens, and until when."""

    lieu = forms.ChoiceField(
        label="Lieu à revoir", error_messages={"required": "Choisissez le lieu à revoir."}
    )
    limite = DateSaisie(label="Dernier jour pour répondre")

    def __init__(self, *args: Any, lieux: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lieu"].choices = [("", "Choisir un lieu"), *lieux]


class RythmeForm(FormulaireSansRedite):
    """How often a territory is reviewed, from which day on."""

    mois = forms.IntegerField(
        label="Nombre de mois entre deux revues",
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Indiquez un nombre de mois.",
            "invalid": "Tapez un nombre de mois, en chiffres.",
            "min_value": "Indiquez un mois au moins.",
        },
    )
    premiere = DateSaisie(
        label="Première revue",
        absence="Indiquez le jour de la première revue.",
        help_text="Un jour à venir. Elle s’ouvre ce jour-là, ou à la fin de la revue en cours.",
    )


class ReponseForm(FormulaireSansRedite):
    """The answer for one line; nothing is owed on a page that may be finished later."""

    reponse = Choix(label="Réponse", choices=[(str(r), libelle) for r, libelle in REPONSES.items()])
    motif = Texte(label="Motif", exemple="En une phrase", max_length=MOTIF_MAX)
