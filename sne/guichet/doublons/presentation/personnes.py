"""People side by side on a screen of comparison: duplicates, close demandes, enquiries."""

from dataclasses import dataclass
from datetime import date

from sne.registre.enquete.selectors.comparaison import PersonneComparee
from sne.socle.masques import telephone_masque
from sne.socle.signes import INSECABLE


@dataclass(frozen=True, slots=True)
class PersonneEnLigne:
    """One person of the comparison. An absence says what it is; ``nud``: of whose demande, where there are several."""

    qui: str
    nom: str
    usage: str
    prenoms: str
    naissance: date | None
    securite_sociale: str
    telephone: str
    nud: str


def mettre_en_ligne(personne: PersonneComparee, *, qui: str = "", nud: str = "") -> PersonneEnLigne:
    """Word one person; ``qui``: who they are there, unless the comparison says it."""
    return PersonneEnLigne(
        qui=qui or personne.qui,
        nom=personne.nom,
        usage=personne.usage or "Aucun",
        prenoms=personne.prenoms,
        naissance=personne.date_naissance,
        securite_sociale=personne.nir_masque or "Non renseigné",
        # On two lines where it must: the table of seven columns then never scrolls aside.
        telephone=telephone_masque(personne.telephone).replace(INSECABLE, " ") or "Non renseigné",
        nud=nud,
    )
