"""The fixture F1: six demandes of one counter and one landlord in 2024, whose figures were computed by hand."""

import hashlib
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from sne.documents.models import Document
from sne.documents.rules import EtatDocument
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.depot.actions.construire import EnLigne, PieceEnvoyee
from sne.registre.depot_en_ligne.policies import deposant
from sne.registre.faits.rules.faits import Correction, NatureFait
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.horloge import PARIS
from sne.socle.identifiants import uuid7
from tests.registre import factories as f
from tests.registre.faits.faits import ACTIONS, saisie
from tests.registre.pieces import pieces

GUICHET, TERRITOIRE = "G0991", "099"
LIGNE, PORTAIL = f"{TERRITOIRE}{GUICHET}", f"{TERRITOIRE}GDPUB"
NOMS = {"d0": "Abélard", "d1": "Brunehaut", "d2": "Cunégonde", "d3": "Dagobert", "d4": "Ermengarde"}
CONNU_LE = (date(2024, 4, 30), date(2024, 5, 31), date(2024, 8, 31), date(2024, 12, 31))
ANNEE = {"du": date(2024, 1, 1), "au": date(2024, 12, 31)}
AU_GUICHET: tuple[dict[str, int], ...] = (
    {
        "DEPOTS": 3, "DEPOTS_RETARD_30J": 1, "IDENTITES_FOURNIES": 1, "ATTRIBUTIONS": 1, "ATTRIBUTIONS_ETAT": 1,
        "ATTRIBUTIONS_RPLS": 1, "ATTRIBUTIONS_ANCIENNETE_30J": 1, "ATTRIBUTIONS_DELAI_JOURS": 8,
    },
    {
        "DEPOTS": 3, "DEPOTS_RETARD_30J": 1, "IDENTITES_FOURNIES": 2, "ATTRIBUTIONS": 1, "ATTRIBUTIONS_ETAT": 1,
        "ATTRIBUTIONS_RPLS": 1, "ATTRIBUTIONS_ANCIENNETE_30J": 1, "ATTRIBUTIONS_DELAI_JOURS": 8,
    },
    {
        "DEPOTS": 3, "DEPOTS_RETARD_30J": 1, "IDENTITES_FOURNIES": 2, "ATTRIBUTIONS": 3, "ATTRIBUTIONS_ETAT": 2,
        "ATTRIBUTIONS_RPLS": 2, "ATTRIBUTIONS_ANCIENNETE_30J": 1, "ATTRIBUTIONS_TARDIVES_10J": 1,
        "ATTRIBUTIONS_PORTAIL": 1, "ATTRIBUTIONS_SANS_RFR": 1, "ATTRIBUTIONS_DELAI_JOURS": 37,
    },
    {
        "DEPOTS": 3, "DEPOTS_RETARD_30J": 1, "IDENTITES_FOURNIES": 2, "ATTRIBUTIONS": 3, "ATTRIBUTIONS_ETAT": 1,
        "ATTRIBUTIONS_RPLS": 2, "ATTRIBUTIONS_ANCIENNETE_30J": 1, "ATTRIBUTIONS_TARDIVES_10J": 1,
        "ATTRIBUTIONS_PORTAIL": 1, "ATTRIBUTIONS_SANS_RFR": 1, "ATTRIBUTIONS_DELAI_JOURS": 37,
    },
)  # fmt: skip
"""What the line of the counter says of 2024, as known on each of these days; what is not there is nothing."""
LUES = tuple(AU_GUICHET[-1])


def midi(jour: date) -> datetime:
    return datetime.combine(jour, time(12), tzinfo=PARIS)


def le(jour: int, mois: int, annee: int = 2024) -> datetime:
    return midi(date(annee, mois, jour))


