"""Form of the postal address: in France, or abroad."""

from typing import Any

from django import forms

from sne.guichet.demandes.forms.champs import Cadre
from sne.guichet.demandes.forms.commune import lire_commune
from sne.socle.forms import Choix, Formulaire, Texte

FRANCE, ETRANGER = "france", "etranger"


class FormulaireAdresse(Formulaire):
    """Where to write (CCH R441-2-2, b). Somebody without a home gives the body where they are domiciled."""

    pays_adresse = Choix(
        label="L’adresse est",
        choices=((FRANCE, "En France"), (ETRANGER, "À l’étranger")),
        absence="Choisissez en France ou à l’étranger.",
    )
    hebergeant = Texte(
        label="Chez",
        help_text="Si le nom n’est pas sur la boîte aux lettres, ou pour une domiciliation",
    )
    numero = Texte(label="Numéro", exemple="12 bis", max_length=10)
    voie = Texte(label="Rue, avenue, boulevard (ou un lieu-dit)")
    complement = Texte(label="Complément", help_text="Bâtiment, escalier, étage, appartement, résidence")
    lieu_dit = Texte(label="Lieu-dit")
    code_postal = Texte(label="Code postal", max_length=10)
    commune = Texte(label="Commune")
    ville_etrangere = Texte(label="Ville, avec son code postal")
    pays = Texte(label="Pays")

    def __init__(self, *args: Any, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cadre = cadre
        self.fields["code_postal"].widget.attrs["inputmode"] = "numeric"
        if not self.initial.get("pays_adresse"):
            self.initial["pays_adresse"] = FRANCE

    def clean(self) -> dict[str, Any]:
        """Checks the branch chosen and reads the commune (contents rule 6)."""
        donnees: dict[str, Any] = super().clean() or {}
        if donnees.get("pays_adresse") == ETRANGER:
            self._exiger(donnees, "ville_etrangere", "Tapez la ville.")
            self._exiger(donnees, "pays", "Tapez le pays.")
        elif donnees.get("pays_adresse") == FRANCE:
            if not donnees.get("lieu_dit"):
                self._exiger(donnees, "voie", "Tapez la rue, ou le lieu-dit.")
            self._exiger(donnees, "code_postal", "Tapez le code postal.")
            self._exiger(donnees, "commune", "Tapez la commune.")
            donnees["commune_lue"] = self._lire_commune(donnees)
        return donnees

    def _exiger(self, donnees: dict[str, Any], nom: str, phrase: str) -> None:
        if not donnees.get(nom) and nom not in self.errors:
            self.add_error(nom, phrase)

    def _lire_commune(self, donnees: dict[str, Any]) -> Any:
        code_postal = donnees.get("code_postal", "").replace(" ", "")
        if code_postal and not (code_postal.isascii() and code_postal.isdigit() and len(code_postal) == 5):
            self.add_error("code_postal", "Un code postal a cinq chiffres, par exemple 99240.")
            return None
        if not code_postal or not donnees.get("commune"):
            return None
        donnees["code_postal"] = code_postal
        try:
            return lire_commune(donnees["commune"], self.cadre, code_postal=code_postal)
        except forms.ValidationError as exc:
            self.add_error("commune", exc)
            return None
