"""Of which territory a number is that somebody typed."""

from sne.registre.demande.rules import numero_unique


def territoire_du_numero(saisi: str) -> str:
    """Its territory; empty for what is no number."""
    try:
        return numero_unique.lire(saisi).territoire
    except numero_unique.NumeroInvalide:
        return ""
