"""Shared management of events: types that may be recorded, events of a demande, one added, changed or taken back.

The six operations have one same body: which one is asked is told by the action of the message, here alone.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sne.conventions.actions import CadenceDepassee
from sne.conventions.rules.cadences import Groupe
from sne.nuu.operations.contexte import Contexte, Reponse
from sne.nuu.operations.fichier import xml
from sne.nuu.rules import freres
from sne.nuu.rules.ecriture import ecrire_instant
from sne.nuu.rules.enveloppe import fichier_de
from sne.nuu.rules.valeurs import JOUR
from sne.nuu.rules.xml import MessageIllisible, lire_xml
from sne.referentiels.rules import Caracteristique, NatureCaracteristique, TypeEvenement
from sne.referentiels.selectors import get_types_evenement
from sne.registre.faits.actions.evenements import consigner_evenement
from sne.registre.faits.actions.faits import retirer_fait
from sne.registre.faits.rules.evenements import EvenementSaisi
from sne.registre.faits.rules.faits import Correction, EtatFait, NatureFait
from sne.registre.faits.selectors.faits import EvenementLu, FaitLu, list_faits
from sne.registre.lecture.actions.consulter import relire_demande
from sne.registre.lecture.selectors.fiche import Fiche
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, Refus
from sne.socle.horloge import PARIS, jour
from sne.socle.signes import INSECABLE

FAMILLE = "EVT"
PAR_LE_LOGICIEL = "Correction faite dans le logiciel du guichet."
GENRES: Mapping[NatureCaracteristique, str] = {
    NatureCaracteristique.TEXTE: "TXT",
    NatureCaracteristique.DATE: "DAT",
    NatureCaracteristique.ENTIER: "ENT",
    NatureCaracteristique.MONTANT: "MNT",
    NatureCaracteristique.OUI_NON: "OUI",
    NatureCaracteristique.CODE: "COD",
    NatureCaracteristique.RPLS: "RPL",
    NatureCaracteristique.PIECES: "PIE",
}
VALEUR_MAX, LIBELLE_MAX, TEXTE_MAX = 100, 100, 500
Corps = list[tuple[str, Any]]


def traiter(contexte: Contexte) -> Reponse:
    """The file given back with the list asked, or what is wrong. Raises ``MessageIllisible``: which operation?"""
    operation = OPERATIONS.get(contexte.appel.action)
    if operation is None:
        raise MessageIllisible(f"Opération inconnue{INSECABLE}: nommez-la dans l’action du message.")
    demande = freres.lire(lire_xml(fichier_de(contexte.appel, "fichierXml"), contexte.limites))
    corps: Corps = []
    if "operation" in demande.contenu:
        corps.append(("operation", demande.contenu["operation"]))
    groupe = Groupe.LECTURE if contexte.appel.action.startswith("lister") else Groupe.ECRITURE
    try:
        acte = contexte.acte(groupe, demande.guichet)
        corps += operation(demande, acte)
    except CadenceDepassee:
        raise
    except Refus as refus:
        contexte.compter_si_vain(refus)
        corps.append(freres.anomalies(refus, FAMILLE))
    ecrit = freres.ecrire(demande, corps, date_fichier=contexte.date_fichier)
    noms = {"nom": "nomFichierXmlRetour", "element": "fichierXmlRetour"}
    return Reponse("fichierXmlReponse", [xml(ecrit, demande.guichet, contexte, **noms)])


def _types(acte: Acte, territoire: str) -> Corps:
    """Types of the nation, or of this territory alone, that somebody may record."""
    offerts = get_types_evenement(jour(acte.survenu_le)).offerts(territoire)
    lignes = [_type(t) for t in offerts if t.territoire == territoire]
    return [("listeTypesEvenements", tuple(("typeEvenement", ligne) for ligne in lignes))] if lignes else []


def _nationaux(_demande: freres.Demande, acte: Acte) -> Corps:
    return _types(acte, "")


def _territoriaux(demande: freres.Demande, acte: Acte) -> Corps:
    operation = demande.contenu.get("operation")
    territoire = operation.get("codeTerritoire", "") if isinstance(operation, dict) else ""
    return _types(acte, str(territoire) or acte.acteur.territoire)


def _type(un: TypeEvenement) -> tuple[tuple[str, Any], ...]:
    caracteristiques = tuple(("caracteristiqueSpecifique", _caracteristique(c)) for c in un.caracteristiques)
    return (
        ("codeTypeEvenement", un.code_court),
        ("texteDescriptifPGP", un.texte_portail[:TEXTE_MAX]),
        ("texteDescriptifSNE", un.texte_interne[:TEXTE_MAX]),
        ("aPublierSurPGP", un.publie_portail),
        ("utilisableMultiplesAttributionsSousConditions", un.sous_conditions),
        ("utilisableRechercheInstruction", un.en_instruction),
        ("reglementaire", un.reglementaire),
        ("dateDebutValidite", un.periode.debut),
        ("dateFinValidite", un.periode.fin),
        ("codeTerritoire", un.territoire or None),
        ("libelleTypeEvenement", (("libelle", un.libelle[:LIBELLE_MAX]),)),
        ("listeCaracteristiquesSpecifiques", caracteristiques or None),
    )


def _caracteristique(une: Caracteristique) -> tuple[tuple[str, Any], ...]:
    return (
        ("code", une.code_court),
        ("libelle", une.libelle[:LIBELLE_MAX]),
        ("typeCaracteristiqueSpecifique", GENRES[une.nature]),
        ("obligatoire", une.requis),
        ("texteDescriptif", une.descriptif[:TEXTE_MAX]),
        ("aideALaSaisie", une.aide[:TEXTE_MAX]),
    )


def _lister(demande: freres.Demande, acte: Acte) -> Corps:
    return _liste(_fiche(demande, acte), acte)


def _liste(fiche: Fiche, acte: Acte, *, seul: int | None = None) -> Corps:
    """Events in force of a demande, or the one of this number."""
    lus = [(fait, detail) for fait, detail in _evenements(fiche, acte) if seul in (None, detail.numero)]
    lignes = tuple(("evenement", _evenement(fait, detail, fiche, acte)) for fait, detail in lus)
    return [("listeEvenements", lignes)] if lignes else []


def _evenements(fiche: Fiche, acte: Acte) -> list[tuple[FaitLu, EvenementLu]]:
    faits = list_faits(fiche.demande.id, acteur=acte.acteur, le=jour(acte.survenu_le))
    return [
        (fait, fait.detail)
        for fait in faits
        if isinstance(fait.detail, EvenementLu) and fait.etat is EtatFait.EN_VIGUEUR
    ]


def _evenement(fait: FaitLu, detail: EvenementLu, fiche: Fiche, acte: Acte) -> tuple[tuple[str, Any], ...]:
    types = get_types_evenement(jour(acte.survenu_le))
    connu = types.dernier(detail.type, territoire=fiche.demande.territoire)
    siennes = {c.nom: c for c in connu.caracteristiques} if connu else {}
    valeurs = tuple(
        ("caracteristiqueSpecifique", _valeur(siennes[nom], valeur))
        for nom, valeur in detail.caracteristiques.items()
        if nom in siennes and not isinstance(valeur, list)
    )
    return (
        ("idEvenement", detail.numero),
        ("codeTypeEvenement", connu.code_court if connu else None),
        ("libelleTypeEvenement", connu.libelle[:LIBELLE_MAX] if connu else None),
        ("auteurCreation", fait.guichet or fait.auteur),
        ("dateCreation", ecrire_instant(fait.survenu_le.astimezone(PARIS))),
        ("dateSurvenance", fait.jour.isoformat()),
        ("commentaire", detail.commentaire or None),
        ("reglementaire", connu.reglementaire if connu else None),
        ("listeCaracteristiquesSpecifiques", valeurs or None),
    )


def _valeur(une: Caracteristique, valeur: object) -> tuple[tuple[str, Any], ...]:
    dite = {True: "OUI", False: "NON"}[valeur] if isinstance(valeur, bool) else str(valeur)
    return (
        ("code", une.code_court),
        ("libelle", une.libelle[:LIBELLE_MAX]),
        ("valeurCaracteristiqueSpecifique", dite[:VALEUR_MAX]),
    )


def _ajouter(demande: freres.Demande, acte: Acte) -> Corps:
    fiche, dit = _fiche(demande, acte), _dit(demande)
    cle = consigner_evenement(fiche.demande.id, _saisi(dit, fiche, acte), acte=acte)
    numero = next(detail.numero for fait, detail in _evenements(fiche, acte) if fait.id == cle)
    return _liste(fiche, acte, seul=numero)


def _modifier(demande: freres.Demande, acte: Acte) -> Corps:
    fiche, dit = _fiche(demande, acte), _dit(demande)
    fait, detail = _trouver(dit, fiche, acte)
    saisi = _saisi(dit, fiche, acte, Correction(fait.id, PAR_LE_LOGICIEL))
    consigner_evenement(fiche.demande.id, saisi, acte=acte)
    return _liste(fiche, acte, seul=detail.numero)


def _supprimer(demande: freres.Demande, acte: Acte) -> Corps:
    fiche = _fiche(demande, acte)
    fait, _ = _trouver(_dit(demande), fiche, acte)
    retirer_fait(fiche.demande.id, NatureFait.EVENEMENT, Correction(fait.id, PAR_LE_LOGICIEL), acte=acte)
    return _liste(fiche, acte)


def _fiche(demande: freres.Demande, acte: Acte) -> Fiche:
    operation = demande.contenu.get("operation")
    numero = operation.get("numUnique", "") if isinstance(operation, dict) else ""
    return relire_demande(str(numero), acte=acte)


def _dit(demande: freres.Demande) -> Mapping[str, Any]:
    """The one event of the file. Raises ``Interdit``."""
    liste = demande.contenu.get("listeEvenements")
    lignes = freres.en_liste(liste.get("evenement")) if isinstance(liste, dict) else []
    if len(lignes) != 1 or not isinstance(lignes[0], dict):
        raise Interdit(f"listeEvenements{INSECABLE}: donnez un seul événement.", champ="listeEvenements")
    return lignes[0]


def _trouver(dit: Mapping[str, Any], fiche: Fiche, acte: Acte) -> tuple[FaitLu, EvenementLu]:
    for fait, detail in _evenements(fiche, acte):
        if str(detail.numero) == dit.get("idEvenement"):
            return fait, detail
    raise Introuvable("Aucun événement de ce numéro sur cette demande.")


def _saisi(
    dit: Mapping[str, Any], fiche: Fiche, acte: Acte, correction: Correction | None = None
) -> EvenementSaisi:
    types = get_types_evenement(jour(acte.survenu_le))
    code = str(dit.get("codeTypeEvenement", ""))
    connu = types.par_code_court(code, territoire=fiche.demande.territoire)
    liste = dit.get("listeCaracteristiquesSpecifiques")
    lignes = freres.en_liste(liste.get("caracteristiqueSpecifique")) if isinstance(liste, dict) else []
    return EvenementSaisi(
        type=connu.code if connu else code,
        jour=_jour(dit.get("dateSurvenance")),
        caracteristiques=dict(_caracteristique_dite(ligne, connu) for ligne in lignes),
        correction=correction,
        commentaire=str(dit.get("commentaire") or ""),
    )


def _caracteristique_dite(ligne: Any, connu: TypeEvenement | None) -> tuple[str, str]:
    lue = ligne if isinstance(ligne, dict) else {}
    code, valeur = str(lue.get("code", "")), str(lue.get("valeurCaracteristiqueSpecifique", ""))
    une = connu.caracteristique(code) if connu else None
    if une is not None and une.nature is NatureCaracteristique.DATE and JOUR.fullmatch(valeur):
        valeur = f"{datetime.fromisoformat(valeur[:10]):%d/%m/%Y}"
    return (une.nom if une else code), valeur


def _jour(valeur: Any) -> date:
    trouve = JOUR.fullmatch(valeur) if isinstance(valeur, str) else None
    try:
        return date.fromisoformat(trouve.group(1)) if trouve else date.fromisoformat("")
    except ValueError:
        phrase = f"dateSurvenance{INSECABLE}: donnez une date qui existe."
        raise Interdit(phrase, champ="dateSurvenance") from None


OPERATIONS: Mapping[str, Callable[[freres.Demande, Acte], Corps]] = {
    "listerTypesEvenementsNationaux": _nationaux,
    "listerTypesEvenementsTerritoriaux": _territoriaux,
    "listerEvenementsDemande": _lister,
    "ajouterEvenementDemande": _ajouter,
    "modifierEvenementDemande": _modifier,
    "supprimerEvenementDemande": _supprimer,
}
