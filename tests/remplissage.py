"""Fills a template database: migrations, reference data, fictional territory; runs as the owner role."""

import django


def remplir() -> None:
    """Everything that tests suppose to be there."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from sne.referentiels.actions import charger_demonstration, charger_referentiels
    from sne.registre.demande.actions.territoires import ouvrir_territoires

    call_command("migrate", verbosity=0)
    charger_referentiels()
    charger_demonstration()
    ouvrir_territoires()
    with connection.cursor() as curseur:
        curseur.execute("VACUUM ANALYZE")
