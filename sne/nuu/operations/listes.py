"""Lists since an instant: demandes struck off, new DALO statuses, in the order in which they were sealed."""

from collections.abc import Callable
from datetime import datetime

from sne.cellules.routage import cellule_de, dans
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.reglages import FormatListe, ReponseVide
from sne.nuu.operations.contexte import Contexte, Reponse
from sne.nuu.operations.fichier import donner, xml
from sne.nuu.rules.description import DERNIERE
from sne.nuu.rules.ecriture import Emission, ecrire_ensemble, ecrire_message
from sne.nuu.rules.valeurs import lire_instant
from sne.nuu.rules.xml import MessageIllisible
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.recherche.actions.criteres import lister_nouveaux_dalo, lister_radiees
from sne.registre.recherche.selectors.depuis import Depuis
from sne.socle.acte import Acte
from sne.socle.horloge import PARIS, au_vrai, du_vrai
from sne.socle.signes import INSECABLE

TYPE = "RET"
Lister = Callable[[datetime, Acte], Depuis]


def radiees(contexte: Contexte) -> Reponse:
    """Demandes struck off since the instant, with the filters asked."""
    textes = contexte.appel.textes
    motif = textes.get("motifRadiation", "")
    if motif and motif not in set(MotifRadiation):
        raise MessageIllisible(f"motifRadiation{INSECABLE}: ce code n’existe pas.")

    def lister(depuis: datetime, acte: Acte) -> Depuis:
        return lister_radiees(
            depuis,
            acte=acte,
            motif=MotifRadiation(motif) if motif else None,
            statut_dalo=textes.get("statutDalo", ""),
            reservataire=textes.get("typeReservataire", ""),
        )

    return _repondre(
        contexte, "dateRadiationDepuisLe", lister, "demandesRadieesDepuisLeReponse", "DemandesRadiees"
    )


def nouveaux_dalo(contexte: Contexte) -> Reponse:
    """Demandes whose DALO status was recorded since the instant."""

    def lister(depuis: datetime, acte: Acte) -> Depuis:
        return lister_nouveaux_dalo(depuis, acte=acte)

    return _repondre(
        contexte, "dateNouveauDaloDepuisLe", lister, "nouveauxDaloDepuisLeReponse", "NouveauxDalo"
    )


def _repondre(contexte: Contexte, element: str, lister: Lister, reponse: str, suffixe: str) -> Reponse:
    depuis = lire_instant(contexte.appel.textes.get(element, ""))
    if depuis is None:
        raise MessageIllisible(f"{element}{INSECABLE}: donnez un instant avec son décalage horaire.")
    acte, demandes = contexte.acte(Groupe.FLUX), []
    for cellule in dict.fromkeys(cellule_de(poste.territoire) for poste in contexte.identite.postes):
        with dans(cellule):
            demandes += _emissions(_entiere(lister(au_vrai(depuis), acte)), contexte, acte=acte)
    if not demandes and contexte.identite.reglages.reponse_vide is ReponseVide.OMISE:
        return Reponse(reponse)
    noms = {"nom": f"nomFichier{suffixe}", "element": f"fichier{suffixe}"}
    guichet = contexte.identite.postes[0].guichet
    return Reponse(reponse, [xml(_fichier(demandes, contexte), guichet, contexte, **noms)])


def _entiere(page: Depuis) -> Depuis:
    """The page, which has no other after it. Raises ``MessageIllisible``."""
    if page.suite is not None:
        derniere = du_vrai(page.lignes[-1].scelle_le)
        reprise = derniere.astimezone(PARIS).isoformat(timespec="milliseconds")
        raise MessageIllisible(
            f"Plus de {len(page.lignes)} demandes depuis cet instant. Demandez par périodes plus courtes, à partir de "
            f"{reprise}, ou lisez le flux de l’interface REST (/api/v1/flux)."
        )
    return page


def _emissions(page: Depuis, contexte: Contexte, *, acte: Acte) -> list[Emission]:
    """Each demande once, as it now is, its reading journalled."""
    nuds = list(dict.fromkeys(ligne.nud for ligne in page.lignes))
    return [donner(consulter_demande(nud, acte=acte), contexte, acte=acte) for nud in nuds]


def _fichier(demandes: list[Emission], contexte: Contexte) -> str:
    plusieurs = contexte.identite.reglages.format_liste is FormatListe.PLUSIEURS_RACINES
    ecrire = ecrire_ensemble if plusieurs else ecrire_message
    return ecrire(
        demandes,
        type_fichier=TYPE,
        date_fichier=contexte.date_fichier,
        version=DERNIERE,
        repli=contexte.repli,
    )
