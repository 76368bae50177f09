"""Sending what is due: one occurrence at a time, oldest first, each to the one end that the rules say."""

import io
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import InterfaceError, OperationalError, transaction

from sne.habilitations.models import Compte
from sne.infocentre.abonnements.actions.dire import Avis, Colis, a_qui, dire, envoyer_a
from sne.infocentre.abonnements.actions.suites import garder, lock_abonnement, noter
from sne.infocentre.abonnements.messages import MessageAbonnement
from sne.infocentre.abonnements.models import Edition
from sne.infocentre.abonnements.parametres import ParametresAbonnements
from sne.infocentre.abonnements.possible import exiger_renvoyer, exiger_service
from sne.infocentre.abonnements.rules.decisions import refus_des_filtres
from sne.infocentre.abonnements.rules.editions import est_sans_activite
from sne.infocentre.abonnements.rules.issues import FINALES, Constat, Issue, Pas, pas_suivant
from sne.infocentre.abonnements.rules.mots import periode_en_mots
from sne.infocentre.abonnements.rules.periodes import Couverte
from sne.infocentre.abonnements.selectors.abonnements import Abonnement, lire_abonnement
from sne.infocentre.abonnements.selectors.editions import lire_edition
from sne.infocentre.abonnements.selectors.envois import (
    EnvoiVu,
    est_apres_un_echec,
    get_envoi,
    lire_envoi,
    list_ouverts,
)
from sne.infocentre.abonnements.selectors.lecteurs import list_lecteurs, list_operateurs, list_tenants
from sne.infocentre.abonnements.selectors.rapports import (
    Voulue,
    demandee_de,
    est_couverte,
    filtres_de,
    get_connus,
)
from sne.infocentre.fichiers import ecrire
from sne.infocentre.fichiers.formats import Format
from sne.infocentre.rapports.selectors.tableau import Demandee, assembler
from sne.infocentre.rapports.selectors.versions import RapportLu, VersionLue, get_rapport
from sne.infocentre.rapports.tableau import Tableau
from sne.notifications.rules import Etat
from sne.notifications.selectors import compter_plis
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour

JOURNAL = logging.getLogger(__name__)
MO = 1_000_000
VIDE = "Aucune activité sur cette période dans ce périmètre\u00a0: les chiffres sont à zéro, ou absents."
RETABLI = "L’envoi est rétabli\u00a0: l’édition précédente n’avait pas pu partir."
RIEN = "Aucune activité\u00a0: rien n’est parti, comme il a été demandé."
REFUSES = "Aucune adresse n’a accepté le message. Vérifiez les adresses des comptes, puis renvoyez l’édition."
EN_PANNE = (
    "Le rapport n’a pas pu être établi. Renvoyez l’édition\u00a0; si l’échec se répète, dites-le au support."
)
SANS_VERSION = (
    "La version {version} de ce rapport n’est plus lue\u00a0: ouvrez l’abonnement et choisissez-en une autre."
)
PARTIS = frozenset({Etat.ENVOYE, Etat.DELIVRE})
A_VENIR = frozenset({Etat.A_ENVOYER, Etat.DIFFERE})
TABLEAUX = 32  # of a pass, kept for the next subscriptions that ask for the same
Lire = Callable[[Demandee, datetime], Tableau]


@dataclass(frozen=True, slots=True)
class _Tournee:
    """One occurrence being looked at: locked, as it is now."""

    envoi: EnvoiVu
    abonnement: Abonnement
    rapport: RapportLu
    lecteurs: tuple[Compte, ...]
    acte: Acte
    lire: Lire

    @property
    def nom(self) -> str:
        """The report as it is called now."""
        return self.version.vie.nom(self.acte.survenu_le)

    @property
    def version(self) -> VersionLue:
        """The one that the subscription follows, whether it is still read or not."""
        return self.rapport.versions[self.abonnement.reglage.version]

    @property
    def origine(self) -> str:
        """What its messages are asked by: one of each kind, for one occurrence."""
        return f"abonnement:{self.envoi.id}"

    @property
    def periode(self) -> str:
        return periode_en_mots(self.envoi.du, self.envoi.au)


def avancer_envois(*, acte: Acte) -> int:
    """Take every occurrence that has not ended one step further; how many moved. One that fails leaves the others.

    Raises ``NonHabilite``.
    """
    exiger_service(acte.acteur)
    lire = lru_cache(TABLEAUX)(_lire)
    return sum(_essayer(*ouvert, lire, acte=acte) for ouvert in list_ouverts())


@dataclass(frozen=True, slots=True)
class Renvoi:
    """An edition sent again: of which subscription, to how many."""

    abonnement: uuid.UUID
    destinataires: int


