"""What was done by hand, in one sentence."""

from sne.socle.forms import Formulaire, Texte


class FormulaireSuite(Formulaire):
    """How the household got its attestation."""

    suite = Texte(
        label="Suite donnée",
        help_text="Par exemple\u00a0: établie à la main et remise en main propre",
        max_length=300,
        absence="Dites en une phrase comment l’attestation a été remise.",
    )
