"""A search over several cells: which of them may hold an answer, and their answers as one page."""

from collections.abc import Sequence
from dataclasses import replace

from sne.cellules.routage import ANNUAIRE, SIGNES, cellule_de, cellules, du_territoire, plusieurs
from sne.habilitations.rules import Permission
from sne.registre.recherche.rules.texte import Genre, Requete
from sne.registre.recherche.selectors.recherche import Resultats
from sne.socle.acteur import Acteur


def list_cellules(requete: Requete, acteur: Acteur) -> tuple[str, ...]:
    """Those of the actor's territories; that of the number alone, where one is typed that they may look for."""
    if not plusieurs():
        return (ANNUAIRE,)
    portee = acteur.territoires(Permission.DEMANDE_RECHERCHER)
    lieu = requete.nud[:SIGNES]
    if requete.genre is Genre.NUMERO and (portee is None or lieu in portee):
        return (du_territoire(requete.nud),)
    if portee is None:
        return cellules()
    siennes = {cellule_de(territoire) for territoire in portee}
    return tuple(cellule for cellule in cellules() if cellule in siennes) or (ANNUAIRE,)


def rassembler(reponses: Sequence[Resultats], *, au_plus: int) -> Resultats:
    """One page of what several cells answered, by name; that of one cell as it is, with its other pages."""
    utiles = [reponse for reponse in reponses if reponse.lignes] or list(reponses[:1])
    if len(utiles) == 1:
        return utiles[0]
    exactes = [reponse for reponse in utiles if reponse.exact and not reponse.sans_date] or utiles
    lignes = sorted(
        (ligne for reponse in exactes for ligne in reponse.lignes),
        key=lambda ligne: (ligne.nom, ligne.prenoms, ligne.nud),
    )
    return replace(
        exactes[0],
        lignes=tuple(lignes[:au_plus]),
        suite=None,
        retour=None,
        trop=len(lignes) > au_plus or any(reponse.trop for reponse in exactes),
        a_egalite=len(lignes) > 1,
    )
