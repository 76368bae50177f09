"""The file on one page: summary, household with masked NIR, what waits, the newest acts."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sne.journal.rules import Trait, Verbe, verbes_qui
from sne.journal.selectors import is_lue_par_un_collegue
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.rules.cycle_de_vie import LIBELLES_STATUT, OUVERTES, Statut
from sne.registre.demande.rules.personne import EtatCourriel
from sne.registre.demande.selectors.etat import assembler
from sne.registre.demande.selectors.identites import (
    IdentiteEnAttente,
    en_attente,
    list_identites,
    nirs_masques_par_reference,
)
from sne.registre.demande.selectors.radiation import get_radiation
from sne.registre.enquete.rules.gel import Gel
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.joindre.selectors.protection import is_protegee
from sne.registre.lecture.parametres import ParametresLecture
from sne.registre.lecture.selectors.historique import ACHEMINEMENT, PAR_PAGE, LigneHistorique, lire_historique
from sne.registre.lecture.selectors.traces import Trace, list_traces
from sne.registre.lecture.verbes import VerbeLecture
from sne.registre.ressources.rules.montrer import Situation
from sne.registre.separation.selectors import Lien, list_liens
from sne.registre.vie.models.annulation import Annulation, RequeteAnnulation
from sne.registre.vie.selectors.radiation import get_annulation, get_requete_annulation
from sne.socle import horloge
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class Resume:
    """What the banner shows. ``nom_affiche`` is of the identity in force.

    ``date_anciennete`` is the title's, ``date_depot`` the demande's own, from which its validity counts.
    ``deja_locataire_hlm``: the household asks for a mutation.
    """

    id: uuid.UUID
    nud: str
    territoire: str
    statut: str
    canal: str
    revision: int
    date_depot: date
    date_anciennete: date
    date_enregistrement: date
    date_dernier_renouvellement: date | None
    date_expiration: date
    guichet_createur: str
    guichet_gestionnaire: str
    deja_locataire_hlm: bool
    nom_affiche: str

    @property
    def etat(self) -> str:
        """The status in a word."""
        return LIBELLES_STATUT[Statut(self.statut)]


@dataclass(frozen=True, slots=True)
class PersonneFiche:
    """One adult: identity in force, NIR masked (empty when unknown), the change that waits, the e-mail's state."""

    reference: str
    personne_id: uuid.UUID
    identite: arbre.Identite
    nir_masque: str
    en_attente: IdentiteEnAttente | None
    courriel_etat: EtatCourriel


@dataclass(frozen=True, slots=True)
class Fiche:
    """Everything of one file, as this actor may see it (``sante_lisible``: handicap sheets are there).

    ``liens``: demandes of a separation that this actor may know of. ``ouverte_au_guichet``: somebody else of the
    actor's guichet has just opened it too; never who. ``a_proteger``: nobody outside may learn of it.
    ``verbes_caches``: acts whose name alone says too much to this actor. ``source``: the row that it was read from, for
    the functions that say which acts may be done; ``requete_anteriorite``: the earlier date that waits,
    ``requete_annulation``: the request that it be taken back. ``traces``: subjects that say something of it;
    ``situation``: what decides of the applicant's resources, once a page that shows them has read it.
    """

    source: Demande
    demande: Resume
    contenu: Contenu
    personnes: tuple[PersonneFiche, ...]
    requete_anteriorite: RequeteAnteriorite | None
    requete_annulation: RequeteAnnulation | None
    radiation: Radiation | None
    annulation: Annulation | None
    gel: Gel | None
    verbes_caches: frozenset[Verbe]
    sante_lisible: bool
    traces: frozenset[Trace]
    situation: Situation | None = None
    liens: tuple[Lien, ...] = ()
    ouverte_au_guichet: bool = False
    a_proteger: bool = False

    @property
    def ouverte(self) -> bool:
        """Whether the demande is still open."""
        return self.demande.statut in OUVERTES

    @property
    def identite_en_attente(self) -> bool:
        return any(p.en_attente for p in self.personnes)


