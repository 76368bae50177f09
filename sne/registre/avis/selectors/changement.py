"""What an act changed and whom to tell: contents before and after, addresses of before, those shared with people who
left.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from sne.journal.rules import Verbe
from sne.journal.selectors import EntreeLue
from sne.notifications.rules import AdressePostale
from sne.notifications.selectors import get_contenu
from sne.referentiels.rules import Parametres
from sne.referentiels.selectors import get_guichet, get_parametres
from sne.registre.avis.models import AvisChangement, Opposition
from sne.registre.avis.parametres import ParametresAvis
from sne.registre.avis.rules.changement import (
    PIECES_D_IDENTITE,
    Avis,
    Fait,
    Joignables,
    Moyens,
    Quoi,
    avertir,
    faits_de,
    faits_declares,
    faits_demandes,
    moyens_de,
)
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.acces import COTITULAIRE
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.identite import Voie
from sne.registre.contenu.rules.titulaires import titulaire
from sne.registre.controle.parametres import Seuils
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.personne import Identite, Personne
from sne.registre.demande.rules.personne import EtatCourriel
from sne.registre.demande.selectors.identites import vers_arbre
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.enquete import policies
from sne.registre.enquete.models.restauration import DecisionRestauration
from sne.registre.enquete.rules.restauration import IssueRestauration
from sne.registre.identite.parametres import ParametresIdentite
from sne.registre.identite.verbes import VerbeIdentite
from sne.registre.joindre.rules.protection import Raison, protection
from sne.registre.joindre.selectors.partages import _assembler, _enveloppe, get_partages
from sne.registre.joindre.selectors.protection import is_protegee, list_violences_ajoutees
from sne.registre.pieces.models import Piece
from sne.registre.pieces.verbes import VerbePiece
from sne.registre.restauration.verbes import VerbeRestauration
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.acteur import Canal as Porte
from sne.socle.chiffrement import empreinte
from sne.socle.lignes import trouver
from sne.socle.replique import connection

USAGE_JETON = "registre.ce_n_est_pas_moi"
CHANGENT = frozenset({VerbeDemande.MODIFIER, VerbeDemande.RENOUVELER})
DE_PIECES = frozenset({VerbePiece.JOINDRE_PIECE, VerbePiece.REMPLACER_PIECE})
MEMES_TRAITS = """
SELECT registre_traits_figes(v.identites, v.contenu) = registre_traits_figes(p.identites, p.contenu)
FROM version v JOIN version p ON p.demande_id = v.demande_id AND p.numero = v.numero - 1
WHERE v.demande_id = %s AND v.numero = %s
"""
"""What a freeze keeps still is what is told: who holds the file, and how they are reached."""
AUTEURS = {
    Porte.PGP: "en ligne, sur le portail",
    Porte.SYSTEME: "par le registre",
}


@dataclass(frozen=True, slots=True)
class ActeDit:
    """An act as its entry tells it, or whoever has just done it. ``par``: as :class:`ActeLu` says.
    ``du_cotitulaire``: a co-holder did it online, of what is theirs.
    """

    verbe: str
    survenu_le: datetime
    par: str = ""
    pieces: tuple[str, ...] = ()
    du_cotitulaire: bool = False


@dataclass(frozen=True, slots=True)
class ActeLu:
    """What an act changed, and how each person could and can be reached. ``par``: the door, never a person's name."""

    faits: tuple[Fait, ...]
    joignables: Joignables
    par: str
    survenu_le: datetime


@dataclass(frozen=True, slots=True)
class Lieu:
    """The demande of a link."""

    demande_id: uuid.UUID
    territoire: str


@dataclass(frozen=True, slots=True)
class CleLue:
    """What a link lets its reader object to: a notice of one act, not objected to yet; and where it was sent."""

    avis_id: uuid.UUID
    destinataire: str | AdressePostale
    demande_id: uuid.UUID
    territoire: str
    revision: int
    codes: tuple[str, ...]
    par: str
    jour: date


