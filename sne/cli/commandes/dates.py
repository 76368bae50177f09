"""``sne dates``: the deadlines that follow a deposit or a renewal (registre.demande.rules.dates)."""

import datetime as dt
from dataclasses import asdict

import click

from sne.cli.francais import Commande, Echec
from sne.cli.sortie import ecrire, option_json
from sne.cli.types import Jour
from sne.referentiels.rules.parametres import parametres_par_defaut
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.dates import echeances

LIBELLES = {
    "expiration": "Expiration",
    "preavis_au_plus_tard": "Préavis au plus tard le",
    "radiation": "Radiation sans renouvellement",
    "reactivation_jusqu_au": "Réactivation jusqu’au",
    "purge": "Effacement",
}


@click.command(cls=Commande, short_help="Échéances qui suivent un dépôt.")
@click.argument("jour", type=Jour(), metavar="AAAA-MM-JJ")
@option_json
def dates(jour: dt.date, en_json: bool) -> None:
    """Échéances d’une demande déposée ou renouvelée ce jour-là. Ne demande pas de base.

    Les durées sont les paramètres livrés avec le logiciel, en vigueur ce jour-là (CCH R441-2-7 ; arrêté du
    23 mars 2015, annexe).
    """
    try:
        calculees = echeances(jour, parametres_par_defaut(jour)[ParametresDemande])
    except (ValueError, OverflowError) as exc:
        raise Echec(f"Aucune échéance ne peut être calculée à partir du {jour:%d/%m/%Y}.") from exc
    ecrire(asdict(calculees), LIBELLES, en_json=en_json)
