"""Sealed entries become lines: numbered and chained, in the transaction that moves the dispatcher's cursor."""

from collections.abc import Sequence

from sne.flux.models import Ligne
from sne.flux.rules import lignes as regles
from sne.flux.rules.types import serie_de, type_de
from sne.flux.selectors.lignes import Etat, est_ecrite, get_etat
from sne.journal.selectors.scellees import EntreeScellee
from sne.registre.separation.selectors import list_secretes
from sne.registre.separation.verbes import VerbeSeparation

PAR_LOT = 5_000
SEPARER = VerbeSeparation.SEPARER


def projeter(entrees: Sequence[EntreeScellee]) -> int:
    """Write the lines of these entries, which are in their order; returns how many.

    Called by the dispatcher alone, under its lock. What is written already is not written twice: a place says it at
    once, but where a territory came with lines of another cell, whose seals were more than ours are.
    """
    etats: dict[tuple[str, str], Etat] = {}
    lignes = []
    secretes = list_secretes([str(e.faits["separation"]) for e in entrees if e.verbe == SEPARER])
    for entree in entrees:
        type_ = type_de(entree.verbe, entree.faits)
        cle = entree.territoire, serie_de(type_).value
        if cle not in etats:
            etats[cle] = get_etat(*cle)
        etat = etats[cle]
        if entree.demande_id is None or entree.revision is None or not entree.territoire:
            continue
        if entree.verbe == SEPARER and entree.faits["separation"] in secretes:
            continue  # beside the line of the new demande, of the same instant, it would say whose it is
        if (entree.scellement, entree.rang) <= (etat.scellement, etat.rang) and est_ecrite(entree.id):
            continue
        ligne = regles.Ligne(
            *cle,
            etat.numero + 1,
            entree.scellement,
            entree.rang,
            entree.id,
            entree.demande_id,
            entree.revision,
            type_.value,
            entree.survenu_le,
        )
        tete = regles.suivante(etat.tete, ligne)
        etats[cle] = Etat(ligne.numero, tete, ligne.scellement, ligne.rang)
        lignes.append(en_table(ligne, tete))
    Ligne.objects.bulk_create(lignes, batch_size=PAR_LOT)
    return len(lignes)


def en_table(ligne: regles.Ligne, tete: bytes) -> Ligne:
    """The row of a line."""
    return Ligne(
        **{champ: getattr(ligne, champ) for champ in regles.Ligne.__slots__},
        chaine=tete,
    )
