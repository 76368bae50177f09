"""From a content tree to unsaved rows: no database, no clock; what the writer then puts in one statement."""

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sne.journal.rules import Cote, Entree, Valeur, Verbe
from sne.registre.actions.ecriture import Lignes
from sne.registre.models import (
    Demande,
    Identite,
    Personne,
    Piece,
    PlaceOuverte,
    RequeteAnteriorite,
    SecretNir,
    TitreAnciennete,
    Version,
)
from sne.registre.rules import contenu as arbre
from sne.registre.rules import nir as regles_nir
from sne.registre.rules.anomalie import Anomalie, Niveau
from sne.registre.rules.completude import nombre_manquant
from sne.registre.rules.contenu import Contenu, Nir
from sne.registre.rules.contenu.references import Adulte
from sne.registre.rules.cycle_de_vie import Statut
from sne.registre.rules.egalite import Moment
from sne.registre.rules.identite import Voie
from sne.registre.rules.refus import DepotIncomplet
from sne.registre.rules.sejour import EEE_OU_SUISSE, type_de_la_vue
from sne.socle.acteur import Acteur
from sne.socle.chiffrement import chiffrer, empreinte_nir
from sne.socle.identifiants import uuid7

OUVERTES = frozenset({Statut.ACTIVE, Statut.EXPIREE})
TRAITS_JOURNALISES = ("civilite", "nom_naissance", "nom_usage", "prenoms", "date_naissance")


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
class Depot:
    """What a counter hands in. ``id`` is the draft's: registering it twice gives one demande and one number.

    ``nirs`` holds numbers by person reference (``demandeur``, ``cotitulaire:1``), raw as typed: they are in no tree.
    ``date_reception`` is a civil day; one older than the counter's limit needs ``anteriorite_motif`` and asks a GT.
    ``consignes``: lines of equal treatment ticked, by step; they condition nothing. ``doublons_vus``: the close
    demandes that ``doublons_ecartes`` was said of; any when it is not known.
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


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates a registration gives: days in Paris."""

    depot: date
    enregistrement: date
    expiration: date


def normaliser_nirs(nirs: Mapping[str, str], contenu: Contenu) -> dict[str, str]:
    """The numbers really given, in 15 signs, by reference. Raises ``DepotIncomplet`` naming each wrong one."""
    lus, anomalies = {}, []
    for reference, saisie in nirs.items():
        if not saisie.strip():
            continue
        try:
            lus[reference] = regles_nir.normaliser(saisie)
        except regles_nir.NirInvalide as exc:
            chemin = f"{arbre.chemin_de(reference, contenu)}.identite.nir"
            anomalies.append(Anomalie("NIR", Niveau.BLOQUANT, chemin, str(exc)))
    if anomalies:
        raise DepotIncomplet(anomalies)
    return lus


def traces_nir(numeros: Mapping[str, str]) -> dict[str, Nir]:
    """State and fingerprint of normalised numbers, by reference."""
    return {
        reference: Nir(etat=regles_nir.etat(numero), empreinte=empreinte_nir(numero).hex())
        for reference, numero in numeros.items()
    }


