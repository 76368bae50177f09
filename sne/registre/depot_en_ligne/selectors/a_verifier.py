"""What was sent online and waits for a counter: the list, the oldest first; one of them whole."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from sne.demandeurs.rules.niveaux import NatureContact, Niveau
from sne.demandeurs.selectors import get_nature_du_courriel
from sne.documents.selectors import DocumentLu, get_documents
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules import nir as regles_nir
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.contenu.rules.arbre.sante import sans_sante
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.policies import can_deposer
from sne.registre.demande.rules.dates import ajouter, compter
from sne.registre.demande.rules.depot_en_ligne import StatutDepot, dire_raison
from sne.registre.demande.selectors.depot_en_ligne import ouvrir_envoi
from sne.registre.depot_en_ligne import policies
from sne.registre.depot_en_ligne.parametres import ParametresDepotEnLigne
from sne.registre.depot_en_ligne.rules.reference import reference_de
from sne.registre.depot_en_ligne.selectors.envois import echeance_de
from sne.registre.doublons.parametres import ParametresDoublons
from sne.registre.doublons.selectors.en_ligne import EnAttente, list_en_attente
from sne.registre.doublons.selectors.proches import Proche, adulte_cherche, list_proches
from sne.registre.rattachement.rules.contacts import lire_contact
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.pages import Page
from sne.socle.pages_sql import lire_page, situer

PAR_PAGE = 50
ABSENT = "Aucune demande en ligne sous cette référence dans votre périmètre."


@dataclass(frozen=True, slots=True)
class LigneAVerifier:
    """One line. ``nom``: empty for who only watches the wait.

    ``jours``: working days that it has waited; ``avant_le``: the day by which it is verified, ``passee`` once over;
    ``en_retard``: the territorial manager sees it; ``par``: who verifies it now; ``niveau``: how the person signed in.
    """

    id: uuid.UUID
    reference: str
    nom: str
    envoye_le: datetime
    complete_le: datetime | None
    jours: int
    avant_le: date
    en_retard: bool
    passee: bool
    sans_piece: bool
    par: str
    niveau: Niveau


@dataclass(frozen=True, slots=True)
class PieceAVerifier:
    """A document received. ``fichier``: nothing when it is not there any more."""

    document: uuid.UUID
    type_piece: str
    nature: str
    remplacee: bool
    fichier: DocumentLu | None


@dataclass(frozen=True, slots=True)
class DepotAVerifier:
    """One sending whole. ``proches``: demandes that may be of the same household; ``attendent``: other sendings that
    may be; ``nirs``: masked, by person reference; ``niveau``: how the person signed in; ``nature``: who reads the
    e-mail that they proved, if they did. ``territoire`` and ``id`` as any act asks for them.
    """

    id: uuid.UUID
    territoire: str
    reference: str
    statut: StatutDepot
    raison: str
    envoye_le: datetime
    avant_le: date
    jours: int
    contenu: Contenu
    nirs: Mapping[str, str]
    pieces: tuple[PieceAVerifier, ...]
    proches: tuple[Proche, ...]
    attendent: tuple[EnAttente, ...]
    niveau: Niveau
    nature: NatureContact | None
    ligne: DepotEnLigne

    @property
    def en_vigueur(self) -> tuple[PieceAVerifier, ...]:
        """The documents that no other took the place of."""
        return tuple(piece for piece in self.pieces if not piece.remplacee)


def list_a_verifier(
    acteur: Acteur, *, instant: datetime, apres: uuid.UUID | None = None, avant: uuid.UUID | None = None
) -> Page[LigneAVerifier]:
    """Those that wait in the actor's perimeter, the oldest first: all of them for a counter, those that have waited for
    too long for who watches. An unknown place is the first page.
    """
    jour = horloge.jour(instant)
    visibles = _visibles(acteur, jour)
    page = lire_page(
        visibles,
        situer(visibles, "envoye_le", apres=apres, avant=avant),
        ordre=("envoye_le", "id"),
        par_page=PAR_PAGE,
    )
    return page.montrer(_ligne(ligne, acteur, instant) for ligne in page.lignes)


def is_verificateur(acteur: Acteur) -> bool:
    """Whether this actor verifies, where they act; who does not only watches the wait."""
    return bool(acteur.guichet) and can_deposer(acteur, territoire=acteur.territoire, guichet=acteur.guichet)


def compter_a_verifier(acteur: Acteur) -> int:
    """How many are in that list."""
    return _visibles(acteur, horloge.aujourd_hui()).count()


def get_a_verifier(depot_id: uuid.UUID, acteur: Acteur, *, instant: datetime) -> DepotAVerifier:
    """One that this actor may verify, and is no demande yet. Raises ``Introuvable``."""
    siens = DepotEnLigne.objects.filter(policies.scope_a_verifier(acteur), id=depot_id, demande=None)
    ligne = siens.first()
    if ligne is None or not policies.can_verifier(acteur, ligne):
        raise Introuvable(ABSENT)
    jour = horloge.jour(instant)
    envoi = ouvrir_envoi(ligne)
    contenu = envoi.contenu
    lu = contenu if acteur.peut(Permission.SANTE_LIRE, ligne.territoire) else sans_sante(contenu)
    personnes = [adulte_cherche(adulte) for _, adulte in adultes(contenu)]
    seuil = get_parametres(jour)[ParametresDoublons].seuil_doublon_proposition
    fichiers = get_documents(
        [uuid.UUID(piece["document"]) for piece in ligne.pieces], territoire=ligne.territoire
    )
    return DepotAVerifier(
        id=ligne.id,
        territoire=ligne.territoire,
        reference=reference_de(ligne.id, ligne.territoire),
        statut=StatutDepot(ligne.statut),
        raison=dire_raison(ligne.motif),
        envoye_le=ligne.envoye_le,
        avant_le=echeance_de(ligne),
        jours=compter(_depuis(ligne), jour),
        contenu=lu,
        nirs={reference: regles_nir.masquer(numero) for reference, numero in envoi.nirs.items()},
        pieces=tuple(_piece(piece, fichiers) for piece in ligne.pieces),
        proches=list_proches(personnes, territoire=ligne.territoire, seuil=seuil),
        attendent=list_en_attente(personnes, territoire=ligne.territoire, seuil=seuil, sauf=ligne.id),
        niveau=Niveau(ligne.niveau),
        nature=_nature(ligne, contenu),
        ligne=ligne,
    )


def _nature(ligne: DepotEnLigne, contenu: Contenu) -> NatureContact | None:
    courriel = contenu.demandeur.contact.courriel if contenu.demandeur else None
    return get_nature_du_courriel(ligne.compte, lire_contact(courriel)) if courriel else None


def get_demande_du_depot(depot_id: uuid.UUID, acteur: Acteur) -> str | None:
    """The number of the demande that a sending became, for who may verify it; ``None`` while it is none."""
    siens = DepotEnLigne.objects.filter(policies.scope_a_verifier(acteur), id=depot_id)
    return siens.values_list("demande__nud", flat=True).first()


def _visibles(acteur: Acteur, jour: date) -> QuerySet[DepotEnLigne]:
    """All of them where the actor verifies; elsewhere, where it watches, those that are late."""
    attendent = DepotEnLigne.objects.filter(statut=StatutDepot.A_VALIDER)
    if is_verificateur(acteur):
        return attendent.filter(policies.scope_a_verifier(acteur))
    tard = horloge.debut_du_jour(_dernier_jour_tolere(jour) + timedelta(days=1))
    lents = attendent.annotate(depuis=Coalesce("complete_le", "envoye_le")).filter(depuis__lt=tard)
    return lents.filter(policies.scope_suivis(acteur))


def _dernier_jour_tolere(jour: date) -> date:
    """The last day since which one that still waits on ``jour`` is late."""
    delai = get_parametres(jour)[ParametresDepotEnLigne].depot_escalade_jours
    depuis = jour
    while ajouter(depuis, delai) > jour:
        depuis -= timedelta(days=1)
    return depuis


def _depuis(ligne: DepotEnLigne) -> date:
    return horloge.jour(ligne.complete_le or ligne.envoye_le)


def _ligne(ligne: DepotEnLigne, acteur: Acteur, instant: datetime) -> LigneAVerifier:
    jour, nom = horloge.jour(instant), ""
    if policies.can_verifier(acteur, ligne):
        demandeur = ouvrir_envoi(ligne).contenu.demandeur
        identite = demandeur.identite if demandeur else None
        nom = f"{identite.nom_naissance} {identite.prenoms}" if identite else ""
    delai = get_parametres(jour)[ParametresDepotEnLigne].depot_escalade_jours
    jours = compter(_depuis(ligne), jour)
    verifie = ligne.verrou_fin is not None and ligne.verrou_fin > instant
    return LigneAVerifier(
        id=ligne.id,
        reference=reference_de(ligne.id, ligne.territoire),
        nom=nom,
        envoye_le=ligne.envoye_le,
        complete_le=ligne.complete_le,
        jours=jours,
        avant_le=echeance_de(ligne),
        en_retard=jours >= delai,
        passee=echeance_de(ligne) < jour,
        sans_piece=not ligne.pieces,
        par=ligne.verrou_nom if verifie else "",
        niveau=Niveau(ligne.niveau),
    )


def _piece(piece: Mapping[str, str], fichiers: Mapping[uuid.UUID, DocumentLu]) -> PieceAVerifier:
    document = uuid.UUID(piece["document"])
    return PieceAVerifier(
        document=document,
        type_piece=piece["type"],
        nature=piece["nature"],
        remplacee=bool(piece.get("remplacee")),
        fichier=fichiers.get(document),
    )
