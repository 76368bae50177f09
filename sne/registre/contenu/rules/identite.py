"""What of a civil status is protected, when two names are the same, and who leaves a demande.

A taken-over application keeps its seniority, so a protected trait never changes on one person's word: which change
passes and which waits is decided by ``controle.rules.decision``.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from anyascii import anyascii

from sne.registre.contenu.rules.arbre.personnes import EtatNir, Identite, Nir
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes

_HORS_LETTRES = re.compile("[^A-Z]+")


class Voie(StrEnum):
    """How an identity came: at the deposit (the first anchor), applied at once (never an anchor), awaiting a
    decision, or put back as it was by two persons (an anchor).
    """

    DEPOT = "DEPOT"
    AUTOMATIQUE = "AUTOMATIQUE"
    CONTROLE = "CONTROLE"
    RESTAURATION = "RETABLIE"


TRAITS_PROTEGES: Mapping[str, str] = MappingProxyType(
    {
        "nom_naissance": "nom de naissance",
        "prenoms": "prénoms",
        "date_naissance": "date de naissance",
        "civilite": "civilité",
        "nir": "numéro de sécurité sociale",
    }
)
"""Traits of :class:`Identite` that need a decision, with their French names. The used name is watched,
not protected.
"""


def cle(texte: str | None) -> str:
    """K(s): transliterated to ASCII, upper case, letters A to Z only; LEFÈVRE, Lefevre and « le fèvre »
    are one.
    """
    texte = texte or ""
    return _HORS_LETTRES.sub("", (texte if texte.isascii() else anyascii(texte)).upper())


def meme_nom(un: str | None, autre: str | None) -> bool:
    """Whether two names are K-equal; names without any letter are compared as they are written."""
    cle_un, cle_autre = cle(un), cle(autre)
    if cle_un or cle_autre:
        return cle_un == cle_autre
    return unicodedata.normalize("NFC", (un or "").strip()) == unicodedata.normalize(
        "NFC", (autre or "").strip()
    )


def traits_differents(un: Identite, autre: Identite) -> tuple[str, ...]:
    """Protected traits whose values differ; nothing said of a NIR and none held are the same."""
    return tuple(
        trait
        for trait in TRAITS_PROTEGES
        if (
            not _meme_nir(un.nir, autre.nir)
            if trait == "nir"
            else getattr(un, trait) != getattr(autre, trait)
        )
    )


def nir_sans_saisie(connu: Nir | None, dit: Nir | None) -> Nir | None:
    """The NIR to keep when no number was typed. The tree alone says « none held », and may take it back; a known number
    stays, because forms never contain it.
    """
    if dit is not None and dit.etat is EtatNir.AUCUN:
        return dit
    return None if _sans_nir(connu) else connu


def _meme_nir(un: Nir | None, autre: Nir | None) -> bool:
    return un == autre or (_sans_nir(un) and _sans_nir(autre))


def _sans_nir(trace: Nir | None) -> bool:
    """Nothing said, or declared as not held."""
    return trace is None or trace.etat is EtatNir.AUCUN


def cotitulaires_retires(avant: Contenu, apres: Contenu) -> tuple[str, ...]:
    """``personne`` of the co-holders of ``avant`` who are no adult of ``apres``: removed, or replaced.
    Protected.

    Run after matching (``appariement``), so that known adults carry their ``personne`` in both trees.
    """
    restants = {adulte.personne for _, adulte in adultes(apres)}
    connus = [cotitulaire.personne for cotitulaire in avant.cotitulaires]
    return tuple(personne for personne in connus if personne is not None and personne not in restants)
