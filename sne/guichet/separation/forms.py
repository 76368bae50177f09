"""Who leaves a demande and on what proof; and what the territorial manager answers."""

from collections.abc import Sequence
from typing import Any

from django import forms

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.separation.rules import DOCUMENT_MAX, ISSUES, issues_possibles
from sne.saisie.brut import Brut
from sne.socle.forms import Choix, Formulaire, Phrases, Texte


class FormulaireSeparation(Formulaire):
    """The adults of the file are the ones who may leave it; the proofs are those of the list in force."""

    personne = Choix(
        label="Qui quitte cette demande et en dépose une nouvelle",
        absence="Dites qui quitte cette demande.",
        widget=forms.RadioSelect(),
    )
    preuve = Choix(
        label="Preuve de la séparation", absence="Choisissez la preuve dans la liste.", widget=forms.Select()
    )
    document = Texte(
        label="Référence de la preuve",
        absence="Indiquez la référence de la preuve, ou où elle est gardée.",
        help_text="Par exemple «\u00a0RG 26/0412, classeur B\u00a0». Pas de numéro de sécurité sociale.",
        max_length=DOCUMENT_MAX,
    )
    secrete = forms.BooleanField(
        label="La nouvelle adresse doit rester secrète",
        help_text="Aussi sans le motif «\u00a0violences familiales\u00a0». Le foyer quitté n’en saura rien\u00a0: ni "
        "numéro, ni adresse, ni message.",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        personnes: Sequence[tuple[str, str]],
        preuves: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["personne"].choices = list(personnes)
        self.fields["preuve"].choices = [("", "Choisir"), *preuves]

    def brut(self, *, demande: str) -> Brut:
        """What was told, once the form is valid, as a draft keeps it."""
        valeurs = self.cleaned_data
        secrete = {"secrete": ["oui"]} if valeurs["secrete"] else {}
        return {
            "demande": [demande],
            **{nom: [valeurs[nom]] for nom in ("personne", "preuve", "document")},
            **secrete,
        }


class FormulaireReponse(Formulaire):
    """The answers that the separation asks for; whether a sentence is needed is the register's to say."""

    issue = Choix(label="Réponse", absence="Choisissez votre réponse.", widget=forms.RadioSelect())
    motif = Phrases(
        label="Pourquoi",
        help_text=f"Une phrase, {TEXTE_MAX} signes au plus. Nécessaire si l’ancienneté n’est pas reprise.",
        max_length=TEXTE_MAX,
    )

    def __init__(self, *args: Any, reservee: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issues = issues_possibles(reservee=reservee)
        self.fields["issue"].choices = [(issue, ISSUES[issue]) for issue in issues]
        if not reservee:
            del self.fields["motif"]
