"""A change of identity in the words of its screens."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sne.guichet.identite.lignes import ALERTES
from sne.guichet.lecture.dossier import TRAITS, traits_demandes, valeur_trait
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.contenu.rules.identite import traits_differents
from sne.registre.controle.rules.termes import Terme, decimal
from sne.registre.controle.selectors.controle import get_seuils
from sne.registre.demande.rules.dates import anciennete
from sne.registre.demande.rules.personne import IssueIdentite
from sne.registre.enquete.rules.enquete import ISSUES, MOTIFS_ISSUE
from sne.registre.identite.rules.decision import (
    PieceDuChangement,
    ce_qui_reste,
    phrase_du_refus,
    restent_a_ouvrir,
    titre_du_changement,
)
from sne.registre.identite.rules.echanges import NatureEchange
from sne.registre.identite.selectors.a_decider import ChangementLu
from sne.registre.identite.selectors.echanges import ChangementSuivi, EchangeLu
from sne.registre.identite.selectors.relectures import RelectureLue
from sne.saisie.presentation.identite import accord, naissance_phrase, nom_complet
from sne.saisie.presentation.mots import Lecture
from sne.socle.horloge import jour
from sne.socle.signes import INSECABLE
from sne.socle.templatetags.socle_tags import date_fr, heure_fr

INCHANGE = "Inchangé"
SANS_PIECE = "Il manque la pièce qui le montre\u00a0: sans elle, il ne peut pas être validé."
ECHANGES = {
    NatureEchange.QUESTION: "Précision demandée",
    NatureEchange.REPONSE: "Réponse du guichet",
    NatureEchange.SIGNALEMENT: "Transmis au délégué à la protection des données",
}
ETATS = {
    IssueIdentite.VALIDEE: "Changement validé le {le}. Il est en vigueur partout.",
    IssueIdentite.ANNULEE: "Changement retiré le {le} par la personne qui l’avait saisi. {reste}",
    IssueIdentite.EXPIREE: "Faute de décision à temps, la demande de changement s’est arrêtée le {le}. {reste}",
}
JAUGE = 600  # units of the drawing
SEXES = {"1": "Homme", "2": "Femme", "3": "Femme"}


@dataclass(frozen=True, slots=True)
class LigneDeTrait:
    """One trait: of the anchor, in force, asked for; ``change`` when it is what the request is about."""

    libelle: str
    reference: str
    en_vigueur: str
    demandee: str
    change: bool


@dataclass(frozen=True, slots=True)
class PieceEnLigne:
    """One document of the request, and whether the reader has opened it."""

    piece: PieceDuChangement
    recue: str
    ouverture: str
    a_ouvrir: bool


@dataclass(frozen=True, slots=True)
class TermeEnLigne:
    """One factor of the score."""

    libelle: str
    detail: str
    valeur: str


@dataclass(frozen=True, slots=True)
class OrdrePresente:
    """Where the file stands among those to read. ``part`` and ``reperes``: of the gauge, from 0 to 600."""

    score: str
    reperes: str
    part: int
    traits: tuple[int, int]
    personne: str
    termes: Sequence[TermeEnLigne]


@dataclass(frozen=True, slots=True)
class EchangePresente:
    """One message of the thread. ``enquete``: the one that a report opened, for those who may read it."""

    quoi: str
    lieu: str
    texte: str
    instant: datetime
    enquete: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class SuiviPresente:
    """A change in the words of its counter's page."""

    suivi: ChangementSuivi
    titre: str
    etat: str
    traits: Sequence[LigneDeTrait]
    echanges: Sequence[EchangePresente]
    retirable: bool


@dataclass(frozen=True, slots=True)
class RelecturePresentee:
    """A change to read again, in the words of its page."""

    relecture: RelectureLue
    titre: str
    traits: Sequence[LigneDeTrait]
    pieces: Sequence[PieceEnLigne]


