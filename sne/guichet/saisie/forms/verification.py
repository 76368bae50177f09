"""Form of the last step: the document seen, the day of reception, the person's own reading."""

from datetime import date, timedelta
from typing import Any

from django import forms

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.sejour import TITRES, dire_titre_perime, titre_attendu
from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.pieces.rules.pieces_deposees import (
    anomalie_de_validite,
    verifier_explication,
)
from sne.saisie.forms.champs import Cadre
from sne.socle.erreurs import Interdit
from sne.socle.forms import DateSaisie, Formulaire, Texte

PIECES = (
    ("CNI", "Carte nationale d’identité"),
    ("PASSEPORT", "Passeport"),
    ("TITRE_SEJOUR", "Titre de séjour"),
    ("RECEPISSE", "Récépissé valant autorisation de séjour"),
    ("AUTRE", "Autre document d’identité"),
)
PIECE = ("piece_type", "piece_vue_le", "piece_fin", "piece_explication", "dispense_titre")
MAX_ANCIENNETE_ANNEES = 60
SANS_TITRE = (
    "La nationalité est hors de l’Union européenne. Choisissez le titre de séjour ou le récépissé que vous avez vu, "
    "ou cochez «\u00a0Ressortissant de l’Espace économique européen ou de la Suisse\u00a0»."
)


class FormulaireVerification(Formulaire):
    """The identity or residence document seen (CCH R441-2-3), the reception date, and the last reading."""

    piece_type = forms.ChoiceField(
        label="Pièce d’identité ou titre de séjour vu",
        choices=[("", "Choisir"), *PIECES],
        widget=forms.Select(),
        error_messages={
            "required": "Choisissez la pièce que vous avez vue. C’est la seule exigée pour enregistrer.",
            "invalid_choice": "Cette pièce n’est pas dans la liste. Choisissez-en une autre.",
        },
    )
    piece_vue_le = DateSaisie(label="Vue le", absence="Tapez le jour où vous avez vu la pièce.")
    piece_fin = DateSaisie(
        label="Valable jusqu’au",
        help_text="Si la pièce porte une date de fin : la fin de validité sera surveillée.",
    )
    piece_explication = Texte(
        label="Pourquoi, si le titre n’est plus valable",
        help_text="Une phrase, gardée avec la pièce. Exemple\u00a0: renouvellement demandé, récépissé attendu.",
        max_length=10 * TEXTE_MAX,
    )
    dispense_titre = forms.BooleanField(
        label="Ressortissant de l’Espace économique européen ou de la Suisse",
        help_text="Islande, Liechtenstein, Norvège ou Suisse\u00a0: une pièce d’identité suffit.",
        required=False,
    )
    date_reception = DateSaisie(
        label="Demande reçue le",
        help_text="La date du jour, ou celle du courrier",
        absence="Tapez le jour de réception de la demande.",
    )
    anteriorite_motif = Texte(
        label="Pourquoi une date plus ancienne",
        help_text="Le gestionnaire territorial lit cette phrase et décide.",
        max_length=255,
    )
    relu = forms.BooleanField(
        label="La personne a relu ces informations et les confirme",
        error_messages={"required": "Faites relire les informations à la personne, puis cochez la case."},
    )

    def __init__(
        self,
        *args: Any,
        cadre: Cadre,
        delai_jours: int,
        avec_piece: bool = True,
        contenu: Contenu,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not titre_attendu(contenu):
            del self.fields["dispense_titre"], self.fields["piece_explication"]
        if not avec_piece:  # an association has no identity document
            del self.fields["piece_type"], self.fields["piece_vue_le"], self.fields["piece_fin"]
        self.cadre, self.contenu = cadre, contenu
        self.titre_perime = (
            ""  # what is to be said of a residence document that has ended, once this is checked
        )
        self.plus_ancienne = cadre.aujourd_hui - timedelta(days=delai_jours)
        self.delai_jours = delai_jours

    @property
    def champs_de_la_piece(self) -> list[Any]:
        """Fields of the document seen; none for an association."""
        return [self[nom] for nom in PIECE if nom in self.fields]

    def clean_piece_explication(self) -> str:
        """What may be kept with a document, as the register refuses it."""
        dite: str = self.cleaned_data["piece_explication"]
        try:
            return verifier_explication(dite) if dite else ""
        except Interdit as exc:
            raise forms.ValidationError(exc.phrase) from exc

    def clean_piece_vue_le(self) -> Any:
        """A document was not seen tomorrow."""
        return self._passee("piece_vue_le")

    def clean_piece_fin(self) -> date | None:
        """The last day of a document is not that far from today."""
        fin: date | None = self.cleaned_data["piece_fin"]
        if fin is not None and (phrase := anomalie_de_validite(fin, jour=self.cadre.aujourd_hui)):
            raise forms.ValidationError(phrase)
        return fin

    def clean_date_reception(self) -> Any:
        """A demande was not received tomorrow."""
        return self._passee("date_reception")

    def clean(self) -> dict[str, Any]:
        """A reception date older than the counter's limit comes with its reason; a stay, with its document."""
        donnees: dict[str, Any] = super().clean() or {}
        piece, dispense = donnees.get("piece_type"), donnees.get("dispense_titre")
        if "dispense_titre" in self.fields and piece and piece not in TITRES and not dispense:
            self.add_error("piece_type", SANS_TITRE)
        self.titre_perime = dire_titre_perime(
            self.contenu,
            piece=donnees.get("piece_type", ""),
            fin=donnees.get("piece_fin"),
            dispense=bool(dispense),
            jour=self.cadre.aujourd_hui,
        )
        if self.titre_perime and donnees.get("piece_explication") == "":
            self.add_error("piece_fin", self.titre_perime)
        reception = donnees.get("date_reception")
        if reception and reception < self.plus_ancienne and not donnees.get("anteriorite_motif"):
            self.add_error(
                "anteriorite_motif",
                f"La date de réception a plus de {self.delai_jours} jours. Dites pourquoi, en une phrase\u00a0: "
                "le numéro est donné aujourd’hui, et le gestionnaire territorial décide de l’ancienneté.",
            )
        return donnees

    def _passee(self, nom: str) -> Any:
        jour = self.cleaned_data[nom]
        if jour > self.cadre.aujourd_hui:
            raise forms.ValidationError("Cette date est dans l’avenir. Vérifiez le jour et le mois.")
        if jour.year < self.cadre.aujourd_hui.year - MAX_ANCIENNETE_ANNEES:
            raise forms.ValidationError("Cette date est trop ancienne. Vérifiez l’année.")
        return jour
