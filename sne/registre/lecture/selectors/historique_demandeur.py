"""The history of a demande as one of its adults reads it: by pages of a keyset, with the proof of each line."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Min
from django.utils.translation import override

from sne.journal.rules import Trait, Verbe
from sne.journal.selectors import Bornes, EntreeLue, Scelle, list_entrees, list_scelles
from sne.referentiels.selectors import get_geographie, get_guichet, get_nomenclatures
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.personnes import Contact
from sne.registre.contenu.rules.titulaires import titulaire
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.models.personne import Identite, Personne
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.selectors.etat import assembler
from sne.registre.demande.selectors.identites import vers_arbre
from sne.registre.demande.selectors.rattachements import is_d_un_autre
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.enquete.models.enquete import DemandeEnquetee
from sne.registre.enquete.models.restauration import DecisionRestauration
from sne.registre.enquete.rules.restauration import IssueRestauration
from sne.registre.joindre.selectors.partages import get_partages
from sne.registre.joindre.selectors.protection import is_protegee, list_protegees
from sne.registre.lecture.rules.historique_demandeur.auteurs import (
    ENQUETEURS,
    Auteur,
    aidant_de,
    auteur_de,
)
from sne.registre.lecture.rules.historique_demandeur.catalogue import (
    Genre,
    composer,
    dit_de,
    gabarit_de,
    is_tu,
    verbes_dits,
)
from sne.registre.lecture.rules.historique_demandeur.changements import ChangementMontre, montrer_tout
from sne.registre.lecture.rules.historique_demandeur.lecteur import Etape, Lecteur, situer
from sne.registre.lecture.rules.historique_demandeur.mots import Mots
from sne.registre.lecture.rules.historique_demandeur.raisons import raison_de
from sne.registre.lecture.selectors.historique import place_de
from sne.registre.separation.verbes import VerbeSeparation
from sne.socle import horloge
from sne.socle.erreurs import Introuvable
from sne.socle.langues import FRANCAIS
from sne.socle.pages import DEBUT, Page, Position, paginer
from sne.socle.templatetags.socle_tags import date_longue

PAR_PAGE = 50
VERSIONS_CHERCHEES = 30  # before a notice, to know whose an address was
PAR_LOT = 200  # lines of a copy read at once
PAS_UN_ADULTE = "Cette personne ne fait pas partie de cette demande."
PAS_UNE_LIGNE = "Cette ligne n’est pas dans l’historique que vous lisez."


@dataclass(frozen=True, slots=True)
class Adulte:
    """Somebody who may read the history. ``titulaire``: who applies. No identity for an association."""

    personne: str
    nom: str
    titulaire: bool


@dataclass(frozen=True, slots=True)
class LigneMontree:
    """One act as it is told: ``gabarit``, a sentence that ``auteur`` starts, and ``phrase``, both of them together in
    French. ``scelle`` is ``None`` until the seal is put.
    """

    id: uuid.UUID
    verbe: Verbe
    instant: datetime
    gabarit: str
    auteur: Auteur
    phrase: str
    role: str
    raison: str
    changements: tuple[ChangementMontre, ...]
    contestable: bool
    attente: bool
    scelle: Scelle | None

    @property
    def jour(self) -> date:
        """Its civil day, in Paris."""
        return horloge.jour(self.instant)

    @property
    def lecture(self) -> bool:
        """Whether the act only read."""
        return self.verbe.lecture

    @property
    def repete(self) -> bool:
        """Whether those that follow each other in the same words are told as one."""
        return bool(self.verbe.traits & (Trait.LECTURE | Trait.REPETE))


@dataclass(frozen=True, slots=True)
class Demandee:
    """Which part of a history is asked for. ``annee``: 0 for all. ``sauf``: verbs that who looks on may not read."""

    genre: Genre = Genre.TOUT
    annee: int = 0
    sauf: frozenset[Verbe] = frozenset()


def list_adultes(demande: Demande) -> tuple[Adulte, ...]:
    """The readers of the history today: the adults of the demande, the applicant first; an association stands for
    itself.
    """
    personnes = Personne.objects.filter(demande=demande, retire_le=None).select_related("identite_courante")
    par_identite = {p.identite_courante_id: p for p in personnes}
    adultes = [par_identite[cle] for cle in demande.version_courante.identites if cle in par_identite]
    if not adultes:
        return (Adulte("", "L’association", titulaire=True),)
    return tuple(
        Adulte(
            str(p.id),
            f"{p.identite_courante.prenoms} {p.identite_courante.nom_usage or p.identite_courante.nom_naissance}",
            titulaire=rang == 0,
        )
        for rang, p in enumerate(adultes)
    )


def get_lecteur(demande: Demande, personne: str) -> Lecteur:
    """The reader who is this adult of the demande today. Raises ``Introuvable``: somebody who left, or of another."""
    connu = next((a for a in list_adultes(demande) if a.personne == personne), None)
    if connu is None:
        raise Introuvable(PAS_UN_ADULTE)
    base = replace(_base(demande), titulaire=connu.titulaire, comptes=_comptes(personne))
    if not personne:
        return replace(base, siennes=frozenset(range(1, demande.revision + 1)))
    return situer(personne, _etapes(demande), base=base)


def get_lecteur_par_adresse(demande: Demande, personne: str, adresse: str) -> Lecteur:
    """Somebody who reads an address that was once of this row (empty: unknown): no name, nothing declared shows to
    them.
    """
    base, etapes = _base(demande), _etapes(demande)
    if any(cle == personne for etape in etapes for cle, _ in etape.adultes):
        base = situer(personne, etapes, base=base)
    return replace(base, identite=None, siennes=frozenset(), contacts=frozenset({adresse}), de=1)


def personne_a_l_adresse(demande: Demande, adresse: str, *, avant: int) -> str:
    """The row reached at this address before that revision, the newest first; who applied, when none says it."""
    versions = Version.objects.filter(demande=demande, numero__lt=avant).defer("contenu_protege")
    recentes = list(versions.order_by("-numero")[:VERSIONS_CHERCHEES])
    identites = Identite.objects.in_bulk({cle for v in recentes for cle in v.identites})
    contenus = [assembler(v, identites=identites, avec_sante=False) for v in recentes]
    trouvees = (
        adulte.personne
        for contenu in contenus
        for _, adulte in arbre.adultes(contenu)
        if adresse in joints(adulte.contact)
    )
    return next(trouvees, None) or (titulaire(contenus[0]) if contenus else "")


def is_contact_partage(demande: Demande, personne: str) -> bool:
    """Whether this adult is reached where somebody who left the demande is, or the household that it left."""
    contenu, partage = assembler(demande.version_courante, avec_sante=False), get_partages(demande)
    siens = [a for _, a in arbre.adultes(contenu) if a.personne == personne]
    return any(partage(adresse) for adulte in siens for adresse in joints(adulte.contact))


def joints(contact: Contact) -> tuple[str, ...]:
    """Where somebody is reached, as a message is sent: e-mail, mobile in E.164."""
    portable = contact.telephone_portable
    return tuple(filter(None, (contact.courriel, portable.e164 if portable else None)))


def _comptes(personne: str) -> frozenset[str]:
    """The accounts that follow, or followed, a demande for this person, and not for who had taken their place; none for
    an association.
    """
    if not personne:
        return frozenset()
    liens = Rattachement.objects.filter(personne=uuid.UUID(personne)).select_related("identite", "personne")
    return frozenset(str(lien.compte) for lien in liens if not is_d_un_autre(lien))


def _base(demande: Demande) -> Lecteur:
    """What no reader of this demande is shown, no matter who they are."""
    secret = is_quittee_en_secret(demande)
    return Lecteur(defaites=_defaites(demande), secret=secret, tait=secret or is_protegee(demande))


def is_quittee_en_secret(demande: Demande) -> bool:
    """Whether somebody left this demande for one that nobody of it may learn of."""
    nouvelles = Separation.objects.filter(demande=demande).values_list("nouvelle_id", flat=True)
    return bool(list_protegees(set(nouvelles)))


def get_page(
    demande: Demande, lecteur: Lecteur, demandee: Demandee, *, position: Position = DEBUT
) -> Page[LigneMontree]:
    """A page of :data:`PAR_PAGE` acts at most, the newest first; what is not told is left out of it."""
    entrees = _lire(demande, lecteur, demandee, position=position, au_plus=PAR_PAGE + 1)
    page = paginer(entrees, position, par_page=PAR_PAGE, repere=place_de)
    return page.montrer(_montrer(demande, lecteur, page.lignes))


def parcourir(
    demande: Demande, lecteur: Lecteur, demandee: Demandee, *, au_plus: int
) -> Iterator[LigneMontree]:
    """Every line, the newest first, ``au_plus`` acts at most."""
    position, reste = DEBUT, au_plus
    while reste > 0:
        entrees = _lire(demande, lecteur, demandee, position=position, au_plus=min(PAR_LOT, reste))
        yield from _montrer(demande, lecteur, entrees)
        if len(entrees) < min(PAR_LOT, reste):
            return
        position, reste = place_de(entrees[-1]), reste - len(entrees)


def get_ligne(demande: Demande, lecteur: Lecteur, entree_id: uuid.UUID) -> LigneMontree:
    """One line that this reader reads. Raises ``Introuvable``: of another demande, or not told."""
    entrees = list_entrees(
        demande.id,
        parmi=_verbes(lecteur, Demandee()),
        bornes=replace(_bornes(demande, lecteur, Demandee()), ids=(entree_id,)),
    )
    lignes = _montrer(demande, lecteur, entrees)
    if not lignes:
        raise Introuvable(PAS_UNE_LIGNE)
    return lignes[0]


def list_annees(demande: Demande, *, le: date) -> tuple[int, ...]:
    """Years that a history may be narrowed to, the newest first."""
    return tuple(range(le.year, min(demande.date_enregistrement.year, le.year) - 1, -1))


def _etapes(demande: Demande) -> list[Etape]:
    """The adults of every revision, the oldest first."""
    lignes = Identite.objects.filter(personne__demande=demande)
    connues = {ligne.id: (str(ligne.personne_id), vers_arbre(ligne)) for ligne in lignes}
    versions = Version.objects.filter(demande=demande).order_by("numero").values_list("numero", "identites")
    return [Etape(numero, [connues[cle] for cle in identites]) for numero, identites in versions]


def _defaites(demande: Demande) -> frozenset[int]:
    """Revisions between the version that two persons went back to, and the one by which they did."""
    decisions = DecisionRestauration.objects.filter(
        demande=demande, issue=IssueRestauration.ACCEPTEE.value
    ).values_list("requete__vers", "revision")
    return frozenset(numero for vers, retour in decisions for numero in range(vers + 1, retour))


def _verbes(lecteur: Lecteur, demandee: Demandee) -> frozenset[Verbe]:
    verbes = verbes_dits(demandee.genre, reserves=lecteur.reserves) - demandee.sauf
    return verbes - {VerbeSeparation.SEPARER} if lecteur.secret else verbes


def _bornes(demande: Demande, lecteur: Lecteur, demandee: Demandee) -> Bornes:
    """Reads of those who enquire are not told while an enquiry is open: somebody who took the demande over would learn
    of it.
    """
    depuis = DemandeEnquetee.objects.filter(demande=demande, enquete__clos_le=None).aggregate(
        depuis=Min("enquete__ouvert_le")
    )["depuis"]
    annee = demandee.annee
    return Bornes(
        de=lecteur.de,
        depuis=horloge.debut_du_jour(date(annee, 1, 1)) if annee else None,
        avant=horloge.debut_du_jour(date(annee + 1, 1, 1)) if annee else None,
        voile=([str(role) for role in ENQUETEURS], depuis) if depuis else None,
    )


def _lire(
    demande: Demande, lecteur: Lecteur, demandee: Demandee, *, position: Position, au_plus: int
) -> tuple[EntreeLue, ...]:
    return list_entrees(
        demande.id,
        au_plus=au_plus,
        parmi=_verbes(lecteur, demandee),
        position=position,
        bornes=_bornes(demande, lecteur, demandee),
    )


@dataclass(frozen=True, slots=True)
class _Alentours:
    """What wording a page needs besides its entries."""

    demande: Demande
    lecteur: Lecteur
    motifs: Mapping[str, str]
    aidants: Mapping[str, Auteur]
    scelles: Mapping[uuid.UUID, Scelle]
    mots: Mots


def _montrer(demande: Demande, lecteur: Lecteur, entrees: Sequence[EntreeLue]) -> tuple[LigneMontree, ...]:
    versions = Version.objects.filter(demande=demande, numero__in={e.revision for e in entrees})
    alentours = _Alentours(
        demande,
        lecteur,
        motifs={str(cle): motif for cle, motif in versions.values_list("id", "motif")},
        aidants=_aidants(entrees, lecteur),
        scelles=list_scelles([e.id for e in entrees]),
        mots=Mots(get_nomenclatures(horloge.aujourd_hui()), get_geographie()),
    )
    return tuple(_ligne(e, alentours) for e in entrees if not is_tu(Verbe.tous()[e.verbe], e.faits))


def _aidants(entrees: Sequence[EntreeLue], lecteur: Lecteur) -> Mapping[str, Auteur]:
    """The bodies and relatives in whose name some of these acts were done, by their authorisation."""
    sous = {e.acteur["aide"] for e in entrees if "aide" in e.acteur}
    mandats = MandatAide.objects.filter(id__in=sous) if sous else ()
    return {
        str(m.id): aidant_de(
            m.organisme_nom,
            m.jusqu_au,
            sien=str(m.personne_id) == lecteur.personne,
            juge=bool(m.mesure),
            proche=m.proche,
            offert=m.compte is None and m.agent is None,
        )
        for m in mandats
    }


def _ligne(entree: EntreeLue, alentours: _Alentours) -> LigneMontree:
    verbe, lecteur = Verbe.tous()[entree.verbe], alentours.lecteur
    sien = str(entree.acteur.get("id", "")) in lecteur.comptes
    auteur = auteur_de(
        entree.acteur,
        guichet=_guichet(entree, alentours),
        tait=lecteur.tait,
        sien=sien,
        aidant=alentours.aidants.get(str(entree.acteur.get("aide", ""))),
    )
    typee = lecteur.lit(entree.revision) and not lecteur.tait
    motif = alentours.motifs.get(str(entree.faits.get("version", "")), "") if typee else ""
    dit, gabarit = dit_de(verbe), gabarit_de(verbe, entree.faits)
    with override(FRANCAIS):
        qui = auteur.nommer(auteur.gabarit, jour=date_longue(auteur.jusqu_au))
    return LigneMontree(
        id=entree.id,
        verbe=verbe,
        instant=entree.survenu_le,
        gabarit=gabarit,
        auteur=auteur,
        phrase=composer(gabarit, qui=qui, vous=auteur.vous),
        role=auteur.role,
        raison=raison_de(verbe, entree.faits, motif=motif),
        changements=_changements(entree, verbe, alentours),
        contestable=dit.contestable,
        attente=dit.attente,
        scelle=alentours.scelles.get(entree.id),
    )


def _changements(entree: EntreeLue, verbe: Verbe, alentours: _Alentours) -> tuple[ChangementMontre, ...]:
    """What changed; a registration is told by its sentence alone."""
    if verbe in (VerbeDemande.DEPOSER, VerbeDepot.REPRENDRE):
        return ()
    return montrer_tout(
        entree.valeurs,
        revision=entree.revision,
        personne=str(entree.faits.get("personne", "")),
        lecteur=alentours.lecteur,
        mots=alentours.mots,
    )


def _guichet(entree: EntreeLue, alentours: _Alentours) -> str:
    """Name of the counter on that day."""
    code = str(entree.acteur.get("guichet", ""))
    if not code or alentours.lecteur.tait:
        return ""
    fiche = get_guichet(alentours.demande.territoire, code, le=horloge.jour(entree.survenu_le))
    return fiche.libelle if fiche else code
