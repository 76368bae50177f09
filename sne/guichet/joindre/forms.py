"""How the person was heard, before their demande is spoken of again."""

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.socle.forms import Formulaire, Texte


class FormulaireLevee(Formulaire):
    """One sentence."""

    precision = Texte(
        label="Comment vous avez entendu la personne",
        absence="Dites en une phrase comment vous avez entendu la personne.",
        help_text=f"Une phrase, {TEXTE_MAX} signes au plus. Elle reste dans l’historique. Ne dites ni où la personne "
        "habite ni son numéro de sécurité sociale.",
        max_length=TEXTE_MAX,
    )
