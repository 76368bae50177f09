"""What surrounds an act on a demande, for the control of identity: operations, past examinations, used names."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q

from sne.habilitations.selectors import list_comptes_de
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.identite import Voie
from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.controle import models
from sne.registre.controle.models import ExamenIdentite
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.decision import Decision
from sne.registre.controle.rules.operations import Champ, Operation, TypeOperation, nommer
from sne.registre.controle.rules.plan import Alentours
from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.rules.personne import IssueIdentite
from sne.registre.demande.rules.rattachement import PreuveRattachement
from sne.registre.enquete.selectors.restauration import get_retablie_le
from sne.socle.acteur import Canal
from sne.socle.horloge import debut_du_jour, jour


def get_seuils(le: date) -> Seuils:
    """The thresholds in force on that day."""
    return get_parametres(le)[Seuils]


def get_alentours(demande: Demande, acte: Operation, lignes: Sequence[Identite], *, fige: bool) -> Alentours:
    """What surrounds ``acte``. ``lignes``: every identity of the demande, as :func:`list_identites` gives them."""
    le = jour(acte.horodatage)
    seuils = get_seuils(le)
    recul = max(seuils.usage_stable_jours, seuils.contact_recent_jours, seuils.reactivation_recente_jours)
    retablie = get_retablie_le(demande.id)
    depuis = _apres(debut_du_jour(ajouter_mois(le, -seuils.automatique_mois)), retablie)
    decidees = (ligne.decision.survenu_le for ligne in lignes if _validee(ligne))
    automatiques = ExamenIdentite.objects.filter(
        territoire=demande.territoire,
        demande=demande,
        decision=Decision.AUTOMATIQUE.value,
        survenu_le__gte=depuis,
    )
    return Alentours(
        acte=acte,
        passees=list_operations(
            demande.id, depuis=_apres(debut_du_jour(le - timedelta(days=recul)), retablie)
        ),
        depot=get_date_protegee(demande, le=le, seuils=seuils),
        seuils=seuils,
        usages=usages_stables(lignes, avant=le - timedelta(days=seuils.usage_stable_jours)),
        automatiques=tuple(automatiques.values_list("survenu_le", flat=True)),
        validees=tuple(instant for instant in decidees if instant >= depuis),
        fige=fige,
        reconnues=_reconnues(demande),
    )


def _reconnues(demande: Demande) -> frozenset[str]:
    """Persons of this demande who follow it online by the civil status that the State gives."""
    liens = Rattachement.objects.filter(
        territoire=demande.territoire, demande=demande, preuve=PreuveRattachement.PIVOT, fini_le=None
    )
    return frozenset(map(str, liens.values_list("personne_id", flat=True)))


def get_date_protegee(demande: Demande, *, le: date, seuils: Seuils) -> date:
    """Day from which the identity is protected: that of the seniority, or of the seniority that a decision may still
    give.

    A demande that waits for the seniority of a separation, or for an older date, is young until then, but its
    identity is not free to change: somebody written in it meanwhile would receive that seniority.
    """
    acquise: date = demande.date_anciennete
    if (le - acquise).days >= seuils.anciennete_libre_jours:
        return acquise
    attendues = Separation.objects.filter(nouvelle=demande, decision=None).exclude(a_decider=[])
    demandees = RequeteAnteriorite.objects.filter(demande=demande, decision=None)
    return min(
        [
            acquise,
            *attendues.values_list("titre__date_depot", flat=True),
            *demandees.values_list("date_demandee", flat=True),
        ]
    )


def list_operations(demande_id: uuid.UUID, *, depuis: datetime) -> tuple[Operation, ...]:
    """What was done to a demande since that instant, the oldest first."""
    lues = models.Operation.objects.filter(demande=demande_id, survenu_le__gte=depuis)
    return tuple(
        Operation(
            horodatage=o.survenu_le,
            canal=Canal(o.canal),
            guichet=o.guichet,
            agent=nommer(Canal(o.canal), o.auteur, o.agent),
            type=TypeOperation(o.type),
            champs=frozenset(map(Champ, o.champs)),
        )
        for o in lues.order_by("survenu_le", "id")
    )


def count_autres_dossiers(operation: models.Operation, acte: Operation, *, depuis_jours: int) -> int:
    """Other old files on which the same author made a risky change lately.

    The person behind the account; through an interface, whose account is a machine's, the person whom the software
    names, else the counter by its software.
    """
    if acte.par_le_guichet:
        memes = Q(territoire=operation.territoire, guichet=operation.guichet, canal=operation.canal)
    elif acte.canal is Canal.INTERFACE:
        memes = Q(auteur=operation.auteur, agent=operation.agent, canal=operation.canal)
    else:
        memes = Q(auteur__in=list_comptes_de(operation.auteur)) & ~Q(canal=Canal.INTERFACE)
    semblables = models.Operation.objects.filter(
        memes, risque=True, survenu_le__gte=operation.survenu_le - timedelta(days=depuis_jours)
    )
    return semblables.exclude(demande=operation.demande_id).values("demande").distinct().count()


def usages_stables(lignes: Iterable[Identite], *, avant: date) -> dict[str, str]:
    """The used name of each person, by ``personne``, where it has been theirs since that day or before."""
    portes: dict[str, tuple[str, datetime]] = {}
    for ligne in lignes:
        if ligne.retrait or (ligne.voie == Voie.CONTROLE and not _validee(ligne)):
            continue
        connu = portes.get(str(ligne.personne_id))
        if connu is None or connu[0] != ligne.nom_usage:
            portes[str(ligne.personne_id)] = (ligne.nom_usage, ligne.survenu_le)
    return {personne: nom for personne, (nom, depuis) in portes.items() if nom and jour(depuis) <= avant}


def get_changement_qui_retient(demande_id: uuid.UUID) -> tuple[datetime, Identite] | None:
    """The last change of a protected trait, applied or still asked for, and its instant: contacts wait after it.

    A change that two persons have undone since does not count: the household has to be able to say where it is reached.
    """
    examinees = Identite.objects.filter(personne__demande=demande_id, examen__isnull=False).select_related(
        "decision"
    )
    instants = []
    for ligne in examinees:
        decision = getattr(ligne, "decision", None)
        if decision is None or decision.issue == IssueIdentite.VALIDEE:
            instants += [(decision.survenu_le if decision else ligne.survenu_le, ligne)]
    if not instants:
        return None
    retablie = get_retablie_le(demande_id)
    dernier = max(instants, key=lambda trouve: (trouve[0], trouve[1].id))
    return None if retablie is not None and dernier[0] < retablie else dernier


def _apres(depuis: datetime, retablie: datetime | None) -> datetime:
    """The same start, or the instant at which the demande was put back: what was undone is not held against it."""
    return depuis if retablie is None else max(depuis, retablie)


def _validee(ligne: Identite) -> bool:
    return hasattr(ligne, "decision") and ligne.decision.issue == IssueIdentite.VALIDEE
