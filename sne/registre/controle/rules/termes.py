"""The score in words: each term, what it rests on, and its value. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sne.referentiels.rules import PARIS
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.operations import Champ, Operation
from sne.registre.controle.rules.score import JOURS_PAR_AN, Attenuation, Chiffres, Ecarts, Fait, chiffrer
from sne.registre.controle.rules.traits import Traits
from sne.socle.signes import INSECABLE

MOIS_PAR_AN = 12
CONTACTS = {Champ.COURRIEL: "courriel", Champ.TELEPHONE: "téléphone", Champ.ADRESSE: "adresse"}
FAITS = {
    Fait.DEPART: "Base",
    Fait.PIECE_IDENTITE: "Pièce d’identité remplacée",
    Fait.FOYER: "Foyer ou cotitulaire changé",
    Fait.REVENUS: "Revenus changés",
    Fait.CONCENTRATION: "Beaucoup de données changées en peu de temps",
    Fait.REACTIVATION: "Demande réactivée",
    Fait.HORS_HEURES: "En dehors des heures habituelles",
}
ATTENUATIONS = {
    Attenuation.CODEMANDEUR: "Le nouveau nom est celui du cotitulaire.",
    Attenuation.USAGE: "Le nouveau nom est le nom d’usage, la naissance et la sécurité sociale sont gardées.",
    Attenuation.INVERSION: "Le nom et les prénoms sont échangés, la naissance est gardée.",
}
FEMININS = frozenset({"naissance", "sécurité sociale", "adresse"})


@dataclass(frozen=True, slots=True)
class Terme:
    """One factor of the score. ``detail``: one or more sentences, without any value of the file."""

    code: str
    libelle: str
    detail: str
    valeur: float


@dataclass(frozen=True, slots=True)
class Score:
    """``total``, the product of the values of ``termes``."""

    total: float
    termes: tuple[Terme, ...]


def calculer(
    ancre: Traits,
    actuelle: Traits,
    operations: Sequence[Operation],
    *,
    anciennete_jours: int,
    autres_dossiers: int,
    codemandeur: str,
    seuils: Seuils,
    fuseau: ZoneInfo = PARIS,
) -> Score:
    """The score at the last of ``operations``, and its terms in words; arguments as for :func:`chiffrer`."""
    chiffres = chiffrer(
        ancre,
        actuelle,
        operations,
        anciennete_jours=anciennete_jours,
        autres_dossiers=autres_dossiers,
        codemandeur=codemandeur,
        seuils=seuils,
        fuseau=fuseau,
    )
    return Score(
        chiffres.total,
        tuple(
            _termes(
                chiffres,
                anciennete_jours=anciennete_jours,
                autres_dossiers=autres_dossiers,
                par_le_guichet=bool(operations) and operations[-1].par_le_guichet,
                seuils=seuils,
            )
        ),
    )


def decimal(valeur: float) -> str:
    """« 0,32 »."""
    return f"{valeur:.2f}".replace(".", ",")


def _termes(
    chiffres: Chiffres, *, anciennete_jours: int, autres_dossiers: int, par_le_guichet: bool, seuils: Seuils
) -> Iterable[Terme]:
    fenetre = f"{seuils.score_fenetre_jours}{INSECABLE}jours"
    libelle = "Part de l’identité qui change"
    if chiffres.ecarts is None:
        yield Terme("identite", libelle, f"Identité inchangée depuis {fenetre}.", 0.0)
        return
    yield Terme("identite", libelle, _identite(chiffres.ecarts), chiffres.identite)
    yield Terme("anciennete", "Ancienneté", _anciennete(anciennete_jours, seuils), chiffres.anciennete)
    yield Terme(
        "autres",
        f"Autres changements depuis {fenetre}",
        _autres(chiffres, autres_dossiers, par_le_guichet=par_le_guichet, seuils=seuils),
        chiffres.autres,
    )
    if chiffres.attenuations:
        detail = " ".join(ATTENUATIONS[a] for a in chiffres.attenuations)
        yield Terme("attenuation", "Explication connue", detail, chiffres.attenuation)


def _identite(ecarts: Ecarts) -> str:
    """« Nom entièrement différent. Prénoms, naissance, sexe et sécurité sociale inchangés. »"""
    phrases, gardes = [], []
    for mot, part, pluriel in (("nom", ecarts.nom, ""), ("prénoms", ecarts.prenoms, "s")):
        if not part:
            gardes.append(mot)
        elif part == 1:
            phrases.append(f"{_capitale(mot)} entièrement différent{pluriel}.")
        else:
            phrases.append(f"{_capitale(mot)} différent{pluriel} à {part * 100:.0f}{INSECABLE}%.")
    etats = (("naissance", ecarts.naissance), ("sexe", ecarts.sexe), ("sécurité sociale", ecarts.nir))
    changes = [mot for mot, change in etats if change]
    gardes += [mot for mot, change in etats if not change]
    if changes:
        phrases.append(f"{_capitale(_liste(changes))} {_accorder('changé', changes)}.")
    if gardes:
        phrases.append(f"{_capitale(_liste(gardes))} {_accorder('inchangé', gardes)}.")
    return " ".join(phrases)


def _anciennete(jours: int, seuils: Seuils) -> str:
    annees = max(jours, 0) / JOURS_PAR_AN
    ans, mois = int(annees), int(annees % 1 * MOIS_PAR_AN)
    duree = " ".join(
        [f"{ans}{INSECABLE}an{'s' if ans > 1 else ''}"] * (ans > 0)
        + [f"{mois}{INSECABLE}mois"] * (mois > 0 or not ans)
    )
    maximum = f"{seuils.score_poids.anciennete_ans:g}".replace(".", ",")
    atteint = "est" if annees >= seuils.score_poids.anciennete_ans else "serait"
    return f"{duree}. Le maximum {atteint} atteint à {maximum}{INSECABLE}ans."


def _autres(chiffres: Chiffres, autres_dossiers: int, *, par_le_guichet: bool, seuils: Seuils) -> str:
    phrases = []
    for fait, valeur in chiffres.faits.items():
        if fait is Fait.DEPART:
            phrases.append(f"{FAITS[fait]} {decimal(valeur)}.")
        elif fait is not Fait.AGENT:
            quoi = FAITS.get(fait) or _contacts(chiffres.contacts)
            phrases.append(f"{quoi}{INSECABLE}: {decimal(valeur)}.")
    combien = "aucun"
    if autres_dossiers:
        combien = f"{autres_dossiers}, soit {decimal(chiffres.faits.get(Fait.AGENT, 0.0))}"
    qui = "guichet par son logiciel" if par_le_guichet else "agent"
    phrases.append(f"Autres dossiers semblables du même {qui}{INSECABLE}: {combien}.")
    if sum(chiffres.faits.values()) > chiffres.autres:
        phrases.append(f"Le maximum est {decimal(seuils.score_poids.plafond)}.")
    return " ".join(phrases)


def _contacts(contacts: Sequence[Champ]) -> str:
    mots = [CONTACTS[contact] for contact in contacts]
    return f"{_capitale(_liste(mots))} {_accorder('remplacé', mots)}"


def _liste(mots: Sequence[str]) -> str:
    return mots[0] if len(mots) == 1 else f"{', '.join(mots[:-1])} et {mots[-1]}"


def _accorder(participe: str, mots: Sequence[str]) -> str:
    feminin = "e" if FEMININS.issuperset(mots) else ""
    pluriel = "s" if len(mots) > 1 or mots[0].endswith("s") else ""
    return f"{participe}{feminin}{pluriel}"


def _capitale(texte: str) -> str:
    return f"{texte[0].upper()}{texte[1:]}"
