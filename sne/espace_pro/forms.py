"""What a reader says of a page."""

from django import forms

from sne.site_pro.rules.pages import AVIS_MAX, RAISONS
from sne.socle.forms import Choix, Formulaire, Texte


class FormulaireAvis(Formulaire):
    """Why a page did not help; the site says what may be kept."""

    raison = Choix(
        label="Pourquoi\u00a0?",
        absence="Dites pourquoi cette page ne vous a pas aidé.",
        choices=list(RAISONS.items()),
        widget=forms.RadioSelect(),
    )
    texte = Texte(
        label="Ce qui manque, ou ce qui n’est pas juste",
        help_text=f"En une ou deux phrases, {AVIS_MAX} signes au plus. N’écrivez ni nom ni numéro de sécurité sociale.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
