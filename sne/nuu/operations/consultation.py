"""``getDemandeLogement``: one demande, its reading journalled."""

from sne.conventions.rules.cadences import Groupe
from sne.nuu.operations.contexte import Contexte, Reponse
from sne.nuu.operations.fichier import fichier_de, xml
from sne.nuu.rules.anomalies import du_refus
from sne.nuu.rules.description import DERNIERE
from sne.nuu.rules.ecriture import Emission, ecrire_message
from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.socle.erreurs import Refus
from sne.socle.horloge import jour

TYPE = "RET"
SANS_CONTENU = Contenu(titulaire=Titulaire.ASSOCIATION)
"""The smallest file that the interface takes, around anomalies alone: nothing of it is of any demande."""


def consulter(contexte: Contexte) -> Reponse:
    """The demande of this number; unknown and out of the perimeter are one same anomaly."""
    numero = contexte.appel.textes.get("numUnique", "")
    acte = contexte.acte(Groupe.LECTURE, nud=numero)
    guichet = contexte.identite.postes[0].guichet
    try:
        fiche = consulter_demande(numero, acte=acte)
    except Refus as refus:
        contexte.compter_si_vain(refus)
        dossier = {"guichet": guichet, "date_depot": jour(contexte.instant)}
        vide = Emission(SANS_CONTENU, dossier, {}, du_refus(refus))
        ecrit = ecrire_message([vide], type_fichier=TYPE, date_fichier=contexte.date_fichier)
        return Reponse("demandeLogementReponse", [xml(ecrit, guichet, contexte)])
    return Reponse(
        "demandeLogementReponse",
        [fichier_de(fiche, contexte, acte=acte, type_fichier=TYPE, version=DERNIERE)],
    )
