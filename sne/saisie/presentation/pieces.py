"""The documents to come and the disability sheets, in words."""

from dataclasses import dataclass
from datetime import date

from sne.referentiels.rules import CataloguePieces, NiveauPiece
from sne.referentiels.selectors import get_pieces
from sne.registre.contenu.rules.arbre.handicap import Handicap
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.pieces.rules.pieces import pieces_attendues
from sne.saisie.presentation.foyer import noms_des_membres
from sne.saisie.presentation.mots import Bloc, Lecture, Ligne, dites, oui_non
from sne.socle.masques import telephone_masque

NIVEAUX = {
    NiveauPiece.ENREGISTREMENT: "Pour obtenir le numéro",
    NiveauPiece.INSTRUCTION: "Pour instruire la demande",
    NiveauPiece.COMPLEMENT: "Peuvent être demandées ensuite",
}


@dataclass(frozen=True, slots=True)
class PieceLue:
    """One document: what it is, whose, what is accepted."""

    libelle: str
    personnes: str
    exemples: str

    @property
    def en_ligne(self) -> str:
        """« Pièce d’identité (Rossi Paul) »."""
        return f"{self.libelle} ({self.personnes})" if self.personnes else self.libelle


@dataclass(frozen=True, slots=True)
class NiveauLu:
    """The documents of one level."""

    titre: str
    pieces: list[PieceLue]


def niveaux_attendus(contenu: Contenu, catalogue: CataloguePieces, *, jour: date) -> list[NiveauLu]:
    """What this household will be asked for, by level; levels without any document are left out."""
    attendues = pieces_attendues(contenu, catalogue, jour=jour)
    noms = dict(noms_des_membres(contenu))
    niveaux = []
    for niveau, titre in NIVEAUX.items():
        pieces: dict[tuple[str, str], list[str]] = {}
        for piece in attendues:
            if piece.niveau is niveau:
                qui = pieces.setdefault((piece.libelle, piece.exemples), [])
                qui += [noms[piece.reference]] if piece.reference else []
        lues = [PieceLue(libelle, ", ".join(qui), exemples) for (libelle, exemples), qui in pieces.items()]
        niveaux += [NiveauLu(titre, lues)] if lues else []
    return niveaux


def blocs_handicap(contenu: Contenu, lecture: Lecture) -> list[Bloc]:
    """Each sheet under the name of its person; health data, for those who may read them."""
    noms = dict(noms_des_membres(contenu))
    return [
        Bloc(_fiche(fiche, lecture), noms.get(fiche.personne or "", "Personne à préciser"))
        for fiche in contenu.handicaps
    ]


def _fiche(fiche: Handicap, lecture: Lecture) -> list[Ligne]:
    def choisis(liste: str, codes: tuple[str, ...]) -> str:
        return ", ".join(lecture.libelle(liste, code) for code in codes)

    referent = fiche.referent
    telephone = telephone_masque(referent.telephone.saisi) if referent.telephone else ""
    return [
        Ligne("Handicap moteur", choisis("ListeNatureHandicapMoteur", fiche.moteur.natures)),
        Ligne("Handicap sensoriel", choisis("ListeNatureHandicapSensoriel", fiche.sensoriel.natures)),
        *dites(
            [
                Ligne("Autre handicap", fiche.autre.nature or ""),
                Ligne("Reconnu par une décision", oui_non(fiche.reconnu)),
                Ligne("Évolution", lecture.libelle("ListeEtatHandicap", fiche.etat)),
                Ligne("Peut monter", lecture.libelle("ListeCapaciteMarcheHandicap", fiche.capacite_marches)),
                Ligne("Accompagné pour se déplacer", oui_non(fiche.accompagne)),
                Ligne("Aides utilisées", choisis("ListeAideTechniqueHandicap", fiche.aides_techniques)),
                Ligne(
                    "Équipements souhaités", choisis("ListeEquipementHandicap", fiche.equipements_souhaites)
                ),
                Ligne("Besoin particulier", fiche.besoin_particulier or ""),
                Ligne("Autre besoin", fiche.autre_besoin or ""),
                Ligne("Référent", ", ".join(filter(None, (referent.nom, referent.adresse, telephone)))),
                Ligne("Suivi près du domicile", oui_non(referent.proche_domicile)),
            ]
        ),
    ]


def blocs_pieces(contenu: Contenu, lecture: Lecture) -> list[Bloc]:
    """What will be asked of the household, in one line a level, and who has a sheet when somebody has one."""
    noms = dict(noms_des_membres(contenu))
    concernes = [noms[f.personne] for f in contenu.handicaps if f.personne in noms]
    jour = lecture.aujourd_hui
    return [
        Bloc(
            [
                *(
                    Ligne(niveau.titre, ", ".join(piece.en_ligne for piece in niveau.pieces))
                    for niveau in niveaux_attendus(contenu, get_pieces(jour), jour=jour)
                ),
                *dites([Ligne("Fiches handicap", ", ".join(concernes))]),
            ]
        )
    ]
