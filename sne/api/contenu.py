"""The content tree as JSON: telephones as they were typed, numbers of social security by their state alone."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ValidationError
from pydantic_core import PydanticCustomError

from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.personnes import Contact, EtatNir, Identite
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.refus import DepotIncomplet

TELEPHONES = ("telephone_domicile", "telephone_portable", "telephone_travail")


def _exiger_dicible(valeur: Any) -> Any:
    """Refuse what only the register makes: the fingerprint of a number, the reading of a telephone."""
    if not isinstance(valeur, dict):
        return valeur
    for porteur in _porteurs(valeur):
        contact, identite = porteur.get("contact"), porteur.get("identite")
        if isinstance(contact, dict) and any(isinstance(contact.get(nom), dict) for nom in TELEPHONES):
            raise PydanticCustomError("forme", "attend les téléphones comme des textes")
        nir = identite.get("nir") if isinstance(identite, dict) else None
        if isinstance(nir, dict) and "empreinte" in nir:
            raise PydanticCustomError(
                "forme", "n’accepte pas d’empreinte\u00a0: envoyez les numéros dans «\u00a0nirs\u00a0»"
            )
    return valeur


def _porteurs(brut: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Raw blocks that hold contacts or an identity."""
    cotitulaires = brut.get("cotitulaires")
    autres = cotitulaires if isinstance(cotitulaires, list) else []
    for bloc in (brut.get("demandeur"), brut.get("association"), *autres):
        if isinstance(bloc, dict):
            yield bloc


ContenuRecu = Annotated[Contenu, BeforeValidator(_exiger_dicible)]
"""The content of a demande as a vendor writes it."""


def emettre(contenu: Contenu) -> dict[str, Any]:
    """The tree as JSON; what nobody said is left out. Handed in again, it is the same tree."""
    brut = contenu.model_dump(mode="json", exclude_none=True)
    for porteur in _porteurs(brut):
        contact, identite = porteur.get("contact", {}), porteur.get("identite", {})
        for nom in TELEPHONES:
            if nom in contact:
                contact[nom] = contact[nom]["saisi"]
        if "nir" in identite:
            identite["nir"] = {"etat": identite["nir"]["etat"]}
    emis: dict[str, Any] = _sans_vide(brut)
    return emis


def _sans_vide(valeur: Any) -> Any:
    """Without the blocks and the lists that hold nothing."""
    if isinstance(valeur, dict):
        return {nom: v for nom, brute in valeur.items() if (v := _sans_vide(brute)) not in ({}, [])}
    if isinstance(valeur, list):
        return [_sans_vide(v) for v in valeur]
    return valeur


def sans_trace(contenu: Contenu) -> Contenu:
    """A new content without what only a typed number says: « none held » is an answer, another state is not."""
    dites = {
        ref: a.identite.nir if a.identite.nir and a.identite.nir.etat is EtatNir.AUCUN else None
        for ref, a in arbre.adultes(contenu)
    }
    return arbre.avec_nirs(contenu, dites)


def relire(brut: Mapping[str, Any], base: Contenu) -> Contenu:
    """The tree of a whole JSON, where a telephone that did not change keeps what the register read in it.

    Raises ``DepotIncomplet`` for what the tree refuses.
    """
    try:
        contenu = Contenu.model_validate(_exiger_dicible(brut))
    except ValidationError as exc:
        raise DepotIncomplet(arbre.anomalies_de_forme(exc)) from None
    return garder_telephones(contenu, base)


def garder_telephones(contenu: Contenu, base: Contenu) -> Contenu:
    """The same tree, each telephone typed as before being the one of ``base``."""
    connus = {t.saisi: t for c in _contacts(base) for nom in TELEPHONES if (t := getattr(c, nom))}
    changes = {}
    if contenu.demandeur:
        changes["demandeur"] = _avec(contenu.demandeur, connus)
    if contenu.association:
        changes["association"] = _avec(contenu.association, connus)
    if contenu.cotitulaires:
        changes["cotitulaires"] = tuple(_avec(c, connus) for c in contenu.cotitulaires)
    return contenu.model_copy(update=changes)


def _contacts(contenu: Contenu) -> Iterator[Contact]:
    yield from (adulte.contact for _, adulte in arbre.adultes(contenu))
    if contenu.association:
        yield contenu.association.contact


def _avec(porteur: Any, connus: Mapping[str, arbre.Telephone]) -> Any:
    contact = porteur.contact
    gardes = {
        nom: connus[t.saisi] for nom in TELEPHONES if (t := getattr(contact, nom)) and t.saisi in connus
    }
    return porteur.model_copy(update={"contact": contact.model_copy(update=gardes)}) if gardes else porteur


def fusionner(brut: Any, correctif: Any) -> Any:
    """JSON Merge Patch (RFC 7396): ``null`` takes away, a list takes the place of a list."""
    if not isinstance(correctif, dict):
        return correctif
    fusionne = dict(brut) if isinstance(brut, dict) else {}
    for nom, valeur in correctif.items():
        if valeur is None:
            fusionne.pop(nom, None)
        else:
            fusionne[nom] = fusionner(fusionne.get(nom), valeur)
    return fusionne


def choisir(contenu: Mapping[str, Any], chemins: list[str]) -> dict[str, Any]:
    """The parts of an emitted content that were asked for, by dotted paths."""
    choisi: dict[str, Any] = {}
    for chemin in chemins:
        source: Any = contenu
        etapes = chemin.split(".")
        for etape in etapes:
            source = source.get(etape) if isinstance(source, dict) else None
        if source is None:
            continue
        cible = choisi
        for etape in etapes[:-1]:
            cible = cible.setdefault(etape, {})
        cible[etapes[-1]] = source
    return choisi


def emettre_partie(partie: BaseModel) -> dict[str, Any]:
    """A part of the tree that holds neither telephone nor number."""
    emise: dict[str, Any] = _sans_vide(partie.model_dump(mode="json", exclude_none=True))
    return emise


def identite_emise(identite: Identite) -> dict[str, Any]:
    """A proposed civil status, as content says one."""
    brut = identite.model_dump(mode="json", exclude_none=True)
    if "nir" in brut:
        brut["nir"] = {"etat": brut["nir"]["etat"]}
    emise: dict[str, Any] = _sans_vide(brut)
    return emise
