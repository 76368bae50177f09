"""The fictional département as the generator sees it, without a database."""

from datetime import date

from sne.demo.generation.menages import Decor, Generateur, Lieu
from sne.referentiels.rules import GUICHET_PORTAIL, parametres_par_defaut
from sne.referentiels.rules.fichiers import lire_csv
from sne.registre.demande.parametres import ParametresDemande

JOUR = date(2026, 11, 24)


def decor(jour: date = JOUR) -> Decor:
    """Places and counters of the committed files."""
    lieux = tuple(
        Lieu(ligne["code"], ligne["codes_postaux"].split()[0], int(ligne["population"]))
        for ligne in lire_csv("demonstration/communes.csv")
    )
    guichets = tuple(
        ligne["code"] for ligne in lire_csv("demonstration/guichets.csv") if ligne["territoire"] == "099"
    )
    return Decor(jour, lieux, guichets, GUICHET_PORTAIL, parametres_par_defaut(jour)[ParametresDemande])


def generateur(graine: str = "essais") -> Generateur:
    """A generator with a seed of its own."""
    return Generateur(decor(), graine=graine)
