"""RAD: striking off, with the allocation when a lease was signed; without a reason, the demande comes back."""

from decimal import Decimal, InvalidOperation
from typing import Any

from sne.nuu.operations.message import Message, Traite, cle_de
from sne.nuu.operations.modification import renouveler
from sne.registre.contenu.rules.anomalie import Anomalie, Niveau
from sne.registre.demande.actions.tentatives import d_un_bloc
from sne.registre.demande.rules.radiation import MotifRadiation, SousMotif
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.faits.actions.attributions import consigner_attribution
from sne.registre.faits.rules.attributions import AttributionSaisie
from sne.registre.lecture.actions.consulter import relire_demande
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.signes import INSECABLE

PREUVE = "Preuve gardée par le guichet, selon sa convention."


def radier(message: Message) -> Traite:
    """Strike off for this reason, or bring back when there is none. Raises the refusals of the acts."""
    code = message.texte("radiation", "motif")
    if not code:
        return renouveler(message)
    motif = _motif(code)
    fiche = relire_demande(message.numero(), acte=message.acte)
    attribution = _attribution(message) if "attribution" in message.lu.dossier else None
    faits = _faits(message, motif)
    with d_un_bloc():
        if motif is MotifRadiation.RADATT and attribution is not None:
            consigner_attribution(
                fiche.demande.id, attribution, acte=message.acte, cle=cle_de(message, "attribution")
            )
        radier_demande(fiche.demande.id, faits, acte=message.acte, cle=cle_de(message, "radiation"))
    return Traite(fiche.demande.nud, fiche.demande.id)


def _faits(message: Message, motif: MotifRadiation) -> FaitsRadiation:
    sous_motif = message.texte("radiation", "sous_motif_irrecevabilite")
    courrier = message.jour_ou_rien("radiation", "date_courrier_sans_reponse", element="dateCourrier")
    return FaitsRadiation(
        motif,
        sous_motif=SousMotif(sous_motif) if sous_motif in set(SousMotif) else None,
        date_courrier=courrier,
        document=PREUVE if message.reglages.preuve_gardee else "",
        date=message.jour("radiation", "date", element="dateRadiation"),
    )


def _motif(code: str) -> MotifRadiation:
    try:
        return MotifRadiation(code)
    except ValueError:
        phrase = f"motifRadiation{INSECABLE}: ce code n’existe pas. Choisissez une valeur de la liste."
        raise DepotIncomplet([Anomalie("CODE_INCONNU", Niveau.BLOQUANT, "", phrase)]) from None


def _attribution(message: Message) -> AttributionSaisie:
    lue: dict[str, Any] = message.lu.dossier["attribution"]
    adresse = {nom: str(valeur) for nom, valeur in (lue.get("adresse") or {}).items() if valeur is not None}
    bail = message.jour("attribution", "date_signature_bail", element="dateSignatureBail")
    return AttributionSaisie(
        jour=bail,
        bail_signe=True,
        bail_signe_le=bail,
        deja_loge=lue.get("deja_loge_par_le_bailleur") or "",
        accord=lue.get("accord_collectif") or "",
        reservataire=lue.get("type_reservataire") or "",
        bailleur=lue.get("siren_bailleur") or "",
        rpls=lue.get("numero_rpls") or "",
        commune=adresse.pop("commune", ""),
        adresse=adresse,
        au_titre_dalo=lue.get("attribue_au_titre_dalo"),
        quartier_prioritaire=lue.get("en_quartier_prioritaire") or "",
        type_logement=lue.get("type_logement") or "",
        surface=_nombre(lue.get("surface"), "surface"),
        loyer=_nombre(lue.get("loyer"), "montantLoyer"),
    )


def _nombre(valeur: object, element: str) -> Decimal | None:
    try:
        return None if valeur is None else Decimal(str(valeur))
    except InvalidOperation:
        phrase = f"{element}{INSECABLE}: donnez un nombre entier."
        raise DepotIncomplet([Anomalie("FORME_INT_PARSING", Niveau.BLOQUANT, "", phrase)]) from None