def construire(
    depot: Depot,
    *,
    dates: Dates,
    acteur: Acteur,
    survenu_le: datetime,
    verbe: Verbe,
    statut: Statut = Statut.ACTIVE,
) -> Lignes:
    """Every row of one registration and its journal entry. The tree must carry the traces of its NIR already."""
    personnes = {reference: uuid7() for reference, _ in arbre.adultes(depot.contenu)}
    contenu = arbre.avec_personnes(depot.contenu, personnes)
    version_id = uuid7()
    demande = construire_demande(depot, dates=dates, acteur=acteur, version_id=version_id)
    demande.statut = statut
    lignes = Lignes(demande=demande, entrees=[])
    identites = []
    for rang, (reference, adulte) in enumerate(arbre.adultes(contenu)):
        identite = construire_identite(
            adulte.identite,
            personne_id=personnes[reference],
            demande=demande,
            acteur=acteur,
            survenu_le=survenu_le,
        )
        identites.append(identite)
        lignes.ajouter(identite)
        lignes.ajouter(construire_personne(adulte, rang=rang, identite=identite, demande=demande))
        ajouter_nir(lignes, identite, depot.nirs.get(reference, ""))
    _ajouter_titres(lignes, personnes, acteur=acteur, survenu_le=survenu_le, verbe=verbe)
    version = construire_version(
        contenu, identites=identites, demande=demande, acteur=acteur, survenu_le=survenu_le
    )
    version.id, version.piece_vue = version_id, _piece(depot.piece_vue)
    lignes.ajouter(version)
    if depot.anteriorite_motif:
        lignes.ajouter(_requete(depot, demande, acteur, survenu_le))
    entree = _entree(lignes, identites, depot=depot, acteur=acteur, survenu_le=survenu_le, verbe=verbe)
    lignes.entrees.append(entree)
    if depot.piece_vue is not None and depot.piece_vue.fin is not None:
        piece = _piece_vue(depot.piece_vue, version, acteur=acteur, survenu_le=survenu_le)
        piece.personne_id = personnes.get(arbre.DEMANDEUR)
        ajouter_pieces(lignes, [piece])
    if arbre.porte_sante(contenu):
        lignes.entrees.append(replace(entree, verbe=Verbe.MODIFIER_SANTE, faits={}, valeurs=()))
    return lignes


def ajouter_pieces(lignes: Lignes, pieces: Sequence[Piece]) -> None:
    """Documents that a registration begins with: rows of the same writing, which its version and its entry name."""
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
        canal=acteur.canal,
        guichet_createur=depot.guichet,
        guichet_gestionnaire=depot.guichet,
        date_depot=dates.depot,
        date_enregistrement=dates.enregistrement,
        date_expiration=dates.expiration,
        version_courante_id=version_id,
        **colonnes_projetees(depot.contenu),
    )


def colonnes_projetees(contenu: Contenu) -> dict[str, Any]:
    """The projected columns of ``demande`` for this tree."""
    p = arbre.projeter(contenu)
    return {
        "titulaire": p.titulaire,
        "nb_personnes": p.nb_personnes,
        "communes_souhaitees": list(p.communes_souhaitees),
        "types_logement": list(p.types_logement),
        "categorie_logement": p.categorie_logement,
        "accepte_autres_communes": p.accepte_autres_communes,
        "loyer_maximum": p.loyer_maximum,
        "rfr_reference": p.rfr_reference,
        "deja_locataire_hlm": p.deja_locataire_hlm,
        "elements_manquants": nombre_manquant(contenu),
        "remarques": None,  # examined apart, soon after: no act waits for what only warns
    }


def construire_identite(
    identite: arbre.Identite,
    *,
    personne_id: uuid.UUID,
    demande: Demande,
    acteur: Acteur,
    survenu_le: datetime,
    voie: Voie = Voie.DEPOT,
) -> Identite:
    """One identity row. The NIR is there by state and fingerprint only. The birth date is of the minimal set."""
    nir = identite.nir
    if identite.date_naissance is None:
        raise ValueError("an identity without birth date was not controlled")
    return Identite(
        id=uuid7(),
        territoire=demande.territoire,
        demande_id=demande.id,
        personne_id=personne_id,
        civilite=identite.civilite or "",
        nom_naissance=identite.nom_naissance or "",
        nom_usage=identite.nom_usage or "",
        prenoms=identite.prenoms or "",
        date_naissance=identite.date_naissance,
        date_naissance_presumee=bool(identite.date_naissance_presumee),
        naissance_commune=identite.lieu_naissance.commune or "",
        naissance_pays=identite.lieu_naissance.pays or "",
        nationalite=identite.nationalite or "",
        nir_etat=str(nir.etat) if nir else "",
        nir_empreinte=bytes.fromhex(nir.empreinte) if nir and nir.empreinte else None,
        voie=voie,
        auteur=acteur.id,
        guichet=acteur.guichet,
        survenu_le=survenu_le,
    )


