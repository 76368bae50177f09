"""How much room a demonstration takes on the disk, told before it is filled rather than when it is full."""

OCTETS_PAR_DEMANDE = 13_000  # tables, indexes and journal, measured on 100 000 applications (docs/adr/0021)
RESERVE = 2_000_000_000  # bytes left to everything else
GO = 1_000_000_000


def refus_de_place(taille: int, *, libre: int) -> str:
    """A French sentence when ``taille`` applications do not fit in ``libre`` bytes; empty when they do."""
    besoin = taille * OCTETS_PAR_DEMANDE + RESERVE
    if besoin <= libre:
        return ""
    tient = max(0, (libre - RESERVE) // OCTETS_PAR_DEMANDE)
    return (
        f"{taille} demandes prennent environ {besoin / GO:.0f} Go, il en reste {libre / GO:.0f} sur ce disque. "
        f"Faites de la place, ou demandez-en moins : --taille {tient}."
    )
