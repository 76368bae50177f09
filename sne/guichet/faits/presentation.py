"""Facts of a demande in words: what, when, by whom, and what a correction starts from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from sne.guichet.faits.forms import PIECES as CHAMPS_PIECES
from sne.guichet.faits.forms import PREFIXE, PREFIXE_ADRESSE
from sne.referentiels.rules import (
    Caracteristique,
    CatalogueEvenements,
    CataloguePieces,
    NatureCaracteristique,
    PublicPrioritaire,
    TypeOrganisme,
)
from sne.referentiels.selectors import (
    get_geographie,
    get_nomenclatures,
    get_pieces,
    get_types_evenement,
    list_organismes,
)
from sne.registre.faits.rules.attributions import ADRESSE
from sne.registre.faits.rules.dalo import LIBELLES_DALO, NatureDalo, PeriodeDalo
from sne.registre.faits.rules.faits import EtatFait, NatureFait
from sne.registre.faits.rules.pieces_demandees import PIECES, PieceDemandee, lire_demandees
from sne.registre.faits.selectors.faits import AttributionLue, DecisionLue, EvenementLu, FaitLu
from sne.saisie.presentation.mots import Lecture, Ligne, dites, euros, oui_non
from sne.socle.templatetags.socle_tags import date_fr

ADRESSES: Mapping[NatureFait, str] = {
    NatureFait.EVENEMENT: "evenement",
    NatureFait.DECISION: "decision",
    NatureFait.ATTRIBUTION: "attribution",
    NatureFait.DALO: "dalo",
}
AJOUTER: Mapping[NatureFait, str] = {
    NatureFait.EVENEMENT: "Ajouter un événement",
    NatureFait.DECISION: "Consigner une décision",
    NatureFait.ATTRIBUTION: "Consigner une attribution",
    NatureFait.DALO: "Consigner un fait DALO",
}
ETATS: Mapping[EtatFait, str] = {
    EtatFait.EN_VIGUEUR: "",
    EtatFait.CORRIGE: "Corrigé",
    EtatFait.RETIRE: "Retiré",
}


@dataclass(frozen=True, slots=True)
class LigneFait:
    """One fact on a screen; ``corriger`` and ``retirer`` are addresses, empty when the actor may not."""

    jour: date
    quoi: str
    lieu: str
    etat: str
    motif: str
    details: Sequence[Ligne]
    corriger: str = ""
    retirer: str = ""


@dataclass(frozen=True, slots=True)
class Mots:
    """What it takes to word facts of one territory."""

    lecture: Lecture
    types: CatalogueEvenements
    pieces: CataloguePieces
    bailleurs: Mapping[str, str]
    territoire: str

    def libelle_piece(self, code: str) -> str:
        """A document of the catalogue; its code once it has ended."""
        intitules = {p.code: p.intitule(self.lecture.aujourd_hui) for p in self.pieces.types}
        return intitules.get(code, code)


def get_mots(territoire: str, le: date) -> Mots:
    """Lists, catalogues and landlords of the day."""
    lecture = Lecture(get_nomenclatures(le), get_geographie(), le)
    bailleurs = list_organismes(territoire, TypeOrganisme.BAILLEUR, le=le)
    return Mots(lecture, get_types_evenement(le), get_pieces(le), bailleurs, territoire)


def ajouts(nud: str, natures: Iterable[NatureFait]) -> list[tuple[str, str]]:
    """(address, words) of what the actor may add."""
    return [
        (
            reverse("fait-type", args=[nud])
            if nature is NatureFait.EVENEMENT
            else reverse("fait-consigner", args=[nud, ADRESSES[nature]]),
            AJOUTER[nature],
        )
        for nature in natures
    ]


def presenter_faits(
    faits: Iterable[FaitLu], mots: Mots, *, nud: str = "", corrigeables: Iterable[NatureFait] = ()
) -> list[LigneFait]:
    """Facts in words, in their order; each in force may be corrected when its kind is among ``corrigeables``."""
    permises = set(corrigeables)
    return [
        _ligne(f, mots, nud if f.nature in permises and f.etat is EtatFait.EN_VIGUEUR else "") for f in faits
    ]


def _ligne(fait: FaitLu, mots: Mots, nud: str) -> LigneFait:
    quoi, details = _dire(fait, mots)
    ou = [nud, ADRESSES[fait.nature], fait.id]
    corrigeable = nud and not (
        isinstance(fait.detail, EvenementLu) and PIECES in fait.detail.caracteristiques
    )
    guichet = f"guichet {fait.guichet}" if fait.guichet else ""
    return LigneFait(
        jour=fait.jour,
        quoi=quoi,
        lieu=", ".join(filter(None, (guichet, fait.auteur))),
        etat=ETATS[fait.etat],
        motif=fait.motif,
        details=dites(details),
        corriger=reverse("fait-corriger", args=ou) if corrigeable else "",
        retirer=reverse("fait-retirer", args=ou) if nud else "",
    )


def _dire(fait: FaitLu, mots: Mots) -> tuple[str, list[Ligne]]:
    detail = fait.detail
    if isinstance(detail, EvenementLu):
        return _evenement(detail, mots)
    if isinstance(detail, DecisionLue):
        return _decision(detail, mots)
    if isinstance(detail, AttributionLue):
        return _attribution(detail, mots)
    return _dalo(detail, mots)


def _evenement(detail: EvenementLu, mots: Mots) -> tuple[str, list[Ligne]]:
    type_evenement = mots.types.dernier(detail.type, territoire=mots.territoire)
    if type_evenement is None:
        return detail.type, []
    lignes = [
        Ligne(c.libelle, _valeur(c, detail.caracteristiques[c.nom], mots))
        for c in type_evenement.caracteristiques
        if c.nom in detail.caracteristiques
    ]
    return type_evenement.libelle, [*lignes, Ligne("Commentaire", detail.commentaire)]


def _valeur(caracteristique: Caracteristique, valeur: object, mots: Mots) -> str:
    if isinstance(valeur, bool):
        return oui_non(valeur)
    if isinstance(valeur, list):
        return ", ".join(dict.fromkeys(_piece_demandee(x, mots) for x in lire_demandees(valeur)))
    texte = str(valeur)
    match caracteristique.nature:
        case NatureCaracteristique.DATE:
            return date_fr(date.fromisoformat(texte))
        case NatureCaracteristique.MONTANT:
            return euros(Decimal(texte))
        case NatureCaracteristique.CODE:
            return mots.lecture.libelle(caracteristique.liste, texte)
    return texte


def _piece_demandee(demandee: PieceDemandee, mots: Mots) -> str:
    types = {p.code: p for p in mots.pieces.types}
    type_piece = types.get(demandee.code)
    return type_piece.intitule_de(demandee.annee, mots.lecture.aujourd_hui) if type_piece else demandee.code


def _decision(detail: DecisionLue, mots: Mots) -> tuple[str, list[Ligne]]:
    lignes = [
        Ligne("Bailleur", mots.bailleurs.get(detail.bailleur, detail.bailleur)),
        Ligne("Logement (RPLS)", detail.rpls),
        Ligne("Rang", str(detail.rang or "")),
        Ligne("Pièces manquantes", ", ".join(map(mots.libelle_piece, detail.pieces_manquantes))),
        Ligne("Attendues au plus tard le", date_fr(detail.pieces_avant)),
        Ligne("Motif notifié", detail.motivation),
        Ligne("Public prioritaire", _publics(detail.publics)),
    ]
    decision = mots.lecture.libelle("ListeDecisionCommission", detail.code)
    return f"Décision de la commission\u00a0: {decision[:1].lower()}{decision[1:]}", lignes


def _attribution(detail: AttributionLue, mots: Mots) -> tuple[str, list[Ligne]]:
    lire = mots.lecture.libelle
    lignes = [
        Ligne("Bailleur", mots.bailleurs.get(detail.bailleur, detail.bailleur)),
        Ligne("Logement (RPLS)", detail.rpls),
        *(Ligne(ADRESSE[nom], detail.adresse.get(nom, "")) for nom in ADRESSE),
        Ligne("Commune", mots.lecture.geographie.nom_commune(detail.commune) if detail.commune else ""),
        Ligne("Quartier prioritaire", lire("ListeZUS", detail.quartier_prioritaire)),
        Ligne("Type", lire("ListeTypeLogementRPLS", detail.type_logement)),
        Ligne("Surface", _surface(detail.surface)),
        Ligne("Loyer", euros(detail.loyer)),
        Ligne("Déjà logé par ce bailleur", lire("ListeBooleen", detail.deja_loge)),
        Ligne("Accord collectif", lire("ListeAccordCollectif", detail.accord)),
        Ligne("Réservataire", lire("ListeTypeReservataire", detail.reservataire)),
        Ligne("Convention de l’État", lire("ListeConventionReservationEtat", detail.convention_etat)),
        Ligne("Attribué au titre du DALO", oui_non(detail.au_titre_dalo)),
        Ligne("Public prioritaire", _publics(detail.publics)),
    ]
    bail = f"bail signé le {date_fr(detail.bail_signe_le)}" if detail.bail_signe_le else "bail non signé"
    return f"Logement attribué, {bail}", lignes


def _surface(surface: Decimal | None) -> str:
    if surface is None:
        return ""
    nombre = f"{surface:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{nombre}\u00a0m²"


def _dalo(detail: PeriodeDalo, mots: Mots) -> tuple[str, list[Ligne]]:
    quoi = LIBELLES_DALO[detail.nature]
    if detail.nature is NatureDalo.STATUT:
        quoi = f"{quoi}\u00a0: {mots.lecture.libelle('ListeStatutDalo', detail.statut).lower()}"
    return quoi, [
        Ligne("Jusqu’au", date_fr(detail.fin)),
        Ligne("Diagnostic social", oui_non(detail.diagnostic_social)),
        Ligne("Accompagnement social", oui_non(detail.accompagnement_social)),
        Ligne("Logement préconisé", mots.lecture.libelle("ListeTypologieLogementDalo", detail.typologie)),
    ]


def _publics(publics: Iterable[PublicPrioritaire]) -> str:
    return ", ".join(public.intitule for public in publics)


def initiales(fait: FaitLu, mots: Mots) -> dict[str, Any]:
    """Values of the form that corrects a fact, by field."""
    detail = fait.detail
    if isinstance(detail, EvenementLu):
        return {"jour": fait.jour, "commentaire": detail.commentaire, **_caracteristiques(detail)}
    if isinstance(detail, PeriodeDalo):
        return {
            "jour": fait.jour,
            "nature": detail.nature,
            "statut": detail.statut,
            "fin": detail.fin,
            "diagnostic_social": detail.diagnostic_social,
            "accompagnement_social": detail.accompagnement_social,
            "typologie": detail.typologie,
        }
    champs = {nom: getattr(detail, nom) for nom in detail.__dataclass_fields__}
    champs |= {"jour": fait.jour, "publics": [public.code for public in detail.publics]}
    if isinstance(detail, DecisionLue):
        return champs | dict(zip(CHAMPS_PIECES, detail.pieces_manquantes, strict=False))
    commune = mots.lecture.geographie.commune(detail.commune)
    return champs | {
        "bail_signe": detail.bail_signe_le is not None,
        **{f"{PREFIXE_ADRESSE}{nom}": valeur for nom, valeur in detail.adresse.items()},
        "commune": commune.libelle if commune else "",
    }


def _caracteristiques(detail: EvenementLu) -> dict[str, object]:
    reponses = {True: "OUI", False: "NON"}
    return {
        f"{PREFIXE}{nom}": reponses[valeur] if isinstance(valeur, bool) else valeur
        for nom, valeur in detail.caracteristiques.items()
    }
