"""What is typed of a document: its type and whose it is, then its files or the day it was seen; what it is worth."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from dsfr.utils import dsfr_input_class_attr

from sne.documents.forms import FormulaireFichiers
from sne.documents.rules.pages import PageVoulue, Place
from sne.guichet.pieces.lecture import MOTIFS
from sne.guichet.pieces.visionneuse import TOURS
from sne.referentiels.rules import CataloguePieces, NiveauPiece, PorteePiece, TypePiece
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.pieces.rules.pieces_deposees import QUALIFICATIONS, PieceSaisie
from sne.saisie.presentation.foyer import noms_des_membres
from sne.saisie.presentation.pieces import NIVEAUX
from sne.socle.erreurs import Refus
from sne.socle.forms import Cases, Choix, DateSaisie, Formulaire, Phrases

PLACES: Mapping[Place, str] = {
    Place.ICI: "Dans cette pièce",
    Place.A_PART: "Dans une pièce à part",
    Place.OTEE: "Nulle part",
}
FOYER = "foyer"
"""How an address and a form name the whole household; the register names it by an empty reference."""


def personnes(contenu: Contenu, type_piece: TypePiece | None = None) -> list[tuple[str, str]]:
    """(reference, name) of those whom a document may concern; the household where its kind allows."""
    noms = noms_des_membres(contenu)
    if type_piece is not None and type_piece.portee not in {PorteePiece.FOYER, PorteePiece.CHARGE}:
        return noms
    return [(FOYER, "Tout le foyer"), *noms]


class FormulaireType(Formulaire):
    """Which document and whose; the next page asks the rest."""

    type = Choix(label="Type de pièce", absence="Choisissez le type de la pièce.", widget=forms.Select())
    qui = Choix(
        label="Personne concernée", absence="Choisissez la personne concernée.", widget=forms.Select()
    )

    def __init__(
        self, *args: Any, catalogue: CataloguePieces, contenu: Contenu, sante: bool, jour: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        groupes = [
            (
                titre,
                [(t.code, t.intitule(jour)) for t in catalogue.de_niveau(niveau) if sante or not t.sante],
            )
            for niveau, titre in NIVEAUX.items()
        ]
        interdites = [(t.code, t.libelle) for t in catalogue.de_niveau(NiveauPiece.JAMAIS)]
        self.fields["type"].choices = [
            ("", "Choisir"),
            *groupes,
            ("Ne se demandent et ne se gardent jamais", interdites),
        ]
        self.fields["qui"].choices = [("", "Choisir"), *personnes(contenu)]


class FormulairePiece(Formulaire):
    """What is said of a document of a known type. ``saisie`` builds what the act takes from a valid form."""

    qui = Choix(
        label="Personne concernée", absence="Choisissez la personne concernée.", widget=forms.Select()
    )
    nature = Choix(label="Justificatif", required=False, widget=forms.Select())
    annee = forms.IntegerField(
        label="Année des revenus",
        help_text="Écrite en haut de l’avis, par exemple «\u00a0sur les revenus de 2024\u00a0»",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Indiquez l’année des revenus, écrite en haut de l’avis.",
            "invalid": "Tapez l’année en quatre chiffres.",
        },
    )
    validite_fin = DateSaisie(
        label="Valable jusqu’au", help_text="Seulement si la pièce porte une date de fin"
    )
    explication = Phrases(
        label="Explication du ménage",
        help_text="Seulement si un nom ou une date de la pièce diffère du dossier. Pas de numéro de sécurité sociale.",
        max_length=TEXTE_MAX,
        rangees=2,
    )
    sante = forms.BooleanField(
        label="Cette pièce parle de la santé d’une personne",
        help_text="Elle ne sera montrée qu’à ceux qui ont le droit de lire les données de santé.",
        required=False,
    )

    def __init__(
        self, *args: Any, type_piece: TypePiece, contenu: Contenu, sante: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.type_piece = type_piece
        self.fields["qui"].choices = [("", "Choisir"), *personnes(contenu, type_piece)]
        self.fields["nature"].choices = [("", "Choisir"), *((n.code, n.libelle) for n in type_piece.natures)]
        if not type_piece.natures:
            del self.fields["nature"]
        if type_piece.annee is None:
            del self.fields["annee"]
        if not sante or type_piece.sante:
            del self.fields["sante"]

    def refuser(self, refus: Refus) -> None:
        """Put a refusal of the register beside its field, else on top."""
        champ = {"reference": "qui"}.get(refus.champ, refus.champ)
        self.add_error(champ if champ in self.fields else None, refus.phrase)

    def saisie(self) -> PieceSaisie:
        """What the act takes."""
        v: Mapping[str, Any] = self.cleaned_data
        return PieceSaisie(
            type_piece=self.type_piece.code,
            reference="" if v["qui"] == FOYER else v["qui"],
            nature=v.get("nature", ""),
            annee=v.get("annee"),
            validite_fin=v["validite_fin"],
            explication=v["explication"],
            sante=v.get("sante", False),
        )


class FormulaireDepot(FormulaireFichiers, FormulairePiece):
    """A document handed in: its files."""

    field_order = ("fichiers", "qui", "nature", "annee", "validite_fin", "explication", "sante")

    def __init__(self, *args: Any, seul: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, seul=seul, **kwargs)
        if not seul:
            self["fichiers"].help_text += " Tous de ce type et de cette personne."


class FormulaireVue(FormulairePiece):
    """A document seen at the counter: which one, when, until when it is valid. No number is asked."""

    vue_le = DateSaisie(label="Vue le", absence="Tapez le jour où vous avez vu la pièce.")
    field_order = ("qui", "nature", "annee", "vue_le", "validite_fin", "explication", "sante")


class FormulaireDemande(Formulaire):
    """Which documents are asked of the household, and by when."""

    pieces = forms.MultipleChoiceField(
        label="Pièces à demander",
        error_messages={
            "required": "Cochez au moins une pièce à demander.",
            "invalid_choice": "Une pièce cochée n’est plus à demander. Relisez la liste et cochez à nouveau.",
        },
        widget=Cases(en_ligne=False),
    )
    reponse_avant = DateSaisie(label="Réponse attendue avant le", help_text="Le ménage lit cette date.")

    def __init__(self, *args: Any, offertes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pieces"].choices = offertes

    def refuser(self, refus: Refus) -> None:
        """Put a refusal of the register beside its field, else on top."""
        champ = refus.champ.rpartition(".")[2]
        self.add_error(champ if champ in self.fields else None, refus.phrase)


class FormulaireQualification(Formulaire):
    """What a document is worth, and why."""

    qualification = Choix(
        label="Ce que vous constatez",
        absence="Choisissez ce que vous constatez.",
        choices=[(q.value, libelle) for q, libelle in QUALIFICATIONS.items()],
        widget=forms.RadioSelect(),
    )
    motif = Phrases(
        label="Pourquoi",
        help_text="Une phrase, sauf si la pièce est valide ou en double. Si elle est inexploitable, le ménage la lit. "
        "Pas de numéro de sécurité sociale.",
        max_length=TEXTE_MAX,
        rangees=2,
    )


class FormulaireExplication(Formulaire):
    """What the household says of a document that does not match its file."""

    explication = Phrases(
        label="Explication à noter",
        help_text="Une phrase, par exemple «\u00a0Le nom de la pièce est mon nom d’usage\u00a0». Pas de numéro de "
        "sécurité sociale.",
        absence="Notez ce que le ménage dit, en une phrase.",
        max_length=TEXTE_MAX,
        rangees=2,
    )


class FormulaireLecture(Formulaire):
    """Why a document of health is opened."""

    motif = Choix(
        label="Pourquoi ouvrez-vous cette pièce\u00a0?",
        absence="Choisissez pourquoi vous ouvrez cette pièce.",
        choices=[(m.value, libelle) for m, libelle in MOTIFS.items()],
        widget=forms.RadioSelect(),
    )


class FormulaireRangement(Formulaire):
    """For each page of a document: its place, which way up, and whether it stays."""

    def __init__(self, *args: Any, total: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.total = total
        for rang in range(1, total + 1):
            self.fields[f"ordre_{rang}"] = forms.IntegerField(
                label="Rang",
                min_value=1,
                max_value=total,
                initial=rang,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"),
                    f"Tapez un rang de 1 à {total}.",
                ),
            )
            self.fields[f"tour_{rang}"] = Choix(
                label="Tourner",
                absence="Dites si la page est à tourner.",
                choices=list(TOURS.items()),
                initial=0,
                widget=forms.Select(),
            )
            self.fields[f"place_{rang}"] = Choix(
                label="Garder",
                absence="Dites où la page est à garder.",
                choices=list(PLACES.items()),
                initial=Place.ICI,
                widget=forms.Select(),
            )
        for champ in self.visible_fields():  # made after django-dsfr dressed the others
            dsfr_input_class_attr(champ)

    def lignes(self) -> list[list[BoundField]]:
        """The three fields of each page."""
        return [
            [self[f"{champ}_{rang}"] for champ in ("ordre", "tour", "place")]
            for rang in range(1, self.total + 1)
        ]

    def voulues(self) -> list[PageVoulue]:
        """What is asked of each page."""
        v = self.cleaned_data
        return [
            PageVoulue(r, v[f"ordre_{r}"], int(v[f"tour_{r}"]), Place(v[f"place_{r}"]))
            for r in range(1, self.total + 1)
        ]