@dataclass(frozen=True, slots=True)
class ChangementPresente:
    """A change in the words of its page. ``reponse``: how it ended, empty while it waits. ``sinon``: what stays
    without a decision.
    """

    changement: ChangementLu
    titre: str
    chapeau: str
    anciennete: str
    reference: str
    traits: Sequence[LigneDeTrait]
    pieces: Sequence[PieceEnLigne]
    echanges: Sequence[EchangePresente]
    raisons: Sequence[str]
    silence: str
    ordre: OrdrePresente | None
    reste: str
    sinon: str
    effet: str
    reponse: str


def presenter_changement(changement: ChangementLu, lecture: Lecture, *, le: date) -> ChangementPresente:
    """Word a change."""
    en_vigueur, depot = changement.en_vigueur, changement.depot
    origine = "dernière décision" if changement.ancre_validee else "dépôt"
    return ChangementPresente(
        changement=changement,
        titre=titre_du_changement(changement.base, changement.demandee, retrait=changement.retrait),
        chapeau=f"{nom_complet(en_vigueur)}, {naissance_phrase(en_vigueur)}",
        anciennete=anciennete(depot, max(le, depot)),
        reference=f"Référence ({origine}, {date_fr(changement.ancre_du)})",
        traits=_traits(changement, lecture),
        pieces=[_piece(p) for p in changement.pieces],
        echanges=[ligne for e in changement.echanges for ligne in _avec_son_retour(e)],
        raisons=_raisons(changement),
        silence=_silence(changement),
        ordre=_ordre(changement, le=le),
        reste=_reste(changement.pieces),
        sinon=_reste_en_vigueur(changement),
        effet=_effet(changement) + f" La date de dépôt, {date_fr(depot)}, ne change pas.",
        reponse=_reponse(changement),
    )


def presenter_suivi(suivi: ChangementSuivi, lecture: Lecture) -> SuiviPresente:
    """Word a change for its counter: a NIR is only said to be another one."""
    demandes = [] if suivi.retrait else traits_demandes(suivi.base, suivi.demandee)
    return SuiviPresente(
        suivi=suivi,
        titre=titre_du_changement(suivi.base, suivi.demandee, retrait=suivi.retrait),
        etat=_etat(suivi),
        traits=[
            LigneDeTrait(
                TRAITS[trait].capitalize(),
                "",
                valeur_trait(suivi.base, trait, lecture),
                valeur_trait(suivi.demandee, trait, lecture),
                change=True,
            )
            for trait in demandes
        ],
        echanges=[presenter_echange(e) for e in suivi.echanges],
        retirable=suivi.sien and suivi.issue is None,
    )


def presenter_echange(echange: EchangeLu) -> EchangePresente:
    """Word a message."""
    lieu = f"{echange.auteur} ({echange.guichet})" if echange.guichet else echange.auteur
    return EchangePresente(ECHANGES[echange.nature], lieu, echange.texte, echange.survenu_le)


def _avec_son_retour(echange: EchangeLu) -> Iterator[EchangePresente]:
    """A message, and what came of it when it was a report whose enquiry has ended."""
    retour = echange.retour
    yield replace(presenter_echange(echange), enquete=retour.enquete_id if retour else None)
    if retour is not None and retour.clos_le is not None and retour.issue and retour.motif:
        yield EchangePresente(
            "Retour du signalement\u00a0: enquête close",
            retour.clos_par,
            ". ".join(filter(None, (ISSUES[retour.issue], MOTIFS_ISSUE[retour.motif], retour.precision))),
            retour.clos_le,
            retour.enquete_id,
        )


