"""From the wire to the tree: what a business message says, and what it says nothing of. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from pydantic import ValidationError

from sne.nuu.rules.description import DERNIERE, SANS_OBJET, VERSIONS, Element, message
from sne.nuu.rules.valeurs import lire, lire_code
from sne.nuu.rules.xml import MessageIllisible, local, texte
from sne.registre.contenu.rules.anomalie import Anomalie, Niveau, citer
from sne.registre.contenu.rules.arbre.champs import libelle
from sne.registre.contenu.rules.arbre.messages import anomalies_de_forme
from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.registre.contenu.rules.arbre.references import date_naissance, membres
from sne.socle.signes import INSECABLE

COMMUNE, CODE_COMMUNE = "commune", re.compile(r"[0-9A-Z]{5}")
A_NOUS = ("dossier", "message")


@dataclass(frozen=True, slots=True)
class Lu:
    """One business message. ``brut``: the content as the tree takes it; ``dossier``, ``message``: the rest.

    ``absents``: elements that are not there, each with the concrete path around it. ``anomalies``: what is wrong
    already, before the types of the tree look.
    """

    version: str
    type_fichier: str
    date_fichier: str
    brut: Mapping[str, Any]
    dossier: Mapping[str, Any]
    message: Mapping[str, Any]
    absents: tuple[tuple[str, Element], ...]
    anomalies: tuple[Anomalie, ...] = ()

    @property
    def muets(self) -> frozenset[str]:
        """Fields, by concrete path, of which the message says nothing at all, since their container is absent or its
        version knows none: asked for where an image is put over what the file holds.
        """
        dits = (base + ".".join(champ) for base, element in self.absents for champ in element.portes())
        return frozenset(chemin for chemin in dits if chemin.partition(".")[0] not in A_NOUS)

    def contenu(self) -> tuple[Contenu | None, tuple[Anomalie, ...]]:
        """The tree, or none; and everything that is wrong with the shape of what was sent."""
        try:
            lu = Contenu.model_validate(self.brut)
        except ValidationError as erreur:
            return None, (*self.anomalies, *anomalies_de_forme(erreur))
        return _situer_fiches(lu), self.anomalies


@dataclass(slots=True)
class _Etat:
    version: str
    absents: list[tuple[str, Element]] = field(default_factory=list)
    anomalies: list[Anomalie] = field(default_factory=list)
    communes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def lire_message(racine: etree._Element) -> Lu:
    """What ``interfaceNuu`` says, version 02.00 or 02.01. Raises ``MessageIllisible`` when it is no such message."""
    if local(racine) != "interfaceNuu":
        raise MessageIllisible("Le fichier XML n’est pas un message interfaceNuu.")
    version = racine.get("versionInterface", "") or DERNIERE
    if version not in VERSIONS:
        raise MessageIllisible(f"Versions de l’interface admises{INSECABLE}: 02.00 et 02.01.")
    parts = _par_nom(racine)
    entete = _par_nom(parts["entete"]) if "entete" in parts else {}
    etat = _Etat(version)
    brut: dict[str, Any] = {}
    demande = parts.get("demande")
    if demande is not None:
        _conteneur(demande, message(), brut, "", etat)
        _achever(brut, demande, etat)
    ailleurs = {nom: brut.pop(nom, {}) for nom in A_NOUS}
    return Lu(
        version=version,
        type_fichier=texte(entete["typeFichier"]).upper() if "typeFichier" in entete else "",
        date_fichier=texte(entete["dateFichier"]) if "dateFichier" in entete else "",
        brut=brut,
        dossier=ailleurs["dossier"],
        message=ailleurs["message"],
        absents=tuple(etat.absents),
        anomalies=tuple(etat.anomalies),
    )


def _par_nom(element: etree._Element) -> dict[str, etree._Element]:
    """Children by name. Raises ``MessageIllisible`` when one is there twice."""
    trouves: dict[str, etree._Element] = {}
    for enfant in element:
        nom = local(enfant)
        if nom in trouves:
            raise MessageIllisible(f"L’élément {citer(nom)} figure deux fois au même endroit.")
        trouves[nom] = enfant
    return trouves


def _conteneur(xml: etree._Element, decrit: Element, cible: dict[str, Any], base: str, etat: _Etat) -> None:
    """Read a container into ``cible``; ``base``: concrete path of ``cible`` in the tree."""
    recus: dict[str, list[etree._Element]] = {}
    for enfant in xml:
        recus.setdefault(local(enfant), []).append(enfant)
    appuis: dict[tuple[str, ...], dict[str, Any]] = {(): cible}
    inconnus = []
    for nom, trouves in recus.items():
        element = decrit.par_nom.get(nom)
        if element is None:
            inconnus.append(_inconnu(nom, base))
        elif element.repete:
            _repetes(trouves, element, cible, base, etat)
        elif len(trouves) > 1:
            raise MessageIllisible(f"L’élément {citer(nom)} figure deux fois au même endroit.")
        elif element.est_conteneur:
            _conteneur(trouves[0], element, cible, base, etat)
        else:
            if element.autour not in appuis:
                appuis[element.autour] = _appui(cible, element.autour)
            _poser(trouves[0], element, appuis[element.autour], base, etat)
    etat.absents += [
        (base, element)
        for element in decrit.attendus
        if element.nom not in recus and (element.est_conteneur or etat.version == VERSIONS[0])
    ]
    etat.anomalies += inconnus


def _poser(xml: etree._Element, element: Element, autour: dict[str, Any], base: str, etat: _Etat) -> None:
    valeur = autour[element.mot] = _feuille(xml, element)
    if element.mot == COMMUNE and valeur is not None and not CODE_COMMUNE.fullmatch(str(valeur)):
        etat.communes.append((base + ".".join(element.champ), autour))


def _repetes(
    trouves: Iterable[etree._Element], element: Element, cible: dict[str, Any], base: str, etat: _Etat
) -> None:
    lignes: list[Any] = []
    chemin = base + ".".join(element.champ)
    for trouve in trouves:
        if not element.est_conteneur:
            valeur = _feuille(trouve, element)
            lignes += [] if valeur is None else [valeur]
            continue
        ligne: dict[str, Any] = {}
        _conteneur(trouve, element, ligne, f"{chemin}[{len(lignes)}].", etat)
        requis = SANS_OBJET.get(element.nom, ())
        if not requis or any(ligne.get(nom) is not None for nom in requis):
            lignes.append(ligne)
    if lignes:
        _appui(cible, element.autour)[element.mot] = lignes


def _feuille(xml: etree._Element, element: Element) -> object:
    if element.genre == "code":
        return lire_code(element.mot, xml.get("code", ""))
    return lire(element.genre, element.mot, xml.text or "")


def _appui(cible: dict[str, Any], etapes: tuple[str, ...]) -> dict[str, Any]:
    """What holds a field, made where it is not there yet."""
    for etape in etapes:
        cible = cible.setdefault(etape, {})
    return cible


def _inconnu(nom: str, base: str) -> Anomalie:
    return Anomalie(
        "FORME_EXTRA_FORBIDDEN",
        Niveau.BLOQUANT,
        base.rstrip("."),
        f"{citer(nom[:60])} n’est pas un champ de la demande à cet endroit{INSECABLE}: retirez-le.",
    )


def _achever(brut: dict[str, Any], demande: etree._Element, etat: _Etat) -> None:
    """What the elements say together: who applies, names, addresses that say nothing, keys of dependants, communes."""
    logement = _par_nom(demande).get("demandeLogement")
    branches = set() if logement is None else {local(enfant) for enfant in logement}
    if "personnePhysique" in branches:
        brut["titulaire"] = Titulaire.PERSONNE
    elif "association" in branches:
        brut["titulaire"] = Titulaire.ASSOCIATION
    personnes = [brut.get("demandeur", {}), *brut.get("cotitulaires", [])]
    for personne in personnes:
        if "identite" in personne:
            _nommer(personne["identite"])
    for porteur, nom in (
        (brut.get("demandeur"), "adresse_courrier"),
        (brut.get("logement_actuel"), "adresse"),
        (brut.get("association"), "adresse_courrier"),
    ):
        if porteur and not _adresse_dite(porteur.get(nom)):
            porteur.pop(nom, None)
    for rang, charge in enumerate(brut.get("foyer", {}).get("personnes_a_charge", []), start=1):
        charge["identifiant"] = f"p{rang}"
    _ecarter_communes(etat)


def _nommer(identite: dict[str, Any]) -> None:
    """``nom`` is the used name; ``nomPatronymique`` the birth name, given only when it is another one."""
    usage, naissance = identite.get("nom_usage"), identite.get("nom_naissance")
    if naissance is None or naissance == usage:
        identite["nom_naissance"], identite["nom_usage"] = usage, None


def _adresse_dite(adresse: Mapping[str, Any] | None) -> bool:
    """An address of which only « not abroad » is said is the empty one that the interface makes mandatory."""
    if not adresse:
        return False
    dits = {nom for nom, valeur in adresse.items() if valeur is not None}
    return bool(dits - {"etranger"}) or adresse.get("etranger") is True


def _ecarter_communes(etat: _Etat) -> None:
    """A code that no commune has the shape of is an unknown commune, and no fault of the message."""
    for ici, autour in etat.communes:
        autour[COMMUNE] = None
        phrase = f"{libelle(ici)}{INSECABLE}: cette commune n’existe pas. Choisissez une commune de la liste."
        etat.anomalies.append(Anomalie("COMMUNE_INCONNUE", Niveau.BLOQUANT, ici, phrase))


def _situer_fiches(contenu: Contenu) -> Contenu:
    """Handicap sheets name their person by birth date alone: the member is found when only one was born that day."""
    if not contenu.handicaps:
        return contenu
    nes: dict[Any, list[str]] = {}
    for reference, membre in membres(contenu):
        nes.setdefault(date_naissance(membre), []).append(reference)
    fiches = tuple(
        fiche.model_copy(update={"personne": nes[fiche.date_naissance][0]})
        if fiche.date_naissance is not None and len(nes.get(fiche.date_naissance, ())) == 1
        else fiche
        for fiche in contenu.handicaps
    )
    return contenu.model_copy(update={"handicaps": fiches})
