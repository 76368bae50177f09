"""Whether what is sent online may be sent, completed, verified now, by this actor: asked by the acts, and by pages."""

import uuid
from datetime import datetime

from sne.demandeurs.rules.niveaux import Voie
from sne.demandeurs.selectors import get_nature_du_courriel
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.rules.depot_en_ligne import (
    PHRASES,
    StatutDepot,
    TransitionDepot,
    attend_une_piece,
    next_statut_depot,
)
from sne.registre.depot_en_ligne import policies
from sne.registre.depot_en_ligne.parametres import ParametresDepotEnLigne
from sne.registre.depot_en_ligne.selectors.envois import (
    get_demande_suivie,
    is_premiere,
    list_en_cours,
)
from sne.registre.rattachement.rules.contacts import lire_contact
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require
from sne.socle.signes import INSECABLE
from sne.socle.templatetags.socle_tags import numero

COURRIEL = "demandeur.contact.courriel"
SANS_COURRIEL = f"Tapez votre adresse électronique{INSECABLE}: nous y envoyons votre numéro de demande."
COURRIEL_A_PROUVER = "Vérifiez votre adresse électronique, avec le code que nous y envoyons."
ABSENT = "Aucune demande en ligne sous cette référence dans votre périmètre."


def exiger_envoyable(
    acteur: Acteur, *, territoire: str, demande: uuid.UUID, voie: Voie, instant: datetime
) -> None:
    """Raises ``NonHabilite``, ``Interdit`` when this account has sent one already, or too many; when it follows an open
    demande there, which is told to whom FranceConnect vouches for, and to nobody else.
    """
    require(
        policies.can_envoyer(acteur, territoire=territoire, demande=demande),
        "Vous ne pouvez pas envoyer cette demande. Reconnectez-vous, puis recommencez.",
    )
    if is_premiere(acteur.id):
        return
    nud = get_demande_suivie(acteur.id, territoire=territoire) if voie is Voie.FC else None
    if nud:
        raise Interdit(
            f"Vous avez déjà la demande {numero(nud)} dans ce territoire. Ouvrez-la{INSECABLE}: une seule demande "
            "suffit, et son ancienneté est gardée."
        )
    en_cours = list_en_cours(acteur.id)
    for envoi in en_cours:
        if envoi.territoire == territoire:
            raise Interdit(
                f"Vous avez déjà envoyé une demande le {envoi.date_demande:%d/%m/%Y}, sous la référence "
                f"{envoi.reference}. Une seule suffit{INSECABLE}: sa date est gardée."
            )
    jour = horloge.jour(instant)
    au_plus = get_parametres(jour)[ParametresDepotEnLigne].depots_en_attente_max
    if len(en_cours) >= au_plus:
        raise Interdit(
            f"Vous avez déjà {au_plus} demandes en attente d’une vérification. Attendez la réponse d’un guichet, "
            "ou allez-y avec une pièce d’identité."
        )


def exiger_courriel_prouve(contenu: Contenu, *, compte: uuid.UUID) -> None:
    """Its number goes there: an e-mail is given, and a code proved that somebody of this account reads it.

    Raises ``Interdit`` on the field.
    """
    courriel = contenu.demandeur.contact.courriel if contenu.demandeur else None
    if not courriel:
        raise Interdit(SANS_COURRIEL, champ=COURRIEL)
    if get_nature_du_courriel(compte, lire_contact(courriel)) is None:
        raise Interdit(COURRIEL_A_PROUVER, champ=COURRIEL)


def exiger_completable(depot: DepotEnLigne, acteur: Acteur) -> None:
    """Send a document, the first or another. Raises ``NonHabilite``, ``Interdit`` when none is waited for."""
    require(
        policies.can_envoyer(acteur, territoire=depot.territoire, demande=depot.id),
        "Vous ne pouvez pas compléter cette demande. Reconnectez-vous, puis recommencez.",
    )
    next_statut_depot(StatutDepot(depot.statut), TransitionDepot.COMPLETER, motif=depot.motif)
    if not attend_une_piece(depot.statut, depot.motif, depot.pieces):
        raise Interdit(PHRASES[StatutDepot.A_VALIDER], champ="statut")


def exiger_verifiable(
    depot: DepotEnLigne, acteur: Acteur, transition: TransitionDepot, *, instant: datetime
) -> StatutDepot:
    """Answer it; the state that it would be in. Raises ``NonHabilite``, ``Interdit`` (answered already, or somebody
    else verifies it).
    """
    require(
        policies.can_verifier(acteur, depot),
        "Vous ne pouvez pas vérifier cette demande en ligne. Demandez une habilitation au responsable de votre "
        "guichet.",
    )
    suivant = next_statut_depot(StatutDepot(depot.statut), transition, motif=depot.motif)
    _exiger_libre(depot, acteur, instant)
    return suivant


def _exiger_libre(depot: DepotEnLigne, acteur: Acteur, instant: datetime) -> None:
    """While somebody else verifies it, nobody else answers."""
    fin = depot.verrou_fin
    if fin is not None and fin > instant and depot.verrou != acteur.id:
        heure = fin.astimezone(horloge.PARIS)
        raise Interdit(
            f"{depot.verrou_nom} vérifie cette demande jusqu’à {heure:%H} h {heure:%M}. Prenez-en une autre, ou "
            "revenez après.",
            champ="verrou",
        )