@dataclass(frozen=True, slots=True)
class AvisAPorter:
    """A notice that the territorial manager gives by a way that is safe. ``porte_le``: ``None`` while it waits.

    ``violences_le``: when violence came among the reasons, where that is why the notice is theirs.
    """

    id: uuid.UUID
    territoire: str
    nud: str
    raison: Raison
    codes: tuple[str, ...]
    par: str
    survenu_le: datetime
    violences_le: datetime | None
    porte_le: datetime | None
    porte_par: str
    precision: str


def marque_du_jeton(jeton: str) -> bytes:
    """Fingerprint of a token, by which its row is found; the token itself is kept nowhere."""
    return empreinte(jeton, usage=USAGE_JETON)


def acte_dit(entree: EntreeLue, *, territoire: str = "") -> ActeDit:
    """The act that an entry tells; by which door, where the territory is known."""
    pieces = tuple(entree.faits["pieces"]) if entree.verbe in DE_PIECES else ()
    par = par_qui(entree, territoire) if territoire else ""
    du_cotitulaire = entree.verbe in CHANGENT and entree.acteur["role"] == COTITULAIRE
    return ActeDit(entree.verbe, entree.survenu_le, par, pieces, du_cotitulaire)


def is_a_dire(demande_id: uuid.UUID, revision: int, dit: ActeDit) -> bool:
    """Whether this act may have changed, or asked to change, who is on the demande or how they are reached; or what a
    co-holder says of themselves.

    Most acts did not: this is asked before anything is read or locked.
    """
    if dit.verbe == VerbeIdentite.PERMETTRE_CONTACT or dit.du_cotitulaire:
        return True
    if dit.verbe in DE_PIECES:
        return Piece.objects.filter(id__in=dit.pieces, type_piece__in=PIECES_D_IDENTITE).exists()
    with connection.cursor() as curseur:
        curseur.execute(MEMES_TRAITS, [demande_id, revision])
        memes = curseur.fetchone()
    return not (memes and memes[0]) or _propositions(demande_id, revision).exists()


def get_acte(demande: Demande, revision: int, dit: ActeDit, *, parametres: Parametres) -> ActeLu:
    """What this act changed, at this revision of a demande that the caller has locked.

    Addresses of before: those of the revision before, and those replaced since ``avis_contact_recent_jours``.
    """
    versions = _versions(demande, revision, jours=parametres[ParametresIdentite].avis_contact_recent_jours)
    contenus = _assembler(versions)
    permise = (
        dit.verbe == VerbeIdentite.PERMETTRE_CONTACT
    )  # nothing has changed yet: addresses of now are those of before
    actuel, passes = contenus[-1], contenus[::-1] if permise else contenus[-2::-1]
    faits = [
        *(faits_de(passes[0], actuel) if passes else ()),
        *(faits_declares(passes[0], actuel) if dit.du_cotitulaire else ()),
        *([Fait(Quoi.CONTACT_PERMIS, "")] if permise else _demandes(demande.id, revision, actuel)),
        *_pieces(demande, dit, jours=parametres[Seuils].anciennete_libre_jours),
    ]
    invalides = _invalides(demande.id)
    moyens = [_sans(moyens_de(contenu, enveloppe=_enveloppe), invalides) for contenu in (actuel, *passes)]
    personnes = dict.fromkeys(cle for m in moyens[1:] for cle in m)
    titulaires = tuple(dict.fromkeys(titulaire(contenu) for contenu in (*passes[:1], actuel)))
    joignables = Joignables(
        avant={cle: [m[cle] for m in moyens[1:] if cle in m] for cle in personnes},
        maintenant=moyens[0],
        titulaires=titulaires,
        est_partage=get_partages(demande),
    )
    return ActeLu(tuple(dict.fromkeys(faits)), joignables, dit.par, dit.survenu_le)


def get_avis(demande: Demande, revision: int, dit: ActeDit, *, parametres: Parametres) -> tuple[ActeLu, Avis]:
    """What this act changed, and who is told of it: what leaves, what is left to the manager."""
    acte = get_acte(demande, revision, dit, parametres=parametres)
    avis = avertir(
        acte.faits,
        acte.joignables,
        protegee=get_protection(
            demande,
            acte.survenu_le,
            revision=revision,
            jours=parametres[ParametresIdentite].avis_contact_recent_jours,
        ),
        rendue=dit.verbe == VerbeRestauration.RESTAURER,
    )
    return acte, avis