class F1:
    """The story, up to each of the days on which it is looked at."""

    def __init__(self) -> None:
        self.agent = f.creer_acteur(guichet=GUICHET)
        self.cles: dict[str, uuid.UUID] = {}

    def jouer(self) -> Iterator[date]:
        """Acts until the first day, which is given; then until the next."""
        for jusqu_au, actes in zip(
            CONNU_LE, (self._jusqu_en_avril, self._mai, self._ete, self._automne), strict=True
        ):
            actes()
            yield jusqu_au

    def _jusqu_en_avril(self) -> None:
        self.deposer("d0", le(2, 5, 2019), rfr=True)
        self.fournir_identite("d0", le(2, 1))  # no document has a type before 27 April 2022
        self.deposer("d1", le(1, 2), rfr=True)
        self.fournir_identite("d1", le(1, 2))
        self.deposer("d2", le(20, 2), recue=date(2024, 1, 10), anteriorite_motif="Courrier tamponné")
        self.louer("d1", date(2024, 2, 20), le(28, 2), reservataire="PPRIOR", quartier_prioritaire="ZUSOUI")
        self.deposer("d4", le(2, 3), portail=True)
        self.deposer_association(le(3, 3))
        self.deposer("d3", le(4, 4), recue=date(2024, 3, 5))

    def _mai(self) -> None:
        self.fournir_identite("d3", le(10, 5))

    def _ete(self) -> None:
        self.louer("d4", date(2024, 6, 1), le(20, 6), sans_rpls=True, quartier_prioritaire="ZUSNON")
        self.bail = self.louer("d0", date(2024, 7, 15), le(25, 7), reservataire="PFONCT")

    def _automne(self) -> None:
        correction = Correction(self.bail, "Contingent mal saisi")
        self.attribuer("d0", date(2024, 7, 15), le(2, 9), reservataire="COLTER", correction=correction)

    def deposer(
        self,
        nom: str,
        quand: datetime,
        *,
        recue: date | None = None,
        rfr: bool = False,
        portail: bool = False,
        **autres: Any,
    ) -> None:
        """Register one household; ``portail``: it had sent its demande online on that day, with its document."""
        naissance = date(1970 + len(self.cles), 3, 14)
        demandeur = f.personne(NOMS[nom], identite={"date_naissance": naissance.isoformat()})
        if rfr:
            demandeur["revenus_fiscaux"] = {"n_moins_2": {"annee": quand.year - 2, "montant": "18000"}}
        if portail:
            piece = PieceEnvoyee(document(quand), hashlib.sha256(nom.encode()).hexdigest(), "IDENTITE", "CNI")
            autres["en_ligne"] = EnLigne(
                deposant(uuid7(), territoire=TERRITOIRE, brouillon=uuid7()), quand, (piece,)
            )
        recepisse = f.deposer(
            f.contenu(demandeur=demandeur),
            acteur=self.agent,
            guichet=GUICHET,
            le=quand,
            date_reception=recue or quand.date(),
            nirs={"demandeur": f.nir_de(naissance)},
            **autres,
        )
        self.cles[nom] = recepisse.demande_id

    def deposer_association(self, quand: datetime) -> None:
        contenu = Contenu.model_validate(
            {
                "titulaire": "ASSOCIATION",
                "association": {
                    "nom": "Un toit pour Fredegonde",
                    "siren": "999000011",
                    "adresse_courrier": {
                        "etranger": False, "numero": "3", "voie": "rue des Tanneurs", "code_postal": "99240",
                        "commune": "99002",
                    },
                },
                "souhaits": {
                    "types_logement": ["T3"],
                    "localisations": [{"commune": "99001"}],
                    "accepte_autres_communes": True,
                },
            }
        )  # fmt: skip
        recepisse = f.deposer(contenu, acteur=self.agent, guichet=GUICHET, le=quand, piece_vue=None)
        self.cles["d5"] = recepisse.demande_id

    def fournir_identite(self, nom: str, quand: datetime) -> None:
        pieces.joindre(self.cles[nom], acteur=self.agent, le=quand)

    def attribuer(
        self, nom: str, bail: date, quand: datetime, *, sans_rpls: bool = False, **autres: Any
    ) -> uuid.UUID:
        if sans_rpls:
            autres |= {"rpls": "", "commune": "99001", "type_logement": "T3", "surface": 60, "loyer": 400}
        telle = saisie(NatureFait.ATTRIBUTION, jour=bail, bail_signe_le=bail, **autres)
        cle: uuid.UUID = ACTIONS[NatureFait.ATTRIBUTION](self.cles[nom], telle, acte=Acte(self.agent, quand))
        return cle

    def louer(self, nom: str, bail: date, quand: datetime, **autres: Any) -> uuid.UUID:
        """The allocation, its lease signed, and the striking-off, on one day."""
        cle = self.attribuer(nom, bail, quand, **autres)
        radier_demande(self.cles[nom], FaitsRadiation(MotifRadiation.RADATT), acte=Acte(self.agent, quand))
        return cle


def document(recu_le: datetime) -> uuid.UUID:
    """A picture that came whole; its bytes are no matter here."""
    return Document.objects.create(
        territoire=TERRITOIRE,
        etat=EtatDocument.DISPONIBLE,
        mime="image/jpeg",
        recu_le=recu_le,
        antivirus_le=recu_le,
    ).id