def construire_personne(adulte: Adulte, *, rang: int, identite: Identite, demande: Demande) -> Personne:
    """One person row; ``rang`` 0 is the applicant."""
    return Personne(
        id=identite.personne_id,
        territoire=demande.territoire,
        demande_id=demande.id,
        role="COTITULAIRE" if rang else "DEMANDEUR",
        rang=rang,
        identite_courante_id=identite.id,
        **cles_de_contact(adulte),
    )


def cles_de_contact(adulte: Adulte) -> dict[str, str]:
    """Contact keys of a person: the e-mail in lower case, the mobile (else the first phone) in E.164."""
    contact = adulte.contact
    telephones = (contact.telephone_portable, contact.telephone_domicile, contact.telephone_travail)
    e164 = next((t.e164 for t in telephones if t is not None and t.e164), "")
    return {"courriel": (contact.courriel or "").lower(), "telephone": e164}


def construire_secret(identite: Identite, numero: str) -> SecretNir:
    """The encrypted number of an identity's person; ``numero`` is normalised (15 signs)."""
    return SecretNir(
        territoire=identite.territoire,
        personne_id=identite.personne_id,
        nir_empreinte=identite.nir_empreinte,
        chiffre=chiffrer(numero.encode("ascii"), lie_a=identite.personne_id.bytes),
    )


def ajouter_nir(lignes: Lignes, identite: Identite, numero: str) -> None:
    """The encrypted number of an identity and, while the demande is open, the place that it holds."""
    if identite.nir_empreinte is None or not numero:
        return
    lignes.ajouter(construire_secret(identite, numero))
    if lignes.demande.statut in OUVERTES:
        lignes.ajouter(
            PlaceOuverte(
                territoire=identite.territoire,
                nir_empreinte=identite.nir_empreinte,
                demande_id=identite.demande_id,
            )
        )


def texte(valeur: object) -> str | None:
    """A JSON-ready value as the journal keeps it: text as it is, the rest as JSON, absence as ``None``."""
    if valeur is None or isinstance(valeur, str):
        return valeur
    return json.dumps(valeur, ensure_ascii=False)


def construire_version(
    contenu: Contenu, *, identites: list[Identite], demande: Demande, acteur: Acteur, survenu_le: datetime
) -> Version:
    """The version row of the demande's present revision."""
    document = arbre.vers_stockage(contenu)
    return Version(
        id=uuid7(),
        territoire=demande.territoire,
        demande_id=demande.id,
        numero=demande.revision,
        statut=demande.statut,
        date_depot=demande.date_depot,
        date_dernier_renouvellement=demande.date_dernier_renouvellement,
        date_expiration=demande.date_expiration,
        guichet_gestionnaire=demande.guichet_gestionnaire,
        contenu=document.contenu,
        contenu_protege=document.protege or None,
        identites=[i.id for i in identites],
        schema=arbre.SCHEMA,
        auteur=acteur.id,
        survenu_le=survenu_le,
    )


def copier_version(version: Version, *, demande: Demande, survenu_le: datetime) -> Version:
    """The next version: the same content under the demande's present status, dates and revision."""
    return Version(
        id=uuid7(),
        territoire=version.territoire,
        demande_id=version.demande_id,
        numero=demande.revision,
        statut=demande.statut,
        date_depot=demande.date_depot,
        date_dernier_renouvellement=demande.date_dernier_renouvellement,
        date_expiration=demande.date_expiration,
        guichet_gestionnaire=demande.guichet_gestionnaire,
        contenu=version.contenu,
        contenu_protege=version.contenu_protege,
        identites=version.identites,
        pieces=version.pieces,
        piece_vue=version.piece_vue,
        schema=version.schema,
        auteur=version.auteur,
        survenu_le=survenu_le,
    )


def construire_titre(
    demande: Demande,
    personne_id: uuid.UUID | None,
    *,
    acte: str,
    date_depot: date,
    acteur: Acteur,
    survenu_le: datetime,
) -> TitreAnciennete:
    """One seniority title; ``personne_id`` is ``None`` for an association."""
    return TitreAnciennete(
        territoire=demande.territoire,
        demande_id=demande.id,
        personne_id=personne_id,
        date_depot=date_depot,
        acte=acte,
        auteur=acteur.id,
        survenu_le=survenu_le,
    )


