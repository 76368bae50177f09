"""How well close demandes are found, on a labelled file: reading it, and counting what was found or missed. Pure."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sne.registre.contenu.rules.arbre.telephone import lire_e164
from sne.registre.contenu.rules.normalisation import normaliser
from sne.registre.doublons.rules.ressemblance import Adulte, Rapprochees, cle_de_paire

OBLIGATOIRES = ("id", "nom_naissance", "prenoms", "date_naissance")
ROLES = frozenset({"", "DEMANDEUR", "COTITULAIRE"})
ETIQUETTES = {"1": True, "0": False, "oui": True, "non": False}
CORPS_DU_NIR = 13  # signs, without the key

Paire = tuple[str, str]


class FichierInvalide(ValueError):
    """A file that cannot be read; ``str(exc)`` is a French sentence that names line and column."""


@dataclass(frozen=True, slots=True)
class Mesure:
    """Counts at one threshold. ``rappel``, ``precision``, ``f1``: ``None`` when there is nothing to divide by.

    ``non_etiquetees``: pairs found that the file says nothing of.
    """

    seuil: float
    proposees: int
    trouvees: int
    manquees: int
    fausses_alertes: int
    non_etiquetees: int
    rappel: float | None
    precision: float | None
    f1: float | None


def lire_adultes(lignes: Iterable[str], *, fichier: str) -> list[Adulte]:
    """One adult for each line of a CSV file; lines of one ``id`` are the adults of one demande.

    Raises :class:`FichierInvalide`.
    """
    return [
        Adulte(
            demande=_exiger(ligne, "id", numero, fichier),
            nom=normaliser(_exiger(ligne, "nom_naissance", numero, fichier)),
            usage=normaliser(ligne.get("nom_usage", "")),
            prenoms=normaliser(ligne["prenoms"]),
            naissance=_date(ligne["date_naissance"], numero, fichier),
            nir=_nir(ligne.get("nir", "")),
            telephone=lire_e164(ligne.get("telephone", "")) or ligne.get("telephone", ""),
            territoire=_role(ligne, numero, fichier).get("territoire", ""),
        )
        for numero, ligne in _lignes(lignes, OBLIGATOIRES, fichier)
    ]


def lire_paires(lignes: Iterable[str], *, fichier: str, connus: frozenset[str]) -> dict[Paire, bool]:
    """Labelled pairs: ``id_a``, ``id_b``, and ``meme`` (or ``same``): 1 of one household, 0 not.

    Raises :class:`FichierInvalide`, also for an ``id`` that is not one of ``connus``.
    """
    paires: dict[Paire, bool] = {}
    for numero, ligne in _lignes(lignes, ("id_a", "id_b"), fichier):
        colonne = "meme" if "meme" in ligne else "same"
        if colonne not in ligne:
            raise FichierInvalide(f"{fichier}, ligne 1 : il manque la colonne « meme » (1 ou 0).")
        for cle in ("id_a", "id_b"):
            if ligne[cle] not in connus:
                raise FichierInvalide(
                    f"{fichier}, ligne {numero}, colonne « {cle} » : cette demande n’est pas dans le fichier des "
                    "demandes."
                )
        if ligne["id_a"] == ligne["id_b"]:
            raise FichierInvalide(
                f"{fichier}, ligne {numero}, colonne « id_b » : une paire est de deux demandes."
            )
        etiquette = ETIQUETTES.get(ligne[colonne].lower())
        if etiquette is None:
            raise FichierInvalide(f"{fichier}, ligne {numero}, colonne « {colonne} » : écrivez 1 ou 0.")
        paire = cle_de_paire(ligne["id_a"], ligne["id_b"])
        if paires.setdefault(paire, etiquette) is not etiquette:
            raise FichierInvalide(
                f"{fichier}, ligne {numero}, colonne « {colonne} » : cette paire est déjà dite autrement."
            )
    return paires


def mesurer(
    rapprochees: Rapprochees, etiquettes: Mapping[Paire, bool], *, seuil: float, non_etiquetees_fausses: bool
) -> Mesure:
    """Recall, precision and false alerts at that threshold.

    ``non_etiquetees_fausses``: whether a pair found that has no label is a false alert, or is left out.
    """
    proposees = [paire for paire, score in rapprochees.scores.items() if score >= seuil]
    trouvees = sum(etiquettes.get(paire) is True for paire in proposees)
    fausses = sum(etiquettes.get(paire) is False for paire in proposees)
    muettes = len(proposees) - trouvees - fausses
    if non_etiquetees_fausses:
        fausses += muettes
    vraies = sum(etiquettes.values())
    rappel, precision = _part(trouvees, vraies), _part(trouvees, trouvees + fausses)
    return Mesure(
        seuil=seuil,
        proposees=len(proposees),
        trouvees=trouvees,
        manquees=vraies - trouvees,
        fausses_alertes=fausses,
        non_etiquetees=muettes,
        rappel=rappel,
        precision=precision,
        f1=_part(2 * trouvees, trouvees + fausses + vraies),
    )


def _lignes(
    lignes: Iterable[str], obligatoires: Sequence[str], fichier: str
) -> Iterable[tuple[int, dict[str, str]]]:
    """Each row with its line number; comma or semicolon, whichever the first line has more of."""
    toutes = list(lignes)
    entete = toutes[0] if toutes else ""
    lecteur = csv.reader(toutes, delimiter=";" if entete.count(";") > entete.count(",") else ",", strict=True)
    try:
        colonnes = [colonne.strip().lower() for colonne in next(lecteur, [])]
        manque = [colonne for colonne in obligatoires if colonne not in colonnes]
        if manque:
            raise FichierInvalide(f"{fichier}, ligne 1 : il manque la colonne « {manque[0]} ».")
        for valeurs in lecteur:
            if len(valeurs) != len(colonnes) and valeurs:
                raise FichierInvalide(
                    f"{fichier}, ligne {lecteur.line_num} : {len(valeurs)} colonnes au lieu de {len(colonnes)}."
                )
            if valeurs:
                yield lecteur.line_num, dict(zip(colonnes, map(str.strip, valeurs), strict=True))
    except csv.Error as exc:
        raise FichierInvalide(
            f"{fichier}, ligne {lecteur.line_num} : cette ligne n’est pas du CSV. Vérifiez les guillemets."
        ) from exc


def _exiger(ligne: Mapping[str, str], colonne: str, numero: int, fichier: str) -> str:
    if not ligne[colonne]:
        raise FichierInvalide(f"{fichier}, ligne {numero}, colonne « {colonne} » : elle est vide.")
    return ligne[colonne]


def _date(texte: str, numero: int, fichier: str) -> date | None:
    if not texte:
        return None
    for forme in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(texte, forme).date()  # noqa: DTZ007 - a civil day has no zone
        except ValueError:
            continue
    raise FichierInvalide(
        f"{fichier}, ligne {numero}, colonne « date_naissance » : écrivez une date, par exemple 1987-03-14."
    )


def _role(ligne: Mapping[str, str], numero: int, fichier: str) -> Mapping[str, str]:
    if ligne.get("role", "").upper() not in ROLES:
        raise FichierInvalide(
            f"{fichier}, ligne {numero}, colonne « role » : écrivez DEMANDEUR ou COTITULAIRE."
        )
    return ligne


def _nir(texte: str) -> str:
    """The number without its key: files may have it or not, and hold invented ones."""
    return re.sub(r"[\s.\-]", "", texte).upper()[:CORPS_DU_NIR]


def _part(nombre: int, total: int) -> float | None:
    return nombre / total if total else None
