"""What is filled in about an agreement: one form an act."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms

from sne.conventions.actions import NouvelleConvention, Pas
from sne.conventions.rules.cadences import GROUPES
from sne.conventions.rules.portees import PORTEES, Portee
from sne.conventions.rules.reglages import (
    EDITEUR_MAX,
    LIBELLES,
    MOTIF_MAX,
    VALEURS,
    Anteriorite,
    Attestation,
    FormatListe,
    ReponseVide,
)
from sne.socle.forms import Cases, Choix, DateSaisie, FormulaireSansRedite, Texte

PAS = ((Pas.CONFORMITE.value, "Conformité passée à l’École"), (Pas.SIGNATURE.value, "Convention signée"))


def _choix(code: str, valeurs: Iterable[Any]) -> Choix:
    return Choix(
        label=LIBELLES[code],
        absence="Choisissez.",
        choices=[(v.value, VALEURS[v].capitalize()) for v in valeurs],
        widget=forms.RadioSelect,
    )


class OuvertureForm(FormulaireSansRedite):
    """A vendor, the body, where the vendor is written to."""

    editeur = Texte(label="Éditeur du logiciel", absence="Indiquez l’éditeur.", max_length=EDITEUR_MAX)
    organisme = Texte(
        label="Organisme pour qui le logiciel travaille",
        help_text="Son numéro SIREN, 9 chiffres.",
        absence="Indiquez le numéro SIREN de l’organisme.",
        max_length=11,
    )
    courriel = forms.CharField(
        label="Adresse électronique de l’éditeur",
        help_text="Elle reçoit les avis de fin de clé. Une adresse par convention.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Indiquez l’adresse de l’éditeur."},
    )

    def nouvelle(self) -> NouvelleConvention:
        """What was filled in; a number typed by groups is read whole."""
        dites = self.cleaned_data
        return NouvelleConvention(dites["editeur"], "".join(dites["organisme"].split()), dites["courriel"])


class PasForm(FormulaireSansRedite):
    """A step that was done, and when."""

    pas = Choix(label="Étape faite", absence="Choisissez l’étape.", choices=PAS, widget=forms.RadioSelect)
    le = DateSaisie(label="Jour", absence="Indiquez le jour.")


class GuichetForm(FormulaireSansRedite):
    """A guichet to cover, by its code, from when to when."""

    guichet = Texte(
        label="Guichet",
        help_text="Territoire et code, par exemple 099-G0993.",
        absence="Indiquez le guichet.",
        max_length=9,
    )
    debut = DateSaisie(label="Premier jour", help_text="Aujourd’hui si vous ne dites rien.")
    fin = DateSaisie(label="Premier jour sans accès")


class GuichetDuTerritoireForm(GuichetForm):
    """The same, chosen in a list."""

    guichet = forms.ChoiceField(  # type: ignore[assignment]  # the same answer, chosen
        label="Guichet", error_messages={"required": "Choisissez le guichet."}
    )

    def __init__(self, *args: Any, lieux: Collection[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guichet"].choices = [("", "Choisir un guichet"), *lieux]


class ArretForm(FormulaireSansRedite):
    """Why an agreement is stopped."""

    motif = Texte(label="Motif", exemple="En une phrase", absence="Dites pourquoi.", max_length=MOTIF_MAX)


class PorteeForm(FormulaireSansRedite):
    """One scope to open."""

    portee = Choix(label="Portée à ouvrir", absence="Choisissez la portée.", widget=forms.RadioSelect)

    def __init__(self, *args: Any, portees: Iterable[Portee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["portee"].choices = [(p.value, dire(p)) for p in portees]


class CleForm(FormulaireSansRedite):
    """Scopes of a key, and its end."""

    portees = forms.MultipleChoiceField(
        label="Portées de la clé",
        widget=Cases(en_ligne=False),
        error_messages={"required": "Cochez une portée au moins."},
    )
    fin = DateSaisie(label="Premier jour sans la clé", absence="Indiquez la fin de la clé.")

    def __init__(self, *args: Any, portees: Iterable[Portee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["portees"].choices = [(p.value, dire(p)) for p in portees]


class CertificatForm(FormulaireSansRedite):
    """A certificate, as its holder gives it."""

    pem = forms.CharField(
        label="Certificat",
        help_text="Le texte du fichier .pem, de BEGIN CERTIFICATE à END CERTIFICATE. Jamais la clé privée.",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Collez le certificat."},
    )


class ReglagesForm(FormulaireSansRedite):
    """What the agreement settles."""

    attestation = _choix("attestation", Attestation)
    reponse_vide = _choix("reponse_vide", ReponseVide)
    format_liste = _choix("format_liste", FormatListe)
    anteriorite = _choix("anteriorite", Anteriorite)
    preuve_gardee = forms.BooleanField(label=LIBELLES["preuve_gardee"], required=False)
    piece_vue = forms.BooleanField(label=LIBELLES["piece_vue"], required=False)


class CadenceForm(FormulaireSansRedite):
    """Calls a minute of one group, for this agreement."""

    groupe = Choix(
        label="Appels à limiter",
        absence="Choisissez les appels.",
        choices=[(g.value, libelle.capitalize()) for g, libelle in GROUPES.items()],
    )
    par_minute = forms.IntegerField(
        label="Appels par minute",
        help_text="Vide\u00a0: le chiffre du service.",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Tapez un nombre, en chiffres."},
    )


def dire(portee: Portee) -> str:
    """A scope, as a choice."""
    suite = ", avec un certificat" if PORTEES[portee].certificat else ""
    return f"{PORTEES[portee].libelle.capitalize()} ({portee}){suite}"
