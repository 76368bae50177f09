"""What is typed once for several files."""

from sne.socle.forms import DateSaisie, Formulaire


class FormulaireEcheance(Formulaire):
    """By when the households answer."""

    reponse_avant = DateSaisie(label="Réponse attendue avant le", help_text="Chaque ménage lit cette date.")
