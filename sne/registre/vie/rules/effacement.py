"""When a demande may be erased, and what keeps it."""

from dataclasses import dataclass
from datetime import date, timedelta

from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.cycle_de_vie import Statut, Transition, next_statut
from sne.registre.vie.rules.radiation import date_de_purge
from sne.socle.erreurs import Interdit


@dataclass(frozen=True, slots=True)
class Retenues:
    """What puts an erasure off, whatever its day: a freeze, an enquiry still open, somebody who left it and waits for
    its seniority, a message that is leaving.
    """

    figee: bool = False
    sous_enquete: bool = False
    separation_attend: bool = False
    envoi_en_cours: bool = False


def premier_jour(radiee_le: date, *, delais: ParametresDemande, retour_jusqu_au: date) -> date:
    """From which day a demande is erased: never while it may still come back, be it later by a freeze."""
    return max(date_de_purge(radiee_le, delais=delais), retour_jusqu_au + timedelta(days=1))


def premier_jour_d_un_double(annulee_le: date, *, delais: ParametresDemande) -> date:
    """From which day a demande taken back is erased: until then it may be put back."""
    return ajouter_mois(annulee_le, delais.purge_mois_apres_annulation)


def exiger_effacable(statut: Statut, premier: date | None, *, jour: date, retenues: Retenues) -> None:
    """Refuse to erase too early, or while something holds the demande. Raises ``TransitionInterdite``, ``Interdit``.

    ``premier``: the first day allowed by the striking-off, or by the taking back, now in force; ``None`` when there is
    neither.
    """
    next_statut(statut, Transition.PURGER)
    if premier is None:
        raise Interdit("Cette demande n’est ni radiée ni annulée\u00a0: elle ne peut pas être effacée.")
    if jour < premier:
        raise Interdit(f"Cette demande est gardée jusqu’au {premier:%d/%m/%Y}. Elle sera effacée ce jour-là.")
    if retenues.figee or retenues.sous_enquete:
        raise Interdit(
            "Cette demande est en cours de vérification. Elle sera effacée une fois la vérification close."
        )
    if retenues.separation_attend:
        raise Interdit(
            "Une personne a quitté cette demande, et le gestionnaire territorial n’a pas dit si elle en garde "
            "l’ancienneté. Cette demande sera effacée une fois qu’il aura répondu."
        )
    if retenues.envoi_en_cours:
        raise Interdit(
            "Un message part en ce moment pour cette demande. Elle sera effacée au passage suivant."
        )