def heriter(
    demande: Demande,
    personne_id: uuid.UUID,
    *,
    precedent: TitreAnciennete,
    separation: uuid.UUID,
    acteur: Acteur,
    survenu_le: datetime,
) -> TitreAnciennete:
    """The title of who left a demande: it descends from that demande's, of the same date."""
    titre = construire_titre(
        demande,
        personne_id,
        acte="SEPARATION",
        date_depot=precedent.date_depot,
        acteur=acteur,
        survenu_le=survenu_le,
    )
    titre.precedent, titre.separation_id = precedent, separation
    return titre


def _ajouter_titres(
    lignes: Lignes, personnes: Mapping[str, uuid.UUID], *, acteur: Acteur, survenu_le: datetime, verbe: Verbe
) -> None:
    acte = "REPRISE" if verbe is Verbe.REPRENDRE else "DEPOT"
    titulaires: list[uuid.UUID | None] = [*personnes.values()] or [None]
    for personne_id in titulaires:
        lignes.ajouter(
            construire_titre(
                lignes.demande,
                personne_id,
                acte=acte,
                date_depot=lignes.demande.date_depot,
                acteur=acteur,
                survenu_le=survenu_le,
            )
        )


def _piece(piece: PieceVue | None) -> dict[str, str] | None:
    if piece is None:
        return None
    dispense = {"dispense_titre": EEE_OU_SUISSE} if piece.dispense_titre else {}
    fin = {"fin": piece.fin.isoformat()} if piece.fin else {}
    return {"type": piece.type, "vue_le": piece.vue_le.isoformat(), **dispense, **fin}


def _piece_vue(vue: PieceVue, version: Version, *, acteur: Acteur, survenu_le: datetime) -> Piece:
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
        canal=str(acteur.canal),
        auteur=acteur.id,
        depose_par=acteur.instantane(),
        guichet=acteur.guichet,
        survenu_le=survenu_le,
    )


def _requete(depot: Depot, demande: Demande, acteur: Acteur, survenu_le: datetime) -> RequeteAnteriorite:
    return RequeteAnteriorite(
        territoire=demande.territoire,
        demande_id=demande.id,
        date_demandee=depot.date_reception,
        motif=depot.anteriorite_motif,
        auteur=acteur.id,
        guichet=depot.guichet,
        survenu_le=survenu_le,
    )


def _entree(
    lignes: Lignes,
    identites: list[Identite],
    *,
    depot: Depot,
    acteur: Acteur,
    survenu_le: datetime,
    verbe: Verbe,
) -> Entree:
    faits: dict[str, object] = {"version": str(lignes.demande.version_courante_id)}
    if depot.piece_vue:
        faits["piece_vue"] = depot.piece_vue.type
        if depot.piece_vue.dispense_titre:
            faits["dispense_titre"] = EEE_OU_SUISSE
        if depot.piece_vue.fin:
            faits["piece_notee"] = True
    valeurs = valeurs_initiales(identites)
    if depot.doublons_ecartes:
        valeurs += (Valeur("doublons_ecartes", Cote.APRES, depot.doublons_ecartes),)
    return Entree(
        verbe=verbe,
        acteur=acteur,
        survenu_le=survenu_le,
        territoire=lignes.demande.territoire,
        demande_id=lignes.demande.id,
        revision=lignes.demande.revision,
        faits=faits,
        valeurs=valeurs,
    )


def valeurs_initiales(identites: list[Identite]) -> tuple[Valeur, ...]:
    """The protected traits of new identities as erasable values; a NIR is told by its state, never by its number."""
    valeurs = []
    for rang, identite in enumerate(identites):
        prefixe = f"cotitulaires[{rang - 1}].identite" if rang else "demandeur.identite"
        valeurs += [
            Valeur(f"{prefixe}.{trait}", Cote.APRES, str(getattr(identite, trait)))
            for trait in TRAITS_JOURNALISES
            if getattr(identite, trait)
        ]
        if identite.nir_etat:
            valeurs.append(Valeur(f"{prefixe}.nir", Cote.APRES, identite.nir_etat))
    return tuple(valeurs)
