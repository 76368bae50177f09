"""``getNumUnique``: every kind of message that changes something; the demande comes back as it now stands."""

import hashlib
import uuid
from collections.abc import Callable, Mapping

from lxml import etree

from sne.attestations.actions import emettre_attestation, modele_en_cours
from sne.attestations.selectors.fichiers import refaire
from sne.conventions.actions import CadenceDepassee
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.reglages import Attestation
from sne.nuu.operations.contexte import Contexte, Reponse
from sne.nuu.operations.depot import deposer, separer
from sne.nuu.operations.doublons import lignes_de
from sne.nuu.operations.fichier import fichier_de, fichier_neuf, xml
from sne.nuu.operations.message import Message, Traite, exiger_guichet
from sne.nuu.operations.modification import modifier, renouveler
from sne.nuu.operations.radiation import radier
from sne.nuu.operations.suppression import demander
from sne.nuu.rules.anomalies import du_refus
from sne.nuu.rules.ecriture import ecrire_lignes_de_doublons
from sne.nuu.rules.enveloppe import Fichier
from sne.nuu.rules.enveloppe import fichier_de as fichier_recu
from sne.nuu.rules.lecture import Lu, lire_message
from sne.nuu.rules.renvoi import renvoyer
from sne.nuu.rules.xml import MessageIllisible, lire_xml, local
from sne.registre.demande.rules.refus import DoublonAJustifier
from sne.registre.doublons.actions.detailler import chercher_doublons_de
from sne.registre.lecture.actions.consulter import relire_demande
from sne.socle.erreurs import Refus
from sne.socle.signes import INSECABLE

REPONSE = "numUniqueReponse"


class PasOffert(Refus):
    """A kind of message that this door does not serve."""

    def __init__(self, code: str, phrase: str) -> None:
        super().__init__(phrase)
        self.code = code


COPIE = PasOffert(
    "COPIE_PAR_ICI",
    f"Les documents ne passent pas par cette porte{INSECABLE}: utilisez POST /demandes/{{nud}}/pieces.",
)
DU_SERVEUR = PasOffert(
    "TYPE_DU_SERVEUR", f"Ce type de fichier est celui des réponses{INSECABLE}: n’en envoyez pas."
)
INCONNU = PasOffert("TYPE_INCONNU", f"typeFichier{INSECABLE}: donnez CRE, CRS, MOD, REN, RAD ou SUP.")


def _refuser(refus: PasOffert) -> Callable[[Message], Traite]:
    def refusant(_message: Message) -> Traite:
        raise refus

    return refusant


TRAITEMENTS: Mapping[str, Callable[[Message], Traite]] = {
    "CRE": deposer,
    "CRS": separer,
    "MOD": modifier,
    "REN": renouveler,
    "RAD": radier,
    "SUP": demander,
    "COP": _refuser(COPIE),
    "DIS": _refuser(DU_SERVEUR),
    "RET": _refuser(DU_SERVEUR),
}


def traiter(contexte: Contexte) -> Reponse:
    """Do what the file asks, and answer with the demande; a refusal gives the file back, and changes nothing."""
    octets = fichier_recu(contexte.appel, "fichierDemande")
    racine = lire_xml(octets, contexte.limites)
    _exiger_une_demande(racine)
    lu = lire_message(racine)
    try:
        acte = contexte.acte(Groupe.ECRITURE, exiger_guichet(lu))
        message = Message(lu, _cle(contexte, octets), acte, contexte)
        fait = TRAITEMENTS.get(lu.type_fichier, _refuser(INCONNU))(message)
    except CadenceDepassee:
        raise
    except DoublonAJustifier as refus:
        proches = chercher_doublons_de(message.contenu(), {}, acte=acte, territoire=acte.acteur.territoire)
        rendu = renvoyer(racine, du_refus(refus), doublons=ecrire_lignes_de_doublons(lignes_de(proches)))
        return Reponse(REPONSE, [xml(rendu, _guichet(lu), contexte)])
    except Refus as refus:
        contexte.compter_si_vain(refus)
        return Reponse(REPONSE, [xml(renvoyer(racine, du_refus(refus)), _guichet(lu), contexte)])
    return Reponse(REPONSE, [*_demande(fait, message), *_attestation(fait, message)])


def _exiger_une_demande(racine: etree._Element) -> None:
    demandes = [enfant for enfant in racine if local(enfant) == "demande"]
    if not any(local(enfant) == "demandeLogement" for demande in demandes for enfant in demande):
        raise MessageIllisible("Le fichier XML ne contient aucune demande.")


def _cle(contexte: Contexte, octets: bytes) -> uuid.UUID:
    """The same for the same file of the same agreement: a message sent again after a cut gives the same number."""
    return uuid.uuid5(contexte.identite.convention.id, hashlib.sha256(octets).hexdigest())


def _guichet(lu: Lu) -> str:
    return str(lu.dossier.get("guichet") or "")[:5]


def _demande(fait: Traite, message: Message) -> list[Fichier]:
    if fait.neuve is not None:
        contenu, depose_le = fait.neuve
        return [fichier_neuf(contenu, {"date_depot": depose_le}, fait, message)]
    fiche = relire_demande(fait.nud, acte=message.acte)
    return [
        fichier_de(
            fiche,
            message.contexte,
            acte=message.acte,
            type_fichier=message.lu.type_fichier,
            version=message.lu.version,
            anomalies=fait.attend,
            recue=message.reference,
        )
    ]


def _attestation(fait: Traite, message: Message) -> list[Fichier]:
    """The attestation, when the agreement wants it with the answer; one that cannot be drawn waits for a person."""
    if not fait.atteste or message.reglages.attestation is not Attestation.JOINTE:
        return []
    try:
        modele = modele_en_cours(fait.demande_id, acteur=message.acte.acteur)
        emise = emettre_attestation(fait.demande_id, acte=message.acte, modele=modele)
    except Refus:
        return []
    return [Fichier(f"ATT{fait.nud}.pdf", "nomAttestation", "attestation", refaire(emise), "application/pdf")]
