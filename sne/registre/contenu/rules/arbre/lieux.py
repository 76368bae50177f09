"""Places: a locality in France or abroad, and a postal address."""

from sne.registre.contenu.rules.arbre.noeud import Noeud, champ
from sne.registre.contenu.rules.arbre.types_de_champ import CodeCommune, CodePostal, Ligne


class Localite(Noeud):
    """French group (postal code and INSEE commune) or foreign group (postal code, city, country as typed)."""

    etranger: bool | None = champ("À l’étranger")
    code_postal: CodePostal | None = champ("Code postal")
    commune: CodeCommune | None = champ("Commune")
    code_postal_etranger: Ligne | None = champ("Code postal étranger")
    ville_etrangere: Ligne | None = champ("Ville étrangère")
    pays: Ligne | None = champ("Pays")

    @property
    def renseignee_en_france(self) -> bool:
        return self.code_postal is not None or self.commune is not None

    @property
    def renseignee_a_l_etranger(self) -> bool:
        return any((self.code_postal_etranger, self.ville_etrangere, self.pays))


class Adresse(Localite):
    """A postal address. ``hebergeant`` is the « chez »: a person, a structure, or the body of a
    domiciliation.
    """

    appartement: Ligne | None = champ("Appartement")
    etage: Ligne | None = champ("Étage")
    escalier: Ligne | None = champ("Escalier")
    batiment: Ligne | None = champ("Bâtiment")
    complement: Ligne | None = champ("Complément d’adresse")
    numero: Ligne | None = champ("Numéro")
    voie: Ligne | None = champ("Voie")
    lieu_dit: Ligne | None = champ("Lieu-dit")
    hebergeant: Ligne | None = champ("Chez")
