"""Searching by criteria, reading lists since an instant, as software of a counter does: each read is journalled."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from sne.habilitations.rules import Permission, sans_droit
from sne.referentiels.rules import Parametres
from sne.referentiels.selectors import get_parametres, get_pieces
from sne.registre.demande.rules import numero_unique
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.doublons.actions.chercher import journaliser_recherche
from sne.registre.faits.parametres import ParametresFaits
from sne.registre.recherche import policies
from sne.registre.recherche.parametres import ParametresRecherche
from sne.registre.recherche.rules.criteres import Criteres, dire_criteres, dit_la_sante, exiger_selectifs
from sne.registre.recherche.selectors import depuis as listes
from sne.registre.recherche.selectors.criteres import Trouvees, list_par_criteres
from sne.registre.recherche.selectors.depuis import AU_DEBUT, Depuis, Place
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, require


@transaction.atomic
def rechercher_par_criteres(criteres: Criteres, *, acte: Acte) -> Trouvees:
    """Numbers of the demandes of the perimeter that meet every criterion, ``recherche_numeros_max`` at most.

    What says something of health, or of the DALO, takes the right to read it, and is looked for where it is held.
    Raises ``NonHabilite``, ``Interdit`` (too wide, or a criterion to correct).
    """
    parametres = _ouvrir(acte)
    recherche = parametres[ParametresRecherche]
    exiger_selectifs(criteres, periode_max_jours=recherche.recherche_periode_max_jours)
    le = horloge.jour(acte.survenu_le)
    trouvees = list_par_criteres(
        _lire_numero(criteres),
        territoires=_ou_chercher(acte, _droits(criteres, acte)),
        le=le,
        conditions_min=parametres[ParametresFaits].attributions_sous_condition_min,
        au_plus=recherche.recherche_numeros_max,
    )
    journaliser_recherche("CRITERES", dire_criteres(criteres), trouvees.ids, acte=acte)
    return trouvees


@transaction.atomic
def lister_radiees(
    depuis: datetime,
    *,
    acte: Acte,
    apres: Place = AU_DEBUT,
    motif: MotifRadiation | None = None,
    statut_dalo: str = "",
    reservataire: str = "",
) -> Depuis:
    """Demandes of the perimeter whose striking-off was sealed at or after ``depuis`` (aware), in that order.

    ``apres``: the place where the page before ended. ``statut_dalo`` takes the right to read it. Raises
    ``NonHabilite``.
    """
    au_plus = _ouvrir(acte)[ParametresRecherche].recherche_numeros_max
    page = listes.list_radiees(
        depuis,
        territoires=_ou_chercher(acte, [Permission.DALO_LIRE] if statut_dalo else []),
        au_plus=au_plus,
        apres=apres,
        motif=motif,
        statut_dalo=statut_dalo,
        reservataire=reservataire,
    )
    return _dire("RADIEES", depuis, page, acte=acte)


@transaction.atomic
def lister_nouveaux_dalo(
    depuis: datetime, *, acte: Acte, apres: Place = AU_DEBUT, statut: str = ""
) -> Depuis:
    """Demandes of the perimeter that a DALO status was recorded on, sealed at or after ``depuis`` (aware).

    Raises ``NonHabilite``.
    """
    au_plus = _ouvrir(acte)[ParametresRecherche].recherche_numeros_max
    territoires = _ou_chercher(acte, [Permission.DALO_LIRE])
    page = listes.list_nouveaux_dalo(
        depuis, territoires=territoires, au_plus=au_plus, apres=apres, statut=statut
    )
    return _dire("DALO", depuis, page, acte=acte)


def _ouvrir(acte: Acte) -> Parametres:
    require(policies.can_rechercher(acte.acteur), "Votre rôle ne permet pas de rechercher un dossier.")
    return get_parametres(horloge.jour(acte.survenu_le))


def _droits(criteres: Criteres, acte: Acte) -> list[Permission]:
    catalogue = get_pieces(horloge.jour(acte.survenu_le))
    de_sante = [t.code for t in catalogue.types if t.sante]
    droits = []
    if criteres.delai_anormal is not None:
        droits.append(Permission.DALO_LIRE)
    if dit_la_sante(criteres, pieces_de_sante=de_sante):
        droits.append(Permission.SANTE_LIRE)
    return droits


def _ou_chercher(acte: Acte, droits: Collection[Permission]) -> frozenset[str] | None:
    """Territories where the actor may search and holds each of these rights. Raises ``NonHabilite``."""
    portee = acte.acteur.territoires(Permission.DEMANDE_RECHERCHER)
    for droit in droits:
        require(acte.acteur.peut(droit), sans_droit(droit))
        lieux = acte.acteur.territoires(droit)
        portee = lieux if portee is None else portee if lieux is None else portee & lieux
    return portee


def _lire_numero(criteres: Criteres) -> Criteres:
    if not criteres.nud:
        return criteres
    try:
        return replace(criteres, nud=numero_unique.lire(criteres.nud).canonique)
    except numero_unique.NumeroInvalide as exc:
        raise Interdit(str(exc), champ="nud") from None


def _dire(quoi: str, depuis: datetime, page: Depuis, *, acte: Acte) -> Depuis:
    trouvees = list(dict.fromkeys(ligne.demande_id for ligne in page.lignes))
    journaliser_recherche(quoi, depuis.isoformat(), trouvees, acte=acte)
    return page
