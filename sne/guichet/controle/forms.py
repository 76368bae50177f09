"""Why contacts may change so soon after an identity."""

from django import forms

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.controle.rules.alternance import MOTIFS_PERMISSION
from sne.socle.forms import Choix, Formulaire, Texte


class FormulairePermission(Formulaire):
    """A reason, and what was seen."""

    motif = Choix(
        label="Pourquoi maintenant",
        absence="Choisissez pourquoi le contact doit changer maintenant.",
        choices=list(MOTIFS_PERMISSION.items()),
        widget=forms.RadioSelect(),
    )
    precision = Texte(
        label="Ce que vous avez vérifié",
        absence="Dites en une phrase ce que vous avez vérifié.",
        help_text=f"Une phrase, {TEXTE_MAX} signes au plus. Pas de numéro de sécurité sociale.",
        max_length=TEXTE_MAX,
    )
