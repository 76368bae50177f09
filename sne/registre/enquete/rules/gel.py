"""A frozen file: identity and contacts stay as they are, nothing ends it, and its days are given back. Pure.

No text names such a state: it is the project's own, for the time of an enquiry.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sne.registre.contenu.rules.arbre.champs import libelle
from sne.registre.contenu.rules.arbre.difference import Changement
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

SEGMENTS = frozenset({"identite", "contact", "adresse_courrier"})
"""Blocks of a person that stay as they are."""
LISTE_DES_COTITULAIRES = "cotitulaires"
AUTRES = frozenset(
    {"titulaire", "association.nom", "association.siren", "accompagnant.courriel", "accompagnant.accompagne"}
)

FIGEABLES = frozenset({Statut.ACTIVE, Statut.EXPIREE, Statut.RADIEE})


@dataclass(frozen=True, slots=True)
class Gel:
    """One freeze, by days. ``jusqu_au``: the day on which it was lifted, ``None`` while it holds.

    ``du_titulaire``: somebody who reads an address of before asked for it.
    """

    depuis: date
    jusqu_au: date | None = None
    du_titulaire: bool = False


class DossierFige(Interdit):
    """The file is being looked at: this has to wait. The sentence says nothing of the reason."""

    code = "DOSSIER_FIGE"


def phrase_de_l_etat(gel: Gel) -> str:
    """What every reader of a frozen file is told."""
    pourquoi = (
        " à la demande de son titulaire"
        if gel.du_titulaire
        else f"{INSECABLE}: il est en cours de vérification par le gestionnaire territorial"
    )
    return (
        f"Dossier figé depuis le {gel.depuis:%d/%m/%Y}{pourquoi}. L’identité et les contacts ne peuvent pas être "
        "modifiés. Le reste, oui."
    )


def champs_geles(changements: Iterable[Changement]) -> tuple[str, ...]:
    """Paths that a frozen file does not let change: civil status, ways to reach the household, who holds the file."""
    return tuple(dict.fromkeys(c.chemin for c in changements if _est_gele(c)))


def exiger_intacts(gel: Gel | None, changements: Sequence[Changement]) -> None:
    """Refuse a change that a freeze forbids. Raises :class:`DossierFige` on the first field."""
    chemins = champs_geles(changements) if gel else ()
    if not chemins:
        return
    noms = "\u00a0; ".join(dict.fromkeys(libelle(chemin) for chemin in chemins))
    raise DossierFige(
        "Ce dossier est en cours de vérification par le gestionnaire territorial. Jusqu’à la fin, ne changez pas"
        f"{INSECABLE}: {noms}. Rien n’a été enregistré. Le reste peut être modifié.",
        champ=chemins[0],
    )


def exiger_figeable(statut: Statut) -> None:
    """Refuse to freeze a demande that is not in the register, or no longer is. Raises ``Interdit``."""
    if statut not in FIGEABLES:
        raise Interdit(
            f"Cette demande ne peut pas être figée{INSECABLE}: elle n’est pas, ou plus, dans le registre."
        )


def exiger_non_gele(gel: Gel | None, *, ce_qui_attend: str) -> None:
    """Refuse an act that ends a file while it is frozen. Raises :class:`DossierFige`.

    ``ce_qui_attend``: « La radiation », as the sentence starts.
    """
    if gel is not None:
        raise DossierFige(
            f"{ce_qui_attend} attend{INSECABLE}: ce dossier est en cours de vérification par le gestionnaire "
            "territorial. Adressez-vous à lui."
        )


def jours_a_rendre(gel: Gel, *, base: date, le: date) -> int:
    """Days of that freeze, seen on ``le``, in the delay that runs from ``base`` (deposit, renewal, striking-off)."""
    fin = le if gel.jusqu_au is None else gel.jusqu_au
    return max((fin - max(gel.depuis, base)).days, 0)


def phrase_des_jours_rendus(jours: int) -> str:
    """Why the end of validity moved, kept with the version."""
    pluriel = "s" if jours > 1 else ""
    return f"Vérification terminée{INSECABLE}: {jours}{INSECABLE}jour{pluriel} rendu{pluriel} à la demande"


def prolonger(limite: date, gels: Iterable[Gel], *, base: date, le: date) -> date:
    """``limite``, which runs from ``base``, moved later by the days given back since, and by those of a freeze still in
    force.
    """
    jours = sum(jours_a_rendre(gel, base=base, le=le) for gel in gels)
    return limite + timedelta(days=jours)


def _est_gele(changement: Changement) -> bool:
    segments = changement.chemin.split(".")
    if segments[0].startswith(LISTE_DES_COTITULAIRES) and len(segments) == 1:
        return True  # a co-holder came, left, or took the place of another
    return changement.chemin in AUTRES or not SEGMENTS.isdisjoint(segments)
