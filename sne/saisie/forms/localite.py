"""Form of a place: a commune of France, or a town abroad."""

from typing import Any

from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.commune import CommuneRefusee, lire_commune, offrir_les_proches
from sne.saisie.forms.propose import TextePropose
from sne.socle.forms import Choix, Formulaire, Texte

FRANCE, ETRANGER = "france", "etranger"


class FormulaireLocalite(Formulaire):
    """Where something is. Nothing typed says nothing; ``obligatoire`` asks for a whole place (contents rule 6)."""

    obligatoire = False

    pays_adresse = Choix(label="Lieu", choices=((FRANCE, "En France"), (ETRANGER, "À l’étranger")))
    code_postal = Texte(label="Code postal", max_length=10)
    commune = TextePropose("commune", label="Commune")
    code_postal_etranger = Texte(label="Code postal étranger")
    ville_etrangere = Texte(label="Ville")
    pays = Texte(label="Pays")

    def __init__(self, *args: Any, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cadre = cadre
        self.fields["code_postal"].widget.attrs["inputmode"] = "numeric"
        if not self.initial.get("pays_adresse"):
            self.initial["pays_adresse"] = FRANCE

    def clean(self) -> dict[str, Any]:
        """Checks the branch chosen and reads the commune."""
        donnees: dict[str, Any] = super().clean() or {}
        if donnees.get("pays_adresse") == ETRANGER:
            self.verifier_etranger(donnees)
        elif donnees.get("pays_adresse") == FRANCE:
            self.verifier_france(donnees)
            donnees["commune_lue"] = self._lire_commune(donnees)
        return donnees

    def verifier_etranger(self, donnees: dict[str, Any]) -> None:
        """A town abroad comes with its country, and the other way round."""
        if self.obligatoire or donnees.get("ville_etrangere") or donnees.get("pays"):
            self.exiger(donnees, "ville_etrangere", "Tapez la ville.")
            self.exiger(donnees, "pays", "Tapez le pays.")

    def verifier_france(self, donnees: dict[str, Any]) -> None:
        """A postal code comes with its commune; the other way round only where the place is mandatory."""
        if self.obligatoire:
            self.exiger(donnees, "code_postal", "Tapez le code postal.")
        if self.obligatoire or donnees.get("code_postal"):
            self.exiger(donnees, "commune", "Tapez la commune.")

    def _lire_commune(self, donnees: dict[str, Any]) -> Any:
        code_postal = donnees.get("code_postal", "").replace(" ", "")
        if code_postal and not (code_postal.isascii() and code_postal.isdigit() and len(code_postal) == 5):
            self.add_error("code_postal", "Tapez les cinq chiffres du code postal, par exemple 99240.")
            return None
        if not donnees.get("commune") or (self.obligatoire and not code_postal):
            return None
        try:
            commune = lire_commune(donnees["commune"], self.cadre, code_postal=code_postal)
        except CommuneRefusee as exc:
            offrir_les_proches(self, "commune", exc, saisie=donnees["commune"], code_postal=code_postal)
            self.add_error("commune", exc)
            return None
        donnees["code_postal"] = code_postal
        return commune
