"""What a software shows of monthly resources, against what it was told: absence is never a figure. Pure."""

from collections.abc import Mapping, Sequence

CHIFFRES = ("MONTANT", "ZERO_CONFIRME")
"""States of which a figure is shown."""


def lire_affichage(texte: str) -> dict[str, str]:
    """``2026-10=1 452,30; 2026-09=non communiqué`` → what is shown of each month."""
    parts = (part.partition("=") for part in texte.split(";"))
    return {mois.strip(): montre.strip() for mois, _, montre in parts if mois.strip()}


def compter_faux(montres: Mapping[str, str], mois: Sequence[Mapping[str, str]]) -> int:
    """How many of these months, as the interface told them, are shown as something else, or not at all."""
    return sum(not _est_juste(montres.get(un["mois"], ""), un) for un in mois)


def _est_juste(montre: str, mois: Mapping[str, str]) -> bool:
    chiffres = "".join(signe for signe in montre if signe.isdecimal())
    if mois["etat"] not in CHIFFRES:
        return bool(montre) and not chiffres
    if mois["etat"] == "ZERO_CONFIRME":
        return bool(chiffres) and not chiffres.strip("0")
    signe = montre.lstrip().startswith(("-", "\u2212"))
    dit = mois["montant"].lstrip("-").replace(".", "")
    return chiffres == dit and signe == mois["montant"].startswith("-")
