"""What the person reads in the terminal: steps of the start, then address and accounts."""

from typing import Any

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from sne.habilitations.rules import ROLES, Role

_console = Console(stderr=True, highlight=False)


def dire(phrase: str) -> None:
    """One line of progress."""
    _console.print(phrase, style="dim")


def annoncer(description: dict[str, Any], *, console: Console | None = None) -> None:
    """The panel shown once everything answers."""
    comptes = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for titre in ("Rôle", "Adresse électronique", "Mot de passe", "Code à six chiffres (clé TOTP)"):
        comptes.add_column(titre, overflow="fold")
    for compte in description["comptes"]:
        nom = ROLES[Role(compte["role"])].nom
        comptes.add_row(nom, compte["courriel"], compte["mot_de_passe"], compte["totp"])
    corps = Group(
        Text.assemble(("Adresse  ", "bold"), (description["urls"]["accueil"], "bold cyan")),
        Text("Les personnes, les organismes et le département 099 (Val-d’Aurette) sont fictifs."),
        Text(),
        comptes,
        Text(),
        Text("Code d’un compte : .venv/bin/sne code ADRESSE"),
        Text(f"Description complète : {description['dossier']}/demo.json"),
        Text("Arrêt : Ctrl-C. Rien n’est perdu.", style="bold"),
    )
    (console or _console).print(
        Panel(corps, title="Demande de logement social – démonstration", expand=False)
    )
