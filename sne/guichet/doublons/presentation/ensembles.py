"""Sets of close demandes in the words of their screens."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sne.guichet.doublons.presentation.personnes import PersonneEnLigne, mettre_en_ligne
from sne.registre.doublons.rules.cas import MOTIFS, Motif
from sne.registre.doublons.rules.ensembles import ISSUES, IssueEnsemble
from sne.registre.doublons.selectors.ensembles import EnsembleBref, EnsembleLu, MembreLu
from sne.registre.enquete.rules.enquete import phrase_du_rapprochement
from sne.socle.horloge import jour
from sne.socle.templatetags.socle_tags import date_fr, numero


@dataclass(frozen=True, slots=True)
class LigneDEnsemble:
    """One line of the list."""

    ensemble: EnsembleBref
    titre: str
    raisons: str
    score: str


@dataclass(frozen=True, slots=True)
class PaireEnMots:
    """Two demandes and why they are close."""

    nud_a: str
    nud_b: str
    raisons: str
    score: str
    revue: bool


@dataclass(frozen=True, slots=True)
class Suite:
    """What may be done next, in the file of a demande. ``liens``: name of each screen, and words of its link."""

    phrase: str
    nud: str
    liens: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EnsemblePresente:
    """A set in the words of its page. ``cloture``: how it ended, empty while it waits."""

    ensemble: EnsembleLu
    titre: str
    personnes: Sequence[PersonneEnLigne]
    paires: Sequence[PaireEnMots]
    acquis: Sequence[str]
    cloture: str
    foyers: Sequence[str]
    suites: Sequence[Suite]


def presenter_ligne(ensemble: EnsembleBref) -> LigneDEnsemble:
    """Word one line of the list."""
    return LigneDEnsemble(
        ensemble,
        " / ".join(ensemble.noms) or "Sans titulaire",
        phrase_du_rapprochement(ensemble.raisons),
        _score(ensemble.score),
    )


def presenter_ensemble(ensemble: EnsembleLu) -> EnsemblePresente:
    """Word a set."""
    return EnsemblePresente(
        ensemble=ensemble,
        titre=f"{len(ensemble.membres)}\u00a0demandes proches",
        personnes=[
            mettre_en_ligne(personne, nud=membre.nud)
            for membre in ensemble.membres
            for personne in membre.personnes
        ],
        paires=[
            PaireEnMots(p.nud_a, p.nud_b, phrase_du_rapprochement(p.raisons), _score(p.score), p.revue)
            for p in ensemble.paires
        ],
        acquis=[
            f"{numero(a.nud_a)} et {numero(a.nud_b)}\u00a0: {'même foyer' if a.meme else 'foyers différents'}."
            for a in ensemble.acquis
        ],
        cloture=_cloture(ensemble),
        foyers=[
            f"{numero(m.nud)}\u00a0: foyer {m.groupe}"
            for m in ensemble.membres
            if ensemble.issue == "A_SEPARER"
        ],
        suites=list(_suites(ensemble)),
    )


def _suites(ensemble: EnsembleLu) -> Iterator[Suite]:
    """After « same household »: the demande that continues comes back first, then the others are struck off."""
    if ensemble.issue != IssueEnsemble.MEME_FOYER:
        return
    for membre in ensemble.membres:
        if membre.gardee:
            yield _garder(membre)
    for membre in ensemble.membres:
        if not membre.gardee and membre.ouverte:
            yield Suite(
                "Cette demande ne continue pas, mais reste ouverte tant que personne ne la radie, pour un motif de la "
                "loi (le plus souvent la renonciation écrite du demandeur), ou ne l’annule, si elle vient d’être "
                "enregistrée une deuxième fois par erreur.",
                membre.nud,
                (("demande-radier", "Radier la demande"), ("demande-annuler", "Annuler la demande")),
            )


def _garder(membre: MembreLu) -> Suite:
    if membre.reactivable_jusqu_au is None:
        return Suite("Cette demande continue.", membre.nud, (("demande", "Ouvrir la demande"),))
    return Suite(
        f"Cette demande continue, mais elle est radiée. Elle peut être réactivée jusqu’au "
        f"{date_fr(membre.reactivable_jusqu_au)}\u00a0: numéro et ancienneté sont gardés.",
        membre.nud,
        (("renouvellement", "Réactiver la demande"),),
    )


def _cloture(ensemble: EnsembleLu) -> str:
    if ensemble.clos_le is None:
        return ""
    motif = f" {MOTIFS[Motif(ensemble.motif)]}." if ensemble.motif else ""
    precision = f" {ensemble.precision}" if ensemble.precision else ""
    return (
        f"Décidé le {date_fr(jour(ensemble.clos_le))} par {ensemble.decideur}\u00a0: "
        f"{ISSUES[IssueEnsemble(ensemble.issue)]}.{motif}{precision}"
    )


def _score(score: object) -> str:
    return str(score).replace(".", ",")
