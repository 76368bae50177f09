"""The rows of one registration: demande, persons, identities, version, titles, and the entry that tells them."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sne.conventions.models import Appel, Echange
from sne.journal.rules import Cote, Entree, Valeur, Verbe
from sne.referentiels.rules import GUICHET_PORTAIL
from sne.registre.contenu.rules.anomalie import Anomalie
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import DEMANDEUR, adultes, avec_personnes
from sne.registre.contenu.rules.arbre.sante import porte_sante
from sne.registre.contenu.rules.sejour import EEE_OU_SUISSE, type_de_la_vue
from sne.registre.demande.actions.dire import entree_de
from sne.registre.demande.actions.ecrire import Lignes
from sne.registre.demande.actions.lignes import (
    ajouter_nir,
    colonnes_projetees,
    construire_identite,
    construire_personne,
    construire_titre,
    construire_version,
    valeurs_initiales,
)
from sne.registre.demande.models.demande import Demande, RequeteAnteriorite, Version
from sne.registre.demande.models.personne import Identite, TitreAnciennete
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.rules.egalite import Moment
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.pieces.models import Piece
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal
from sne.socle.identifiants import uuid7

TYPE_NON_TRANSMIS = "TYPE_NON_TRANSMIS"
"""A software cannot say which document was seen: its counter saw one, and the file stays to be completed."""


@dataclass(frozen=True, slots=True)
class PieceVue:
    """The identity or residence document that the agent saw; its copy is never a condition (CCH R441-2-3).

    ``fin``: its last day of validity, when the agent read it: it is then watched, as that of any document of the file.
    ``explication``: why a residence document that has ended is taken all the same.
    """

    type: str
    vue_le: date
    dispense_titre: bool = False  # national of the European Economic Area or of Switzerland
    fin: date | None = None
    explication: str = ""


@dataclass(frozen=True, slots=True)
class PieceEnvoyee:
    """A document of identity or of residence that came with what was sent online. ``empreinte``: in hexadecimal."""

    document: uuid.UUID
    empreinte: str
    type_piece: str
    nature: str = ""


@dataclass(frozen=True, slots=True)
class EnLigne:
    """What makes a registration that of something sent online: received on the day of sending, whatever the wait.

    ``deposant``: the household, as it sent it. ``pieces``: its documents, the last one first.
    """

    deposant: Acteur
    envoye_le: datetime
    pieces: tuple[PieceEnvoyee, ...] = ()


@dataclass(frozen=True, slots=True)
class Depot:
    """What a counter hands in. ``id`` is the draft's: registering it twice gives one demande and one number.

    ``nirs`` holds numbers by person reference (``demandeur``, ``cotitulaire:1``), raw as typed: they are in no tree.
    ``date_reception`` is a civil day; one older than the counter's limit needs ``anteriorite_motif`` and asks a GT.
    ``consignes``: lines of equal treatment ticked, by step; they condition nothing. ``doublons_vus``: the close
    demandes that the justification ``doublons_ecartes`` is about; when it is unknown, it counts for any demande.
    ``lu``: the number of the draft as it was read again, if this comes from one. ``en_ligne``: it was sent online;
    ``guichet`` is then the counter that verified it, and follows it. ``echange``: what the agreement of the software
    that registers it knows of it; ``appel``: the line of its call. ``avertir``: who hands in is told what the rules
    remark, which ``remarques`` holds once they were asked.
    """

    id: uuid.UUID
    territoire: str
    guichet: str
    contenu: Contenu
    date_reception: date
    nirs: Mapping[str, str]
    piece_vue: PieceVue | None = None
    doublons_ecartes: str = ""
    doublons_vus: frozenset[uuid.UUID] | None = None
    anteriorite_motif: str = ""
    consignes: Mapping[Moment, Collection[str]] = field(default_factory=dict)
    lu: int | None = None
    en_ligne: EnLigne | None = None
    echange: Echange | None = None
    appel: Appel | None = None
    avertir: bool = False
    remarques: tuple[Anomalie, ...] = ()


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates a registration gives: days in Paris."""

    depot: date
    enregistrement: date
    expiration: date


