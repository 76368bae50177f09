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
    """The panel shown once everything answers; it fits 80 columns without cutting what is to be copied."""
    corps = Group(
        Text.assemble(("Adresse  ", "bold"), (description["urls"]["accueil"], "bold cyan")),
        Text.assemble(("Ménages  ", "bold"), (description["urls"]["portail"] or "pas ici", "bold cyan")),
        Text.assemble(("Éditeurs ", "bold"), (f"{description['urls']['editeurs']}api/v1/docs", "bold cyan")),
        _ecole(description["urls"]),
        Text("Les personnes, les organismes et le département 099 sont fictifs."),
        Text(),
        _comptes(description["comptes"]),
        Text(),
        Text("Code à six chiffres : .venv/bin/sne code ADRESSE (clés TOTP dans demo.json)"),
        Text(f"Description complète : {description['dossier']}/demo.json", overflow="fold"),
        Text("Ctrl-C pour arrêter. Rien n’est perdu d’une fois à l’autre.", style="bold"),
    )
    titre = "Demande de logement social – démonstration"
    (console or _console).print(Panel(corps, title=titre, expand=False))


def _ecole(urls: dict[str, str]) -> Text:
    """Where vendors try: elsewhere in the demonstration, where it starts when it is opened; here at the École."""
    adresse = urls.get("ecole")
    lieu = Text.assemble(
        ("École    ", "bold"), (adresse or f"{urls['accueil']}ecole/convention/", "bold cyan")
    )
    return lieu.append(" (démarre à l’ouverture)") if adresse else lieu


def _comptes(comptes: list[dict[str, Any]]) -> Table:
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    for compte in comptes:
        role = ROLES[Role(compte["role"])].nom
        guichets = ", ".join(g["guichet"] for g in compte["guichets"])
        table.add_row(Text.assemble((role, "bold"), f" ({guichets})" if guichets else ""))
        table.add_row(f"  {compte['courriel']}", compte["mot_de_passe"])
    return table
