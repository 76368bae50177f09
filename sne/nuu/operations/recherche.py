"""``rechercheDemandeMulticritere``: numbers of the demandes that meet every criterion of a file."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sne.conventions.actions import CadenceDepassee
from sne.conventions.rules.cadences import Groupe
from sne.nuu.operations.contexte import Contexte, Reponse
from sne.nuu.operations.fichier import xml
from sne.nuu.rules import freres
from sne.nuu.rules.enveloppe import fichier_de
from sne.nuu.rules.valeurs import BOOLEENS, JOUR
from sne.nuu.rules.xml import lire_xml
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.recherche.actions.criteres import rechercher_par_criteres
from sne.registre.recherche.rules.criteres import Criteres, Jours
from sne.socle.erreurs import Interdit, Refus
from sne.socle.signes import INSECABLE

FAMILLE = "REC"
ETATS: Mapping[str, Statut] = {
    "A": Statut.ACTIVE,
    "E": Statut.EXPIREE,
    "R": Statut.RADIEE,
    "N": Statut.ANNULEE,
}
"""The one sign of ``etatDemande``; the national list of signs is not public."""
TROP = "Plus de demandes répondent que ce qui est donné ici. Ajoutez un critère."


def rechercher(contexte: Contexte) -> Reponse:
    """The criteria given back, with the numbers found or what is wrong."""
    racine = lire_xml(fichier_de(contexte.appel, "fichierXml"), contexte.limites)
    demande = freres.lire(racine)
    corps: list[tuple[str, Any]] = [("operation", demande.contenu.get("operation", {}))]
    try:
        acte = contexte.acte(Groupe.RECHERCHE, demande.guichet)
        operation = demande.contenu.get("operation")
        criteres = lire_criteres(operation if isinstance(operation, dict) else {})
        trouvees = rechercher_par_criteres(criteres, acte=acte)
    except CadenceDepassee:
        raise
    except Refus as refus:
        return _repondre(contexte, demande, [*corps, freres.anomalies(refus, FAMILLE)])
    if trouvees.nuds:
        corps.append(("listeDemandes", tuple(("numUnique", nud) for nud in trouvees.nuds)))
    if trouvees.trop:
        corps.append(freres.dire([("REC_TROP", TROP)]))
    return _repondre(contexte, demande, corps)


def _repondre(contexte: Contexte, demande: freres.Demande, corps: list[tuple[str, Any]]) -> Reponse:
    ecrit = freres.ecrire(demande, corps, date_fichier=contexte.date_fichier)
    noms = {"nom": "nomFichierXmlRetour", "element": "fichierXmlRetour"}
    return Reponse("fichierXmlReponse", [xml(ecrit, demande.guichet, contexte, **noms)])


def lire_criteres(operation: Mapping[str, Any]) -> Criteres:
    """The criteria as the register takes them. Raises ``Interdit`` on the one that cannot be read."""
    lus = _Champs(operation.get("demandeMulticritere"))
    personne, association = lus.bloc("personneRecherchee"), lus.bloc("association")
    pieces = freres.en_liste(lus.bloc("piecesJustificatives").brut.get("codeCategorie"))
    return Criteres(
        nud=lus.texte("numUnique"),
        statut=lus.parmi("etatDemande", ETATS),
        depot=lus.jours("dateDepot"),
        renouvellement=lus.jours("dateRenouvellement"),
        radiation=lus.jours("dateRadiation"),
        motif=lus.texte("motifDemande"),
        motif_radiation=lus.parmi("motifRadiation", {m.value: m for m in MotifRadiation}),
        commune_souhaitee=lus.texte("communeSouhaitee").upper(),
        commune_attribution=lus.texte("communeAttribution").upper(),
        delai_anormal=lus.parmi("estDelaiAnormalementLong", BOOLEENS),
        conditions_multiples=lus.parmi("estMultiplesAttributionsSousConditions", BOOLEENS),
        association=association.texte("nom"),
        nom=personne.texte("nom"),
        prenoms=personne.texte("prenom"),
        date_naissance=personne.jour("dateNaissance"),
        pieces=tuple(str(code) for code in pieces),
    )


class _Champs:
    """A block of the file, read field by field."""

    def __init__(self, brut: Any) -> None:
        self.brut: Mapping[str, Any] = brut if isinstance(brut, dict) else {}

    def bloc(self, nom: str) -> "_Champs":
        return _Champs(self.brut.get(nom))

    def texte(self, nom: str) -> str:
        valeur = self.brut.get(nom, "")
        if not isinstance(valeur, str):
            raise _illisible(nom)
        return valeur

    def parmi[V](self, nom: str, valeurs: Mapping[str, V]) -> V | None:
        dit = self.texte(nom)
        if dit and dit not in valeurs:
            raise _illisible(nom)
        return valeurs[dit] if dit else None

    def jour(self, nom: str) -> date | None:
        dit = self.texte(nom)
        trouve = JOUR.fullmatch(dit)
        if not dit:
            return None
        try:
            return date.fromisoformat(trouve.group(1) if trouve else "")
        except ValueError:
            raise _illisible(nom) from None

    def jours(self, nom: str) -> Jours:
        return Jours(self.jour(f"{nom}Debut"), self.jour(f"{nom}Fin"))


def _illisible(nom: str) -> Interdit:
    return Interdit(f"{nom}{INSECABLE}: cette valeur n’est pas possible. Corrigez-la.", champ=nom)