def get_fiche(demande: Demande, acteur: Acteur) -> Fiche:
    """Assemble the file of a demande the actor may read; the caller has journalled the reading."""
    sante = policies.can_lire_sante(acteur, demande)
    identites = list_identites(demande.id)
    contenu = assembler(demande.version_courante, identites={i.id: i for i in identites}, avec_sante=sante)
    traces = list_traces(demande)
    return Fiche(
        source=demande,
        demande=resumer(demande, contenu),
        contenu=contenu,
        personnes=_personnes(contenu, en_attente(identites), _etats_des_courriels(identites)),
        requete_anteriorite=_requete_anteriorite(demande) if Trace.ANTERIORITE in traces else None,
        requete_annulation=get_requete_annulation(demande) if Trace.ANNULATION in traces else None,
        radiation=get_radiation(demande.id) if demande.statut == Statut.RADIEE else None,
        gel=get_gel(demande.id) if Trace.GEL in traces else None,
        annulation=get_annulation(demande),
        verbes_caches=frozenset(policies.verbes_caches(acteur, demande)),
        sante_lisible=sante,
        traces=traces,
        liens=list_liens(demande.id, acteur=acteur) if Trace.SEPARATION in traces else (),
        a_proteger=is_protegee(demande),
    )


def list_derniers_actes(fiche: Fiche) -> tuple[LigneHistorique, ...]:
    """The newest acts of a file as it was opened, read only by the few pages that show them. Acts done since the
    opening, for instance by the page itself, are left out.
    """
    lignes = lire_historique(fiche.demande.id, sauf=fiche.verbes_caches)
    return tuple(ligne for ligne in lignes if ligne.revision <= fiche.demande.revision)


def list_changements_depuis(fiche: Fiche, depuis: datetime) -> tuple[tuple[LigneHistorique, ...], bool]:
    """Acts on a file since that instant, the newest first; and whether older ones are left out.

    Readings and what became of messages are left out: ten of them follow one change, and only the change matters.
    """
    sauf = fiche.verbes_caches | verbes_qui(Trait.LECTURE) | ACHEMINEMENT
    lignes = lire_historique(fiche.demande.id, sauf=sauf, au_plus=PAR_PAGE + 1)
    recentes = tuple(ligne for ligne in lignes if ligne.survenu_le >= depuis)
    return recentes[:PAR_PAGE], len(recentes) > PAR_PAGE


def resumer(demande: Demande, contenu: Contenu) -> Resume:
    """The banner's values."""
    return Resume(
        **{
            champ: getattr(demande, champ) for champ in Resume.__dataclass_fields__ if hasattr(demande, champ)
        },
        nom_affiche=nom_du_dossier(contenu),
    )


def nom_du_dossier(contenu: Contenu) -> str:
    """The name that confirms a file: « Dubreuil Élodie », or the association's."""
    if contenu.demandeur is None:
        return (contenu.association.nom or "") if contenu.association else ""
    identite = contenu.demandeur.identite
    return " ".join(filter(None, (identite.nom_naissance, identite.prenoms)))


def _requete_anteriorite(demande: Demande) -> RequeteAnteriorite | None:
    attendent = RequeteAnteriorite.objects.filter(demande=demande, decision=None)
    return attendent.order_by("-survenu_le", "-id").first()


def _etats_des_courriels(identites: Iterable[Identite]) -> dict[uuid.UUID, EtatCourriel]:
    return {i.personne_id: EtatCourriel(i.personne.courriel_etat) for i in identites}


def _personnes(
    contenu: Contenu,
    attentes: dict[uuid.UUID, IdentiteEnAttente],
    etats: dict[uuid.UUID, EtatCourriel],
) -> tuple[PersonneFiche, ...]:
    masques = nirs_masques_par_reference(contenu)
    return tuple(
        PersonneFiche(
            reference, cle, adulte.identite, masques.get(reference, ""), attentes.get(cle), etats[cle]
        )
        for reference, adulte in adultes(contenu)
        if adulte.personne and (cle := uuid.UUID(adulte.personne))
    )


def is_ouverte_au_guichet(demande_id: uuid.UUID, *, acteur: Acteur, le: datetime) -> bool:
    """Whether another account of the guichet the actor acts for opened this demande lately (dated parameter).

    An actor without guichet has no colleague there. The caller has checked the perimeter.
    """
    if not acteur.guichet:
        return False
    minutes = get_parametres(horloge.jour(le))[ParametresLecture].dossier_ouvert_minutes
    return is_lue_par_un_collegue(
        demande_id,
        VerbeLecture.CONSULTER,
        guichet=acteur.guichet,
        sauf=acteur.id,
        le=le,
        depuis=timedelta(minutes=minutes),
    )