@transaction.atomic
def renvoyer_envoi(envoi_id: uuid.UUID, *, acte: Acte) -> Renvoi:
    """Send an edition again to whoever holds its roles now; it is made now when it never was.

    Raises ``Introuvable``, ``Interdit`` (it has not ended, nobody to read it, filters that the version lacks).
    """
    envoi, abonnement = get_envoi(envoi_id, acte.acteur)
    lock_abonnement(abonnement.id)
    envoi, abonnement = get_envoi(envoi_id, acte.acteur)
    exiger_renvoyer(envoi)
    tournee = _tournee(envoi, abonnement, _lire, acte=acte)
    if not tournee.lecteurs:
        raise Interdit(
            "Personne ne tient aujourd’hui un rôle qui reçoit ce rapport\u00a0: il n’y a personne à qui l’envoyer."
        )
    gardee = lire_edition(envoi.edition) if envoi.edition else None
    if gardee is None:
        refus = _refus(tournee)
        if refus:
            raise Interdit(refus)
        edition, tableau = _etablir(tournee)
    else:
        edition, tableau = gardee
    suite = noter(
        envoi,
        Issue.RENVOYE,
        abonnement.place,
        destinataires=len(tournee.lecteurs),
        edition=edition,
        acte=acte,
    )
    colis = Colis(edition, tableau, _joindre(tableau, tournee), (), f"abonnement-renvoi:{suite.id}")
    return Renvoi(abonnement.id, envoyer_a(colis, abonnement, tournee.lecteurs, acte=acte))


def _essayer(envoi_id: uuid.UUID, abonnement_id: uuid.UUID, lire: Lire, *, acte: Acte) -> bool:
    """Whether it moved. A database that is gone ends the pass: no other occurrence would do better."""
    try:
        with transaction.atomic():
            return _avancer(envoi_id, abonnement_id, lire, acte=acte)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        JOURNAL.exception("abonnement_en_panne %s", envoi_id)
        return _noter_l_essai(envoi_id, abonnement_id, acte=acte)


@transaction.atomic
def _noter_l_essai(envoi_id: uuid.UUID, abonnement_id: uuid.UUID, *, acte: Acte) -> bool:
    """The attempt, unless somebody ended it since."""
    lock_abonnement(abonnement_id)
    envoi = lire_envoi(envoi_id)
    if envoi.etat in FINALES:
        return False
    noter(envoi, Issue.ESSAI, lire_abonnement(abonnement_id).place, motif=EN_PANNE, acte=acte)
    return True


def _avancer(envoi_id: uuid.UUID, abonnement_id: uuid.UUID, lire: Lire, *, acte: Acte) -> bool:
    lock_abonnement(abonnement_id)
    envoi, abonnement = lire_envoi(envoi_id), lire_abonnement(abonnement_id)
    tournee = _tournee(envoi, abonnement, lire, acte=acte)
    constat = _constat(tournee)
    match pas_suivant(envoi.deja, constat):
        case Pas.ATTENDRE:
            return False
        case Pas.PREPARER:
            _preparer(tournee)
        case Pas.CONCLURE:
            _conclure(tournee, constat)
        case Pas.DIRE_EN_RETARD:
            _dire_en_retard(tournee)
        case Pas.DIRE_SANS_LECTEUR:
            _dire_sans_lecteur(tournee)
        case _:
            _echouer(tournee, constat.refus or (REFUSES if Issue.PREPARE in envoi.deja else EN_PANNE))
    return True


def _tournee(envoi: EnvoiVu, abonnement: Abonnement, lire: Lire, *, acte: Acte) -> _Tournee:
    reglage = abonnement.reglage
    return _Tournee(
        envoi,
        abonnement,
        get_rapport(reglage.rapport),
        list_lecteurs(abonnement.place, reglage.roles, le=jour(acte.survenu_le)),
        acte,
        lire,
    )


def _constat(tournee: _Tournee) -> Constat:
    envoi, parametres = tournee.envoi, get_parametres(jour(tournee.acte.survenu_le))[ParametresAbonnements]
    prepare_le = envoi.quand(Issue.PREPARE)
    plis = compter_plis(
        tournee.origine,
        territoire=tournee.abonnement.place.territoire,
        genre=MessageAbonnement.ABONNEMENT_EDITION,
    )
    attente = timedelta(hours=parametres.abonnement_retard_heures)
    return Constat(
        refus="" if prepare_le else _refus(tournee),
        couvert=est_couverte(Couverte(envoi.du, envoi.au)),
        lecteurs=len(tournee.lecteurs),
        tard=tournee.acte.survenu_le - (prepare_le or envoi.constate_le) >= attente,
        essais=envoi.deja.count(Issue.ESSAI),
        essais_max=parametres.abonnement_essais,
        partis=sum(plis[etat] for etat in PARTIS),
        refuses=plis[Etat.REJETE],
        en_attente=sum(plis[etat] for etat in A_VENIR),
    )


def _refus(tournee: _Tournee) -> str:
    """Why it can never be made as it is set; empty when it can."""
    reglage = tournee.abonnement.reglage
    if not tournee.version.vie.en_vigueur(tournee.acte.survenu_le):
        return SANS_VERSION.format(version=reglage.version)
    le = jour(tournee.acte.survenu_le)
    connus = get_connus(tournee.version, tournee.abonnement.place, le=le)
    return refus_des_filtres(reglage.filtres, connus.filtres, reglage.version)


