"""Places in words, as choices of a form, and the counters that are in one."""

from sne.habilitations.rules import Permission
from sne.infocentre.rapports import policies
from sne.infocentre.rapports.rules.lieux import Lieu, NatureLieu
from sne.referentiels.selectors import get_geographie
from sne.referentiels.selectors.decoupage import get_decoupage
from sne.socle.acteur import Acteur


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
