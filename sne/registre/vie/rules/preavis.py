"""The notice that a validity is about to end: by which channels, from which day, and what it must have done. Pure.

CCH R441-2-7: at least one month before the end of validity, by post or by e-mail as the household dealt with us so far.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sne.notifications.rules import Canal
from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut
from sne.registre.joindre.rules.canaux import Moyens
from sne.registre.vie.rules.renouvellement import UN_JOUR, Fenetre
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

PORTENT_LE_PREAVIS = frozenset({Canal.COURRIEL, Canal.LETTRE})
"""What the law counts: a text message only announces them."""


@dataclass(frozen=True, slots=True)
class ReglesDuPreavis:
    """Dated parameters: months before the end, days kept in hand, whether nothing ends without a notice."""

    mois: int
    marge_jours: int
    retenir: bool


class PreavisNonRecu(Interdit):
    """The demande may not end: its household was not told, as far as is known."""

    code = "PREAVIS"


def canaux_du_preavis(moyens: Moyens) -> tuple[Canal, ...]:
    """The channels of the notice (CCH R441-2-7); when none of them is in :data:`PORTENT_LE_PREAVIS`, the notice cannot
    be given.

    Never online: post, and e-mail when there is one. Online once: e-mail alone, and post for somebody who asked for it.
    Where one channel is missing, the other one is used.
    """
    papier = not moyens.en_ligne or moyens.papier or not moyens.courriel
    choisis = {
        Canal.COURRIEL: moyens.courriel,
        Canal.LETTRE: moyens.adresse and papier,
        Canal.SMS: moyens.sms,
    }
    return tuple(canal for canal, retenu in choisis.items() if retenu)


def est_possible(canaux: Collection[Canal]) -> bool:
    """Whether such channels give a notice."""
    return not PORTENT_LE_PREAVIS.isdisjoint(canaux)


def du_le(fenetre: Fenetre, regles: ReglesDuPreavis) -> date:
    """First day of the notice: when renewal opens, and always some days before the legal limit."""
    limite = ajouter_mois(fenetre.expiration, -regles.mois)
    return min(fenetre.ouverture, limite - timedelta(days=regles.marge_jours))


def est_du(fenetre: Fenetre, regles: ReglesDuPreavis, *, jour: date) -> bool:
    """Whether the household of an open demande is to be told on ``jour``.

    Past the tolerance no notice is due, because the demande is struck off in the same pass; but where no demande may
    end without a notice (dated parameter), it is given late, and the end waits for it.
    """
    return du_le(fenetre, regles) <= jour and (regles.retenir or jour <= fenetre.fermeture)


def exiger_preavis_du(statut: Statut, fenetre: Fenetre, regles: ReglesDuPreavis, *, jour: date) -> None:
    """Raise ``Interdit`` unless the household is to be told on ``jour``."""
    if statut not in OUVERTES:
        raise Interdit(f"Préavis{INSECABLE}: cette demande n’est plus ouverte.", champ="statut")
    if not est_du(fenetre, regles, jour=jour):
        debut, fin = du_le(fenetre, regles), fenetre.fermeture
        raise Interdit(f"Le préavis de renouvellement se donne du {debut:%d/%m/%Y} au {fin:%d/%m/%Y}.")


def radiation_annoncee(fenetre: Fenetre, regles: ReglesDuPreavis, *, jour: date) -> date:
    """The day of striking-off that a notice of ``jour`` announces."""
    prevue = fenetre.fermeture + UN_JOUR
    return max(prevue, ajouter_mois(jour, regles.mois)) if regles.retenir else prevue


def motif_de_retenue(prevenue_le: date | None, *, echoue: bool, regles: ReglesDuPreavis, jour: date) -> str:
    """Why a validity may not end on ``jour``; empty when it may.

    ``prevenue_le``: day of the notice, ``None`` when none was given; ``echoue``: it reached nobody, as far as is known.
    """
    if not regles.retenir:
        return ""
    if prevenue_le is None:
        return "Le préavis de renouvellement n’a pas pu être donné."
    if echoue:
        return "Le préavis de renouvellement n’a atteint le ménage par aucun moyen."
    fin = ajouter_mois(prevenue_le, regles.mois)
    return f"Le préavis de renouvellement court jusqu’au {fin:%d/%m/%Y}." if jour < fin else ""
