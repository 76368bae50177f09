"""What a tax notice says by its signed code, against the file: in sentences, as an aid and never as a proof. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sne.documents.rules.aides import Accord, AvisLu, Signature, accord_de_l_annee, accord_du_nom
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.socle.signes import INSECABLE

SIGNATURES: Mapping[Signature, str] = {
    Signature.VALIDE: "Code 2D-Doc de l’avis d’impôt\u00a0: la signature de l’administration est vérifiée.",
    Signature.FAUSSE: "Code 2D-Doc de l’avis d’impôt\u00a0: la signature est fausse. "
    "Ne vous fiez pas à cette pièce sans l’original.",
    Signature.CERTIFICAT_INCONNU: "Code 2D-Doc de l’avis d’impôt\u00a0: sa signature n’a pas pu être vérifiée. "
    "Cela ne prouve rien.",
    Signature.CERTIFICAT_PERIME: "Code 2D-Doc de l’avis d’impôt\u00a0: le certificat ne valait pas le jour de la "
    "signature. Cela ne prouve rien.",
}
NOMS: Mapping[Accord, str] = {
    Accord.IDENTIQUE: "Le nom lu est celui du dossier.",
    Accord.PROCHE: "Le nom lu est celui du dossier, à une ou deux lettres près.",
    Accord.DIFFERENT: "Le nom lu n’est pas celui du dossier. Demandez au ménage de l’expliquer.",
    Accord.ABSENT: "Aucun nom n’a été lu.",
}


def dire_avis(avis: Sequence[AvisLu], *, identite: Identite, annee: int | None) -> tuple[str, ...]:
    """What each notice read says of this person and of the year asked; nothing when none was read."""
    return tuple(phrase for lu in avis for phrase in _dire(lu, identite, annee))


def _dire(lu: AvisLu, identite: Identite, annee: int | None) -> Iterator[str]:
    yield SIGNATURES[lu.signature]
    noms = [n for n in (identite.nom_naissance, identite.nom_usage) if n]
    accords = [accord_du_nom(lu.declarants, nom=n, prenom=identite.prenoms or "") for n in noms]
    yield NOMS[next((a for a in Accord if a in accords), Accord.ABSENT)]
    if annee is not None and lu.annee_revenus is not None:
        if accord_de_l_annee(lu.annee_revenus, annee) is Accord.IDENTIQUE:
            yield f"Il porte sur les revenus de {annee}, comme attendu."
        else:
            yield f"Il porte sur les revenus de {lu.annee_revenus}, et non de {annee}."
    if lu.revenu_fiscal is not None:
        montant = f"{lu.revenu_fiscal:,}".replace(",", "\u202f")
        yield f"Revenu fiscal de référence lu{INSECABLE}: {montant}{INSECABLE}€."


_ENTRE_MOTS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Attendu:
    """Something that the file says and that the document should."""

    libelle: str
    valeur: str


@dataclass(frozen=True, slots=True)
class Constat:
    """Whether it was read in the text."""

    attendu: Attendu
    lu: bool


def confronter_texte(texte: str, attendus: Sequence[Attendu]) -> list[Constat]:
    """Look for each value, word for word, whatever the case, the accents and the signs between words."""
    lus = _mots(texte)
    return [Constat(a, bool(a.valeur) and _mots(a.valeur) in lus) for a in attendus]


def _mots(texte: str) -> str:
    lettres = unicodedata.normalize("NFKD", texte.casefold())
    sans_accent = "".join(signe for signe in lettres if not unicodedata.combining(signe))
    return f" {_ENTRE_MOTS.sub(' ', sans_accent).strip()} "
