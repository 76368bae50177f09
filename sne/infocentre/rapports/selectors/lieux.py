"""Places in words, as choices of a form, and what is said of those that another server holds."""

from collections.abc import Collection

from sne.cellules.routage import list_places
from sne.habilitations.rules import Permission
from sne.infocentre.rapports import policies
from sne.infocentre.rapports.rules.lieux import Lieu, NatureLieu
from sne.referentiels.selectors import get_geographie
from sne.referentiels.selectors.decoupage import get_decoupage
from sne.socle.acteur import Acteur
from sne.socle.signes import INSECABLE
from sne.socle.templatetags.socle_tags import pluriel

DE_CE_RAPPORT = "territoire de ce rapport,territoires de ce rapport"


def nom_du_lieu(lieu: Lieu) -> str:
    """« Val-d’Aurette », « Val-d’Oise (95) », « Région Occitanie », « France entière »."""
    decoupage = get_decoupage()
    if lieu.nature is NatureLieu.NATION:
        return "France entière"
    if lieu.nature is NatureLieu.REGION:
        return f"Région {decoupage.regions[lieu.code]}"
    if lieu.nature is NatureLieu.DEPARTEMENT:
        return f"{decoupage.departements[lieu.code].nom} ({lieu.code})"
    return get_geographie().nom_territoire(lieu.code)


def list_lieux(acteur: Acteur) -> tuple[tuple[str, str], ...]:
    """The places that the actor reads, as choices of a form, the widest first."""
    return tuple((lieu.cle, nom_du_lieu(lieu)) for lieu in policies.lieux_de(acteur))


def lieu_par_defaut(acteur: Acteur) -> Lieu | None:
    """The place where the actor acts when they read it, else the widest that they read."""
    lus = policies.lieux_de(acteur, Permission.RAPPORT_LIRE)
    ici = Lieu(NatureLieu.TERRITOIRE, acteur.territoire)
    return ici if ici in lus else next(iter(lus), None)


def dire_ailleurs(territoires: Collection[str], manque: str) -> str:
    """What may be missing, ``manque``, from what is read of the files of this server alone; empty when none of these
    territories ever left it. A row of the places stays after a coming back, and after a move that was given up.
    """
    partis = len(list_places().keys() & set(territoires))
    if not partis:
        return ""
    lesquels = "ce territoire" if len(territoires) == 1 else pluriel(partis, DE_CE_RAPPORT)
    return f"Un autre serveur tient, ou a pu tenir, {lesquels}{INSECABLE}: {manque}"