def construire(
    depot: Depot,
    *,
    dates: Dates,
    acte: Acte,
    verbe: Verbe,
    statut: Statut = Statut.ACTIVE,
) -> Lignes:
    """Every row of one registration and its journal entry. The tree must carry the traces of its NIR already."""
    personnes = {reference: uuid7() for reference, _ in adultes(depot.contenu)}
    contenu = avec_personnes(depot.contenu, personnes)
    version_id = uuid7()
    demande = construire_demande(depot, dates=dates, acteur=acte.acteur, version_id=version_id)
    demande.statut = statut
    lignes = Lignes(demande=demande, entrees=[])
    identites = []
    for rang, (reference, adulte) in enumerate(adultes(contenu)):
        identite = construire_identite(
            adulte.identite,
            personne_id=personnes[reference],
            demande=demande,
            acte=acte,
        )
        identites.append(identite)
        lignes.ajouter(identite)
        lignes.ajouter(construire_personne(adulte, rang=rang, identite=identite, demande=demande))
        ajouter_nir(lignes, identite, depot.nirs.get(reference, ""))
    _ajouter_titres(lignes, personnes, acte=acte, verbe=verbe)
    version = construire_version(contenu, identites=identites, demande=demande, acte=acte)
    version.id, version.piece_vue = version_id, _piece(depot.piece_vue)
    lignes.ajouter(version)
    for ligne in (depot.echange, depot.appel):
        if ligne is not None:
            lignes.ajouter(ligne)
    if depot.anteriorite_motif:
        lignes.ajouter(_requete(depot, demande, acte=acte))
    entree = _entree(lignes, identites, depot=depot, acte=acte, verbe=verbe)
    lignes.entrees.append(entree)
    pieces = list(_pieces(depot, version, acte=acte))
    for piece in pieces:
        piece.personne_id = personnes.get(DEMANDEUR)
    if pieces:
        ajouter_pieces(lignes, pieces)
    if porte_sante(contenu):
        lignes.entrees.append(replace(entree, verbe=VerbeDemande.MODIFIER_SANTE, faits={}, valeurs=()))
    return lignes


def ajouter_pieces(lignes: Lignes, pieces: Sequence[Piece]) -> None:
    """Documents that a registration begins with: rows written in the same statement, named by its version and its
    entry.
    """
    for piece in pieces:
        lignes.ajouter(piece)
    siennes = [piece.id for piece in lignes.filles.get(Piece, ())]  # type: ignore[attr-defined]
    lignes.filles[Version][0].pieces = siennes  # type: ignore[attr-defined]
    entree = lignes.entrees[0]
    lignes.entrees[0] = replace(entree, faits={**entree.faits, "pieces": [str(cle) for cle in siennes]})


def construire_demande(depot: Depot, *, dates: Dates, acteur: Acteur, version_id: uuid.UUID) -> Demande:
    """The unsaved demande, without its number."""
    return Demande(
        id=depot.id,
        territoire=depot.territoire,
        statut=Statut.ACTIVE,
        canal=Canal.PGP if depot.en_ligne else acteur.canal,
        guichet_createur=GUICHET_PORTAIL if depot.en_ligne else depot.guichet,
        guichet_gestionnaire=depot.guichet,
        date_depot=dates.depot,
        date_enregistrement=dates.enregistrement,
        date_expiration=dates.expiration,
        version_courante_id=version_id,
        **colonnes_projetees(depot.contenu),
    )


def heriter(
    demande: Demande,
    personne_id: uuid.UUID,
    *,
    precedent: TitreAnciennete,
    separation: uuid.UUID,
    acte: Acte,
) -> TitreAnciennete:
    """The title of a person who left a demande: it descends from that demande's title, with the same date."""
    titre = construire_titre(
        demande,
        personne_id,
        origine="SEPARATION",
        date_depot=precedent.date_depot,
        acte=acte,
    )
    titre.precedent, titre.separation_id = precedent, separation
    return titre


def _ajouter_titres(lignes: Lignes, personnes: Mapping[str, uuid.UUID], *, acte: Acte, verbe: Verbe) -> None:
    origine = "REPRISE" if verbe is VerbeDepot.REPRENDRE else "DEPOT"
    titulaires: list[uuid.UUID | None] = [*personnes.values()] or [None]
    for personne_id in titulaires:
        lignes.ajouter(
            construire_titre(
                lignes.demande,
                personne_id,
                origine=origine,
                date_depot=lignes.demande.date_depot,
                acte=acte,
            )
        )


