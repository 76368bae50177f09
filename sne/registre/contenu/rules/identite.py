"""Which changes of civil status are the same person written otherwise, and which must wait for a
decision.

A taken-over application keeps its seniority, so a protected trait never changes on one person's word:
what is not equal to the *anchor* (the identity last validated, else the one at creation) is kept aside as
pending, through every door.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from anyascii import anyascii

from sne.registre.contenu.rules import nir as nirs
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


def comparer(ancre: Identite, nouvelle: Identite, *, nir_saisi: str = "") -> tuple[str, ...]:
    """Protected traits of ``nouvelle`` that differ from the anchor, in the order of
    :data:`TRAITS_PROTEGES`.

    An empty answer means that the change may be applied at once. Names are compared by K, the rest by
    equality, with two exceptions: civility 3 → 2 (an old file put right), and a NIR filled in where there
    was none. That number, given in ``nir_saisi`` (15 signs), must agree with sex and birth year and month
    of the *anchor*, and come alone: beside another protected change it waits with it, or it would let in
    the person that the change announces.
    """
    ecarts = {
        "nom_naissance": not meme_nom(ancre.nom_naissance, nouvelle.nom_naissance),
        "prenoms": not meme_nom(ancre.prenoms, nouvelle.prenoms),
        "date_naissance": ancre.date_naissance != nouvelle.date_naissance,
        "civilite": ancre.civilite != nouvelle.civilite and (ancre.civilite, nouvelle.civilite) != ("3", "2"),
    }
    rempli = not any(ecarts.values()) and _sans_nir(ancre.nir) and _accorde(ancre, nir_saisi)
    ecarts["nir"] = not (_meme_nir(ancre.nir, nouvelle.nir) or rempli)
    return tuple(trait for trait in TRAITS_PROTEGES if ecarts[trait])


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
    """What is known of a NIR once no number was typed: « none held » is said by the tree, and taken back
    by it; a known number stays, since no form carries it back.
    """
    if dit is not None and dit.etat is EtatNir.AUCUN:
        return dit
    return None if _sans_nir(connu) else connu


def _meme_nir(un: Nir | None, autre: Nir | None) -> bool:
    return un == autre or (_sans_nir(un) and _sans_nir(autre))


def _accorde(ancre: Identite, nir_saisi: str) -> bool:
    return nir_saisi != "" and not nirs.ecarts(
        nir_saisi,
        civilite=ancre.civilite,
        date_naissance=ancre.date_naissance,
        presumee=bool(ancre.date_naissance_presumee),
    )


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
