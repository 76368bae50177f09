"""Identity rows as values of the tree: in force, anchor, pending."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules import nir as regles_nir
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.contenu.rules.identite import Voie
from sne.registre.demande.models.personne import Identite, SecretNir
from sne.socle.chiffrement import dechiffrer

VALIDEE = "VALIDEE"


@dataclass(frozen=True, slots=True)
class IdentiteEnAttente:
    """A change of identity that waits for a decision: what is asked, by whom, since when."""

    identite_id: uuid.UUID
    personne_id: uuid.UUID
    identite: arbre.Identite
    retrait: bool
    auteur: uuid.UUID
    guichet: str
    survenu_le: datetime


def vers_arbre(ligne: Identite) -> arbre.Identite:
    """A row as a value of the tree; the NIR by state and fingerprint."""
    nir = None
    if ligne.nir_etat:
        empreinte = bytes(ligne.nir_empreinte).hex() if ligne.nir_empreinte is not None else None
        nir = arbre.Nir(etat=arbre.EtatNir(ligne.nir_etat), empreinte=empreinte)
    return arbre.Identite(
        civilite=ligne.civilite or None,
        nom_naissance=ligne.nom_naissance or None,
        nom_usage=ligne.nom_usage or None,
        prenoms=ligne.prenoms or None,
        date_naissance=ligne.date_naissance,
        date_naissance_presumee=True if ligne.date_naissance_presumee else None,
        lieu_naissance=arbre.LieuNaissance(
            commune=ligne.naissance_commune or None, pays=ligne.naissance_pays or None
        ),
        nir=nir,
        nationalite=ligne.nationalite or None,
    )


def list_noms_portes(nuds: Iterable[str]) -> frozenset[str]:
    """Every name and first name ever given to the persons of these demandes: what a text that is made public is rid of.
    Shown to nobody, and of no perimeter.
    """
    dites = Identite.objects.filter(personne__demande__nud__in=list(nuds))
    champs = ("nom_naissance", "nom_usage", "prenoms")
    return frozenset(nom for noms in dites.values_list(*champs).distinct() for nom in noms if nom)


def list_identites(demande_id: uuid.UUID) -> tuple[Identite, ...]:
    """Every identity ever given to the persons of a demande, the oldest first, with its decision if any.

    Read through its persons, because their indexes serve; a composite key guarantees that reading by demande would find
    the same rows.
    """
    return tuple(
        Identite.objects.filter(personne__demande=demande_id)
        .select_related("decision", "personne")
        .order_by("survenu_le", "inscrit_le", "id")
    )


def ancre(lignes: Iterable[Identite], personne_id: uuid.UUID) -> Identite:
    """The anchor of a person: the last identity validated, or put back, by persons entitled to, else that at creation.

    A later row that also says « deposit » does not move the anchor.
    """
    siennes = [ligne for ligne in lignes if ligne.personne_id == personne_id and not ligne.retrait]
    validees = [ligne for ligne in siennes if ligne.voie == Voie.RESTAURATION or _validee(ligne)]
    if validees:
        return max(validees, key=_rang)
    return min((ligne for ligne in siennes if ligne.voie == Voie.DEPOT), key=lambda x: x.inscrit_le)


def get_base(lignes: Iterable[Identite], demandee: Identite) -> Identite:
    """The identity that was in force when a change was asked for; it includes what the same act applied at once."""
    admises = [
        (effet, ligne.inscrit_le, ligne)
        for ligne in lignes
        if ligne.personne_id == demandee.personne_id
        and ligne.id != demandee.id
        and not ligne.retrait
        and (effet := _effet(ligne)) is not None
        and effet <= demandee.survenu_le
    ]
    return max(admises, key=lambda trio: trio[:2])[2]


def en_attente(
    lignes: Iterable[Identite], *, a: datetime | None = None
) -> dict[uuid.UUID, IdentiteEnAttente]:
    """The open request of each person, by person: submitted to control, not decided. ``a``: as it was then (aware)."""
    return {
        ligne.personne_id: IdentiteEnAttente(
            identite_id=ligne.id,
            personne_id=ligne.personne_id,
            identite=vers_arbre(ligne),
            retrait=ligne.retrait,
            auteur=ligne.auteur,
            guichet=ligne.guichet,
            survenu_le=ligne.survenu_le,
        )
        for ligne in lignes
        if ligne.voie == Voie.CONTROLE and _attend(ligne, a)
    }


def _attend(ligne: Identite, instant: datetime | None) -> bool:
    """Whether a request is open: sent by then, and not decided by then."""
    if instant is None:
        return not hasattr(ligne, "decision")
    return ligne.survenu_le <= instant and not (
        hasattr(ligne, "decision") and ligne.decision.survenu_le <= instant
    )


def get_nir(personne_id: uuid.UUID, empreinte: str) -> str:
    """The number of this person whose fingerprint (hexadecimal) is this one, for an act that carries it over."""
    secret = SecretNir.objects.get(personne=personne_id, nir_empreinte=bytes.fromhex(empreinte))
    return dechiffrer(bytes(secret.chiffre), lie_a=personne_id.bytes).decode("ascii")


def nirs_masques(personnes: Iterable[uuid.UUID]) -> dict[tuple[uuid.UUID, bytes], str]:
    """Masked NIR by person and fingerprint; only :func:`get_nir` decrypts a number for another use."""
    return {
        (s.personne_id, bytes(s.nir_empreinte)): regles_nir.masquer(
            dechiffrer(bytes(s.chiffre), lie_a=s.personne_id.bytes).decode("ascii")
        )
        for s in SecretNir.objects.filter(personne__in=list(personnes))
    }


def nirs_masques_par_reference(contenu: Contenu) -> dict[str, str]:
    """Masked NIR of the adults of a tree that the register read, by person reference; no entry where none is known."""
    traces = {
        reference: (uuid.UUID(a.personne), bytes.fromhex(a.identite.nir.empreinte))
        for reference, a in adultes(contenu)
        if a.personne and a.identite.nir and a.identite.nir.empreinte
    }
    masques = nirs_masques(personne for personne, _ in traces.values())
    return {reference: masques[trace] for reference, trace in traces.items() if trace in masques}


def _effet(ligne: Identite) -> datetime | None:
    """When an identity came into force; ``None`` for one that never did."""
    if ligne.voie != Voie.CONTROLE:
        return ligne.survenu_le
    return ligne.decision.survenu_le if _validee(ligne) else None


def _validee(ligne: Identite) -> bool:
    return hasattr(ligne, "decision") and ligne.decision.issue == VALIDEE


def _rang(ligne: Identite) -> tuple[datetime, datetime]:
    quand = ligne.survenu_le if ligne.voie == Voie.RESTAURATION else ligne.decision.survenu_le
    return quand, ligne.inscrit_le
