"""The acts that several files of a list may take together: what each asks, what it would do to a file, what it does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sne.attestations.actions import emettre_attestation
from sne.attestations.possible import exiger_attestable
from sne.attestations.rules import AttestationAEtablir
from sne.guichet.joindre.forms import FormulaireMot
from sne.guichet.plusieurs.forms import FormulaireEcheance
from sne.referentiels.rules import NiveauPiece
from sne.registre.demande.selectors.etat import EtatDemande
from sne.registre.faits.actions.evenements import consigner_evenement
from sne.registre.faits.rules.evenements import EvenementSaisi
from sne.registre.faits.rules.pieces_demandees import DEMANDE_PJ, nommer
from sne.registre.faits.selectors.dossier_de_pieces import list_a_demander
from sne.registre.joindre.actions.ecrire_un_mot import ecrire_un_mot
from sne.registre.joindre.possible import exiger_un_mot
from sne.registre.joindre.rules.mots import MOTS, Mot
from sne.registre.pieces.rules.pieces_manquantes import LigneDePiece
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.forms import Formulaire
from sne.socle.horloge import jour
from sne.socle.templatetags.socle_tags import date_fr

RIEN = "Rien n’est à demander à ce ménage\u00a0: rien ne manque, ou tout l’a déjà été."


@dataclass(frozen=True, slots=True)
class Ordre:
    """What is asked once for all the files: what was typed, by whom and when."""

    saisie: Mapping[str, Any]
    acte: Acte


class EnNombre(Protocol):
    """An act on several files. ``titre``: of its page; ``dit``: what it is for; ``faire_dit``: what its button does.

    ``prevoir`` and ``faire`` each say a sentence of one file, or raise why not.
    """

    titre: str
    dit: str
    faire_dit: str
    formulaire: type[Formulaire]

    def prevoir(self, demande: EtatDemande, ordre: Ordre) -> str:
        """What would be done, nothing being done."""

    def faire(self, demande: EtatDemande, ordre: Ordre) -> tuple[str, str]:
        """What was done, and the reference of what is to be printed, or nothing."""


class Ecrire:
    """One of the sentences, and a line of the counter's own."""

    titre = "Écrire à plusieurs ménages"
    dit = "Chaque ménage reçoit le message dans sa langue, par courriel s’il y a une adresse sûre, sinon par lettre."
    faire_dit = "Envoyer"
    formulaire = FormulaireMot

    def prevoir(self, demande: EtatDemande, ordre: Ordre) -> str:
        """The message as it will be said."""
        exiger_un_mot(demande.demande_id, ordre.acte.acteur, instant=ordre.acte.survenu_le)
        return " ".join(filter(None, (MOTS[Mot(ordre.saisie["mot"])], ordre.saisie["precision"])))

    def faire(self, demande: EtatDemande, ordre: Ordre) -> tuple[str, str]:
        """Written."""
        ecrire_un_mot(
            demande.demande_id, Mot(ordre.saisie["mot"]), libre=ordre.saisie["precision"], acte=ordre.acte
        )
        return "Message écrit. «\u00a0Messages\u00a0», dans son dossier, en dit la suite.", ""


class Demander:
    """The documents that each household still has to give to have its demande examined."""

    titre = "Demander les pièces qui manquent"
    dit = (
        "À chaque ménage, ses propres pièces\u00a0: celles qui manquent pour instruire sa demande et que personne ne "
        "lui a encore demandées. Un seul message les liste."
    )
    faire_dit = "Demander ces pièces"
    formulaire = FormulaireEcheance

    def prevoir(self, demande: EtatDemande, ordre: Ordre) -> str:
        """The documents, and by when."""
        lignes = self._lignes(demande, ordre.acte)
        avant = ordre.saisie["reponse_avant"]
        libelles = ", ".join(dict.fromkeys(ligne.attendue.libelle for ligne in lignes))
        return f"{libelles}, avant le {date_fr(avant)}" if avant else libelles

    def faire(self, demande: EtatDemande, ordre: Ordre) -> tuple[str, str]:
        """Asked."""
        avant = ordre.saisie["reponse_avant"]
        lignes = self._lignes(demande, ordre.acte)
        pieces = [nommer(ligne.attendue.code, ligne.attendue.reference) for ligne in lignes]
        demandees = {"pieces": ",".join(pieces), "reponse_avant": avant.isoformat() if avant else ""}
        saisi = EvenementSaisi(type=DEMANDE_PJ, jour=jour(ordre.acte.survenu_le), caracteristiques=demandees)
        consigner_evenement(demande.demande_id, saisi, acte=ordre.acte)
        return "Pièces demandées. Un message les liste, s’il y a une adresse où l’envoyer.", ""

    def _lignes(self, demande: EtatDemande, acte: Acte) -> list[LigneDePiece]:
        lignes = list_a_demander(demande.demande_id, acteur=acte.acteur, le=jour(acte.survenu_le))
        choisies = [ligne for ligne in lignes if ligne.attendue.niveau is not NiveauPiece.COMPLEMENT]
        if not choisies:
            raise Interdit(RIEN)
        return choisies


class Imprimer:
    """The attestation of each, as it stands today, in one file to print."""

    titre = "Imprimer les attestations"
    dit = "Les attestations d’aujourd’hui, dans un seul fichier. Imprimer ne vaut pas remise."
    faire_dit = "Préparer le fichier"
    formulaire = Formulaire

    def prevoir(self, demande: EtatDemande, ordre: Ordre) -> str:
        """Which one."""
        exiger_attestable(demande, ordre.acte.acteur, le=jour(ordre.acte.survenu_le))
        return "Attestation simplifiée, à la date d’aujourd’hui"

    def faire(self, demande: EtatDemande, ordre: Ordre) -> tuple[str, str]:
        """Issued, the one of the day being kept; one that the service cannot draw waits for a person."""
        try:
            return "Dans le fichier", emettre_attestation(demande.demande_id, acte=ordre.acte).reference
        except AttestationAEtablir as exc:
            raise Interdit(exc.phrase) from exc