def _piece(piece: PieceVue | None) -> dict[str, str] | None:
    if piece is None:
        return None
    dispense = {"dispense_titre": EEE_OU_SUISSE} if piece.dispense_titre else {}
    fin = {"fin": piece.fin.isoformat()} if piece.fin else {}
    return {"type": piece.type, "vue_le": piece.vue_le.isoformat(), **dispense, **fin}


def _pieces(depot: Depot, version: Version, *, acte: Acte) -> Iterator[Piece]:
    """The documents that the demande begins with: those sent online, else the one seen, if its end was read."""
    envoyees = depot.en_ligne.pieces if depot.en_ligne else ()
    fin = depot.piece_vue.fin if depot.piece_vue else None
    if depot.piece_vue and fin and not envoyees:
        yield _piece_vue(depot.piece_vue, version, acte=acte)
    for rang, envoyee in enumerate(envoyees):
        yield _piece_envoyee(depot, envoyee, version, fin=None if rang else fin)


def _piece_envoyee(depot: Depot, envoyee: PieceEnvoyee, version: Version, *, fin: date | None) -> Piece:
    """A document as the household sent it. ``fin``: its last day of validity, when it was read on it."""
    en_ligne = depot.en_ligne
    assert en_ligne is not None
    return Piece(
        id=uuid7(),
        territoire=version.territoire,
        demande_id=version.demande_id,
        revision=version.numero,
        type_piece=envoyee.type_piece,
        nature=envoyee.nature,
        document=envoyee.document,
        empreinte=bytes.fromhex(envoyee.empreinte),
        validite_fin=fin,
        explication=depot.piece_vue.explication.strip() if depot.piece_vue and fin else "",
        canal=str(en_ligne.deposant.canal),
        auteur=en_ligne.deposant.id,
        depose_par=en_ligne.deposant.instantane(),
        survenu_le=en_ligne.envoye_le,
    )


def _piece_vue(vue: PieceVue, version: Version, *, acte: Acte) -> Piece:
    """The document seen at a registration, once its end of validity was read: the night watches it."""
    return Piece(
        id=uuid7(),
        territoire=version.territoire,
        demande_id=version.demande_id,
        revision=version.numero,
        type_piece=type_de_la_vue(vue.type, dispense=vue.dispense_titre),
        vue_le=vue.vue_le,
        validite_fin=vue.fin,
        explication=vue.explication.strip(),
        canal=str(acte.acteur.canal),
        auteur=acte.acteur.id,
        depose_par=acte.acteur.instantane(),
        guichet=acte.acteur.guichet,
        survenu_le=acte.survenu_le,
    )


def _requete(depot: Depot, demande: Demande, *, acte: Acte) -> RequeteAnteriorite:
    return RequeteAnteriorite(
        territoire=demande.territoire,
        demande_id=demande.id,
        date_demandee=depot.date_reception,
        motif=depot.anteriorite_motif,
        auteur=acte.acteur.id,
        guichet=depot.guichet,
        survenu_le=acte.survenu_le,
    )


def _entree(
    lignes: Lignes,
    identites: list[Identite],
    *,
    depot: Depot,
    acte: Acte,
    verbe: Verbe,
) -> Entree:
    faits: dict[str, object] = {"version": str(lignes.demande.version_courante_id)}
    if depot.en_ligne:
        faits |= {"depot": str(depot.id), "en_ligne": True}
    if acte.acteur.canal is Canal.INTERFACE:
        faits["piece_vue"] = TYPE_NON_TRANSMIS
    if depot.piece_vue:
        faits["piece_vue"] = depot.piece_vue.type
        if depot.piece_vue.dispense_titre:
            faits["dispense_titre"] = EEE_OU_SUISSE
        if depot.piece_vue.fin and not depot.en_ligne:
            faits["piece_notee"] = True
    valeurs = valeurs_initiales(identites)
    if depot.doublons_ecartes:
        valeurs += (Valeur("doublons_ecartes", Cote.APRES, depot.doublons_ecartes),)
    return entree_de(verbe, lignes.demande, acte=acte, faits=faits, valeurs=valeurs)
