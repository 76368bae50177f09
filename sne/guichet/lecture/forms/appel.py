"""Which call a file is opened for."""

from typing import Any

from django.core.validators import RegexValidator

from sne.socle.forms import Formulaire, Texte

REFERENCE_MAX = 40


class FormulaireAppel(Formulaire):
    """The reference of a call: letters, figures and hyphens, so that it names nobody."""

    reference = Texte(
        label="Référence de l’appel",
        absence="Donnez la référence de l’appel auquel vous répondez.",
        help_text="Celle de l’outil des appels, par exemple A-2026-00118. Le demandeur la lira dans l’historique de sa "
        "demande. N’écrivez aucun nom.",
        max_length=REFERENCE_MAX,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].validators.append(
            RegexValidator(
                r"^(?=[^0-9]*[0-9])[A-Za-z0-9./-]{3,}$",
                "Elle a trois signes au moins\u00a0: lettres, traits d’union, un chiffre au moins, sans espace.",
            )
        )
