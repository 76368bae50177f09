"""The notice of a demande: how its household may be reached, whether it was told, what came of it."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from sne.notifications.rules import Canal
from sne.referentiels.rules import Parametres
from sne.referentiels.selectors import get_geographie, get_parametres
from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.enquete.selectors.gels import sans_gel
from sne.registre.vie.models.horloge import PassageHorloge
from sne.registre.vie.models.preavis import EchecPreavis, Preavis
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.registre.vie.rules.preavis import ReglesDuPreavis, motif_de_retenue
from sne.registre.vie.selectors.renouvellement import Valable
from sne.socle.acteur import Acteur
from sne.socle.pages import Page
from sne.socle.pages_sql import lire_page, situer

PAR_LISTE = 100
MOIS_RELUS = 2  # of passes: where none was whole since, every validity that still lasts is read


@dataclass(frozen=True, slots=True)
class PreavisLu:
    """The notice of the present validity, as the page of a file tells it. ``jour``: when it was given."""

    jour: date
    canaux: tuple[Canal, ...]
    date_radiation: date
    possible: bool
    echoue: bool


@dataclass(frozen=True, slots=True)
class PreavisARemettre:
    """A household that no notice reached, and what it is about to lose; ``id``: by which a page names its line."""

    id: uuid.UUID
    nud: str
    date_expiration: date
    date_radiation: date
    possible: bool


def get_regles(demande: Valable, *, le: date) -> ReglesDuPreavis:
    """The rules of a notice on ``le``: the month is the one that the household was told."""
    base = demande.date_dernier_renouvellement or demande.date_depot
    du_jour: Parametres = get_parametres(le)
    return ReglesDuPreavis(
        get_parametres(base)[ParametresDemande].preavis_mois,
        du_jour[ParametresDemande].preavis_marge_jours,
        du_jour[ParametresDemande].retenir_sans_preavis,
    )


def get_preavis(demande_id: uuid.UUID, date_expiration: date) -> PreavisLu | None:
    """The notice of that end of validity: the one that was given, if there is one, else the one that was impossible.

    The caller has checked that its actor may read this demande.
    """
    lignes = Preavis.objects.filter(demande=demande_id, date_expiration=date_expiration)
    preavis = lignes.select_related("echec").order_by("-possible").first()
    return _lu(preavis) if preavis else None


def list_preavis(fins: Mapping[uuid.UUID, date]) -> dict[uuid.UUID, PreavisLu]:
    """The same of many demandes at once, by identifiers and ends of validity; those without a notice are absent."""
    lignes = Preavis.objects.filter(demande__in=[*fins]).select_related("echec").order_by("possible")
    return {p.demande_id: _lu(p) for p in lignes if p.date_expiration == fins[p.demande_id]}


def _lu(preavis: Preavis) -> PreavisLu:
    return PreavisLu(
        jour=preavis.jour,
        canaux=tuple(Canal(c) for c in preavis.canaux),
        date_radiation=preavis.date_radiation,
        possible=preavis.possible,
        echoue=hasattr(preavis, "echec"),
    )


def get_motif_de_retenue(demande_id: uuid.UUID, demande: Valable, *, le: date) -> str:
    """Why this validity may not end on ``le``; empty when it may, as always while the parameter is off."""
    regles = get_regles(demande, le=le)
    if not regles.retenir:
        return ""
    preavis = get_preavis(demande_id, demande.date_expiration)
    donne = preavis if preavis and preavis.possible else None
    return motif_de_retenue(
        donne.jour if donne else None, echoue=bool(donne and donne.echoue), regles=regles, jour=le
    )


def is_retenue(demande_id: uuid.UUID, *, le: date) -> bool:
    """Whether the end of this demande waits for its notice on ``le``; nothing is read while the parameter is off."""
    if not get_parametres(le)[ParametresDemande].retenir_sans_preavis:
        return False
    return bool(get_motif_de_retenue(demande_id, Demande.objects.get(id=demande_id), le=le))


def sans_preavis() -> Q:
    """Demandes whose present end of validity has no notice yet, for the clock."""
    donnes = Preavis.objects.filter(
        demande=OuterRef("id"), date_expiration=OuterRef("date_expiration"), possible=True
    )
    return Q(~Exists(donnes))


def count_sans_preavis(*, le: date) -> int:
    """Households whose notice is late after ``le`` by law, still valid, and of whom nothing says that it was given or
    could not be.

    Read at each scraping: of the days since the last whole pass of each territory, which told all that was due; one
    day of ends of validity where every night goes well, a whole month of them where none did.
    """
    mois = get_parametres(le)[ParametresDemande].preavis_mois
    jusqu_a = ajouter_mois(le + timedelta(days=1), mois) - timedelta(days=1)
    dits = Preavis.objects.filter(demande=OuterRef("id"), date_expiration=OuterRef("date_expiration"))
    a_lire = Q(pk__in=())  # none, where there is no territory
    for depuis, territoires in _a_verifier(le).items():
        fins = max(le, ajouter_mois(depuis, mois)), jusqu_a
        a_lire |= Q(territoire__in=territoires, date_expiration__range=fins)
    return Demande.objects.filter(a_lire, sans_gel(), ~Exists(dits), statut__in=sorted(OUVERTES)).count()


def _a_verifier(le: date) -> dict[date, list[str]]:
    """Territories by the first day whose notices no whole pass told; ``le`` at the latest, whatever the passes say."""
    passages = PassageHorloge.objects.filter(
        etape=EtapeHorloge.PREAVIS, jour__gte=ajouter_mois(le, -MOIS_RELUS), termine_le__isnull=False
    )
    derniers = dict(passages.values_list("territoire").annotate(dernier=Max("jour")))
    par_jour: dict[date, list[str]] = defaultdict(list)
    for code in get_geographie().territoires:
        dernier = derniers.get(code)
        par_jour[min(le, dernier + timedelta(days=1)) if dernier else date.min].append(code)
    return par_jour


def list_preavis_a_remettre(
    acteur: Acteur, *, apres: uuid.UUID | None = None, avant: uuid.UUID | None = None
) -> Page[PreavisARemettre]:
    """Households that no notice reached, those struck off soonest first: somebody has to tell them.

    ``apres``, ``avant``: the key of a household, even if it was told since; an unknown key gives the first page.
    """
    connus = EchecPreavis.objects.filter(demande__in=Demande.objects.filter(policies.scope(acteur)))
    page = lire_page(
        _a_remettre(acteur)
        .select_related("preavis", "demande")
        .annotate(radiee_le=F("preavis__date_radiation")),
        situer(connus, "preavis__date_radiation", apres=apres, avant=avant),
        ordre=("radiee_le", "id"),
        par_page=PAR_LISTE,
    )
    return page.montrer(
        PreavisARemettre(
            id=echec.id,
            nud=echec.demande.nud,
            date_expiration=echec.preavis.date_expiration,
            date_radiation=echec.preavis.date_radiation,
            possible=echec.preavis.possible,
        )
        for echec in page.lignes
    )


def compter_preavis_a_remettre(acteur: Acteur) -> int:
    """How many such households there are: those that the actor's counter follows, or of its whole perimeter."""
    return _a_remettre(acteur).count()


def _a_remettre(acteur: Acteur) -> QuerySet[EchecPreavis]:
    """Only those that still matter: the demande is open, its validity is still the one announced, and no later notice
    reached it.
    """
    ouvertes = Demande.objects.filter(policies.scope(acteur), statut__in=sorted(OUVERTES))
    if acteur.guichet:
        ouvertes = ouvertes.filter(guichet_gestionnaire=acteur.guichet)
    depuis = Preavis.objects.filter(
        demande=OuterRef("demande"), date_expiration=OuterRef("preavis__date_expiration"), possible=True
    )
    return EchecPreavis.objects.filter(
        ~Exists(depuis) | Q(preavis__possible=True),
        demande__in=ouvertes,
        preavis__date_expiration=F("demande__date_expiration"),
    )