def _etat(suivi: ChangementSuivi) -> str:
    """What happens next, who acts, by when; or how it ended."""
    reste = ce_qui_reste(suivi.base, suivi.demandee, retrait=suivi.retrait)
    if suivi.issue is None or suivi.decide_le is None:
        attente = "Vous n’avez rien d’autre à faire."
        if suivi.question or suivi.sans_piece:
            attente = "Le gestionnaire attend votre réponse." if suivi.question else SANS_PIECE
        return (
            f"Décision attendue avant le {date_fr(suivi.attendue_le)}. {attente} Sans décision le "
            f"{date_fr(suivi.fin_le)}, le changement s’arrête. {reste}"
        )
    le = jour(suivi.decide_le)
    if suivi.issue is IssueIdentite.REFUSEE and suivi.motif_refus is not None:
        return phrase_du_refus(suivi.motif_refus, suivi.precision, le=le, reste=reste)
    return ETATS[suivi.issue].format(le=date_fr(le), reste=reste)


def presenter_relecture(relecture: RelectureLue, lecture: Lecture) -> RelecturePresentee:
    """Word a change to read again: nothing says what became of it."""
    return RelecturePresentee(
        relecture=relecture,
        titre=titre_du_changement(relecture.base, relecture.demandee, retrait=relecture.retrait),
        traits=_comparer(
            (relecture.ancre, relecture.base, relecture.demandee),
            relecture.nirs,
            () if relecture.retrait else traits_differents(relecture.base, relecture.demandee),
            lecture,
        ),
        pieces=[_piece(p) for p in relecture.pieces],
    )


def _traits(changement: ChangementLu, lecture: Lecture) -> list[LigneDeTrait]:
    """Every trait, the three sides by side."""
    demandes = () if changement.retrait else traits_differents(changement.base, changement.demandee)
    cotes = (changement.ancre, changement.en_vigueur, changement.demandee)
    return _comparer(cotes, changement.nirs, demandes, lecture)


def _comparer(
    cotes: tuple[Identite, Identite, Identite],
    nirs: tuple[str, str, str],
    demandes: Sequence[str],
    lecture: Lecture,
) -> list[LigneDeTrait]:
    """The lines of a comparison; a NIR is masked, what nobody asked to change is said so."""
    lignes = [
        ("Nom de naissance", "nom_naissance", [i.nom_naissance or "" for i in cotes]),
        ("Nom d’usage", "", [i.nom_usage or "Aucun" for i in cotes]),
        ("Prénoms", "prenoms", [i.prenoms or "" for i in cotes]),
        ("Naissance", "date_naissance", [date_fr(i.date_naissance) for i in cotes]),
        ("Sexe", "civilite", [_sexe(i, lecture) for i in cotes]),
        ("Sécurité sociale", "nir", [masque.replace(" ", INSECABLE) or "Non renseigné" for masque in nirs]),
    ]
    return [
        LigneDeTrait(
            libelle, valeurs[0], valeurs[1], valeurs[2] if trait in demandes else INCHANGE, trait in demandes
        )
        for libelle, trait, valeurs in lignes
    ]


def _sexe(identite: Identite, lecture: Lecture) -> str:
    code = identite.civilite or ""
    return SEXES.get(code) or lecture.libelle("ListeCivilite", code) or "Non renseigné"


def _piece(piece: PieceDuChangement) -> PieceEnLigne:
    if piece.ouverte_le is not None:
        ouverture = f"Ouverte le {date_fr(jour(piece.ouverte_le))} à {heure_fr(piece.ouverte_le)}."
    elif piece.retenue:
        ouverture = "En attente du contrôle antivirus."
    else:
        ouverture = "Pas encore ouverte." if piece.ouvrable else "Aucun fichier à ouvrir."
    suite = ", remplacée depuis" if piece.remplacee else ""
    return PieceEnLigne(
        piece=piece,
        recue=f"Reçue le {date_fr(piece.recue_le)}{suite}.",
        ouverture=ouverture,
        a_ouvrir=piece.ouvrable and piece.ouverte_le is None,
    )


def _raisons(changement: ChangementLu) -> list[str]:
    """Why somebody has to decide, one reason a line: what the rule said when it was asked."""
    raisons = changement.phrase.rstrip(".").split("\u00a0; ") if changement.phrase else []
    return [f"{raison[:1].upper()}{raison[1:]}." for raison in raisons]


