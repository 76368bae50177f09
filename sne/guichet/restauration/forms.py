"""What is said when a demande is to be put back: why, with what of today; then the answer."""

from collections.abc import Sequence
from typing import Any

from django import forms

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.restauration.rules.retour import BLOCS, ISSUES, Bloc
from sne.socle.forms import Cases, Choix, Formulaire, Phrases

AIDE = f"{TEXTE_MAX} signes au plus. Pas de numéro de sécurité sociale."


class FormulaireRetour(Formulaire):
    """Why, and what becomes of what came in since."""

    a_part = forms.BooleanField(
        label="Enregistrer l’autre foyer à part",
        help_text="Il reçoit sa propre demande, datée du jour où il est entré dans celle-ci.",
        required=False,
    )
    garder = forms.MultipleChoiceField(
        label="Ce qui reste comme aujourd’hui",
        help_text="Cochez ce que le ménage lui-même a changé depuis cette date.",
        required=False,
        widget=Cases(),
        error_messages={"invalid_choice": "Choisissez dans la liste ce qui est gardé d’aujourd’hui."},
    )
    pieces = forms.MultipleChoiceField(
        label="Pièces arrivées depuis, à garder",
        help_text="Cochez celles que le ménage lui-même a remises. Les autres ne comptent plus sur cette demande.",
        required=False,
        widget=Cases(en_ligne=False),
        error_messages={"invalid_choice": "Choisissez dans la liste les pièces à garder."},
    )
    anciennete = forms.BooleanField(
        label="Revenir aussi à l’ancienneté d’alors",
        help_text="Cochez si l’acte qui l’a changée depuis cette date s’appuyait sur un faux.",
        required=False,
    )
    motif = Phrases(
        label="Ce que vous avez constaté",
        help_text=AIDE,
        max_length=TEXTE_MAX,
        absence="Dites en une phrase ce que vous avez constaté.",
    )

    def __init__(
        self,
        *args: Any,
        blocs: Sequence[Bloc],
        pieces: Sequence[tuple[str, str]],
        autre_foyer: bool,
        anciennete: bool,
        **kwargs: Any,
    ) -> None:
        """``blocs``: those that changed since; ``pieces``: documents handed in since; ``autre_foyer``: who came in.

        ``anciennete``: an act has moved it since.
        """
        super().__init__(*args, **kwargs)
        self.fields["garder"].choices = [(bloc.value, BLOCS[bloc]) for bloc in blocs]
        if not blocs:
            del self.fields["garder"]
        self.fields["pieces"].choices = pieces
        if not pieces:
            del self.fields["pieces"]
        if not autre_foyer:
            del self.fields["a_part"]
        if not anciennete:
            del self.fields["anciennete"]


class FormulaireReponse(Formulaire):
    """The answer of the second person; a refusal says why."""

    issue = Choix(
        label="Votre décision",
        absence="Choisissez d’accepter ou de refuser.",
        choices=[(issue.value, libelle) for issue, libelle in ISSUES.items()],
        widget=forms.RadioSelect(),
    )
    motif = Phrases(
        label="Pourquoi refuser",
        help_text=AIDE,
        max_length=TEXTE_MAX,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput())
