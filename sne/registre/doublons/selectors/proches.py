"""The same household twice: four index look-ups over both roles, one score, in one statement."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sne.registre.contenu.rules.arbre.references import Adulte
from sne.registre.demande.actions.lignes import cles_de_contact
from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut
from sne.registre.doublons.selectors.requetes import SCORE
from sne.socle.lignes import lire_lignes

LIMITE = 20
AUTOUR = 100  # born that day, on each side of the surname that is typed: more are not compared
PROCHE = 0.4  # trigram similarity worth telling


@dataclass(frozen=True, slots=True)
class PersonneCherchee:
    """One adult as typed; ``nir_empreinte`` is the fingerprint, ``telephone`` in E.164. Empty means not given.

    ``nir_etat`` and ``naissance_commune`` only tell two persons apart, from one territory to another.
    """

    nom: str = ""
    usage: str = ""
    prenoms: str = ""
    date_naissance: date | None = None
    nir_empreinte: bytes | None = None
    telephone: str = ""
    nir_etat: str = ""
    naissance_commune: str = ""


@dataclass(frozen=True, slots=True)
class Proche:
    """A demande that may be of the same household, and why it is close (sentences in French)."""

    demande_id: uuid.UUID
    nud: str
    statut: str
    date_expiration: date
    role: str
    nom: str
    prenoms: str
    date_naissance: date
    score: Decimal
    raisons: tuple[str, ...]
    meme_nir: bool
    identite_id: uuid.UUID

    @property
    def bloque(self) -> bool:
        """Whether the household has it open under the same number: another one cannot be registered."""
        return self.meme_nir and self.ouverte

    @property
    def ouverte(self) -> bool:
        """Whether the household holds its place by it."""
        return self.statut in OUVERTES

    @property
    def radiee(self) -> bool:
        """Whether it was struck off, and may come back."""
        return self.statut == Statut.RADIEE


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """What is close now, and the demandes that only a past identity makes close: never shown to a counter."""

    proches: tuple[Proche, ...]
    anciennes: tuple[Proche, ...]


def adulte_cherche(adulte: Adulte) -> PersonneCherchee:
    """The look-up keys of one adult."""
    nir = adulte.identite.nir
    return PersonneCherchee(
        nom=adulte.identite.nom_naissance or "",
        usage=adulte.identite.nom_usage or "",
        prenoms=adulte.identite.prenoms or "",
        date_naissance=adulte.identite.date_naissance,
        nir_empreinte=bytes.fromhex(nir.empreinte) if nir and nir.empreinte else None,
        telephone=cles_de_contact(adulte)["telephone"],
        nir_etat=str(nir.etat) if nir else "",
        naissance_commune=adulte.identite.lieu_naissance.commune or "",
    )


def list_proches(
    personnes: Sequence[PersonneCherchee], *, territoire: str, seuil: float, sauf: uuid.UUID | None = None
) -> tuple[Proche, ...]:
    """Demandes of the territory whose score reaches ``seuil``, the closest first, 20 at most; present identities.

    Score (both roles): 4·same NIR + 2·same birth date (0.75 when a slip explains it) + 2·names + 1.5·first names
    + 1·same phone.
    """
    lignes = _chercher(personnes, territoire=territoire, seuil=seuil, sauf=sauf, passees=False)
    return tuple(_proche(ligne) for ligne in lignes)


def rapprocher(
    personnes: Sequence[PersonneCherchee], *, territoire: str, seuil: float, sauf: uuid.UUID | None = None
) -> Rapprochement:
    """The same at registration, by past identities too: a household whose demande was taken over is found by its past
    identity only.
    """
    lignes = _chercher(personnes, territoire=territoire, seuil=seuil, sauf=sauf, passees=True)
    return Rapprochement(
        proches=tuple(_proche(ligne) for ligne in lignes if ligne["actuelle"]),
        anciennes=tuple(_proche(ligne) for ligne in lignes if not ligne["actuelle"]),
    )


def _chercher(
    personnes: Sequence[PersonneCherchee],
    *,
    territoire: str,
    seuil: float,
    sauf: uuid.UUID | None,
    passees: bool,
) -> list[dict[str, Any]]:
    parametres: dict[str, Any] = {
        "personnes": en_lignes(personnes),
        "territoire": territoire,
        "sauf": sauf or uuid.UUID(int=0),
        "seuil": seuil,
        "limite": LIMITE,
        "autour": AUTOUR,
        "passees": passees,
    }
    return lire_lignes(SCORE, parametres)


def en_lignes(personnes: Sequence[PersonneCherchee]) -> str:
    """Who is looked for, as the statements read them (JSON)."""
    return json.dumps([_ligne(p) for p in personnes])


def _ligne(personne: PersonneCherchee) -> dict[str, str | None]:
    return {
        "nir": "\\x" + personne.nir_empreinte.hex() if personne.nir_empreinte else None,
        "nir_etat": personne.nir_etat,
        "commune": personne.naissance_commune,
        "naissance": personne.date_naissance.isoformat() if personne.date_naissance else None,
        "nom": personne.nom,
        "usage": personne.usage,
        "prenoms": personne.prenoms,
        "telephone": personne.telephone,
    }


def _proche(ligne: dict[str, Any]) -> Proche:
    return Proche(
        demande_id=ligne["id"],
        nud=ligne["nud"],
        statut=ligne["statut"],
        date_expiration=ligne["date_expiration"],
        role=ligne["role"],
        nom=ligne["nom_naissance"],
        prenoms=ligne["prenoms"],
        date_naissance=ligne["date_naissance"],
        score=Decimal(str(ligne["score"])).quantize(Decimal("0.01")),
        raisons=raisons_de(ligne),
        meme_nir=bool(ligne["meme_nir"]),
        identite_id=ligne["identite"],
    )


def raisons_de(ligne: dict[str, Any]) -> tuple[str, ...]:
    """Why two adults are close, in French, from a row of the score. ``role``: of the person on record."""
    faits = (
        (ligne["meme_nir"], "même numéro de sécurité sociale"),
        (ligne["meme_naissance"], "même date de naissance"),
        (ligne["naissance_voisine"], "date de naissance à une faute près"),
        (True, _proximite(ligne["proximite_nom"], exacte="même nom", proche="nom proche")),
        (True, _proximite(ligne["proximite_prenoms"], exacte="mêmes prénoms", proche="prénoms proches")),
        (ligne["meme_telephone"], "même téléphone"),
        (ligne["role"] == "COTITULAIRE", "comme cotitulaire"),
    )
    return tuple(raison for vrai, raison in faits if vrai and raison)


def _proximite(valeur: object, *, exacte: str, proche: str) -> str:
    proximite = float(str(valeur))
    return exacte if proximite >= 1 else proche if proximite >= PROCHE else ""
