"""Opening a campaign: a line for each role in force, with its last use and what it never used."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from sne.habilitations import policies
from sne.habilitations.actions.annonces import service_des_habilitations
from sne.habilitations.actions.revues.annonces import annoncer_revue
from sne.habilitations.models import CampagneRevue, Habilitation, LigneRevue
from sne.habilitations.parametres import ParametresHabilitations
from sne.habilitations.rules import Role
from sne.habilitations.rules.revues import MODELES, CodeModele
from sne.habilitations.selectors.periodes import en_vigueur
from sne.habilitations.selectors.revues import is_revue_ouverte
from sne.habilitations.selectors.rythmes import is_revue_due
from sne.habilitations.selectors.usages import derniere_utilisation, list_jamais_utilises
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_guichet, get_parametres, get_territoire
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour
from sne.socle.lignes import sans_double

REFUS = "Vous ne pouvez pas ouvrir de revue ici : demandez au gestionnaire territorial."


@dataclass(frozen=True, slots=True)
class OuvertureRevue:
    """Where (a guichet, a territory, the nation when both are empty) and until which last day; its own when absent."""

    territoire: str = ""
    guichet: str = ""
    limite: date | None = None
    modele: CodeModele = CodeModele.TRIMESTRIELLE


@transaction.atomic
def ouvrir_revue(ouverture: OuvertureRevue, *, acte: Acte) -> uuid.UUID:
    """Ask that every role of a place be confirmed; returns the identifier of the campaign.

    Raises ``NonHabilite``, or ``Interdit`` (unknown place, nothing to review there, a day that is past, one open
    already).
    """
    mandat = policies.require_mandat(
        policies.mandat_pour_ouvrir_revue(
            acte.acteur, territoire=ouverture.territoire, guichet=ouverture.guichet
        ),
        REFUS,
    )
    le = jour(acte.survenu_le)
    _verifier_lieu(ouverture, le=le)
    limite = ouverture.limite or _limite(ouverture.modele, le)
    if limite <= le:
        raise Interdit("Dernier jour : il est passé. Indiquez un jour à venir.", champ="limite")
    campagne = _ouvrir(ouverture, limite, role=mandat.role, acte=acte)
    if campagne is None:
        raise Interdit("Personne n’a d’habilitation ici : il n’y a rien à revoir.", champ="guichet")
    return campagne.id


@transaction.atomic
def ouvrir_revue_nationale(territoire: str, modele: CodeModele, *, demandee_le: date, acte: Acte) -> bool:
    """Open a national campaign in one territory, or for national roles (empty); whether it opened.

    Where it is already open, or where nobody holds a role, nothing changes; so it may be run again after a stop. The
    last day counts from ``demandee_le``, the same everywhere. Raises ``NonHabilite``.
    """
    mandat = policies.require_mandat(policies.mandat_pour_ouvrir_revue(acte.acteur, territoire=""), REFUS)
    ouverture = OuvertureRevue(territoire=territoire, modele=modele)
    return _ouvrir_si_libre(ouverture, _limite(modele, demandee_le), role=mandat.role, acte=acte)


@transaction.atomic
def ouvrir_revue_due(territoire: str, *, survenu_le: datetime) -> bool:
    """Open the regular review of a territory when its day has come; whether it opened.

    By the service: the rhythm is the territory's, and the person who set it may have left.
    """
    le = jour(survenu_le)
    if not is_revue_due(territoire, le=le):
        return False
    ouverture = OuvertureRevue(territoire=territoire)
    return _ouvrir_si_libre(
        ouverture,
        _limite(ouverture.modele, le),
        role=str(Role.EXPLOITATION_NATIONALE),
        acte=Acte(service_des_habilitations(), survenu_le),
    )


def _limite(modele: CodeModele, ouverte_le: date) -> date:
    return MODELES[modele].limite(
        ouverte_le, jours=get_parametres(ouverte_le)[ParametresHabilitations].revue_duree_jours
    )


def _ouvrir_si_libre(ouverture: OuvertureRevue, limite: date, *, role: str, acte: Acte) -> bool:
    if is_revue_ouverte(ouverture.territoire, ouverture.modele):
        return False
    try:
        campagne = _ouvrir(ouverture, limite, role=role, acte=acte)
    except Interdit:  # another pass opened it meanwhile
        return False
    return campagne is not None


def _verifier_lieu(ouverture: OuvertureRevue, *, le: date) -> None:
    if ouverture.territoire and get_territoire(ouverture.territoire) is None:
        raise Interdit("Territoire : ce code n’existe pas. Vérifiez-le.", champ="territoire")
    if ouverture.guichet and get_guichet(ouverture.territoire, ouverture.guichet, le=le) is None:
        raise Interdit("Guichet : il n’est pas ouvert dans ce territoire. Vérifiez le code.", champ="guichet")


def _ouvrir(ouverture: OuvertureRevue, limite: date, *, role: str, acte: Acte) -> CampagneRevue | None:
    le = jour(acte.survenu_le)
    tenues = Habilitation.objects.filter(en_vigueur(le), territoire=ouverture.territoire)
    if ouverture.guichet:
        tenues = tenues.filter(guichet=ouverture.guichet)
    a_revoir = list(tenues.select_related("compte").annotate(utilise=derniere_utilisation()).order_by("id"))
    if not a_revoir:
        return None
    campagne = CampagneRevue(
        territoire=ouverture.territoire,
        guichet=ouverture.guichet,
        modele=str(ouverture.modele),
        ouverte_par=acte.acteur.id,
        ouverte_le=acte.survenu_le,
        limite=limite,
    )
    with sans_double("Une revue est déjà ouverte ici. Terminez-la d’abord.", champ="guichet"):
        campagne.save(force_insert=True)
    jamais = list_jamais_utilises(a_revoir)
    LigneRevue.objects.bulk_create(
        LigneRevue(
            territoire=campagne.territoire,
            campagne=campagne,
            habilitation=h,
            derniere_utilisation=jour(h.utilise) if h.utilise else None,
            jamais=[str(p) for p in jamais[h.id]],
        )
        for h in a_revoir
    )
    inscrire(
        Entree(
            VerbeHabilitation.OUVRIR_REVUE,
            acte,
            territoire=campagne.territoire,
            role=role,
            faits={
                "campagne": str(campagne.id),
                "guichet": campagne.guichet,
                "modele": campagne.modele,
                "limite": limite.isoformat(),
                "lignes": len(a_revoir),
            },
        )
    )
    annoncer_revue(campagne, a_revoir, rappel=0, survenu_le=acte.survenu_le)
    return campagne