def is_annonce(demande_id: uuid.UUID, revision: int, verbe: Verbe, *, survenu_le: datetime) -> bool:
    """Whether a message will tell of this act, which its author has just done: by the rule that will prepare it."""
    dit = ActeDit(verbe, survenu_le)
    if not is_a_dire(demande_id, revision, dit):
        return False
    demande = Demande.objects.get(id=demande_id)
    parametres = get_parametres(horloge.jour(survenu_le))
    return bool(get_avis(demande, revision, dit, parametres=parametres)[1].envois)


def get_protection(demande: Demande, acte_le: datetime, *, revision: int, jours: int) -> Raison | None:
    """Why nothing of an act of this instant may be sent to anybody; ``None`` when it may."""
    if not is_protegee(demande, revision=revision):
        return None
    dite_le = list_violences_ajoutees([demande.id]).get(demande.id)
    return protection(dite_le=dite_le, acte_le=acte_le, jours=jours)


def get_cle(jeton: str, *, le: datetime, parametres: Parametres) -> CleLue | None:
    """What a token lets object to; ``None`` when it is unknown, too old, used, or when no link may serve here."""
    avis = (
        AvisChangement.objects.select_related("demande")
        .filter(jeton=marque_du_jeton(jeton), opposition=None)
        .first()
    )
    if avis is None or le > avis.survenu_le + timedelta(
        days=parametres[ParametresAvis].opposition_lien_jours
    ):
        return None
    adresse = _adresse_sure(avis)
    if adresse is None or is_protegee(avis.demande) or _est_rendue_depuis(avis):
        return None
    return CleLue(
        avis.id,
        adresse,
        avis.demande_id,
        avis.territoire,
        avis.revision,
        tuple(avis.codes),
        avis.par,
        horloge.jour(avis.acte_le),
    )


def get_lieu(jeton: str) -> Lieu | None:
    """Which demande a token is of, to lock it first; it says nothing of whether the link serves."""
    lieu = (
        AvisChangement.objects.filter(jeton=marque_du_jeton(jeton))
        .values_list("demande", "territoire")
        .first()
    )
    return Lieu(*lieu) if lieu else None


def get_opposition_de(jeton: str, formulaire: uuid.UUID) -> Opposition | None:
    """The objection that this very form made, when it is posted again."""
    return Opposition.objects.filter(avis__jeton=marque_du_jeton(jeton), formulaire=formulaire).first()


def get_retirable(jeton: str, *, le: datetime, parametres: Parametres) -> Opposition | None:
    """The objection that this token may take back; ``None`` when it is unknown, too old, used, or protected since."""
    opposition = (
        Opposition.objects.select_related("demande", "avis")
        .filter(retrait=marque_du_jeton(jeton), retiree_le=None, enquete__clos_le=None)
        .first()
    )
    if opposition is None:
        return None
    if le > opposition.survenu_le + timedelta(hours=parametres[ParametresAvis].opposition_retrait_heures):
        return None
    avis = opposition.avis
    if avis is None or is_protegee(opposition.demande) or _adresse_sure(avis) is None:
        return None
    return opposition


def get_avis_a_porter(avis_id: uuid.UUID, acteur: Acteur) -> AvisAPorter:
    """One notice left to the territorial manager. Raises ``Introuvable`` outside the actor's perimeter."""
    avis = trouver(
        AvisChangement.objects.select_related("demande")
        .filter(policies.scope_des_enquetes(acteur), id=avis_id)
        .exclude(raison=""),
        "Aucun avis à porter dans votre périmètre sous cet identifiant.",
    )
    return AvisAPorter(
        id=avis.id,
        territoire=avis.territoire,
        nud=avis.demande.nud,
        raison=Raison(avis.raison),
        codes=tuple(avis.codes),
        par=avis.par,
        survenu_le=avis.acte_le,
        violences_le=_violences_le(avis),
        porte_le=avis.porte_le,
        porte_par=avis.porte_par["nom"] if avis.porte_par else "",
        precision=avis.precision,
    )


