"""click in French: headings, help and refusals of the command line; commands loaded when called."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

CODES_DE_RETOUR = """\b
Codes de retour :
  0  la commande a fait ce qui était demandé
  1  refus ou échec ; la raison est écrite sur la sortie d’erreur
  2  la ligne de commande n’est pas comprise"""


class Echec(click.ClickException):
    """The command could not do what was asked (exit status 1); the message is a French sentence."""


class _Aide:
    """Help page in French, shared by commands and groups."""

    def format_usage(self: Any, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(
            ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Utilisation : "
        )

    def get_help_option(self: Any, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Affiche cette aide."
        return option  # type: ignore[no-any-return]

    def format_options(self: Any, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = (p for p in self.get_params(ctx) if isinstance(p, click.Option))
        fiches = filter(None, (option.get_help_record(ctx) for option in options))
        with formatter.section("Options\u00a0"):
            formatter.write_dl(
                [(nom, aide.replace("[required]", "Obligatoire.")) for nom, aide in filter(None, fiches)]
            )
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_epilog(self: Any, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_epilog(ctx, formatter)  # type: ignore[misc]
        formatter.write_paragraph()
        formatter.write_text(CODES_DE_RETOUR)


class Commande(_Aide, click.Command):
    """A command whose help is in French."""


class Groupe(_Aide, click.Group):
    """A group in French. ``paresseuses`` names commands by ``"module:attribute"``: imported when called."""

    command_class = Commande
    group_class = type

    def __init__(self, *args: Any, paresseuses: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "COMMANDE [ARGUMENTS]…")
        super().__init__(*args, **kwargs)
        self.paresseuses = dict(paresseuses or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.paresseuses})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.paresseuses and cmd_name not in self.commands:
            module, _, attribut = self.paresseuses[cmd_name].partition(":")
            self.add_command(getattr(import_module(module), attribut), cmd_name)
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as exc:
            connues = self.list_commands(ctx)
            raise click.exceptions.NoSuchCommand(exc.command_name, possibilities=connues, ctx=ctx) from exc

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lignes = [
            (nom, commande.get_short_help_str(formatter.width - 24))
            for nom in self.list_commands(ctx)
            if (commande := self.get_command(ctx, nom)) is not None and not commande.hidden
        ]
        with formatter.section("Commandes\u00a0"):
            formatter.write_dl(lignes)


def phrase(exc: click.ClickException) -> str:
    """The refusal as a French sentence; our own parameter types already speak French."""
    match exc:
        case click.MissingParameter():
            return f"Il manque {_nom(exc)}."
        case click.BadParameter():
            return f"{_nom(exc)} : {exc.message}"
        case click.UsageError():
            return _phrase_d_usage(exc)
        case _:
            return exc.message


def _phrase_d_usage(exc: click.UsageError) -> str:
    match exc:
        case click.exceptions.NoSuchOption():
            return f"L’option {exc.option_name} n’existe pas.{_suggestion(exc.possibilities)}"
        case click.exceptions.NoSuchCommand():
            return f"La commande « {exc.command_name} » n’existe pas.{_suggestion(exc.possibilities)}"
        case click.BadOptionUsage():
            return f"L’option {exc.option_name} demande une valeur."
        case _:
            return "La commande a reçu trop d’arguments."


def _nom(exc: click.BadParameter) -> str:
    parametre = exc.param
    if isinstance(exc.param_hint, str):
        return exc.param_hint
    if isinstance(parametre, click.Option):
        return max(parametre.opts, key=len)
    return parametre.make_metavar(exc.ctx) if parametre and exc.ctx else "une valeur"


def _suggestion(proches: list[str] | None) -> str:
    return f" Vouliez-vous dire : {', '.join(proches)} ?" if proches else ""