def _etablir(tournee: _Tournee) -> tuple[Edition, Tableau]:
    reglage, place, envoi = tournee.abonnement.reglage, tournee.abonnement.place, tournee.envoi
    instant = tournee.acte.survenu_le
    voulue = Voulue(reglage.filtres, reglage.tri, place, Couverte(envoi.du, envoi.au))
    demandee = demandee_de(voulue, tournee.version, le=jour(instant))
    tableau = tournee.lire(demandee, instant)
    gardee = garder(tableau, place, filtres=filtres_de(demandee), tri=reglage.tri, acte=tournee.acte)
    return gardee, tableau


def _lire(demandee: Demandee, instant: datetime) -> Tableau:
    return assembler(demandee, instant=instant).tableau


def _preparer(tournee: _Tournee) -> None:
    """Make the edition and hand it over to the sending; nothing leaves of an empty one when it was asked so."""
    envoi, abonnement, acte = tournee.envoi, tournee.abonnement, tournee.acte
    edition, tableau = _etablir(tournee)
    vide = est_sans_activite(tableau)
    if vide and abonnement.reglage.sauf_vide:
        noter(envoi, Issue.VIDE, abonnement.place, motif=RIEN, edition=edition, acte=acte)
        return
    noter(
        envoi,
        Issue.PREPARE,
        abonnement.place,
        destinataires=len(tournee.lecteurs),
        edition=edition,
        acte=acte,
    )
    remarques = [VIDE] if vide else []
    if est_apres_un_echec(envoi):
        remarques.insert(0, RETABLI)
    colis = Colis(edition, tableau, _joindre(tableau, tournee), tuple(remarques), tournee.origine)
    envoyer_a(colis, abonnement, tournee.lecteurs, acte=acte)


def _joindre(tableau: Tableau, tournee: _Tournee) -> bool:
    """Whether its file is small enough for a mailbox."""
    flux = io.BytesIO()
    ecrire(tableau, Format(tournee.abonnement.reglage.format), flux)
    limite = get_parametres(jour(tournee.acte.survenu_le))[ParametresAbonnements].abonnement_piece_mo * MO
    return len(flux.getvalue()) <= limite


def _conclure(tournee: _Tournee, constat: Constat) -> None:
    gardee = lire_edition(tournee.envoi.edition) if tournee.envoi.edition else None
    vide = gardee is not None and est_sans_activite(gardee[1])
    motif = f"{constat.refuses} adresse(s) sur {constat.partis + constat.refuses} ont refusé le message."
    noter(
        tournee.envoi,
        Issue.VIDE if vide else Issue.ENVOYE,
        tournee.abonnement.place,
        motif=motif if constat.refuses else "",
        destinataires=constat.partis,
        acte=tournee.acte,
    )


def _dire_en_retard(tournee: _Tournee) -> None:
    cause = (
        "Le serveur d’envoi n’a pas encore pris le message."
        if Issue.PREPARE in tournee.envoi.deja
        else "Les chiffres ne vont pas encore jusqu’à la fin de cette période."
    )
    avis = Avis(
        MessageAbonnement.ABONNEMENT_EN_RETARD,
        f"L’édition {tournee.periode} est en retard. {cause}",
        "Elle partira dès que possible, sans que vous ayez rien à faire.",
        tournee.origine,
    )
    dits = dire(avis, tournee.abonnement, tournee.lecteurs, rapport=tournee.nom, acte=tournee.acte)
    noter(
        tournee.envoi,
        Issue.RETARDE,
        tournee.abonnement.place,
        motif=cause,
        destinataires=dits,
        acte=tournee.acte,
    )


def _dire_sans_lecteur(tournee: _Tournee) -> None:
    avis = Avis(
        MessageAbonnement.ABONNEMENT_SANS_LECTEUR,
        f"L’édition {tournee.periode} devait partir, et personne ne tient aujourd’hui un rôle qui la reçoit.",
        "Accordez une habilitation dans ce lieu\u00a0: l’édition partira dans l’heure qui suit.",
        tournee.origine,
    )
    operateurs = list_operateurs(le=jour(tournee.acte.survenu_le))
    dits = dire(avis, tournee.abonnement, operateurs, rapport=tournee.nom, acte=tournee.acte)
    noter(tournee.envoi, Issue.SANS_LECTEUR, tournee.abonnement.place, destinataires=dits, acte=tournee.acte)


def _echouer(tournee: _Tournee, motif: str) -> None:
    """Told once: to who would have read it, to who decides of it, to national operation."""
    le = jour(tournee.acte.survenu_le)
    avis = Avis(
        MessageAbonnement.ABONNEMENT_EN_ECHEC,
        f"L’édition {tournee.periode} n’est pas partie. {motif}",
        "Une fois la cause corrigée, renvoyez l’édition depuis la page de l’abonnement.",
        tournee.origine,
    )
    comptes = a_qui(tournee.lecteurs, list_tenants(tournee.abonnement.place, le=le), list_operateurs(le=le))
    dits = dire(avis, tournee.abonnement, comptes, rapport=tournee.nom, acte=tournee.acte)
    noter(
        tournee.envoi,
        Issue.ECHEC,
        tournee.abonnement.place,
        motif=motif,
        destinataires=dits,
        acte=tournee.acte,
    )
