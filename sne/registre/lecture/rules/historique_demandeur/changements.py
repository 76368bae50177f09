"""What a household reads of one changed field: its name, and its values before and after only when they are the
reader's own. Pure.

A NIR and anything of health never show. A contact is shown, masked, to the person who proved that it is theirs. A name
is shown to its bearer; other readers see its first letter. All the rest is shown for the revisions at which the demande
was the reader's.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from sne.registre.contenu.rules.arbre.champs import champ_de, generique, libelle
from sne.registre.contenu.rules.arbre.lieux import Adresse, Localite
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.contenu.rules.arbre.telephone import Telephone
from sne.registre.contenu.rules.identite import meme_nom
from sne.registre.lecture.rules.historique_demandeur.lecteur import Lecteur
from sne.registre.lecture.rules.historique_demandeur.mots import Mots
from sne.socle.masques import courriel_masque, telephone_masque

AUTRE = "Autre information"
AUTRE_ADULTE = "Autre adulte"
CACHE = "non montré ici"
MUETS = tuple(f"{quoi}, {CACHE}" for quoi in ("changement", "retrait", "ajout"))
CHIFFRES_NATIONAUX = 9  # the last ones of a number


class Famille(StrEnum):
    """Kinds of fields, by what may be shown of them."""

    SANTE = "SANTE"
    SENSIBLE = "SENSIBLE"
    NIR = "NIR"
    CONTACT = "CONTACT"
    NOM = "NOM"
    ETAT_CIVIL = "ETAT_CIVIL"
    DECLARATION = "DECLARATION"


NOMS = frozenset({"nom_naissance", "nom_usage", "prenoms"})
NIRS = frozenset({"nir", "nir_etat"})
ADULTES = ("demandeur", "cotitulaires[]")
SEGMENTS_DE_CONTACT = frozenset(
    {"contact", "adresse_courrier", "accompagnant", "adresse", "localite", "lieu_travail", "hebergeant"}
)
TRAITS: Mapping[str, str] = MappingProxyType({"nir_etat": "nir"})


class Qui(StrEnum):
    """Whose a field is, for a reader."""

    SIEN = "SIEN"
    AUTRE_ADULTE = "AUTRE_ADULTE"
    FOYER = "FOYER"


@dataclass(frozen=True, slots=True)
class Cote:
    """One side of a change. ``texte``: in words, masked where it has to be; empty for nothing, or when ``cache``."""

    texte: str = ""
    cache: bool = False

    @property
    def dit(self) -> str:
        """What stands there on a page."""
        return CACHE if self.cache else self.texte


@dataclass(frozen=True, slots=True)
class ChangementMontre:
    """One field that changed. ``montre``: whether either side says anything."""

    libelle: str
    avant: Cote
    apres: Cote

    @property
    def montre(self) -> bool:
        """Whether a value shows, before or after."""
        return bool(self.avant.texte or self.apres.texte)

    @property
    def muet(self) -> str:
        """What is told where no value shows; empty where one does."""
        if self.montre:
            return ""
        if self.avant.cache and self.apres.cache:
            return MUETS[0]
        return MUETS[1 if self.avant.cache else 2]


def famille_de(champ: str) -> Famille | None:
    """The kind of a journalled field: a path of the tree, or a bare trait of an identity; ``None`` if unknown."""
    connu = generique(champ)
    nom = connu.rpartition(".")[2]
    if connu.startswith("handicaps") or connu == "motifs.autre_motif":
        return Famille.SANTE
    if nom in NIRS:
        return Famille.NIR
    if connu in Identite.model_fields or ".identite" in connu:
        return Famille.NOM if nom in NOMS else Famille.ETAT_CIVIL
    trouve = champ_de(champ)
    if trouve is None:
        return None
    if _est_un_contact(connu, trouve.type):
        return Famille.CONTACT
    return Famille.SENSIBLE if _est_sensible(connu) else Famille.DECLARATION


def montrer(
    champ: str,
    avant: str | None,
    apres: str | None,
    *,
    revision: int,
    personne: str,
    lecteur: Lecteur,
    mots: Mots,
) -> ChangementMontre | None:
    """What this reader reads of a change made at ``revision``; ``None`` when even its name is not theirs to read.

    ``personne``: the owner of a bare trait, as the entry says.
    """
    famille = famille_de(champ)
    a_qui = [_a_qui(champ, r, personne, lecteur) for r in (revision - 1, revision)]
    if famille is Famille.SANTE or (famille is Famille.CONTACT and set(a_qui) == {Qui.AUTRE_ADULTE}):
        return None
    nom = AUTRE if famille is None else _nommer(champ, a_qui[1])
    if famille is None or famille in (Famille.NIR, Famille.SENSIBLE):
        return ChangementMontre(nom, _cacher(avant), _cacher(apres))
    avant_montre, apres_montre = (
        _cote(_Valeur(champ, texte, famille, qui, r), lecteur, mots)
        for texte, qui, r in zip((avant, apres), a_qui, (revision - 1, revision), strict=True)
    )
    return ChangementMontre(nom, avant_montre, apres_montre)


def montrer_tout(
    valeurs: Mapping[str, tuple[str | None, str | None]],
    *,
    revision: int,
    personne: str,
    lecteur: Lecteur,
    mots: Mots,
) -> tuple[ChangementMontre, ...]:
    """Every change of an entry that this reader reads, each name once."""
    montres: dict[str, ChangementMontre] = {}
    for champ, (avant, apres) in sorted(valeurs.items()):
        montre = montrer(
            champ, avant, apres, revision=revision, personne=personne, lecteur=lecteur, mots=mots
        )
        if montre is not None and (montre.libelle not in montres or montre.montre):
            montres[montre.libelle] = montre
    return tuple(montres.values())


@dataclass(frozen=True, slots=True)
class _Valeur:
    """One side of a change, at the revision that carried it."""

    champ: str
    texte: str | None
    famille: Famille
    qui: Qui
    revision: int


def _cote(valeur: _Valeur, lecteur: Lecteur, mots: Mots) -> Cote:
    texte = valeur.texte
    if not texte or texte == "None":
        return Cote()
    if valeur.revision in lecteur.defaites:
        return Cote(cache=True)
    if valeur.famille is Famille.CONTACT:
        return _contact(texte, lecteur.contacts)
    if valeur.famille in (Famille.NOM, Famille.ETAT_CIVIL):
        return _identite(valeur, texte, lecteur, mots)
    if valeur.qui is Qui.AUTRE_ADULTE or not lecteur.lit(valeur.revision):
        return Cote(cache=True)
    dit = mots.dire(valeur.champ, texte)
    return Cote(dit) if dit else Cote(cache=True)  # a whole block has no words


def _contact(texte: str, contacts: Iterable[str]) -> Cote:
    """Masked for the person who proved that it is theirs; hidden from everybody else."""
    if _comparable(texte) not in {_comparable(contact) for contact in contacts}:
        return Cote(cache=True)
    return Cote(courriel_masque(texte) if "@" in texte else telephone_masque(texte))


def _identite(valeur: _Valeur, texte: str, lecteur: Lecteur, mots: Mots) -> Cote:
    trait = generique(valeur.champ).rpartition(".")[2]
    if lecteur.identite is not None and valeur.qui is Qui.SIEN and _porte(lecteur.identite, trait, texte):
        return Cote(mots.dire(valeur.champ, texte))
    if valeur.famille is Famille.NOM and (initiale := _initiale(texte)):
        return Cote(f"{initiale}••••")
    return Cote(cache=True)


def _porte(identite: Identite, trait: str, texte: str) -> bool:
    """Whether the reader bears this very trait."""
    sien = getattr(identite, trait, None)
    if sien is None:
        return False
    if trait in NOMS:
        return meme_nom(sien, texte)
    return (sien.isoformat() if isinstance(sien, date) else str(sien)) == texte


def _initiale(texte: str) -> str:
    lettre = next((signe for signe in texte.strip() if signe.isalpha()), "")
    return lettre.upper()


def _a_qui(champ: str, revision: int, personne: str, lecteur: Lecteur) -> Qui:
    connu = generique(champ)
    if connu in Identite.model_fields or connu in TRAITS:
        return Qui.SIEN if personne and personne == lecteur.personne else Qui.AUTRE_ADULTE
    if not connu.startswith(ADULTES):
        return Qui.FOYER
    rang = 0 if connu.startswith("demandeur") else _rang(champ) + 1
    return Qui.SIEN if lecteur.places.get(revision) == rang else Qui.AUTRE_ADULTE


def _rang(champ: str) -> int:
    trouve = re.search(r"\[(\d+)\]", champ)
    return int(trouve[1]) if trouve else -2


def _nommer(champ: str, qui: Qui) -> str:
    """French name of a field; of one of another adult, it says so."""
    trait = TRAITS.get(champ, champ)
    if trait in Identite.model_fields:
        nom = Identite.model_fields[trait].title or AUTRE
    elif qui is Qui.FOYER:
        return libelle(champ)
    else:
        connu = champ_de(champ)
        nom = connu.titre if connu else AUTRE
    return f"{AUTRE_ADULTE}, {nom[:1].lower()}{nom[1:]}" if qui is Qui.AUTRE_ADULTE else nom


def _est_un_contact(connu: str, type_: type) -> bool:
    return (
        type_ in (Adresse, Localite, Telephone)
        or connu.endswith("courriel")
        or not SEGMENTS_DE_CONTACT.isdisjoint(connu.split("."))
    )


def _est_sensible(connu: str) -> bool:
    """Reasons of a demande (violence is one), free texts, whole blocks of a person: the history says only that they
    changed.
    """
    return connu.startswith("motifs") or connu in ("precisions", "cotitulaires[]", "titulaire")


def _cacher(texte: str | None) -> Cote:
    return Cote(cache=bool(texte))


def _comparable(contact: str) -> str:
    """An e-mail without case; of a number, its national digits."""
    if "@" in contact:
        return contact.strip().casefold()
    chiffres = "".join(signe for signe in contact if signe.isdigit())
    return chiffres[-CHIFFRES_NATIONAUX:] if len(chiffres) >= CHIFFRES_NATIONAUX else contact
