"""Cases of duplicates in the words of their screens."""

from collections.abc import Sequence
from dataclasses import dataclass

from sne.guichet.doublons.presentation.personnes import PersonneEnLigne, mettre_en_ligne
from sne.guichet.lecture.dossier import Badge
from sne.registre.doublons.rules.cas import ISSUES, MOTIFS, REPONSES, Issue, Motif, Origine
from sne.registre.doublons.selectors.cas import CasBref, CasLu, Question
from sne.registre.enquete.rules.enquete import phrase_du_rapprochement
from sne.socle.horloge import jour
from sne.socle.templatetags.socle_tags import date_fr

POURQUOI = {
    Origine.GUICHET: "Le guichet ne sait pas si c’est la même personne",
}


@dataclass(frozen=True, slots=True)
class LigneDeCas:
    """One line of the list."""

    cas: CasBref
    pourquoi: str


@dataclass(frozen=True, slots=True)
class CasPresente:
    """A case in the words of its page. ``cloture``: how it ended, empty while it waits."""

    cas: CasLu
    titre: str
    question: str
    raisons: str
    personnes: Sequence[PersonneEnLigne]
    cloture: str


@dataclass(frozen=True, slots=True)
class QuestionBreve:
    """A question of one's own, on the home page."""

    nom: str
    nud: str
    posee: str
    badge: Badge
    suite: str


def presenter_ligne(cas: CasBref) -> LigneDeCas:
    """Word one line of the list."""
    return LigneDeCas(cas, f"{POURQUOI[cas.origine]}. {phrase_du_rapprochement(cas.raisons)}")


def presenter_cas(cas: CasLu) -> CasPresente:
    """Word a case."""
    recue = cas.personnes[0]
    return CasPresente(
        cas=cas,
        titre=f"{recue.nom} {recue.prenoms}".strip(),
        question=_question(cas),
        raisons=phrase_du_rapprochement(cas.raisons),
        personnes=[mettre_en_ligne(personne) for personne in cas.personnes],
        cloture=_cloture(cas),
    )


def presenter_question(question: Question) -> QuestionBreve:
    """Word a question asked by this agent, and its answer."""
    return QuestionBreve(
        nom=question.nom,
        nud=question.nud,
        posee=f"Le {date_fr(jour(question.ouvert_le))}",
        badge=Badge("Répondu", "success") if question.issue else Badge("En attente", "info"),
        suite=REPONSES[Issue(question.issue)]
        if question.issue
        else "Rien à faire. L’enregistrement n’attend pas.",
    )


def _question(cas: CasLu) -> str:
    return (
        f"Le guichet {cas.guichet} ne sait pas si la personne reçue est la titulaire ou cotitulaire "
        "de la demande existante."
    )


def _cloture(cas: CasLu) -> str:
    if cas.clos_le is None:
        return ""
    precision = f" {cas.precision}" if cas.precision else ""
    return (
        f"Décidé le {date_fr(jour(cas.clos_le))} par {cas.decideur}\u00a0: "
        f"{ISSUES[Issue(cas.issue)]}. {MOTIFS[Motif(cas.motif)]}.{precision}"
    )
