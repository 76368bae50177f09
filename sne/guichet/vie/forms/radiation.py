"""Why a demande is struck off, on which proof, and its letter; what each reason asks is the register's to say."""

from collections.abc import Sequence
from typing import Any

from django import forms

from sne.documents.forms import FormulaireFichiers
from sne.registre.demande.rules.radiation import MotifRadiation, SousMotif
from sne.registre.vie.rules.radiation import DOCUMENT_MAX, REGLES, SOUS_MOTIFS, FaitsRadiation, Preuve
from sne.socle.forms import Choix, DateSaisie, Formulaire, Texte


class FormulaireRadiation(Formulaire):
    """Only the reasons that the person may use are offered."""

    motif = Choix(
        label="Motif de la radiation",
        absence="Choisissez le motif dans la liste de la loi.",
        widget=forms.RadioSelect(),
    )
    sous_motif = Choix(
        label="Pourquoi la demande est irrecevable",
        help_text="Seulement pour une décision d’irrecevabilité.",
        required=False,
        choices=[("", "Sans objet"), *((code.value, libelle) for code, libelle in SOUS_MOTIFS.items())],
        widget=forms.Select(),
    )
    date_courrier = DateSaisie(
        label="Date du courrier",
        help_text="La lettre du demandeur, ou le courrier recommandé qui lui a été envoyé.",
        absence="Indiquez la date du courrier.",
    )
    document = Texte(
        label="Où le courrier est gardé",
        absence="Indiquez où le courrier est gardé, ou sa référence.",
        help_text="Sa référence, par exemple «\u00a0AR 2C 154 336 1218 0\u00a0». Il se garde un an.",
        max_length=DOCUMENT_MAX,
    )

    date = DateSaisie(label="Date de la radiation")

    def __init__(
        self, *args: Any, motifs: Sequence[MotifRadiation], passee_max_jours: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "date"
        ].help_text = f"Rien\u00a0: aujourd’hui. Sinon, un des {passee_max_jours}\u00a0derniers jours."
        self.fields["motif"].choices = [(motif.value, REGLES[motif].libelle) for motif in motifs]
        # Asked here when every reason offered needs them; else the register asks where the reason chosen does.
        ecrits = all(REGLES[motif].preuve is not Preuve.BAIL for motif in motifs)
        for nom in ("date_courrier", "document"):
            self.fields[nom].required = ecrits
        if not any(REGLES[motif].sous_motifs for motif in motifs):
            del self.fields["sous_motif"]

    def faits(self) -> FaitsRadiation:
        """What was told, once the form is valid."""
        valeurs = self.cleaned_data
        return FaitsRadiation(
            motif=MotifRadiation(valeurs["motif"]),
            sous_motif=SousMotif(code) if (code := valeurs.get("sous_motif")) else None,
            date_courrier=valeurs["date_courrier"],
            document=valeurs["document"],
            date=valeurs["date"],
        )


class FormulaireLettre(FormulaireFichiers):
    """The letter that the striking-off rests on, given with its confirmation, or kept elsewhere."""

    def clean(self) -> None:
        """None is asked for; more than one is not taken."""
        if self.en_trop:
            self.add_error("fichiers", "Un seul fichier est reçu. Réunissez les pages en un seul.")
