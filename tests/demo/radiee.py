"""Registers a household and strikes it off long ago, in the running demonstration: the clock's next pass erases it.

python -m tests.demo.radiee    writes its demande's identifier
"""

import sys
from datetime import timedelta

from sne.cli.connexion import charger_django


def radier() -> str:
    """The identifier of the demande."""
    from sne.registre.demande.rules.radiation import MotifRadiation
    from sne.registre.vie.actions.radier import radier_demande
    from sne.registre.vie.rules.radiation import FaitsRadiation
    from sne.socle.acte import Acte
    from tests.registre import factories

    instant = factories.MAINTENANT.replace(year=2025)
    depot = instant - timedelta(days=20)
    recepisse = factories.deposer(le=depot, date_reception=depot.date())
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=instant.date(), document="Classeur B")
    radier_demande(recepisse.demande_id, faits, acte=Acte(factories.creer_acteur(), instant))
    return str(recepisse.demande_id)


if __name__ == "__main__":
    charger_django()
    sys.stdout.write(f"{radier()}\n")