def _silence(changement: ChangementLu) -> str:
    """Why the household hears nothing of it, when that is new; empty otherwise."""
    dite_le = changement.violences_le
    if dite_le is None:
        return ""
    quand = "dans le même acte" if dite_le == changement.survenu_le else f"le {date_fr(jour(dite_le))}"
    return (
        f"Le motif «\u00a0violences familiales\u00a0» a été ajouté {quand}\u00a0: aucun message de ce changement n’est "
        "parti, il est à annoncer à la personne par le gestionnaire territorial."
    )


def _ordre(changement: ChangementLu, *, le: date) -> OrdrePresente | None:
    """The score in words; nothing when no act of a professional made one."""
    lecture = changement.lecture
    if lecture is None:
        return None
    seuils = get_seuils(le)
    regarder, ce_jour = seuils.score_regarder, seuils.score_jour
    return OrdrePresente(
        score=decimal(lecture.score),
        reperes=f"{ALERTES[lecture.alerte]} (repères\u00a0: {decimal(regarder)} à regarder, "
        f"{decimal(ce_jour)} à regarder aujourd’hui)",
        part=round(min(lecture.score, 1.0) * JAUGE),
        traits=(round(regarder * JAUGE), round(ce_jour * JAUGE)),
        personne=accord(changement.en_vigueur, "le demandeur", "la demandeuse"),
        termes=presenter_termes(lecture.termes),
    )


def presenter_termes(termes: Sequence[Terme]) -> list[TermeEnLigne]:
    """The terms of a score in words, in the order of their product."""
    return [
        TermeEnLigne(t.libelle, t.detail, f"{'× ' if rang else ''}{decimal(t.valeur)}")
        for rang, t in enumerate(termes)
    ]


def _reste(pieces: Sequence[PieceDuChangement]) -> str:
    """What opening documents still asks of the reader before they may validate."""
    ouvrables = sum(piece.ouvrable for piece in pieces)
    reste = restent_a_ouvrir(pieces)
    if not ouvrables:
        return "Aucune pièce récente ne justifie ce changement."
    if not reste:
        return "Toutes les pièces sont ouvertes."
    if ouvrables == 1:
        return "Pour valider, ouvrez d’abord la pièce."
    return f"Pour valider, ouvrez d’abord les pièces\u00a0: il en reste {reste} sur {ouvrables}."


def _effet(changement: ChangementLu) -> str:
    """« Si vous validez : … »."""
    avis = "Le ménage reçoit un avis."
    if changement.retrait:
        return f"Si vous validez\u00a0: {nom_complet(changement.en_vigueur)} n’est plus cotitulaire. {avis}"
    if traits_differents(changement.base, changement.demandee) == ("nom_naissance",):
        return (
            f"Si vous validez\u00a0: le nom «\u00a0{changement.demandee.nom_naissance}\u00a0» remplace "
            f"«\u00a0{changement.base.nom_naissance}\u00a0» partout. {avis}"
        )
    return f"Si vous validez\u00a0: l’identité demandée remplace l’identité en vigueur partout. {avis}"


def _reponse(changement: ChangementLu) -> str:
    """How it ended, once somebody answered."""
    if changement.issue is None or changement.decide_le is None:
        return ""
    le, reste = jour(changement.decide_le), _reste_en_vigueur(changement)
    if changement.issue is IssueIdentite.REFUSEE and changement.motif_refus is not None:
        return phrase_du_refus(changement.motif_refus, changement.precision, le=le, reste=reste)
    if changement.issue is not IssueIdentite.VALIDEE:
        return ETATS[changement.issue].format(le=date_fr(le), reste=reste)
    precision = f" {changement.precision}" if changement.precision else ""
    return f"Changement validé le {date_fr(le)} par {changement.decideur}.{precision}"


def _reste_en_vigueur(changement: ChangementLu) -> str:
    return ce_qui_reste(changement.base, changement.demandee, retrait=changement.retrait)
