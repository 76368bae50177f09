"""Teams, and the keys by which what is written for a team is read. Pure.

A team is who holds a role somewhere: nobody is written into it, and who loses the role is out of it the same second.
It has a key and no row. Whatever can be read carries the keys that open it; who reads has those of their roles.
"""

from sne.habilitations.rules.roles import ROLES, Etendue, Role
from sne.socle.acteur import Acteur, Mandat
from sne.socle.signes import INSECABLE

TOUS = "*"
"""Whoever reads, signed in or not."""
PROFESSIONNELS = "pro"
"""Whoever holds a role."""
PLURIELS = {
    Role.AGENT_GUICHET: "Agents de guichet",
    Role.RESPONSABLE_GUICHET: "Responsables de guichet",
    Role.GESTIONNAIRE_TERRITORIAL: "Gestionnaires territoriaux",
    Role.GESTIONNAIRE_FICHIERS_PARTAGES: "Gestionnaires de fichiers partagés",
}


def cle_du_role(role: str, territoire: str = "") -> str:
    """Of everybody who holds this role, in the whole country or in one territory."""
    return f"role:{role}:{territoire}" if territoire else f"role:{role}"


def cle_du_territoire(territoire: str) -> str:
    """Of everybody who holds a role there, in one of its counters too."""
    return f"terr:{territoire}"


def cle_du_guichet(territoire: str, guichet: str) -> str:
    """Of everybody who holds a role in this counter."""
    return f"guichet:{territoire}:{guichet}"


def cle_du_compte(acteur: Acteur) -> str:
    """Of this person alone."""
    return f"compte:{acteur.id}"


def cles_de(acteur: Acteur | None) -> frozenset[str]:
    """What opens to this person, by the roles of this instant. ``None``: nobody has signed in."""
    if acteur is None or not (mandats := [m for m in acteur.mandats if not m.perimetre.personnel]):
        return frozenset({TOUS})
    return frozenset({TOUS, PROFESSIONNELS, cle_du_compte(acteur)}.union(*map(_cles_du_mandat, mandats)))


def nom_de_l_equipe(cle: str) -> str:
    """How a team is called on a screen."""
    genre, _, reste = cle.partition(":")
    lieu, _, precision = reste.partition(":")
    if cle in {TOUS, PROFESSIONNELS}:
        return "Tout le monde" if cle == TOUS else "Professionnels"
    if genre == "role":
        role = Role(lieu)
        nom = PLURIELS.get(role, ROLES[role].nom)
        return f"{nom} du territoire{INSECABLE}{precision}" if precision else nom
    if genre == "terr":
        return f"Territoire{INSECABLE}{lieu}"
    return f"Guichet{INSECABLE}{precision}" if genre == "guichet" else "Une personne"


def _cles_du_mandat(mandat: Mandat) -> set[str]:
    lieu, cles = mandat.perimetre, {cle_du_role(mandat.role)}
    if lieu.territoire:
        cles |= {cle_du_role(mandat.role, lieu.territoire), cle_du_territoire(lieu.territoire)}
    if lieu.guichet:
        cles.add(cle_du_guichet(lieu.territoire, lieu.guichet))
    return cles


EQUIPES_NATIONALES = tuple(cle_du_role(r) for r in Role if ROLES[r].etendue is not Etendue.GUICHET)
"""Teams of the whole country that somebody may choose to write to."""
