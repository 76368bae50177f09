"""The answer to a change of identity that waits: who may give it, on what evidence, how it reads. Pure.

The person who typed a change does not decide on it, and nobody decides without having opened what justifies it: a place
in the queue is stolen by a change of name that nobody looked at.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sne.registre.contenu.rules.anomalie import citer
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.contenu.rules.identite import TRAITS_PROTEGES, traits_differents
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.decision import RESERVEES_AU_GT, Clause
from sne.registre.demande.rules.cycle_de_vie import LIBELLES_STATUT, OUVERTES, Statut
from sne.registre.demande.rules.personne import MotifRefusIdentite
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

DU_COUPLE = frozenset({"FILIATION", "MARIAGE", "PACS", "VEUVAGE", "SEPARATION"})
"""Documents of the catalogue that say something of two persons, no matter which of the two they are filed under."""
AU_GESTIONNAIRE = (
    "Ce changement est décidé par le gestionnaire territorial. "
    "Il l’a dans sa liste, vous n’avez rien à faire."
)
JUSTIFICATIFS = DU_COUPLE | {"IDENTITE", "IDENTITE_AUTRES", "SEJOUR", "SEJOUR_AUTRES"}
"""Those that say who somebody is, or that a couple is made or unmade: what a change of identity may rest on."""
LE_SIEN = (
    "Vous avez saisi ce changement. Une autre personne doit décider"
    f"{INSECABLE}: le gestionnaire territorial l’a dans sa liste."
)


MOTIFS_REFUS: Mapping[MotifRefusIdentite, str] = {
    MotifRefusIdentite.PIECE_ABSENTE: "Pièce absente",
    MotifRefusIdentite.PIECE_NON_PROBANTE: "La pièce ne montre pas ce nom",
    MotifRefusIdentite.IDENTITE_DIFFERENTE: "La pièce désigne une autre personne",
    MotifRefusIdentite.ERREUR_SAISIE: "Erreur de saisie",
    MotifRefusIdentite.DOUBLON: "Ce dossier existe déjà",
    MotifRefusIdentite.AUTRE: "Autre (à préciser)",
}
RAISONS: Mapping[MotifRefusIdentite, str] = {
    MotifRefusIdentite.PIECE_ABSENTE: "aucune pièce ne le justifie",
    MotifRefusIdentite.PIECE_NON_PROBANTE: "la pièce ne montre pas le nom demandé",
    MotifRefusIdentite.IDENTITE_DIFFERENTE: "la pièce désigne une autre personne",
    MotifRefusIdentite.ERREUR_SAISIE: "la saisie contient une erreur",
    MotifRefusIdentite.DOUBLON: "ce dossier existe déjà",
    MotifRefusIdentite.AUTRE: "",
}
"""The same, at the end of a sentence; the last one is said by its precision."""


@dataclass(frozen=True, slots=True)
class PieceDuChangement:
    """A document that a pending change rests on. ``ouverte_le``: when the person who decides opened it; ``None`` while
    they have not.

    ``ouvrable``: there is a file, and the antivirus let it through; ``retenue``: not yet. ``remplacee``: another took
    its place; it is shown too, to compare.
    """

    id: uuid.UUID
    libelle: str
    recue_le: date
    ouvrable: bool
    retenue: bool
    remplacee: bool
    ouverte_le: datetime | None


def est_reservee(clauses: Iterable[str], score: float, seuils: Seuils) -> bool:
    """Whether a change is decided by a territorial manager alone: contacts changed around it, or a file to look at."""
    return score > seuils.score_ligne_gt or not RESERVEES_AU_GT.isdisjoint(map(Clause, clauses))


def exiger_decidable(statut: Statut) -> None:
    """Refuse to validate for a demande that is closed. Raises ``Interdit``."""
    if statut not in OUVERTES:
        raise Interdit(
            f"Cette demande est {citer(LIBELLES_STATUT[statut])}{INSECABLE}: le changement ne peut pas être validé. "
            "Il attend qu’elle revienne."
        )


def exiger_qu_il_en_reste(adultes: int) -> None:
    """Refuse to validate the departure of who is alone on the demande by now. Raises ``Interdit``."""
    if adultes < 2:
        raise Interdit(
            "Cette personne est désormais seule sur la demande\u00a0: son départ ne se valide pas. Refusez-le, ou "
            "faites radier la demande.",
            champ="decision",
        )


def exiger_pieces_vues(pieces: Sequence[PieceDuChangement]) -> None:
    """Refuse to validate without documents, or without having opened them all. Raises ``Interdit``."""
    retenue = next((p for p in pieces if p.retenue), None)
    if retenue is not None:
        raise Interdit(
            f"La pièce {citer(retenue.libelle)} attend le contrôle antivirus. Vous pourrez valider ensuite.",
            champ="decision",
        )
    if not any(piece.ouvrable and not piece.remplacee for piece in pieces):
        raise Interdit(
            "Aucune pièce récente ne justifie ce changement. Demandez-la au guichet, ou refusez.",
            champ="decision",
        )
    manque = next((p for p in pieces if p.ouvrable and p.ouverte_le is None), None)
    if manque is not None:
        raise Interdit(
            f"Ouvrez d’abord la pièce {citer(manque.libelle)}. La décision demande d’avoir vu toutes les pièces.",
            champ="decision",
        )


def restent_a_ouvrir(pieces: Sequence[PieceDuChangement]) -> int:
    """How many documents the decider has not opened yet."""
    return sum(piece.ouvrable and piece.ouverte_le is None for piece in pieces)


def lire_refus(motif: str, precision: str) -> tuple[MotifRefusIdentite, str]:
    """The coded reason and its sentence, as they may be kept. Raises ``Interdit`` on its field."""
    if motif not in set(MotifRefusIdentite):
        raise Interdit("Choisissez pourquoi le changement est refusé.", champ="motif")
    lu = MotifRefusIdentite(motif)
    return lu, lire_texte(precision, requis=lu is MotifRefusIdentite.AUTRE)


def ce_qui_reste(base: Identite, demandee: Identite, *, retrait: bool) -> str:
    """What a change that is not applied leaves as it was: « L’ancien nom reste valable. »"""
    if retrait:
        return "La personne reste cotitulaire."
    if traits_differents(base, demandee) == ("nom_naissance",):
        return "L’ancien nom reste valable."
    return "L’identité en vigueur reste valable."


def phrase_du_refus(motif: MotifRefusIdentite, precision: str, *, le: date, reste: str) -> str:
    """What the counter is told. ``reste``: as :func:`ce_qui_reste` says it."""
    raison = RAISONS[motif] or precision.rstrip(" .")
    return (
        f"Changement refusé le {le:%d/%m/%Y}{INSECABLE}: {raison}. {reste} Vous pouvez saisir une nouvelle "
        "demande avec une autre pièce."
    )


def appliquer(en_vigueur: Identite, *, base: Identite, demandee: Identite) -> Identite:
    """The identity to put in force: what is in force now, with the protected traits that the request changes.

    ``base``: what was in force when it was asked for. What changed since, by another way, stays.
    """
    traits = traits_differents(base, demandee)
    valeurs = {trait: getattr(demandee, trait) for trait in traits}
    if "date_naissance" in traits:
        valeurs["date_naissance_presumee"] = demandee.date_naissance_presumee
    return en_vigueur.model_copy(update=valeurs)


def traits_du_changement(base: Identite, demandee: Identite, *, retrait: bool) -> str:
    """« Nom de naissance, prénoms »: what would change, never what it would become."""
    if retrait:
        return "Départ d’un cotitulaire"
    libelle = ", ".join(TRAITS_PROTEGES[trait] for trait in traits_differents(base, demandee)) or "identité"
    return libelle[:1].upper() + libelle[1:]


def titre_du_changement(base: Identite, demandee: Identite, *, retrait: bool) -> str:
    """« Nom de naissance : Dubreuil → Morel »; several traits are only named; a NIR is never shown."""
    if retrait:
        return f"Départ d’un cotitulaire{INSECABLE}: {base.prenoms or ''} {base.nom_naissance or ''}".strip()
    traits = traits_differents(base, demandee)
    titre = traits_du_changement(base, demandee, retrait=retrait)
    if traits == ("date_naissance",):
        return f"{titre}{INSECABLE}: {_jour(base.date_naissance)} → {_jour(demandee.date_naissance)}"
    if traits not in (("nom_naissance",), ("prenoms",)):
        return titre
    return f"{titre}{INSECABLE}: {getattr(base, traits[0])} → {getattr(demandee, traits[0])}"


def _jour(le: date | None) -> str:
    return f"{le:%d/%m/%Y}" if le else "aucune"
