"""Authorisations of helpers, as the person and the body read them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from sne.habilitations.selectors.aidants import list_organismes_aidants
from sne.journal.selectors import derniers_actes_sous
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.policies import scope
from sne.registre.demande.rules.mandat_aide import FinMandat, Portee, StatutMandat
from sne.registre.mandat import policies
from sne.registre.mandat.parametres import ParametresMandat
from sne.registre.mandat.rules.mandat import FINS, LIBELLES, durees, enumerer, texte_signe
from sne.registre.mandat.selectors.empechements import get_empechement
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class MandatLu:
    """One authorisation. ``quoi``: what it lets do, in words; ``fin``: why it ended, in words; ``empeche``: why a
    helper may not act under it now, empty when they may; ``dernier_acte``: when one last did.
    """

    id: uuid.UUID
    organisme: str
    quoi: str
    portees: tuple[Portee, ...]
    texte: str
    statut: StatutMandat
    signe_le: datetime
    accepter_avant: date
    jusqu_au: date | None
    fini_le: datetime | None
    fin: str
    empeche: str
    dernier_acte: datetime | None = None

    @property
    def propose(self) -> bool:
        """Whether the body has not answered yet."""
        return self.statut is StatutMandat.PROPOSE

    @property
    def actif(self) -> bool:
        """Whether both signed, and none ended it."""
        return self.statut is StatutMandat.ACTIF

    @property
    def en_cours(self) -> bool:
        """Whether it has not ended."""
        return self.statut is not StatutMandat.FINI

    @property
    def documents(self) -> bool:
        """Whether it lets add documents."""
        return Portee.DOCUMENTS in self.portees


@dataclass(frozen=True, slots=True)
class AideListee:
    """One authorisation in the list of a body, with who gave it."""

    mandat: MandatLu
    nud: str
    nom: str


def list_mandats(visite: Visite, *, le: date) -> tuple[MandatLu, ...]:
    """Those of the demande of this link, those under way first, then the newest first."""
    lignes = list(
        MandatAide.objects.filter(territoire=visite.lien.territoire, demande=visite.lien.demande_id)
        .select_related("demande")
        .order_by("-survenu_le", "-id")
    )
    actes = derniers_actes_sous(visite.lien.demande_id, [ligne.id for ligne in lignes]) if lignes else {}
    lus = [lire(ligne, ligne.demande, le=le, actes=actes) for ligne in lignes]
    return tuple(sorted(lus, key=lambda lu: not lu.en_cours))


def list_mandats_de(demande_id: uuid.UUID, acteur: Acteur, *, le: date) -> tuple[MandatLu, ...]:
    """Those of a demande that this actor may read, the newest first."""
    lisibles = Demande.objects.filter(scope(acteur), id=demande_id)
    lignes = MandatAide.objects.filter(demande__in=lisibles).select_related("demande")
    return tuple(lire(ligne, ligne.demande, le=le) for ligne in lignes.order_by("-survenu_le", "-id"))


def list_aides(acteur: Acteur, *, le: date) -> tuple[AideListee, ...]:
    """The persons that this actor's bodies help, or are asked to help: those to answer first, then by name."""
    lignes = en_cours(acteur).select_related("demande", "identite")
    lues = [
        AideListee(
            lire(ligne, ligne.demande, le=le),
            ligne.demande.nud,
            f"{ligne.identite.prenoms} {ligne.identite.nom_usage or ligne.identite.nom_naissance}",
        )
        for ligne in lignes
    ]
    return tuple(sorted(lues, key=lambda lue: (not lue.mandat.propose, lue.nom, str(lue.mandat.id))))


def compter_a_accepter(acteur: Acteur) -> int:
    """How many persons wait for the answer of this actor's bodies."""
    return en_cours(acteur).filter(statut=StatutMandat.PROPOSE.value).count()


def en_cours(acteur: Acteur) -> QuerySet[MandatAide]:
    """Rows that have not ended, of the bodies for which this actor helps."""
    corps = policies.corps_de(acteur)
    lieux = (Q(territoire=territoire, organisme=organisme) for territoire, organisme in sorted(corps))
    return MandatAide.objects.filter(reduce(or_, lieux, Q(pk__in=[])), clos_le=None)


def lire(
    ligne: MandatAide, demande: Demande, *, le: date, actes: Mapping[uuid.UUID, datetime] | None = None
) -> MandatLu:
    """A row in words, as it stands that day."""
    return MandatLu(
        id=ligne.id,
        organisme=ligne.organisme_nom,
        quoi=enumerer(ligne.portees),
        portees=tuple(map(Portee, ligne.portees)),
        texte=texte_signe(ligne.organisme_nom, ligne.portees, ligne.jours),
        statut=StatutMandat(ligne.statut),
        signe_le=ligne.survenu_le,
        accepter_avant=ligne.accepter_avant,
        jusqu_au=ligne.jusqu_au,
        fini_le=ligne.clos_le,
        fin=FINS[FinMandat(ligne.fin)] if ligne.fin else "",
        empeche=get_empechement(ligne, demande, le=le),
        dernier_acte=(actes or {}).get(ligne.id),
    )


@dataclass(frozen=True, slots=True)
class Offre:
    """What may be signed today: the bodies by their key, each part and each duration in words."""

    organismes: Mapping[str, str]
    portees: Mapping[Portee, str]
    durees: Mapping[int, str]


def get_offre(territoire: str, *, le: date) -> Offre:
    """What a person of this territory may sign that day."""
    au_plus = get_parametres(le)[ParametresMandat].mandat_duree_max_jours
    return Offre(list_organismes_aidants(territoire, le=le), LIBELLES, durees(au_plus))
