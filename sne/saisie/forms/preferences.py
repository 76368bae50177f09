"""Forms of the wishes about messages, of the person who helps, and of an association that applies."""

from typing import Any

from sne.registre.contenu.rules.arbre.personnes import Contact
from sne.saisie.forms.champs import Chiffres, Courriel, OuiNon
from sne.socle.forms import Formulaire, Texte


class FormulairePreferences(Formulaire):
    """Nothing said is not a consent, and is not a refusal either."""

    avis_renouvellement_electronique = OuiNon(label="Préavis de renouvellement par courriel")
    notification_sms = OuiNon(label="Messages par SMS")
    notification_evenements = OuiNon(label="Être prévenu de chaque événement du dossier")
    accompagne = OuiNon(label="Une personne ou un organisme aide à faire la demande")
    courriel_accompagnant = Courriel(
        label="Adresse électronique de la personne qui aide",
        help_text="Avec son accord",
        required=False,
    )

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact = contact

    def clean(self) -> dict[str, Any]:
        """A message needs somewhere to go (contents rule 7)."""
        donnees: dict[str, Any] = super().clean() or {}
        if donnees.get("notification_sms") and self.contact.telephone_portable is None:
            self.add_error(
                "notification_sms",
                "Il faut un téléphone portable. Ajoutez-le aux coordonnées, ou choisissez Non.",
            )
        if donnees.get("avis_renouvellement_electronique") and self.contact.courriel is None:
            self.add_error(
                "avis_renouvellement_electronique",
                "Il faut une adresse électronique. Ajoutez-la aux coordonnées, ou choisissez Non.",
            )
        return donnees


class FormulaireAssociation(Formulaire):
    """An association that will sublet (CCH L442-8-1): rubrics a and b of R441-2-2."""

    nom = Texte(label="Nom de l’association", absence="Tapez le nom de l’association.")
    siren = Chiffres(label="SIREN", longueur=9, help_text="9 chiffres")
