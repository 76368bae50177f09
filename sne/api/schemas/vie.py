"""The life of a demande: renewed, struck off, back, separated, taken back."""

import uuid
from datetime import date
from typing import Literal

from sne.api.contenu import ContenuRecu
from sne.api.schemas.commun import Dit, Recu, dire
from sne.api.schemas.demandes import JOUR, NUD, DemandeRecue, EnAttente
from sne.registre.contenu.rules.arbre.noeud import champ
from sne.registre.contenu.rules.arbre.types_de_champ import IdPersonne, Jour, Ligne, ReferencePersonne
from sne.registre.demande.rules.radiation import MotifRadiation, SousMotif


class RenouvellementRecu(Recu):
    """One more year, with what the household says now; nothing when all is still right."""

    contenu: ContenuRecu | None = dire("Contenu voulu, en entier\u00a0; absent, rien ne change", defaut=None)
    nirs: dict[ReferencePersonne, Ligne] = dire("Numéros de sécurité sociale saisis, par personne", defaut={})
    sans_changement: bool = dire("Le ménage confirme que tout est encore exact", True, defaut=False)


class Renouvelee(Dit):
    """The day that counts, and the last day of validity from it (CCH R441-2-7)."""

    nud: str = dire("Numéro unique", NUD)
    revision: int = dire("Révision", 2)
    date_renouvellement: date = dire("Jour du renouvellement", JOUR)
    date_expiration: date = dire("Dernier jour de validité", "2027-11-24")
    en_attente: list[EnAttente] = dire("Ce qui attend une décision")


class RadiationRecue(Recu):
    """Why it is struck off, and what proves it (CCH R441-2-8)."""

    motif: MotifRadiation = dire("Motif\u00a0: liste ListeMotifRadiation", "RADABA")
    sous_motif: SousMotif | None = champ("Raison de l’irrecevabilité")
    date_courrier: Jour | None = champ("Jour du courrier de préavis, ou de la demande du ménage")
    document: Ligne | None = champ("Où la preuve est gardée")
    date_radiation: Jour | None = champ("Jour qui compte\u00a0; absent\u00a0: aujourd’hui")


class Radiee(Dit):
    """The day that counts, and the last day on which the demande may come back."""

    nud: str = dire("Numéro unique", NUD)
    revision: int = dire("Révision", 3)
    date_radiation: date = dire("Jour de la radiation", JOUR)
    reactivable_jusqu_au: date = dire("Dernier jour pour la faire revenir", "2027-11-24")


class SeparationRecue(Recu):
    """An adult leaves the demande, and is registered anew with the seniority that is theirs."""

    personne: IdPersonne = dire("Identifiant de la personne qui part")
    preuve: Ligne = dire("Preuve\u00a0: liste ListePreuveSeparation")
    document: Ligne = dire("Référence de la preuve, ou où elle est gardée")
    secrete: bool = dire("La nouvelle adresse doit rester secrète", False, defaut=False)
    demande: DemandeRecue = dire("La nouvelle demande")


class AnnulationDemandee(Recu):
    """A double, registered by mistake: the territorial manager decides."""

    gardee: Ligne = dire("Numéro de la demande à garder", NUD)
    precision: Ligne = dire("Ce qui s’est passé, en une phrase")


class AnnulationEnAttente(Dit):
    """What was asked, and waits."""

    id: uuid.UUID = dire("Identifiant")
    nud: str = dire("Numéro unique", NUD)
    etat: Literal["EN_ATTENTE"] = dire("Une décision est attendue")
    suivi: str = dire("Adresse à relire")
