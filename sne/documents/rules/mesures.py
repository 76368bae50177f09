"""Sizes and counts of documents in words. Pure."""

OCTETS = ((1_000_000, "Mo"), (1_000, "ko"))


def poids(octets: int) -> str:
    """« 1,2 Mo », « 340 ko »."""
    for unite, nom in OCTETS:
        if octets >= unite:
            valeur = f"{octets / unite:.1f}".removesuffix(".0").replace(".", ",")
            return f"{valeur}\u00a0{nom}"
    return f"{octets}\u00a0octets"


def en_pages(nombre: int) -> str:
    """« 1 page », « 3 pages »."""
    return f"{nombre}\u00a0page{'s' if nombre > 1 else ''}"
