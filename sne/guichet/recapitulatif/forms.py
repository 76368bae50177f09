"""Which month of the recap is read, in which order; which months a file holds."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from sne.guichet.recapitulatif.presentation import chiffres
from sne.socle.forms import Cases, Choix, Formulaire
from sne.socle.tableur import Format
from sne.socle.templatetags.socle_tags import mois_en_lettres
from sne.suivi.rules.colonnes import COLONNES, D_ABORD, PAR_CODE, Colonne
from sne.suivi.rules.envois import JOUR_MAX

CROISSANT, DECROISSANT = "croissant", "decroissant"
ORDRES = [(DECROISSANT, "Du plus grand au plus petit"), (CROISSANT, "Du plus petit au plus grand")]
MOIS_INCONNU = "Ce mois n’a pas de récapitulatif. Choisissez-en un autre dans la liste."


def code_du_mois(mois: date) -> str:
    """« 2026-11 », as addresses and forms name a month."""
    return f"{mois:%Y-%m}"


def lire_mois(texte: str, mois: Sequence[date]) -> date | None:
    """The month of that code among these; ``None`` for any other text."""
    return next((m for m in mois if code_du_mois(m) == texte), None)


class FormulaireMois(Formulaire):
    """Month and order; a value that is not proposed is the first one."""

    mois = Choix(label="Mois", required=False, widget=forms.Select())
    tri = Choix(
        label="Trier par",
        required=False,
        widget=forms.Select(),
        choices=[(colonne.code, colonne.titre) for colonne in COLONNES],
    )
    ordre = Choix(label="Ordre", required=False, widget=forms.Select(), choices=ORDRES)
    colonnes = forms.MultipleChoiceField(
        label="Colonnes",
        required=False,
        widget=Cases(en_ligne=True),
        choices=[(colonne.code, colonne.titre) for colonne in chiffres()],
    )

    def __init__(self, *args: Any, mois: Sequence[date], **kwargs: Any) -> None:
        """``mois``: those to choose among."""
        super().__init__(*args, **kwargs)
        self.fields["mois"].choices = [(code_du_mois(m), mois_en_lettres(m)) for m in mois]

    @property
    def colonne(self) -> Colonne:
        """The column that the lines are in the order of."""
        return PAR_CODE.get(str(self["tri"].value()), COLONNES[0])

    @property
    def choisies(self) -> list[Colonne]:
        """Columns of figures to show, in their order; those shown first when none of these exists."""
        dites = set(self["colonnes"].value() or ()) & {colonne.code for colonne in chiffres()}
        return [colonne for colonne in chiffres() if colonne.code in (dites or D_ABORD)]

    @property
    def decroissant(self) -> bool:
        """Whether the largest comes first."""
        return str(self["ordre"].value()) == DECROISSANT


class FormulaireEnvoi(Formulaire):
    """The day and the file of the monthly mailing."""

    jour = Choix(
        label="Jour du mois",
        help_text="Le récapitulatif du mois précédent part ce jour-là",
        widget=forms.Select(),
        choices=[(str(n), "1er" if n == 1 else str(n)) for n in range(1, JOUR_MAX + 1)],
        absence="Choisissez un jour du mois.",
    )
    format = Choix(
        label="Fichier joint",
        widget=forms.Select(),
        choices=[(Format.XLSX.value, "Tableur (XLSX)"), (Format.CSV.value, "Texte (CSV)")],
        absence="Choisissez le format du fichier.",
    )


class FormulaireExport(Formulaire):
    """First and last months of a file."""

    de = Choix(label="Du mois de", widget=forms.Select(), absence="Choisissez le premier mois.")
    a = Choix(label="Au mois de", widget=forms.Select(), absence="Choisissez le dernier mois.")

    def __init__(self, *args: Any, mois: Sequence[date], **kwargs: Any) -> None:
        """``mois``: those to choose among."""
        super().__init__(*args, **kwargs)
        self.mois = mois
        for nom in ("de", "a"):
            self.fields[nom].choices = [(code_du_mois(m), mois_en_lettres(m)) for m in mois]
            self.fields[nom].error_messages["invalid_choice"] = MOIS_INCONNU

    def clean_de(self) -> date | None:
        """First day of the first month."""
        return lire_mois(self.cleaned_data["de"], self.mois)

    def clean_a(self) -> date | None:
        """First day of the last month."""
        return lire_mois(self.cleaned_data["a"], self.mois)
