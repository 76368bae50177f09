"""Who holds the authorisation that a person gave a body, and what it lets them do on that one demande."""

from collections.abc import Collection

from sne.demandeurs.rules.niveaux import Geste, Niveau, Presence, Preuve
from sne.habilitations.rules import Permission, Role
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.mandat_aide import Portee, StatutMandat
from sne.registre.mandat.rules.mandat import GESTES, PERMISSIONS
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre


def corps_de(acteur: Acteur) -> frozenset[tuple[str, str]]:
    """(territory, body) for which this actor helps."""
    return frozenset(
        (m.perimetre.territoire, m.organisme)
        for m in acteur.mandats
        if Permission.MANDAT_TENIR in m.permissions and m.organisme and not m.perimetre.personnel
    )


def can_tenir(acteur: Acteur, mandat: MandatAide) -> bool:
    """Somebody who helps for the body that the person named, in that territory; the relative who accepted."""
    if mandat.statut == StatutMandat.OFFERT:  # whether a person is there is not said before they answer
        return False
    if mandat.proche:
        return acteur.canal is Canal.PGP and mandat.aidant == acteur.id
    return (mandat.territoire, mandat.organisme) in corps_de(acteur)


def can_offrir(acteur: Acteur) -> bool:
    """Offer help to a person: whoever helps, for a body."""
    return bool(corps_de(acteur))


def can_retirer(acteur: Acteur, mandat: MandatAide) -> bool:
    """End one for the person who asks at a counter: whoever may change the files of the territory."""
    return acteur.peut(Permission.DEMANDE_MODIFIER, mandat.territoire)


def can_enregistrer(acteur: Acteur, territoire: str) -> bool:
    """Record what was signed on paper, or a judgment: whoever may change the files of the territory, at a counter."""
    return acteur.canal is Canal.GUICHET and acteur.peut(Permission.DEMANDE_MODIFIER, territoire)


def can_suivre(acteur: Acteur) -> bool:
    """See who helps whom in the territory acted for: its manager."""
    return bool(acteur.territoire) and acteur.peut(Permission.SUIVI_CLASSER, acteur.territoire)


def presence_de(portees: Collection[str]) -> Presence:
    """What a helper is worth under these parts of an authorisation."""
    gestes = [GESTES[Portee(portee)] for portee in portees]
    return Presence(Niveau.MANDAT, frozenset({Preuve.SESSION}), frozenset[Geste]().union(*gestes))


def aidant_sous(acteur: Acteur, mandat: MandatAide) -> Acteur:
    """The same person, in the place of who authorised them: on that demande, what was ticked, and nothing of their own.

    The journal names them with their body, or as the person named a relative, and the mandate.
    """
    permises = frozenset(str(p) for portee in mandat.portees for p in PERMISSIONS[Portee(portee)])
    perimetre = Perimetre(mandat.territoire, demande=mandat.demande_id)
    return Acteur(
        id=acteur.id,
        nom=mandat.organisme_nom if mandat.proche else f"{acteur.nom}, {mandat.organisme_nom}",
        canal=Canal.PGP,
        mandats=(Mandat(str(Role.AIDANT), permises, perimetre, mandat.organisme),),
        correlation=acteur.correlation,
        aide=mandat.id,
    )
