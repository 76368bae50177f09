"""What a report is read of, and what is decided of a version."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms

from sne.infocentre.ouvert.rules.editions import MOTIF_MAX, PREMIERE_ANNEE
from sne.infocentre.rapports.models import PHRASE_MAX
from sne.infocentre.rapports.rules.grains import AXES, CATEGORIES_ORGANISME, GRAINS, Grain
from sne.infocentre.rapports.rules.periodes import (
    MOIS_AU_PLUS,
    Periode,
    fin_du_mois,
    lire_mois,
    periode_par_defaut,
    refuser,
)
from sne.infocentre.rapports.rules.vie import NATURES
from sne.socle.forms import Choix, DateSaisie, Formulaire, Texte
from sne.socle.horloge import debut_du_jour
from sne.socle.templatetags.socle_tags import mois_en_lettres
from sne.suivi.rules.colonnes import TYPES_ORGANISME

TOUS = ("", "Tous")
DECROISSANT = "decroissant"
ANNEE_MAX = 9999  # four digits; the act knows which years are over


def code_du_mois(mois: date) -> str:
    """« 2026-11 », as addresses and forms name a month."""
    return f"{mois:%Y-%m}"


class FormulaireLecture(Formulaire):
    """Place, period, lines: what is missing takes its usual value."""

    lieu = Choix(label="Lieu", required=False, widget=forms.Select())
    du = Choix(label="Du mois de", required=False, widget=forms.Select())
    au = Choix(label="Au mois de", required=False, widget=forms.Select())
    par = Choix(
        label="Lignes",
        required=False,
        widget=forms.Select(),
        choices=[(grain.value, libelle) for grain, libelle in {**GRAINS, **AXES}.items()],
    )
    type = Choix(
        label="Type d’organisme",
        required=False,
        widget=forms.Select(),
        choices=[TOUS, *((t.value, libelle) for t, libelle in TYPES_ORGANISME.items())],
    )
    categorie = Choix(
        label="Catégorie",
        required=False,
        widget=forms.Select(),
        choices=[TOUS, *((c.value, libelle) for c, libelle in CATEGORIES_ORGANISME.items())],
    )

    def __init__(
        self, donnees: Any, *, lieux: Sequence[tuple[str, str]], lieu: str, le: date, par: Grain
    ) -> None:
        """``lieu``: the place read when none is named; ``par``: the lines then shown."""
        defaut = periode_par_defaut(le)
        usuelles = {
            "lieu": lieu,
            "du": code_du_mois(defaut.du),
            "au": code_du_mois(defaut.au),
            "par": par.value,
            "type": "",
            "categorie": "",
        }
        lues = {nom: donnees[nom] for nom in usuelles if donnees.get(nom)}
        super().__init__(usuelles | lues)
        self.le = le
        mois = [defaut.au.replace(day=1) - relativedelta(months=n) for n in range(MOIS_AU_PLUS)]
        choix = [(code_du_mois(m), mois_en_lettres(m)) for m in mois]
        self.fields["lieu"].choices = lieux
        self.fields["du"].choices = self.fields["au"].choices = choix

    def limiter(self, grains: Mapping[Grain, str]) -> None:
        """The lines that a report can be shown by, and no others."""
        self.fields["par"].choices = [(grain.value, libelle) for grain, libelle in grains.items()]

    @property
    def valeurs(self) -> dict[str, str]:
        """What an address of the same report keeps, the empty ones left out."""
        return {nom: str(valeur) for nom, valeur in self.data.items() if valeur}

    def clean(self) -> dict[str, Any]:
        lues: dict[str, Any] = super().clean() or self.cleaned_data
        du, au = lire_mois(lues.get("du", "")), lire_mois(lues.get("au", ""))
        if du and au:
            lues["periode"] = Periode(du, fin_du_mois(au))
            if phrase := refuser(lues["periode"], self.le):
                self.add_error("du", phrase)
        return lues


class FormulaireVersion(Formulaire):
    """A version to write: its columns, one code a line, in order."""

    phrase = Texte(
        label="Ce que montre cette version", absence="Dites-le en une phrase.", max_length=PHRASE_MAX
    )
    colonnes = forms.CharField(
        label="Colonnes",
        help_text="Un code d’indicateur par ligne, dans l’ordre du tableau. Les codes sont au catalogue.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 20, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Indiquez au moins une colonne."},
    )

    def clean_colonnes(self) -> tuple[str, ...]:
        """The codes, in order."""
        return tuple(mot for ligne in self.cleaned_data["colonnes"].splitlines() if (mot := ligne.strip()))


class FormulaireDecision(Formulaire):
    """What is proposed of a version."""

    version = Choix(label="Version", widget=forms.Select(), absence="Choisissez la version.")
    nature = Choix(
        label="Décision",
        widget=forms.Select(),
        choices=[("", "Choisir"), *((n.value, libelle) for n, libelle in NATURES.items())],
        absence="Choisissez la décision.",
    )
    prend_effet_le = DateSaisie(
        label="Prend effet le",
        help_text="À minuit, heure de Paris. Pour annuler un retrait, laissez vide.",
    )
    nom = Texte(
        label="Nom porté à partir de là", help_text="Pour publier ou renommer.", max_length=60, required=False
    )
    motif = Texte(label="Motif", absence="Dites pourquoi, en une phrase.", max_length=PHRASE_MAX)

    def __init__(self, *args: Any, versions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].choices = [("", "Choisir"), *versions]

    def clean_prend_effet_le(self) -> Any:
        """The first instant of that day in Paris."""
        le = self.cleaned_data["prend_effet_le"]
        return debut_du_jour(le) if le else None


class FormulaireEdition(Formulaire):
    """The year of an edition of open data."""

    annee = forms.IntegerField(
        label="Année, au 31 décembre",
        min_value=PREMIERE_ANNEE,
        max_value=ANNEE_MAX,
        error_messages={
            "required": "Donnez l’année de l’édition.",
            "invalid": "L’année s’écrit avec quatre chiffres.",
        },
    )


class FormulaireRefus(Formulaire):
    """Why an edition is refused."""

    motif = Texte(
        label="Motif du refus", max_length=MOTIF_MAX, absence="Dites pourquoi vous refusez cette édition."
    )
