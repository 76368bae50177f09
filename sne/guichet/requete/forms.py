"""What a counter answers to a change that a household asked for."""

from django import forms

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.requete.rules.requete import MOTIFS
from sne.socle.forms import Choix, Formulaire


def _phrase(label: str, aide: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=f"{aide} {TEXTE_MAX} signes au plus, sans numéro de sécurité sociale. La personne le lit.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FormulaireDocument(Formulaire):
    """What the person is to send or to bring; the register says what is missing."""

    prefix = "document"
    precision = _phrase(
        "Document à envoyer ou à apporter", "Par exemple\u00a0: un acte de naissance de moins de trois mois."
    )


class FormulaireRefus(Formulaire):
    """Why it is not done, and what the person may do."""

    prefix = "refus"
    motif = Choix(
        label="Pourquoi",
        choices=[(str(code), phrase) for code, phrase in MOTIFS.items()],
        widget=forms.RadioSelect(),
        absence="Choisissez pourquoi ce changement n’est pas fait.",
    )
    precision = _phrase(
        "Ce que la personne peut faire", "Par exemple\u00a0: revenir avec le livret de famille."
    )
