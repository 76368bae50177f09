"""``django-admin charger_referentiels``: loads the delivered data sets and says what changed, table by table."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS

from sne.referentiels.actions import charger_demonstration, charger_referentiels


class Command(BaseCommand):
    help = "Charge les référentiels livrés avec le logiciel ; sans effet s’ils le sont déjà."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demonstration", action="store_true", help="charge aussi le territoire fictif")
        parser.add_argument(
            "--forcer", action="store_true", help="relit tout, même si les fichiers n’ont pas changé"
        )
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS, help="connexion du rôle propriétaire")

    def handle(self, *_: Any, **options: Any) -> None:
        choix = {"forcer": options["forcer"], "using": options["database"]}
        bilans = charger_referentiels(**choix)
        if options["demonstration"]:
            bilans += charger_demonstration(**choix)
        for b in bilans:
            self.stdout.write(f"{b.table} : {b.ajoutees} ajoutées, {b.changees} changées, {b.closes} closes")
        if all(b.sans_effet for b in bilans):
            self.stdout.write("Référentiels à jour.")
