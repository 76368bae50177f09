"""What the daily clock has to do, territory by territory, and how far it went."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain

from django.db.models import Max, Q

from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut
from sne.registre.enquete.selectors.enquetes import sans_enquete
from sne.registre.enquete.selectors.gels import limite_de_retour, sans_gel
from sne.registre.vie.models.annulation import Annulation
from sne.registre.vie.models.arret import Arret
from sne.registre.vie.models.horloge import PassageHorloge
from sne.registre.vie.rules.effacement import premier_jour, premier_jour_d_un_double
from sne.registre.vie.rules.horloge import EtapeHorloge, Passage
from sne.registre.vie.rules.preavis import est_du
from sne.registre.vie.selectors.arrets import get_arret
from sne.registre.vie.selectors.preavis import get_regles, sans_preavis
from sne.registre.vie.selectors.radiation import comptee_depuis, sans_depart_a_decider
from sne.registre.vie.selectors.renouvellement import get_fenetre
from sne.socle import horloge

LOT = 500  # identifiers read at a time


def list_a_faire(etape: EtapeHorloge, territoire: str, *, jour: date) -> Iterator[uuid.UUID]:
    """Applications that this step moves on ``jour``, the longest overdue first.

    Frozen ones are left alone: their clock is stopped. Read by pages of keys, so that an application that changes
    during the reading is neither missed nor read twice.
    """
    listes = {
        EtapeHorloge.PREAVIS: _a_prevenir,
        EtapeHorloge.EXPIRATION: _a_expirer,
        EtapeHorloge.RADIATION: _a_radier,
        EtapeHorloge.ARRET: _a_arreter,
        EtapeHorloge.PURGE: _a_effacer,
    }
    return listes[etape](territoire, jour)


def list_passages(jour: date) -> tuple[Passage, ...]:
    """What was done for that day, by step then territory."""
    lignes = PassageHorloge.objects.filter(jour=jour).order_by("etape", "territoire")
    return tuple(
        Passage(p.territoire, p.jour, EtapeHorloge(p.etape), p.traites, p.refuses, p.retenues, p.termine_le)
        for p in lignes
    )


def get_dernier_passage() -> datetime | None:
    """When the last step that ran to its end ended; ``None`` when none ever did."""
    dernier: datetime | None = PassageHorloge.objects.aggregate(dernier=Max("termine_le"))["dernier"]
    return dernier


def _a_prevenir(territoire: str, jour: date) -> Iterator[uuid.UUID]:
    """Those whose household is not told yet. The index gives a few too many; the durations of each file decide."""
    parametres = get_parametres(jour)
    avance = timedelta(
        days=parametres[ParametresDemande].renouvellement_ouverture_jours
        + parametres[ParametresDemande].preavis_marge_jours
    )
    jusqu_a = ajouter_mois(jour, parametres[ParametresDemande].preavis_mois + 1) + avance
    proches = Q(territoire=territoire, statut__in=sorted(OUVERTES), date_expiration__lte=jusqu_a)
    for demande in _par_cle(proches & sans_preavis()):
        fenetre, regles = get_fenetre(demande, le=jour), get_regles(demande, le=jour)
        if est_du(fenetre, regles, jour=jour):
            yield demande.id


def _a_expirer(territoire: str, jour: date) -> Iterator[uuid.UUID]:
    echues = Q(territoire=territoire, statut=Statut.ACTIVE, date_expiration__lt=jour)
    for demande in _par_cle(echues):
        yield demande.id


def _a_radier(territoire: str, jour: date) -> Iterator[uuid.UUID]:
    """Those whose month of tolerance is over. The index gives a few too many; the durations of each file decide."""
    tolerance = (
        get_parametres(jour)[ParametresDemande].radiation_mois
        - get_parametres(jour)[ParametresDemande].delaiz_mois
    )
    depuis = ajouter_mois(jour, -tolerance) + timedelta(days=3)  # months are not of one length
    echues = Q(territoire=territoire, statut__in=sorted(OUVERTES), date_expiration__lt=depuis)
    for demande in _par_cle(echues):
        if get_fenetre(demande, le=jour).fermeture < jour:
            yield demande.id


def _a_arreter(territoire: str, jour: date) -> Iterator[uuid.UUID]:
    """Those whose household asked, and thought for long enough, freezes left out. They are few: read at once."""
    dus = Arret.objects.filter(
        sans_gel("demande"),
        territoire=territoire,
        clos_le=None,
        effet_le__lte=jour,
        demande__statut__in=sorted(OUVERTES),
    )
    for demande_id in [*dus.order_by("effet_le", "id").values_list("demande", flat=True)]:
        arret = get_arret(demande_id)
        if arret is not None and arret.effet_le <= jour:
            yield demande_id


def _a_effacer(territoire: str, jour: date) -> Iterator[uuid.UUID]:
    return chain(_radiees_a_effacer(territoire, jour), _doubles_a_effacer(territoire, jour))


def _radiees_a_effacer(territoire: str, jour: date) -> Iterator[uuid.UUID]:
    """Those struck off for long enough, counted from the striking-off in force; a demande that came back has none."""
    parametres = get_parametres(jour)
    depuis = ajouter_mois(jour, -parametres[ParametresDemande].purge_mois_apres_radiation) + timedelta(days=3)
    echues = Q(
        territoire=territoire, date_radiation__lte=depuis, demande__statut=Statut.RADIEE, reactivation=None
    )
    apres: tuple[date, uuid.UUID] | None = None
    while True:
        suite = Q()
        if apres is not None:
            suite = Q(date_radiation__gt=apres[0]) | Q(date_radiation=apres[0], demande__gt=apres[1])
        page = list(
            Radiation.objects.filter(
                echues, suite, sans_gel("demande"), sans_enquete("demande"), sans_depart_a_decider("demande")
            ).order_by("date_radiation", "demande")[:LOT]
        )
        for radiation in page:
            retour = limite_de_retour(radiation, le=jour)
            if (
                premier_jour(
                    comptee_depuis(radiation), delais=parametres[ParametresDemande], retour_jusqu_au=retour
                )
                <= jour
            ):
                yield radiation.demande_id
        if len(page) < LOT:
            return
        apres = (page[-1].date_radiation, page[-1].demande_id)


def _doubles_a_effacer(territoire: str, jour: date) -> Iterator[uuid.UUID]:
    """Those taken back for long enough; one that was put back is no double. They are few: read at once."""
    parametres = get_parametres(jour)
    annulations = Annulation.objects.filter(
        sans_gel("demande"),
        sans_enquete("demande"),
        territoire=territoire,
        demande__statut=Statut.ANNULEE,
        retablissement=None,
    ).order_by("survenu_le", "demande")
    for demande_id, *instants in list(annulations.values_list("demande", "survenu_le", "inscrit_le")):
        if (
            premier_jour_d_un_double(horloge.jour(max(instants)), delais=parametres[ParametresDemande])
            <= jour
        ):
            yield demande_id


def _par_cle(condition: Q) -> Iterator[Demande]:
    apres: tuple[date, uuid.UUID] | None = None
    colonnes = ("id", "date_expiration", "date_depot", "date_dernier_renouvellement")
    while True:
        suite = Q()
        if apres is not None:
            suite = Q(date_expiration__gt=apres[0]) | Q(date_expiration=apres[0], id__gt=apres[1])
        page = list(
            Demande.objects.filter(condition, suite, sans_gel())
            .order_by("date_expiration", "id")
            .only(*colonnes)[:LOT]
        )
        yield from page
        if len(page) < LOT:
            return
        apres = (page[-1].date_expiration, page[-1].id)
