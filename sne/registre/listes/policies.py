"""Who opens, keeps, shares and takes away work lists."""

from django.db.models import Q

from sne.habilitations.rules import Permission
from sne.registre.listes.models import ListeEnregistree
from sne.registre.listes.rules.listes import Partage
from sne.socle.acteur import Acteur


def can_lire_liste(acteur: Acteur, *, territoire: str, guichet: str, personnelle: bool = False) -> bool:
    """Open the work lists of a counter where one acts; of any of them, or of a territory at once, for its manager.

    An empty ``guichet`` is the whole territory. ``personnelle``: a list of the actor's own acts, at any counter.
    """
    return bool(territoire) and any(
        Permission.LISTE_LIRE in mandat.permissions
        and mandat.perimetre.couvre(territoire)
        and (personnelle or mandat.perimetre.guichet in ("", guichet))
        for mandat in acteur.mandats
    )


def guichets_des_listes(acteur: Acteur) -> tuple[str, ...] | None:
    """Counters whose work lists the actor may open where they act; ``None``: any of the territory."""
    if can_lire_liste(acteur, territoire=acteur.territoire, guichet=""):
        return None
    codes = (m.perimetre.guichet for m in acteur.mandats if m.perimetre.couvre(acteur.territoire))
    territoire = acteur.territoire
    return tuple(c for c in dict.fromkeys(codes) if can_lire_liste(acteur, territoire=territoire, guichet=c))


def can_partager_liste(acteur: Acteur, partage: Partage) -> bool:
    """Keep a list for oneself, for the counter acted for, or for a territory: those who may read it there."""
    territoire, guichet = acteur.territoire, acteur.guichet
    if partage is Partage.PRIVEE:
        return can_lire_liste(acteur, territoire=territoire, guichet=guichet, personnelle=True)
    if partage is Partage.GUICHET:
        return bool(guichet) and can_lire_liste(acteur, territoire=territoire, guichet=guichet)
    return can_lire_liste(acteur, territoire=territoire, guichet="")


def can_supprimer_liste(acteur: Acteur, liste: ListeEnregistree) -> bool:
    """Drop a list kept: its author; a shared one also who exports in that place, for its author may have left."""
    if liste.auteur == acteur.id:
        return True
    ou = liste.guichet if liste.partage == Partage.GUICHET else ""
    return can_exporter_liste(acteur, territoire=liste.territoire, guichet=ou)


def scope_des_listes(acteur: Acteur) -> Q:
    """Lists kept that the actor may open where they act: theirs, their counters', the territory's."""
    guichets, siennes = guichets_des_listes(acteur), Q(auteur=acteur.id)
    if guichets == ():  # who opens no list there is shown none of those that others share
        return Q(territoire=acteur.territoire) & siennes
    au_guichet = Q(partage=Partage.GUICHET.value)
    if guichets is not None:
        au_guichet &= Q(guichet__in=guichets)
    partagees = Q(partage=Partage.TERRITOIRE.value) | au_guichet
    return Q(territoire=acteur.territoire) & (siennes | partagees)


def can_exporter_liste(acteur: Acteur, *, territoire: str, guichet: str, personnelle: bool = False) -> bool:
    """Take a work list away in a file: a right of its own, on what the actor may read."""
    lit = can_lire_liste(acteur, territoire=territoire, guichet=guichet, personnelle=personnelle)
    return lit and acteur.peut(Permission.LISTE_EXPORTER, territoire, "" if personnelle else guichet)


def can_exporter_file(acteur: Acteur) -> bool:
    """Take away in a file a queue that one's page shows: what is in it is what its own policy lets this actor read."""
    return acteur.peut(Permission.LISTE_EXPORTER, acteur.territoire, acteur.guichet)
