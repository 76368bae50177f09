"""What the territorial manager answers to an earlier reception date, and why."""

from django import forms

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.depot.rules.anteriorite import ISSUES
from sne.socle.forms import Choix, Formulaire, Phrases


class FormulaireAnteriorite(Formulaire):
    """Both answers want a reason: it stays with the request."""

    issue = Choix(
        label="Votre réponse",
        absence="Choisissez votre réponse.",
        choices=list(ISSUES.items()),
        widget=forms.RadioSelect(),
    )
    motif = Phrases(
        label="Sur quoi repose votre décision",
        help_text=f"Une phrase, {TEXTE_MAX} signes au plus. Par exemple la preuve que vous avez vue, ou ce qui manque.",
        max_length=TEXTE_MAX,
        absence="Dites en une phrase sur quoi repose votre décision.",
    )