def _violences_le(avis: AvisChangement) -> datetime | None:
    if avis.raison != Raison.PROTECTION_NEUVE:
        return None
    return list_violences_ajoutees([avis.demande_id]).get(avis.demande_id)


def par_qui(entree: EntreeLue, territoire: str) -> str:
    """By which door an act came, in words: the counter, never the agent."""
    code, porte = str(entree.acteur.get("guichet", "")), str(entree.acteur.get("canal", ""))
    if code:
        guichet = get_guichet(territoire, code, le=horloge.jour(entree.survenu_le))
        return f"par le guichet {guichet.libelle if guichet else code}"
    return AUTEURS.get(Porte(porte), "par le gestionnaire territorial") if porte else "par le registre"


def _versions(demande: Demande, revision: int, *, jours: int) -> list[Version]:
    """The version of this revision, the one before, and those in force since so many days, the oldest first."""
    siennes = Version.objects.filter(demande=demande, numero__lte=revision).defer("contenu_protege")
    derniere = siennes.get(numero=revision)
    limite = derniere.survenu_le - timedelta(days=jours)
    alors = siennes.filter(numero__lt=revision, survenu_le__lte=limite).order_by("-numero")
    depuis = alors.values_list("numero", flat=True).first() or 1
    return list(siennes.filter(numero__gte=depuis).order_by("numero"))


def _demandes(demande_id: uuid.UUID, revision: int, actuel: Contenu) -> Iterator[Fait]:
    """What this revision asked for that waits for a decision, beside what it left in force."""
    en_vigueur = {adulte.personne: adulte.identite for _, adulte in arbre.adultes(actuel)}
    for demandee in _propositions(demande_id, revision).order_by("-id"):
        personne = str(demandee.personne_id)
        yield from faits_demandes(
            personne, en_vigueur[personne], vers_arbre(demandee), retrait=demandee.retrait
        )


def _propositions(demande_id: uuid.UUID, revision: int) -> QuerySet[Identite]:
    return Identite.objects.filter(demande=demande_id, revision=revision, voie=Voie.CONTROLE)


def _pieces(demande: Demande, dit: ActeDit, *, jours: int) -> Iterator[Fait]:
    """Identity documents that this act added or replaced; the first one of a young demande is no change."""
    if dit.verbe not in DE_PIECES:
        return
    d_identite = Piece.objects.filter(demande=demande, type_piece__in=PIECES_D_IDENTITE)
    jeune = horloge.jour(dit.survenu_le) < demande.date_anciennete + timedelta(days=jours)
    for piece in d_identite.filter(id__in=dit.pieces):
        avant = d_identite.filter(personne=piece.personne_id, revision__lt=piece.revision)
        if jeune and not avant.exists():
            continue
        yield Fait(Quoi.PIECE_IDENTITE, str(piece.personne_id) if piece.personne_id else "")


def _invalides(demande_id: uuid.UUID) -> frozenset[str]:
    """Addresses that refuse messages."""
    invalides = Personne.objects.filter(demande=demande_id, courriel_etat=EtatCourriel.INVALIDE)
    return frozenset(courriel.casefold() for courriel in invalides.values_list("courriel", flat=True))


def _sans(moyens: dict[str, Moyens], invalides: frozenset[str]) -> dict[str, Moyens]:
    return {
        cle: replace(m, courriel=None) if m.courriel and m.courriel.casefold() in invalides else m
        for cle, m in moyens.items()
    }


def _adresse_sure(avis: AvisChangement) -> str | AdressePostale | None:
    """Where this notice went; ``None`` once erased, or when somebody who left has that address now."""
    contenu = get_contenu(avis.message) if avis.message else None
    if contenu is None:
        return None
    adresse = contenu.adresse or contenu.destinataire
    return None if get_partages(avis.demande)(adresse) else adresse


def _est_rendue_depuis(avis: AvisChangement) -> bool:
    """Whether two persons put the demande back since: a link sent before may be in the hands of the person who had
    taken it over.
    """
    return DecisionRestauration.objects.filter(
        demande=avis.demande_id, issue=IssueRestauration.ACCEPTEE, survenu_le__gt=avis.survenu_le
    ).exists()
