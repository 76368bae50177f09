"""From the tree to the wire: text of a business message, always within what the interface takes. Pure.

What is too long is cut, what a cut would falsify is left out, nothing is refused: the echo rule sees to it that what
comes back so does not replace what the file holds.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from sne.nuu.rules import valeurs
from sne.nuu.rules.description import DERNIERE, ESPACE, SANS_OBJET, VERSIONS, Element, doublon, message
from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.registre.contenu.rules.arbre.telephone import Telephone

PREFIXE = "ns1"
"""Three signs, declared on the root itself: a known client finds the message by stepping four signs back from the
colon of the first ``:interfaceNuu``."""
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
ADRESSES = frozenset({"adressePostale", "adresseLogement", "adresse"})
BRANCHES: Mapping[Titulaire, str] = {
    Titulaire.PERSONNE: "personnePhysique",
    Titulaire.ASSOCIATION: "association",
}

DES_BRANCHES = frozenset(BRANCHES.values())
NOMS = frozenset({"nom_usage", "nom_naissance"})
ANOMALIES = "listeAnomalie"
"""The one container that is filled from no field of the tree nor of the register."""

Repli = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class AnomalieFilaire:
    """One anomaly as the interface says it; ``propriete``: path of the element, or nothing."""

    code: str
    texte: str
    propriete: str = ""


@dataclass(frozen=True, slots=True)
class Emission:
    """One demande to write. ``dossier``, ``message``: what is not content, under the dictionary's names.

    ``repli``: (list, code) → the code that an older partner knows.
    """

    contenu: Contenu | None
    dossier: Mapping[str, Any]
    message: Mapping[str, Any]
    anomalies: Sequence[AnomalieFilaire] = ()


def ecrire_message(
    demandes: Iterable[Emission],
    *,
    type_fichier: str,
    date_fichier: datetime,
    version: str = DERNIERE,
    repli: Repli = lambda _liste, code: code,
) -> str:
    """The file: one root, and one ``demande`` after another; none at all is an explicit pair of tags."""
    ecrites = "".join(_Ecriture(version, repli).demande(emission) for emission in demandes)
    return DECLARATION + _racine(ecrites, type_fichier, date_fichier, version)


def ecrire_ensemble(
    demandes: Iterable[Emission],
    *,
    type_fichier: str,
    date_fichier: datetime,
    version: str = DERNIERE,
    repli: Repli = lambda _liste, code: code,
) -> str:
    """The file of an agreement that wants one root for each demande, each as it would be alone."""
    ecriture = _Ecriture(version, repli)
    racines = (_racine(ecriture.demande(e), type_fichier, date_fichier, version) for e in demandes)
    return f"{DECLARATION}<demandes>{''.join(racines)}</demandes>"


def _racine(demandes: str, type_fichier: str, date_fichier: datetime, version: str) -> str:
    return (
        f'<{PREFIXE}:interfaceNuu xmlns:{PREFIXE}="{ESPACE}" versionInterface="{version}">'
        f"<{PREFIXE}:entete>{_balise('typeFichier', type_fichier)}"
        f"{_balise('dateFichier', ecrire_instant(date_fichier))}</{PREFIXE}:entete>"
        f"{demandes}</{PREFIXE}:interfaceNuu>"
    )


def ecrire_lignes_de_doublons(
    doublons: Iterable[Mapping[str, Any]], *, repli: Repli = lambda _liste, code: code
) -> str:
    """Rows of ``listeDoublons``, inside a message or alone."""
    ecriture = _Ecriture(DERNIERE, repli)
    return "".join(ecriture.ligne(doublon(), ligne) for ligne in doublons)


def ecrire_doublons(
    doublons: Iterable[Mapping[str, Any]], *, repli: Repli = lambda _liste, code: code
) -> str:
    """The file of close demandes; none at all is an explicit pair of tags, for a client that wants both."""
    ecrits = ecrire_lignes_de_doublons(doublons, repli=repli)
    return (
        f'{DECLARATION}<{PREFIXE}:listeDoublons xmlns:{PREFIXE}="{ESPACE}">{ecrits}</{PREFIXE}:listeDoublons>'
    )


def ecrire_instant(instant: datetime) -> str:
    """Local time with its offset and milliseconds: ``2026-11-29T08:00:00.000+01:00``."""
    return instant.isoformat(timespec="milliseconds")


def _balise(nom: str, contenu: str, attributs: str = "") -> str:
    ouverte = f"{PREFIXE}:{nom}{attributs}"
    return f"<{ouverte}>{contenu}</{PREFIXE}:{nom}>" if contenu else f"<{ouverte}/>"


@dataclass(frozen=True, slots=True)
class _Ecriture:
    version: str
    repli: Repli

    def demande(self, emission: Emission) -> str:
        contenu = emission.contenu
        source = {} if contenu is None else {nom: getattr(contenu, nom) for nom in type(contenu).model_fields}
        source |= {"dossier": emission.dossier, "message": emission.message, "anomalies": emission.anomalies}
        return _balise("demande", self._contenu(message(), source)[0])

    def ligne(self, decrit: Element, source: Any) -> str:
        """One row of a repeated group."""
        return _balise(decrit.nom, self._contenu(decrit, source)[0])

    def _contenu(self, decrit: Element, source: Any) -> tuple[str, bool]:
        """Text of the children, and whether anything was said."""
        if decrit.nom == ANOMALIES:
            ecrites = ecrire_anomalies(source["anomalies"])
            return ecrites, bool(ecrites)
        lignes = _lignes_d_adresse(decrit, source) if decrit.nom in ADRESSES else {}
        groupe = _groupe(decrit, source) if decrit.choix else 0
        appuis: dict[tuple[str, ...], Any] = {(): source}
        morceaux, plein = [], False
        for enfant in decrit.enfants:
            if (enfant.depuis_0201 and self.version == VERSIONS[0]) or (
                enfant.alternative and enfant.alternative != groupe
            ):
                continue
            if enfant.repete:
                texte, dit = self._repetes(enfant, source)
            elif enfant.est_conteneur:
                texte, dit = self._conteneur(enfant, source)
            else:
                if enfant.autour not in appuis:
                    appuis[enfant.autour] = _atteindre(source, enfant.autour)
                valeur = lignes.get(enfant.nom) or _dite(appuis[enfant.autour], enfant)
                if valeur is None and not enfant.obligatoire and not enfant.alternative:
                    continue
                texte, dit = self._simple(enfant, valeur, source)
            morceaux.append(texte)
            plein = plein or dit
        return "".join(morceaux), plein

    def _simple(self, element: Element, valeur: Any, source: Any) -> tuple[str, bool]:
        ecrit = None if valeur is None else self._feuille(element, valeur)
        return (self._vide(element, source), False) if ecrit is None else (ecrit, True)

    def _conteneur(self, element: Element, source: Any) -> tuple[str, bool]:
        branche = element.nom in DES_BRANCHES
        if branche and element.nom != BRANCHES.get(source.get("titulaire")):
            return "", False
        if not branche and element.nom != ANOMALIES and _muet(element, source):
            return "", False
        texte, dit = self._contenu(element, source)
        dit = dit or branche
        return (_balise(element.nom, texte) if dit or element.obligatoire else ""), dit

    def _repetes(self, element: Element, source: Any) -> tuple[str, bool]:
        rows = _atteindre(source, element.champ) or ()
        requis = SANS_OBJET.get(element.nom, ())
        if requis:
            rows = [row for row in rows if any(_atteindre(row, (nom,)) is not None for nom in requis)]
        if element.est_conteneur:
            contenus = [self._contenu(element, row) for row in rows]
            textes = [_balise(element.nom, texte) for texte, dit in contenus if dit or not requis]
        else:
            textes = [ecrit for code in rows if (ecrit := self._feuille(element, code)) is not None]
        if textes or not element.obligatoire:
            return "".join(textes), bool(textes)
        return (self.ligne(element, {}) if element.est_conteneur else _balise(element.nom, "")), False

    def _vide(self, element: Element, source: Any) -> str:
        """An element of which nothing is said; a date has no way to say nothing."""
        if not element.obligatoire and not element.alternative:
            return ""
        if element.genre == "bool":
            return _balise(element.nom, "true" if _groupe_etranger(element, source) else "false")
        return "" if element.genre == "date" else _balise(element.nom, "")

    def _feuille(self, element: Element, valeur: Any) -> str | None:
        if element.genre == "code":
            code = self.repli(element.liste, str(valeur)) if element.liste else str(valeur)
            return _balise(
                element.nom, "", f' code="{code}"' if code.isalnum() else f" code={quoteattr(code)}"
            )
        texte = _texte(element, valeur)
        return None if texte is None or texte == "" else _balise(element.nom, escape(texte))


def _muet(element: Element, source: Any) -> bool:
    """Whether a container that may be left out has nothing to be filled with: its children are not looked at."""
    if element.obligatoire or not element.supports:
        return False
    return not any(_atteindre(source, support) for support in element.supports)


def _texte(element: Element, valeur: Any) -> str | None:
    if isinstance(valeur, str):
        if element.nom == "mel":
            return valeurs.ecrire_courriel(valeur)
        return valeurs.ecrire_texte(valeur, element.longueur, nom=element.mot)
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    if isinstance(valeur, datetime):
        return ecrire_instant(valeur)
    if isinstance(valeur, date):
        return valeur.isoformat()
    return valeurs.ecrire_telephone(valeur) if isinstance(valeur, Telephone) else _nombre(element, valeur)


def _nombre(element: Element, valeur: Decimal | int) -> str | None:
    return valeurs.ecrire_nombre(valeur, element.bornes)


def ecrire_anomalies(anomalies: Sequence[AnomalieFilaire]) -> str:
    """Rows of ``listeAnomalie``; the text is the first child of each. An empty list, which would read as a failure, is
    for the caller to leave out.
    """
    return "".join(
        _balise(
            "anomalie",
            _balise("message", escape(valeurs.HORS_XML.sub("", anomalie.texte))),
            f" code={quoteattr(anomalie.code)}"
            + (f" propriete={quoteattr(anomalie.propriete)}" if anomalie.propriete else ""),
        )
        for anomalie in anomalies
    )


def _atteindre(source: Any, champ: tuple[str, ...]) -> Any:
    for etape in champ:
        source = source.get(etape) if isinstance(source, dict) else getattr(source, etape, None)
        if source is None:
            return None
    return source


def _valeur(source: Any, element: Element) -> Any:
    """The value of a leaf."""
    return _dite(_atteindre(source, element.autour), element)


def _dite(autour: Any, element: Element) -> Any:
    """The value of a leaf, from what holds it. ``nom`` is the used name or else the birth name, which is said when it
    is another one.
    """
    if autour is None:
        return None
    if element.mot in NOMS:
        naissance, usage = _atteindre(autour, ("nom_naissance",)), _atteindre(autour, ("nom_usage",))
        if element.mot == "nom_usage":
            return usage or naissance
        ecrits = [valeurs.ecrire_texte(nom or "", element.longueur) for nom in (usage, naissance)]
        return naissance if usage and ecrits[0] != ecrits[1] else None
    return autour.get(element.mot) if isinstance(autour, dict) else getattr(autour, element.mot, None)


def _groupe(decrit: Element, source: Any) -> int:
    """Which group of its choice is written: 1 in France, 2 abroad, 0 for none.

    A French locality wants its postal code: without it the foreign group, whose words may be empty, stays valid.
    """
    choix = decrit.choix
    dits = [any(_valeur(source, e) for e in choix if e.alternative == groupe) for groupe in (1, 2)]
    if _valeur(source, choix[0]) and not (dits[1] and _atteindre(source, (*choix[0].autour, "etranger"))):
        return 1
    return 2 if dits[1] or choix[0].obligatoire else 0


def _groupe_etranger(element: Element, source: Any) -> bool:
    """Whether an address that does not say so is abroad."""
    if element.nom != "etranger":
        return False
    autour = _atteindre(source, element.autour)
    return any(
        _atteindre(autour, (nom,)) for nom in ("code_postal_etranger", "ville_etrangere", "pays")
    ) and not _atteindre(autour, ("code_postal",))


def _lignes_d_adresse(decrit: Element, source: Any) -> Mapping[str, str]:
    """Lines of an address as the interface holds them: a number without space, « 0 » for the ground floor, what
    overflows moved to the complement when it is free, words shortened as the post does.
    """
    places = decrit.par_nom
    lignes = {
        nom: str(dit)
        for nom, enfant in places.items()
        if enfant.genre == "text" and (dit := _valeur(source, enfant))
    }
    if "numero" in lignes:
        lignes["numero"] = "".join(lignes["numero"].split())
    if lignes.get("etage", "").upper() == "RDC":
        lignes["etage"] = "0"
    complement = places.get("compAdresse")
    deborde = [
        nom for nom in ("batiment", "escalier", "appartement")
        if len(lignes.get(nom, "")) > places[nom].longueur > 0
    ]  # fmt: skip
    if deborde and complement is not None and "compAdresse" not in lignes:
        lignes["compAdresse"] = " ".join(lignes[nom] for nom in deborde)
    for nom in ("voie", "compAdresse", "lieuDit"):
        if nom in lignes:
            lignes[nom] = valeurs.abreger(lignes[nom], places[nom].longueur)
    return lignes
