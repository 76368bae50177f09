"""The business message, described once: order of elements, which are mandatory, which came with 02.01. Pure.

What each element holds (field of the tree, type, bounds) is told by the dictionary of the content; this page adds the
order, that a dictionary of fields cannot say. ``!``: mandatory even when nothing is said. ``+``: since 02.01.
``a|b``: one group or the other.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files

ESPACE = "http://nuu.application.i2/"
VERSIONS = ("02.00", "02.01")
DERNIERE = "02.01"

LOCALITE = "codePostal! commune!"
LOCALITE_ETRANGERE = "codePostalEtranger! communeEtranger! pays!"
# Of a locality that may be left out whole: each word is written as soon as its group is the one chosen.
LOCALITE_FACULTATIVE = f"{LOCALITE}|{LOCALITE_ETRANGERE}".replace("!", "")
LIGNES = "appartement etage escalier batiment compAdresse numero"
ADRESSE = f"etranger! {LIGNES} voie! lieuDit {LOCALITE}|{LOCALITE_ETRANGERE} nomHebergeant"
PROFESSION = (
    "profession typeContratTravail! multiEmployeur nomEmployeurPrincipal etranger "
    f"{LOCALITE_FACULTATIVE} nomOrganismeCollecteur"
)
IDENTITE = "civilite! nom! nomPatronymique prenom! dateNaissance! nationalite! situationFamiliale!"
ORDRE: Mapping[str, str] = {
    "demande": "informationDalo demandeLogement!",
    "informationDalo": "statutDalo dateDecisionDalo diagnosticSocialDalo accompagnementSocialDalo "
    "typologieLogementDalo",
    "demandeLogement": "numGuichet! numUnique numUniqueAssocie refInterne dateCreationDemande! forcerDoublon "
    "renouvellementElec precision! informationTraitement+ logementRecherche principauxMotifDemande "
    "association personnePhysique listeHandicap renouvellement radiation listeAnomalie listeDoublons "
    "dateDerniereModificationPiece incrementFichier",
    "informationTraitement": "estDelaiAnormalementLong estMultiplesAttributionsSousConditions dateCalculIndicateur",
    "logementRecherche": "categorieLogementRecherche avecParking rezDeChaussee sansAscenseur montantLoyer "
    "demandeElargie! listeTypeLogement! listeLocalisationSouhaite!",
    "listeTypeLogement": "typeLogement!",
    "listeLocalisationSouhaite": "localisationSouhaite!",
    "localisationSouhaite": "commune! quartier",
    "principauxMotifDemande": "compDateJugement compAutreMotif motifDemande!",
    "association": "nom! telDomicile telPortable telTravail mel adressePostale",
    "adressePostale": ADRESSE,
    "adresseLogement": ADRESSE,
    "personnePhysique": "demandeur! adresseLogement listePersonneACharge personneANaitre listePersonneEnGarde "
    "listeCotitulaire logementActuel!",
    "demandeur": f"{IDENTITE} telDomicile telPortable telTravail mel notifSms+ notifEvt+ adressePostale! "
    "situationProfessionnelle! revenuFiscal! listeRessourceRecue! listeRessourceVersee! "
    "listeRessourceRecuePersACharge! listeRessourceVerseePersACharge!",
    "situationProfessionnelle": PROFESSION,
    "revenuFiscal": "anneeMoins1 montantMoins1 anneeMoins2 montantMoins2",
    "listeRessourceRecue": "detailRessource",
    "listeRessourceVersee": "detailRessource",
    "listeRessourceRecuePersACharge": "detailRessource",
    "listeRessourceVerseePersACharge": "detailRessource",
    "detailRessource": "ressource montant",
    "listePersonneACharge": "personneACharge",
    "personneACharge": "nom prenom dateNaissance sexe lienParente",
    "personneANaitre": "nombre dateNaissancePrevue",
    "listePersonneEnGarde": "personneEnGarde",
    "personneEnGarde": "dateNaissance sexe coParentalite",
    "listeCotitulaire": "cotitulaire",
    "cotitulaire": f"{IDENTITE} telDomicile telPortable telTravail lienDemandeur! situationProfessionnelle! "
    "revenuFiscal listeRessourceRecue! listeRessourceVersee!",
    "logementActuel": "listeModeleLogement! compNomOrgBailleur compResSocDepuis compResHotDepuis compSousLocDepuis "
    "compStructDepuis compNomStructure compCentreDepuis compNomCentre montantMensuelLoyer montantMensuelAPL "
    "nombreHabitant categorieLogement typeLogementActuel surface proprietaire! etranger "
    f"{LOCALITE_FACULTATIVE} typeLogementPossede",
    "listeModeleLogement": "modeleLogement!",
    "listeHandicap": "handicap",
    "handicap": "dateNaissance referent compAutreNature etatHandicap capaciteMarcheHandicap accompagne handicapMoteur "
    "handicapSensoriel handicapAutre listeNatureHandicapSensoriel listeNatureHandicapMoteur "
    "listeAideTechniqueHandicap listeEquipementHandicap besoinParticulier besoinAutre",
    "referent": "handicapReconnu procheDomicile nom adresse tel mel",
    "listeNatureHandicapSensoriel": "natureHandicapSensoriel",
    "listeNatureHandicapMoteur": "natureHandicapMoteur",
    "listeAideTechniqueHandicap": "aideTechniqueHandicap",
    "listeEquipementHandicap": "equipementHandicap",
    "renouvellement": "dateRenouvellement!",
    "radiation": "dateRadiation! motifRadiation! sousMotifIrrecevabilite absenceReponse attributionLogement",
    "absenceReponse": "dateCourrier",
    "attributionLogement": "dateSignatureBail! dejaLogeParcBailleur! numeroRpls attribueEnComDALO accordCollectif! "
    "typeReservataire! codeSirenBailleur zus typeLogement surface montantLoyer adresse",
    "attributionLogement/adresse": f"{LIGNES} voie lieuDit codePostal commune",
    "listeAnomalie": "anomalie",
    "anomalie": "message!",
    "listeDoublons": "doublon",
    "doublon": "numUnique! demandeur! listeCotitulaire listeLocalisationSouhaitee!",
    "doublon/demandeur": "civilite! nom! nomPatronymique prenom! dateNaissance! adressePostale! adresseLogement",
    "doublon/demandeur/adressePostale": ADRESSE.replace("!", "").replace("etranger", "etranger!", 1),
    "doublon/demandeur/adresseLogement": ADRESSE.replace("!", "").replace("etranger", "etranger!", 1),
    "doublon/listeCotitulaire/cotitulaire": "civilite! nom! nomPatronymique prenom! dateNaissance!",
    "listeLocalisationSouhaitee": "localisationSouhaitee!",
    "localisationSouhaitee": "commune! quartier",
}
"""Children of each container, in the order of the interface; the key is its name, or the end of its path."""

SANS_OBJET: Mapping[str, tuple[str, ...]] = {
    "localisationSouhaite": ("commune",),
    "detailRessource": ("nature", "montant_mensuel"),
}
"""Rows that are no row when they say none of these; somebody of the household is one, however little is said."""

INTERVALLE = re.compile(r"(-?\d+)\.\.(-?\d+)")


@dataclass(frozen=True)
class Element:
    """One element of the message. ``champ``: where its value lives in the tree, from the nearest repeated group.

    ``genre``: ``text``, ``code``, ``date``, ``bool``, ``int``, ``montant`` for a value, empty for a container.
    ``bornes``: of a number, both included. ``longueur``: of a text, in characters; 0 for none.
    ``alternative``: 1 or 2 for the two groups of a choice, else 0. ``supports``: of a container, what holds its
    values in the tree: when none is there, it says nothing.
    """

    nom: str
    genre: str = ""
    champ: tuple[str, ...] = ()
    repete: bool = False
    liste: str = ""
    longueur: int = 0
    bornes: tuple[int, int] | None = None
    obligatoire: bool = False
    depuis_0201: bool = False
    alternative: int = 0
    enfants: tuple["Element", ...] = ()
    supports: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def est_conteneur(self) -> bool:
        return not self.genre

    @cached_property
    def mot(self) -> str:
        """Last word of the field."""
        return self.champ[-1]

    @cached_property
    def autour(self) -> tuple[str, ...]:
        """What holds the field in the tree."""
        return self.champ[:-1]

    @cached_property
    def par_nom(self) -> Mapping[str, "Element"]:
        """Children by name."""
        return {enfant.nom: enfant for enfant in self.enfants}

    @cached_property
    def choix(self) -> tuple["Element", ...]:
        """Children of which one group or the other is written."""
        return tuple(enfant for enfant in self.enfants if enfant.alternative)

    @cached_property
    def attendus(self) -> tuple["Element", ...]:
        """Children whose absence says something."""
        return tuple(e for e in self.enfants if not e.repete and (e.est_conteneur or e.depuis_0201))

    def portes(self) -> Iterator[tuple[str, ...]]:
        """Fields of the tree that this element carries, itself included, from the nearest repeated group."""
        if self.champ:
            yield self.champ
        if not (self.est_conteneur and self.repete):
            for enfant in self.enfants:
                yield from enfant.portes()


@dataclass(frozen=True, slots=True)
class _Ligne:
    champ: str
    genre: str
    liste: str
    longueur: int
    bornes: tuple[int, int] | None


@cache
def message() -> Element:
    """``demande`` and everything below it, compiled once."""
    return _element("demande", (), "", _lignes())


@cache
def doublon() -> Element:
    """One close demande of a list of doubles: its fields are those of ``message.doublons[]``."""
    return _trouver(message(), "doublon")


@cache
def chemins() -> Mapping[str, str]:
    """Element path of each field of the content, by generic path: what an anomaly names."""
    return {ligne.champ.removesuffix("[]"): xml for xml, ligne in _lignes().items()}


def _trouver(element: Element, nom: str) -> Element:
    trouves = [element] if element.nom == nom else []
    pile = list(element.enfants)
    while pile and not trouves:
        suivant = pile.pop()
        trouves += [suivant] if suivant.nom == nom else []
        pile += suivant.enfants
    return trouves[0]


def _lignes() -> dict[str, _Ligne]:
    """Rows of the dictionary by element path."""
    page = files("sne.registre.contenu.rules.arbre").joinpath("dictionnaire.csv").read_text(encoding="utf-8")
    lues = csv.DictReader(page.splitlines()[1:], delimiter=";")
    return {
        ligne["xml"]: _Ligne(
            ligne["champ"],
            ligne["type"],
            ligne["liste"],
            _longueur(ligne["longueur_ou_bornes"]),
            _bornes(ligne["longueur_ou_bornes"]),
        )
        for ligne in lues
        if ligne["xml"] and "/@" not in ligne["xml"] and not ligne["xml"].endswith("complement")
    }


def _longueur(dite: str) -> int:
    trouve = re.search(r"≤(\d+)", dite)
    return int(trouve.group(1)) if trouve else 0


def _bornes(dites: str) -> tuple[int, int] | None:
    trouve = INTERVALLE.fullmatch(dites.strip())
    return (int(trouve.group(1)), int(trouve.group(2))) if trouve else None


def _element(mot: str, chemin: tuple[str, ...], groupe: str, lignes: Mapping[str, _Ligne]) -> Element:
    nom = mot.rstrip("!+")
    ici = (*chemin, nom)
    ligne = lignes.get("/".join(ici))
    champ = _relatif(ligne.champ, groupe) if ligne else ()
    repete = ligne is not None and ligne.champ.endswith("[]")
    conteneur = ligne is None or ligne.genre == "groupe"
    dessous = ligne.champ if ligne is not None and conteneur and repete else groupe
    enfants = tuple(_enfants(ici, dessous, lignes)) if conteneur else ()
    return Element(
        nom=nom,
        genre="" if conteneur or ligne is None else ligne.genre,
        champ=champ,
        repete=repete,
        liste=ligne.liste if ligne else "",
        longueur=ligne.longueur if ligne else 0,
        bornes=ligne.bornes if ligne else None,
        obligatoire="!" in mot,
        depuis_0201="+" in mot,
        enfants=enfants,
        supports=tuple(dict.fromkeys(_supports(enfants))),
    )


def _supports(enfants: Iterable[Element]) -> Iterator[tuple[str, ...]]:
    for enfant in enfants:
        if enfant.est_conteneur and not enfant.repete:
            yield from enfant.supports
        else:
            yield enfant.champ if enfant.repete else enfant.champ[:-1]


def _enfants(ici: tuple[str, ...], groupe: str, lignes: Mapping[str, _Ligne]) -> Iterator[Element]:
    """Children in order; the two groups of a choice are told apart by ``alternative``."""
    mots = _ordre(ici).split()
    coupe = next((rang for rang, mot in enumerate(mots) if "|" in mot), None)
    for rang, mot in enumerate(mots):
        for numero, partie in enumerate(mot.split("|")):
            element = _element(partie, ici, groupe, lignes)
            if coupe is not None:
                element = _dans_le_choix(element, rang, numero, coupe)
            yield element


def _dans_le_choix(element: Element, rang: int, numero: int, coupe: int) -> Element:
    """The word that holds the bar ends the first group (two words) and begins the second (three)."""
    if rang in {coupe - 1, coupe} and numero == 0:
        return replace(element, alternative=1)
    if rang in {coupe, coupe + 1, coupe + 2}:
        return replace(element, alternative=2)
    return element


def _ordre(ici: tuple[str, ...]) -> str:
    return next(ORDRE[chemin] for debut in range(len(ici)) if (chemin := "/".join(ici[debut:])) in ORDRE)


def _relatif(champ: str, groupe: str) -> tuple[str, ...]:
    """``cotitulaires[].identite.civilite`` below ``cotitulaires[]`` → ``("identite", "civilite")``."""
    propre = champ[len(groupe) :].lstrip(".") if groupe and champ.startswith(groupe) else champ
    return tuple(propre.replace("[]", "").split("."))
