"""Authorisations of helpers, as the person and who helps read them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from sne.habilitations.selectors.aidants import list_organismes_aidants
from sne.journal.selectors import derniers_actes_sous
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.policies import scope
from sne.registre.demande.rules.mandat_aide import FinMandat, MesureProtection, Portee, StatutMandat
from sne.registre.mandat import policies
from sne.registre.mandat.parametres import ParametresMandat
from sne.registre.mandat.rules.mandat import (
    DE_CE_JOUR,
    DU_PROCHE,
    LIBELLES,
    MESURES,
    VERSION_OFFERTE,
    durees,
    enumerer,
    fin_de,
    texte_du_jugement,
    texte_signe,
)
from sne.registre.mandat.selectors.empechements import get_empechement
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.acteur import Acteur, Canal
from sne.socle.templatetags.socle_tags import date_longue


@dataclass(frozen=True, slots=True)
class MandatLu:
    """One authorisation. ``quoi``: what it lets do, in words; ``fin``: why it ended, in words; ``empeche``: why a
    helper may not act under it now, empty when they may; ``dernier_acte``: when one last did. ``mesure``: what a judge
    decided, in words; empty for what the person signed, ``papier`` when a counter recorded it. ``proche``: a relative
    helps; ``sous_le_nom``: that under which they accepted, as the State gives it.
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
    mesure: str
    papier: bool
    piece: uuid.UUID | None
    proche: bool
    sous_le_nom: str
    dernier_acte: datetime | None = None

    @property
    def propose(self) -> bool:
        """Whether the body has not answered yet."""
        return self.statut is StatutMandat.PROPOSE

    @property
    def offert(self) -> bool:
        """Whether the helper signed, and waits for the person."""
        return self.statut is StatutMandat.OFFERT

    @property
    def actif(self) -> bool:
        """Whether both signed, and none ended it."""
        return self.statut is StatutMandat.ACTIF

    @property
    def nomme(self) -> bool:
        """Whether it names who protects the person, without anything that they may do online."""
        return self.statut is StatutMandat.NOMME

    @property
    def en_cours(self) -> bool:
        """Whether it has not ended."""
        return self.statut is not StatutMandat.FINI

    @property
    def arretable(self) -> bool:
        """Whether the household may stop it: what a judge decided, only a counter takes away."""
        return self.en_cours and not self.mesure

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


def has_mandat(mandat_id: uuid.UUID) -> bool:
    """Whether an authorisation of this key is kept here."""
    return MandatAide.objects.filter(id=mandat_id).exists()


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


@dataclass(frozen=True, slots=True)
class Protection:
    """Who protects the applicant, by which decision of a judge (in words), until which day."""

    mesure: str
    protecteur: str
    jusqu_au: date | None


def list_protections(demande_id: uuid.UUID, acteur: Acteur, *, le: date) -> tuple[Protection, ...]:
    """Those in force that day on a demande that this actor may read."""
    lisibles = Demande.objects.filter(scope(acteur), id=demande_id)
    lignes = MandatAide.objects.filter(demande__in=lisibles, clos_le=None, jusqu_au__gte=le).exclude(
        mesure=""
    )
    return tuple(
        Protection(MESURES[MesureProtection(ligne.mesure)], ligne.organisme_nom, ligne.jusqu_au)
        for ligne in lignes.order_by("survenu_le", "id")
    )


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
    """Rows that have not ended, of the bodies for which this actor helps, or that they accepted as a relative."""
    if acteur.canal is Canal.PGP:
        return MandatAide.objects.filter(aidant=acteur.id, clos_le=None).exclude(invitation="")
    corps = policies.corps_de(acteur)
    lieux = (Q(territoire=territoire, organisme=organisme) for territoire, organisme in sorted(corps))
    siennes = MandatAide.objects.filter(reduce(or_, lieux, Q(pk__in=[])), clos_le=None)
    return siennes.exclude(statut=StatutMandat.OFFERT.value)


def lire(
    ligne: MandatAide, demande: Demande, *, le: date, actes: Mapping[uuid.UUID, datetime] | None = None
) -> MandatLu:
    """A row in words, as it stands that day."""
    return MandatLu(
        id=ligne.id,
        organisme=ligne.organisme_nom,
        quoi=enumerer(ligne.portees),
        portees=tuple(map(Portee, ligne.portees)),
        texte=texte_de(ligne),
        statut=StatutMandat(ligne.statut),
        signe_le=ligne.survenu_le,
        accepter_avant=ligne.accepter_avant,
        jusqu_au=ligne.jusqu_au,
        fini_le=ligne.clos_le,
        fin=fin_de(FinMandat(ligne.fin), proche=ligne.proche) if ligne.fin else "",
        empeche="" if ligne.statut == StatutMandat.NOMME else get_empechement(ligne, demande, le=le),
        mesure=MESURES[MesureProtection(ligne.mesure)] if ligne.mesure else "",
        piece=ligne.piece_id,
        proche=ligne.proche,
        sous_le_nom=str((ligne.aidant_par or {}).get("nom", "")) if ligne.proche else "",
        papier=ligne.agent is not None and not ligne.mesure,
        dernier_acte=(actes or {}).get(ligne.id),
    )


def texte_de(ligne: MandatAide) -> str:
    """The words of a row: of the person from the answer of the body on, of a paper from its day, of a judgment."""
    if ligne.texte == VERSION_OFFERTE:
        return texte_signe(ligne.organisme_nom, ligne.portees, ligne.jours, debut=DE_CE_JOUR)
    if ligne.agent is None or ligne.jusqu_au is None:
        return texte_signe(ligne.organisme_nom, ligne.portees, ligne.jours, proche=ligne.proche)
    du, au = date_longue(ligne.jusqu_au - timedelta(days=ligne.jours)), date_longue(ligne.jusqu_au)
    if ligne.mesure:
        mesure = MesureProtection(ligne.mesure)
        return texte_du_jugement(mesure, ligne.organisme_nom, ligne.portees, du=du, au=au)
    return texte_signe(ligne.organisme_nom, ligne.portees, ligne.jours, debut=f"du {du}")


@dataclass(frozen=True, slots=True)
class Offre:
    """What may be signed today: the bodies by their key, each part and each duration in words."""

    organismes: Mapping[str, str]
    portees: Mapping[Portee, str]
    durees: Mapping[int, str]


def get_offre(territoire: str, *, le: date, papier: bool = False) -> Offre:
    """What a person of this territory may sign that day, online or on a paper that a counter records."""
    parametres = get_parametres(le)[ParametresMandat]
    au_plus = parametres.mandat_duree_max_jours
    if papier:
        au_plus = min(au_plus, parametres.mandat_papier_duree_max_jours)
    return Offre(list_organismes_aidants(territoire, le=le), LIBELLES, durees(au_plus))


def get_offre_au_proche(*, le: date) -> Offre:
    """What a person may sign that day for a relative."""
    parametres = get_parametres(le)[ParametresMandat]
    au_plus = min(parametres.mandat_duree_max_jours, parametres.mandat_proche_duree_max_jours)
    return Offre({}, {portee: LIBELLES[portee] for portee in DU_PROCHE}, durees(au_plus))
