"""What to do with a close file."""

from typing import Any

from sne.socle.forms import Formulaire, Texte


class FormulaireSortie(Formulaire):
    """« Ce n’est pas elle : continuer »: why, in one sentence, when the files are very close (``a_justifier``)."""

    justification = Texte(
        label="Dites pourquoi, en une phrase",
        help_text="Par exemple\u00a0: autre personne, prénoms et adresse différents",
        max_length=255,
        absence="Dites en une phrase pourquoi ce n’est pas la même personne.",
    )

    def __init__(self, *args: Any, a_justifier: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["justification"].required = a_justifier
