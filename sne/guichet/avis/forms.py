"""How the person was told."""

from django import forms

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.socle.forms import Formulaire


class FormulaireAvisPorte(Formulaire):
    """One sentence, kept with the notice."""

    precision = forms.CharField(
        label="Comment la personne a été prévenue",
        help_text=f"Par exemple\u00a0: reçue seule au guichet, jointe par son travailleur social. {TEXTE_MAX} signes "
        "au plus, sans numéro de sécurité sociale.",
        max_length=TEXTE_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites en une phrase comment la personne a été prévenue."},
    )
