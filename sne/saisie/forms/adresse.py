"""Form of a postal address: in France, or abroad."""

from typing import Any

from sne.saisie.forms.localite import ETRANGER, FRANCE, FormulaireLocalite
from sne.saisie.forms.propose import ChoixFait, TextePropose
from sne.socle.forms import Choix, Texte


class FormulaireAdresse(FormulaireLocalite):
    """Where to write (CCH R441-2-2, b). Somebody without a home gives the body where they are domiciled."""

    obligatoire = True

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
    voie = TextePropose("voie", label="Rue, avenue, boulevard (ou un lieu-dit)")
    voie_choix = ChoixFait()
    batiment = Texte(label="Bâtiment", max_length=40)
    escalier = Texte(label="Escalier", max_length=40)
    etage = Texte(label="Étage", max_length=40)
    appartement = Texte(label="Appartement", max_length=40)
    complement = Texte(label="Complément", help_text="Résidence, boîte postale…")
    lieu_dit = Texte(label="Lieu-dit")

    field_order = (
        "pays_adresse",
        "hebergeant",
        "numero",
        "voie",
        "lieu_dit",
        "code_postal",
        "commune",
        "code_postal_etranger",
        "ville_etrangere",
        "pays",
    )

    def verifier_france(self, donnees: dict[str, Any]) -> None:
        """A French address has a street or a place name."""
        if not donnees.get("lieu_dit"):
            self.exiger(donnees, "voie", "Tapez la rue, ou le lieu-dit.")
        super().verifier_france(donnees)
