"""Changes asked of a counter, as the household and the counter read them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.dates import ajouter
from sne.registre.demande.selectors.etat import assembler
from sne.registre.pieces.rules.pieces_deposees import ECARTENT, Qualification
from sne.registre.pieces.selectors.pieces import list_en_dossier, list_en_vigueur
from sne.registre.rattachement.selectors.visites import Visite
from sne.registre.requete.models import RequeteDemandeur
from sne.registre.requete.parametres import ParametresRequete
from sne.registre.requete.rules.requete import (
    DOCUMENTS,
    LIBELLES,
    MOTIFS,
    OUVERTES,
    PAPIERS,
    GenreRequete,
    MotifRefus,
    StatutRequete,
    is_tenue,
)
from sne.socle.chiffrement import dechiffrer
from sne.socle.horloge import aujourd_hui


@dataclass(frozen=True, slots=True)
class DocumentEnvoye:
    """A document sent with a request. ``lisible``: somebody opened it and said that it is good; ``ecarte``: another is
    expected, ``motif`` saying why.
    """

    recu_le: date
    lisible: bool
    ecarte: bool
    motif: str


@dataclass(frozen=True, slots=True)
class RequeteLue:
    """One request. ``quoi``: what is to be changed, in words; ``valeur``: as the person wrote it; ``document``: what
    proves it, awaited up to ``document_avant`` once a counter asked for it; ``papiers``: what of it may be sent, as the
    catalogue calls it; ``documents``: those sent, to who sent them alone; ``refus``: why, in words. ``sienne``: the
    reader, or their link, asked it.
    """

    id: uuid.UUID
    reference: str
    quoi: str
    document: str
    valeur: str
    statut: StatutRequete
    survenu_le: datetime
    prendre_avant: date
    refus: str
    precision: str
    sienne: bool
    papiers: tuple[str, ...] = ()
    documents: tuple[DocumentEnvoye, ...] = ()
    document_avant: date | None = None

    @property
    def envoyable(self) -> bool:
        """Whether the reader may send its document now."""
        return self.sienne and self.ouverte and bool(self.papiers)

    @property
    def a_reprendre(self) -> bool:
        """Whether the last document sent was set aside."""
        return bool(self.documents) and self.documents[-1].ecarte

    @property
    def ouverte(self) -> bool:
        """Whether it has not ended."""
        return self.statut in OUVERTES

    @property
    def a_prendre(self) -> bool:
        """Whether no counter has taken it yet."""
        return self.statut is StatutRequete.DEPOSEE

    @property
    def en_retard(self) -> bool:
        """Whether the day before which a counter was to take it is over, and none holds it."""
        return self.a_prendre and aujourd_hui() > self.prendre_avant

    @property
    def prise(self) -> bool:
        """Whether a counter deals with it, and asked for nothing."""
        return self.statut is StatutRequete.PRISE

    @property
    def attend_un_document(self) -> bool:
        """Whether the counter waits for the person."""
        return self.statut is StatutRequete.DOCUMENT_DEMANDE

    @property
    def faite(self) -> bool:
        """Whether the demande says it now."""
        return self.statut is StatutRequete.FAITE

    @property
    def sans_suite(self) -> bool:
        """Whether it ended because the document did not come."""
        return self.statut is StatutRequete.CLOSE_SANS_SUITE


def list_requetes(visite: Visite) -> tuple[RequeteLue, ...]:
    """Those of the demande of this link, the newest first; the value to who wrote it alone."""
    lignes = RequeteDemandeur.objects.filter(
        territoire=visite.lien.territoire, demande=visite.lien.demande_id
    ).order_by("-survenu_le", "-id")
    siennes = [ligne for ligne in lignes if ligne.compte == visite.compte and ligne.pieces]
    envoyes = _envoyes(siennes) if siennes else {}
    return tuple(
        lire(ligne, sienne=ligne.compte == visite.compte, documents=envoyes.get(ligne.id, ()))
        for ligne in lignes
    )


def _envoyes(lignes: Sequence[RequeteDemandeur]) -> dict[uuid.UUID, tuple[DocumentEnvoye, ...]]:
    """How the documents of these requests of one demande stand, those that were replaced by what took their place."""
    demande = Demande.objects.select_related("version_courante").get(id=lignes[0].demande_id)
    en_dossier = {p.id: p for p in list_en_dossier(demande, assembler(demande.version_courante))}
    return {
        ligne.id: tuple(
            DocumentEnvoye(
                recu_le=piece.recue_le,
                lisible=piece.qualification is Qualification.VALIDE,
                ecarte=piece.qualification in ECARTENT,
                motif=piece.motif,
            )
            for piece in map(en_dossier.__getitem__, list_en_vigueur(demande, ligne.pieces))
        )
        for ligne in lignes
    }


def lire(ligne: RequeteDemandeur, *, sienne: bool, documents: tuple[DocumentEnvoye, ...] = ()) -> RequeteLue:
    """A row in words. ``sienne``: its value is shown."""
    genre = GenreRequete(ligne.genre)
    return RequeteLue(
        id=ligne.id,
        reference=ligne.reference,
        quoi=LIBELLES[genre],
        document=DOCUMENTS[genre],
        valeur=dechiffrer(bytes(ligne.valeur), lie_a=ligne.id.bytes).decode() if sienne else "",
        statut=_statut(ligne),
        survenu_le=ligne.survenu_le,
        prendre_avant=_prendre_avant(ligne),
        refus=MOTIFS[MotifRefus(ligne.motif)] if ligne.motif else "",
        precision=ligne.precision,
        sienne=sienne,
        papiers=PAPIERS.get(genre, ()),
        documents=documents,
        document_avant=ligne.document_avant,
    )


def _statut(ligne: RequeteDemandeur) -> StatutRequete:
    """One that an agent kept for too long waits for another, as it did before."""
    return StatutRequete.DEPOSEE if _est_lachee(ligne) else StatutRequete(ligne.statut)


def _est_lachee(ligne: RequeteDemandeur) -> bool:
    return ligne.statut == StatutRequete.PRISE and not is_tenue(ligne.tenue_jusqu_au, le=aujourd_hui())


def _prendre_avant(ligne: RequeteDemandeur) -> date:
    """That of the row; of one that went back to the list by itself, counted from that day, if it is later."""
    if _est_lachee(ligne) and ligne.tenue_jusqu_au:
        return max(ligne.prendre_avant, get_prendre_avant(ligne.tenue_jusqu_au))
    return ligne.prendre_avant


def has_ouverte(demande_id: uuid.UUID, genre: GenreRequete) -> bool:
    """Whether this is asked for already."""
    return RequeteDemandeur.objects.filter(demande=demande_id, genre=genre, clos_le=None).exists()


def is_seule(visite: Visite) -> bool:
    """Whether no other adult signs for the demande of this link now."""
    adultes = Personne.objects.filter(territoire=visite.lien.territoire, demande=visite.lien.demande_id)
    return not adultes.filter(retire_le=None).exclude(id=visite.lien.personne_id).exists()


def get_prendre_avant(le: date) -> date:
    """Before which day a counter takes what was asked for on this one."""
    return ajouter(le, get_parametres(le)[ParametresRequete].requete_prise_jours)


def get_tenue_jusqu_au(le: date) -> date:
    """Up to which day an agent holds what they take on this one."""
    return ajouter(le, get_parametres(le)[ParametresRequete].requete_garde_jours)


def get_document_avant(le: date) -> date:
    """Up to which day a document asked for on this one is awaited."""
    return le + timedelta(days=get_parametres(le)[ParametresRequete].requete_silence_jours)


def etat_vise(demande: Demande, personne: uuid.UUID, genre: GenreRequete) -> str:
    """What a request of this kind is about, as it now stands, in a word that names nobody."""
    if genre is GenreRequete.DATE_DEPOT:
        return demande.date_anciennete.isoformat()
    if genre is GenreRequete.DEPART_COTITULAIRE:
        return str(Personne.objects.filter(demande=demande, retire_le__isnull=False).count())
    return str(Personne.objects.values_list("identite_courante_id", flat=True).get(id=personne))
