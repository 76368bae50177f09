"""The follow-up in the words of its screens."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import capfirst

from sne.guichet.lecture.dossier import Badge
from sne.registre.controle.rules.operations import Champ
from sne.registre.controle.rules.score import Alerte
from sne.registre.controle.rules.termes import decimal
from sne.registre.demande.rules.dates import anciennete
from sne.registre.identite.selectors.suivi import ActeSuivi, AgentDuGuichet, DossierRegarde
from sne.socle.templatetags.socle_tags import date_longue
from sne.suivi.rules.classement import MOTIFS
from sne.suivi.rules.entonnoir import Point, Position, expliquer, virgule
from sne.suivi.rules.indicateur import Cout, Indicateur
from sne.suivi.selectors.classements import ClassementLu
from sne.suivi.selectors.guichets import SuiviDesGuichets

AUCUN_ACTE = "-"
POUR_CENT = 100
PETITS = "petits"
"""How an address names the small counters together."""
ALERTES = {Alerte.JOUR: Badge("Aujourd’hui", "warning"), Alerte.REGARDER: Badge("À regarder", "info")}
POSITIONS = {
    Position.SIGNALEE: "À regarder",
    Position.HAUTE: "Au-dessus de {part}, sans alerte",
    Position.ATTENDUE: "Dans la zone attendue",
    Position.BASSE: "Sous la zone attendue",
}
CHAMPS = {
    Champ.NOM_NAISSANCE: "nom de naissance",
    Champ.NOM_USAGE: "nom d’usage",
    Champ.PRENOMS: "prénoms",
    Champ.DATE_NAISSANCE: "date de naissance",
    Champ.NIR: "numéro de sécurité sociale",
    Champ.SEXE: "sexe",
    Champ.COURRIEL: "courriel",
    Champ.TELEPHONE: "téléphone",
    Champ.ADRESSE: "adresse",
    Champ.FOYER: "foyer",
    Champ.CODEMANDEUR: "cotitulaire",
    Champ.REVENUS: "revenus",
    Champ.PJ_IDENTITE: "pièce d’identité",
    Champ.PJ_REVENUS: "pièce sur les revenus",
    Champ.PJ_AUTRE: "autre pièce",
    Champ.REACTIVATION: "réactivation",
}
RESERVE = "Réservé à qui lit le journal du guichet"
SANS_COMPTE = "Logiciel du guichet, ou compte inconnu"
_VALEUR = re.compile("\u00a0: \\d,\\d\\d|, soit \\d,\\d\\d")
_SANS_CONSTAT = re.compile("Base |Le maximum |Autres dossiers .* aucun")
SANS_TERME = frozenset({"anciennete"})
"""Terms of the score that have a column of their own."""


@dataclass(frozen=True, slots=True)
class LigneDeDossier:
    """One file to look at. ``etat``: what happens to it now."""

    dossier: DossierRegarde
    anciennete: str
    constats: str
    score: str
    badge: Badge
    etat: str


@dataclass(frozen=True, slots=True)
class LigneDeGuichet:
    """One counter of the table, or the small ones together. ``code``: as an address names it."""

    code: str
    nom: str
    point: Point
    attendus: str
    limites: str
    pour_mille: str
    position: str
    signale: bool
    phrase: str
    decide: str
    classement: "LigneDeClassement | None"


@dataclass(frozen=True, slots=True)
class LigneDActe:
    """One act, in words."""

    acte: ActeSuivi
    quoi: str
    score: str
    par: str


@dataclass(frozen=True, slots=True)
class LigneDAgent:
    """One natural person at a counter."""

    agent: AgentDuGuichet
    nom: str
    score: str


@dataclass(frozen=True, slots=True)
class LigneDeClassement:
    """One case closed, in words. ``enquete``: the one that took over, for those who may open it."""

    objet: str
    motif: str
    par: str
    le: datetime
    demande_id: uuid.UUID | None
    guichet: str
    enquete: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class LigneDeCout:
    """What following one indicator costs in the quarter."""

    libelle: str
    guichets: int
    dossiers: int


def presenter_dossier(dossier: DossierRegarde, *, le: date) -> LigneDeDossier:
    """A file to look at, in words."""
    if dossier.changement:
        etat = "Changement en attente de décision"
    else:
        etat = "Expliqué par l’agent" if dossier.explique else "Aucune explication reçue"
    return LigneDeDossier(
        dossier=dossier,
        anciennete=anciennete(dossier.anciennete, max(le, dossier.anciennete)),
        constats=" ".join(
            filter(None, (_constater(t.detail) for t in dossier.termes if t.code not in SANS_TERME))
        ),
        score=decimal(dossier.score),
        badge=ALERTES[dossier.alerte],
        etat=etat,
    )


def _constater(detail: str) -> str:
    """What a term rests on, without the figures that its own page gives, nor what was not found."""
    phrases = [phrase for phrase in detail.removesuffix(".").split(". ") if not _SANS_CONSTAT.match(phrase)]
    return " ".join(f"{_VALEUR.sub('', phrase)}." for phrase in phrases)


def presenter_guichets(suivi: SuiviDesGuichets) -> list[LigneDeGuichet]:
    """The counters of the drawing, in the order of what is to look at."""
    return [presenter_guichet(point, suivi) for point in suivi.entonnoir.points]


def presenter_guichet(point: Point, suivi: SuiviDesGuichets) -> LigneDeGuichet:
    """One counter, in words."""
    part, _ = parts(suivi)
    classement = suivi.classements.get(point.guichet)
    return LigneDeGuichet(
        code=point.guichet or PETITS,
        nom=nommer(point, {code: fiche.libelle for code, fiche in suivi.fiches.items()}),
        point=point,
        attendus=virgule(point.attendus),
        limites=_zone_attendue(point),
        pour_mille=virgule(point.pour_mille),
        position=POSITIONS[point.position].format(part=part),
        signale=point.signale and classement is None,
        phrase=expliquer(point),
        decide=capfirst(_decide(point, suivi.indicateurs)),
        classement=presenter_classement(classement, {}) if classement else None,
    )


def _zone_attendue(point: Point) -> str:
    """The zone that the position speaks of; a counter that stands out among so many stands out of its zone too."""
    bas, haut = point.interieure
    return f"{bas} à {min(haut, point.observes - 1) if point.signale else haut}"


def parts(suivi: SuiviDesGuichets) -> tuple[str, str]:
    """Shares of ordinary counters in the inner and outer zones: « 95 % », « 99,8 % »."""
    return pour_cent(suivi.regles.limite_interieure), pour_cent(suivi.regles.limite_exterieure)


def pour_cent(part: float) -> str:
    """« 99,8 % »."""
    return f"{part * POUR_CENT:g}".replace(".", ",") + "\u00a0%"


def nommer(point: Point, libelles: Mapping[str, str]) -> str:
    """« CCAS des Ormeaux »; « Petits guichets (12) »."""
    return nom_du_guichet(point.guichet, libelles.get(point.guichet)) + (
        "" if point.guichet else f" ({len(point.membres)})"
    )


def nom_du_guichet(code: str, libelle: str | None) -> str:
    """The name of a counter, closed since or not; no code is the small ones together."""
    return (libelle or "Guichet fermé") if code else "Petits guichets"


def dire_indicateur(indicateur: Indicateur | None) -> str:
    """What the indicator decided on says of one counter, inside a sentence."""
    if indicateur is None or not indicateur.alerte:
        return "sans alerte"
    raisons = [
        (indicateur.au_dessus, "au-dessus de la moyenne du territoire"),
        (indicateur.hors_volume, "sans rapport avec le nombre de dossiers traités"),
    ]
    return " et ".join(mots for vrai, mots in raisons if vrai)


def presenter_couts(couts: tuple[Cout, Cout] | None) -> list[LigneDeCout]:
    """Both indicators side by side."""
    if couts is None:
        return []
    libelles = (
        "Indicateur décidé en 2024\u00a0: au-dessus de la moyenne, ou sans rapport avec le volume",
        "Zone attendue\u00a0: les guichets à regarder dans ce dessin",
    )
    return [LigneDeCout(mots, c.guichets, c.dossiers) for mots, c in zip(libelles, couts, strict=True)]


def presenter_acte(acte: ActeSuivi, noms: Mapping[uuid.UUID, str]) -> LigneDActe:
    """One act. ``noms``: of the persons whom the reader may name."""
    quoi = ", ".join(mot for champ, mot in CHAMPS.items() if champ in acte.champs)
    return LigneDActe(
        acte=acte,
        quoi=capfirst(quoi),
        score=decimal(acte.score) if acte.score is not None else "",
        par=noms.get(acte.personne, RESERVE),
    )


def presenter_agents(agents: Sequence[AgentDuGuichet], noms: Mapping[uuid.UUID, str]) -> list[LigneDAgent]:
    """Persons of a counter, in words."""
    return [
        LigneDAgent(a, noms.get(a.personne, SANS_COMPTE), decimal(a.score) if a.score is not None else "")
        for a in agents
    ]


def presenter_classement(classement: ClassementLu, nuds: Mapping[uuid.UUID, str]) -> LigneDeClassement:
    """One case closed. ``nuds``: numbers of the files; one erased since has none."""
    if classement.demande_id is not None:
        objet = nuds.get(classement.demande_id, "")
    else:
        objet = f"Guichet {classement.guichet}" if classement.guichet else "Petits guichets"
    return LigneDeClassement(
        objet=objet,
        motif=MOTIFS[classement.motif],
        par=classement.par,
        le=classement.survenu_le,
        demande_id=classement.demande_id,
        guichet=classement.guichet or PETITS,
        enquete=classement.enquete,
    )


def periode(depuis: date, le: date) -> str:
    """« du 1er septembre au 24 novembre 2026 », the first year said when it is another."""
    debut = date_longue(depuis)
    if depuis.year == le.year:
        debut = debut.removesuffix(f" {depuis.year}")
    return f"du {debut} au {date_longue(le)}"


def resumer(suivi: SuiviDesGuichets) -> str:
    """The text alternative of the drawing: how many counters stand where."""
    points = suivi.entonnoir.points
    hauts = sum(p.position is Position.HAUTE for p in points)
    noms = {code: fiche.libelle for code, fiche in suivi.fiches.items()}
    signales = [f"{nommer(p, noms)}\u00a0: {expliquer(p)}" for p in suivi.entonnoir.signales]
    a_regarder = _combien(len(signales), "à regarder")
    au_dessus = _combien(hauts, "au-dessus de la zone attendue sans alerte")
    return " ".join(
        [
            "Chaque marque est un guichet\u00a0: à droite, il traite plus de dossiers\u00a0; en haut, il change plus "
            "souvent un nom.",
            f"Sur {len(points)}, {a_regarder}\u00a0; {au_dessus}.",
            *signales,
            "Toutes les valeurs sont dans le tableau qui suit.",
        ]
    )


def _combien(nombre: int, quoi: str) -> str:
    """« 2 sont à regarder », « aucune n’est à regarder »."""
    if not nombre:
        return f"aucune n’est {quoi}"
    return f"{nombre} {'sont' if nombre > 1 else 'est'} {quoi}"


def _decide(point: Point, indicateurs: Mapping[str, Indicateur]) -> str:
    if point.guichet:
        return dire_indicateur(indicateurs.get(point.guichet))
    nombre = sum(indicateurs[m].alerte for m in point.membres)
    return f"alerte pour {nombre} d’entre eux" if nombre else "sans alerte"
