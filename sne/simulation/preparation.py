"""What is there before the first household, by the owner of the tables: ``python -m sne.simulation.preparation``."""

import django
from django.core.management import call_command


def main() -> None:
    """Tables, reference data, the fictional territory, its sequence of numbers."""
    django.setup()
    from sne.referentiels.actions import charger_demonstration, charger_referentiels
    from sne.registre.demande.actions.territoires import ouvrir_territoires

    call_command("migrate", verbosity=0, interactive=False)
    charger_referentiels()
    charger_demonstration()
    ouvrir_territoires()


if __name__ == "__main__":
    main()
