"""How the person was heard, before their demande is spoken of again; what a household is written."""

from django import forms

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.joindre.rules.mots import MOTS
from sne.socle.forms import Choix, Formulaire, Texte


class FormulaireLevee(Formulaire):
    """One sentence."""

    precision = Texte(
        label="Comment vous avez entendu la personne",
        absence="Dites en une phrase comment vous avez entendu la personne.",
        help_text=f"Une phrase, {TEXTE_MAX} signes au plus. Elle reste dans l’historique. Ne dites ni où la personne "
        "habite ni son numéro de sécurité sociale.",
        max_length=TEXTE_MAX,
    )


class FormulaireMot(Formulaire):
    """A sentence, and a line of one's own."""

    mot = Choix(
        label="Message",
        absence="Choisissez le message.",
        choices=[(str(mot), phrase) for mot, phrase in MOTS.items()],
        widget=forms.RadioSelect,
    )
    precision = Texte(
        label="Une phrase à ajouter",
        help_text="Facultative, en français, sans numéro de sécurité sociale. Par exemple vos horaires, ou le document "
        "attendu.",
        max_length=TEXTE_MAX,
    )
