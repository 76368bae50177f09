"""Lists kept under a name, as somebody may open them: with a filter that never reaches out of their perimeter."""

import uuid
from dataclasses import dataclass, replace

from sne.registre.listes import policies
from sne.registre.listes.models import ListeEnregistree
from sne.registre.listes.rules.listes import LISTES, CodeListe, Filtre, Partage, lire_filtre
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class ListeGardee:
    """A list kept. ``auteur``: who shares it, empty for one's own; ``supprimable``: by this reader."""

    id: uuid.UUID
    nom: str
    code: CodeListe
    filtre: Filtre
    partage: Partage
    auteur: str
    supprimable: bool


def list_enregistrees(acteur: Acteur) -> tuple[ListeGardee, ...]:
    """Those of the actor, then those shared with them, by name."""
    lignes = ListeEnregistree.objects.filter(policies.scope_des_listes(acteur)).order_by("nom", "id")
    return tuple(_gardee(x, acteur) for x in sorted(lignes, key=lambda x: x.auteur != acteur.id))


def _gardee(ligne: ListeEnregistree, acteur: Acteur) -> ListeGardee:
    code, filtre = CodeListe(ligne.liste), lire_filtre(ligne.filtre)
    lisible = policies.can_lire_liste(
        acteur,
        territoire=acteur.territoire,
        guichet=filtre.guichet,
        personnelle=LISTES[code].personnelle,
    )
    return ListeGardee(
        id=ligne.id,
        nom=ligne.nom,
        code=code,
        filtre=filtre if lisible else replace(filtre, guichet=""),
        partage=Partage(ligne.partage),
        auteur="" if ligne.auteur == acteur.id else ligne.auteur_nom,
        supprimable=policies.can_supprimer_liste(acteur, ligne),
    )
