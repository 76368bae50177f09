"""What a report is read of, and what is decided of a version."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms

from sne.guichet.recapitulatif.forms import code_du_mois
from sne.infocentre.ouvert.rules.editions import MOTIF_MAX, PREMIERE_ANNEE
from sne.infocentre.rapports.models import LIBELLE_MAX, PHRASE_MAX
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
from sne.infocentre.rapports.selectors.contre import AVANT, UN_AN
from sne.socle.forms import Choix, DateSaisie, Formulaire, Select, Texte
from sne.socle.horloge import debut_du_jour
from sne.socle.templatetags.socle_tags import mois_en_lettres
from sne.suivi.rules.colonnes import TYPES_ORGANISME

TOUS = ("", "Tous")
DECROISSANT = "decroissant"
OUI, ACTUELS = "oui", "actuels"
AUTRES = ("contre", "constant", "connu_le", "dessin")
"""Choices of a reading that few make."""
ANNEE_MAX = 9999  # four digits; the act knows which years are over


class FormulaireLecture(Formulaire):
    """Place, period, lines, what they are compared with, as known when: what is missing takes its usual value."""

    lieu = Choix(label="Lieu", required=False, widget=Select())
    du = Choix(label="Du mois de", required=False, widget=Select())
    au = Choix(label="Au mois de", required=False, widget=Select())
    par = Choix(
        label="Lignes",
        required=False,
        widget=Select(),
        choices=[(grain.value, libelle) for grain, libelle in {**GRAINS, **AXES}.items()],
    )
    type = Choix(
        label="Type d’organisme",
        required=False,
        widget=Select(),
        choices=[TOUS, *((t.value, libelle) for t, libelle in TYPES_ORGANISME.items())],
    )
    categorie = Choix(
        label="Catégorie",
        required=False,
        widget=Select(),
        choices=[TOUS, *((c.value, libelle) for c, libelle in CATEGORIES_ORGANISME.items())],
    )
    contre = Choix(label="Comparer à", required=False, widget=Select())
    constant = Choix(
        label="Périmètre",
        required=False,
        widget=Select(),
        choices=[
            ("", "Tous les guichets"),
            (OUI, "Constant : ouverts toute la période"),
            (ACTUELS, "Organismes d’aujourd’hui"),
        ],
    )
    connu_le = DateSaisie(label="Tel que connu le")
    dessin = Choix(label="Colonne dessinée", required=False, widget=Select())

    def __init__(
        self,
        donnees: Any,
        *,
        lieux: Sequence[tuple[str, str]],
        lieu: str,
        le: date,
        par: Grain,
        colonnes: Sequence[tuple[str, str]] = (),
    ) -> None:
        """``lieu``: the place read when none is named; ``par``: its lines; ``colonnes``: those that may be drawn."""
        defaut = periode_par_defaut(le)
        usuelles = {
            "lieu": lieu,
            "du": code_du_mois(defaut.du),
            "au": code_du_mois(defaut.au),
            "par": par.value,
            **dict.fromkeys(("type", "categorie", *AUTRES), ""),
        }
        lues = {nom: donnees[nom] for nom in usuelles if donnees.get(nom)}
        super().__init__(usuelles | lues)
        self.le = le
        mois = [defaut.au.replace(day=1) - relativedelta(months=n) for n in range(MOIS_AU_PLUS)]
        choix = [(code_du_mois(m), mois_en_lettres(m)) for m in mois]
        self.fields["lieu"].choices = lieux
        self.fields["du"].choices = self.fields["au"].choices = choix
        self.fields["contre"].choices = [
            ("", "Rien"),
            (UN_AN, "Les mêmes mois, un an avant"),
            (AVANT, "Autant de mois, juste avant"),
            ("Un autre lieu", [(cle, nom) for cle, nom in lieux if cle != lieu]),
            ("Autant de mois, à partir de", choix),
        ]
        self.fields["dessin"].choices = [("", "La première"), *colonnes]

    @property
    def principaux(self) -> list[forms.BoundField]:
        """What is always in sight."""
        return [champ for champ in self if champ.name not in AUTRES]

    @property
    def autres(self) -> list[forms.BoundField]:
        """What is folded until it is used."""
        return [champ for champ in self if champ.name in AUTRES]

    @property
    def deplie(self) -> bool:
        """Whether one of the folded choices is made, or is wrong."""
        return any(self.data[nom] or self.has_error(nom) for nom in AUTRES)

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
        if (connu_le := lues.get("connu_le")) and connu_le > self.le:
            self.add_error(
                "connu_le", "Ce jour n’est pas encore venu : choisissez aujourd’hui, ou un jour passé."
            )
        return lues


class FormulaireAnnee(Formulaire):
    """Place and civil year of what landlords declared: what is missing takes its usual value."""

    lieu = Choix(label="Lieu", required=False, widget=Select())
    annee = Choix(label="Année civile", required=False, widget=Select())

    def __init__(
        self, donnees: Any, *, lieux: Sequence[tuple[str, str]], lieu: str, annees: Sequence[int], annee: int
    ) -> None:
        """``lieu``, ``annee``: those read when none is named."""
        usuelles = {"lieu": lieu, "annee": str(annee)}
        super().__init__(usuelles | {nom: donnees[nom] for nom in usuelles if donnees.get(nom)})
        self.fields["lieu"].choices = lieux
        self.fields["annee"].choices = [(str(a), str(a)) for a in annees]


class FormulaireLieu(Formulaire):
    """The place of a page that has no other choice."""

    lieu = Choix(label="Lieu", required=False, widget=Select())

    def __init__(self, *, lieux: Sequence[tuple[str, str]], lieu: str) -> None:
        super().__init__(initial={"lieu": lieu})
        self.fields["lieu"].choices = lieux


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


class Mesures(forms.CharField):
    """Measures that are added, one code a line, each with « - » before it when it is taken away."""

    def __init__(self, **kwargs: Any) -> None:
        zone = forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"})
        super().__init__(required=False, max_length=2000, widget=zone, **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        """The codes, in order."""
        return tuple(mot for ligne in super().clean(value).splitlines() if (mot := ligne.strip()))

    def prepare_value(self, value: Any) -> Any:
        """One a line."""
        return "\n".join(value) if isinstance(value, tuple) else value


class FormulaireDefinition(Formulaire):
    """What an indicator means from now on, from what it means today."""

    libelle = Texte(label="Libellé", max_length=LIBELLE_MAX, absence="Donnez le libellé de la colonne.")
    phrase = Texte(label="Formule, en mots", max_length=PHRASE_MAX, absence="Dites la formule en une phrase.")
    numerateur = Mesures(
        label="Mesures du numérateur",
        help_text="Un code par ligne, précédé d’un tiret s’il se retranche. Les codes sont sous ce formulaire.",
    )
    haut = Texte(label="Ce que compte le numérateur", max_length=PHRASE_MAX, required=False)
    denominateur = Mesures(label="Mesures du dénominateur", help_text="Rien pour un compte.")
    bas = Texte(label="Ce que compte le dénominateur", max_length=PHRASE_MAX, required=False)
    vide = Texte(label="Ce que veut dire une case vide", max_length=PHRASE_MAX, required=False)
    reference = Texte(
        label="Ce qui place un cas dans la période",
        max_length=PHRASE_MAX,
        absence="Dites quelle date compte.",
    )
    decimales = forms.IntegerField(
        label="Décimales",
        min_value=0,
        max_value=3,
        error_messages={
            "required": "Indiquez le nombre de décimales.",
            "invalid": "Les décimales sont un nombre de 0 à 3.",
            "min_value": "Les décimales sont un nombre de 0 à 3.",
            "max_value": "Les décimales sont un nombre de 0 à 3.",
        },
    )
    source = Texte(
        label="Source de la décision", max_length=PHRASE_MAX, absence="Dites d’où vient la décision."
    )
    motif = Texte(
        label="Pourquoi changer", max_length=PHRASE_MAX, absence="Dites pourquoi cette définition change."
    )


class FormulaireDecision(Formulaire):
    """What is proposed of a version."""

    version = Choix(label="Version", widget=Select(), absence="Choisissez la version.")
    nature = Choix(
        label="Décision",
        widget=Select(),
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
