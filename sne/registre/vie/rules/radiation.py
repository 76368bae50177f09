"""Striking off an application, and how it comes back: the closed list of reasons, their authors, proofs and delays.

Pure. CCH R441-2-8 (closed list: a refused offer alone is no reason); arrêté du 23 mars 2015, annexe §6 (delays,
re-activation).
"""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.dates import echeances
from sne.registre.demande.rules.radiation import MotifRadiation, SousMotif
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

DOCUMENT_MAX = 200  # signs
COURRIER = "COURRIER_RADIATION"
"""Document of the catalogue: the letter that a striking-off rests on."""
REVIENNENT_AU_GUICHET = frozenset({MotifRadiation.RADREN})
"""Struck off for these, a demande comes back at any counter; else by the territorial manager (arrêté, annexe §6.1)."""
PAS_DE_RETOUR = (
    "Radiée pour ce motif, une demande ne revient que par le gestionnaire territorial. Demandez-le-lui."
)


class Auteur(StrEnum):
    """Who strikes off for a reason."""

    GUICHET = "GUICHET"  # any counter of the territory
    BAILLEUR = "BAILLEUR"  # a counter of a landlord
    GESTIONNAIRE = "GESTIONNAIRE"  # the territorial manager
    SERVICE = "SERVICE"  # the register itself, by its clock


class Preuve(StrEnum):
    """What must be at hand."""

    BAIL = "BAIL"  # the allocation on record, its lease signed
    ECRIT = "ECRIT"  # what the household wrote, kept one year
    AVIS = "AVIS"  # a notice whose receipt can be proved, sent a delay before
    AUCUNE = "AUCUNE"


@dataclass(frozen=True, slots=True)
class Regle:
    """One reason of the list: words, letter of the article, who may, on which proof."""

    libelle: str
    lettre: str
    auteurs: frozenset[Auteur]
    preuve: Preuve
    sous_motifs: tuple[SousMotif, ...] = ()


_COMPTOIR = frozenset({Auteur.GUICHET, Auteur.BAILLEUR, Auteur.GESTIONNAIRE})
REGLES: Mapping[MotifRadiation, Regle] = MappingProxyType(
    {
        MotifRadiation.RADATT: Regle(
            "Logement attribué, bail signé", "a", frozenset({Auteur.BAILLEUR}), Preuve.BAIL
        ),
        # Written online, it waits some days, and the register ends it.
        MotifRadiation.RADABA: Regle(
            "Renonciation écrite du demandeur", "b", _COMPTOIR | {Auteur.SERVICE}, Preuve.ECRIT
        ),
        MotifRadiation.RADCON: Regle(
            "Sans réponse à un courrier envoyé à la dernière adresse connue", "c", _COMPTOIR, Preuve.AVIS
        ),
        MotifRadiation.RADIRR: Regle(
            "Irrecevable, décision de la commission d’attribution",
            "d",
            frozenset({Auteur.BAILLEUR}),
            Preuve.AVIS,
            (SousMotif.IRRRES, SousMotif.IRRSEJ),
        ),
        MotifRadiation.RADREN: Regle(
            "Absence de renouvellement", "e", frozenset({Auteur.SERVICE}), Preuve.AUCUNE
        ),
        # The national number that demandes would be merged under is not in service: nobody may yet.
        MotifRadiation.FUSION: Regle(
            "Réunion de plusieurs demandes sous un numéro national", "f", frozenset(), Preuve.AUCUNE
        ),
    }
)
SOUS_MOTIFS: Mapping[SousMotif, str] = MappingProxyType(
    {
        SousMotif.IRRRES: "Ressources au-dessus du plafond",
        SousMotif.IRRSEJ: "Séjour irrégulier",
    }
)


@dataclass(frozen=True, slots=True)
class FaitsRadiation:
    """What is told of a striking-off. ``date_courrier``: of the notice; ``document``: where the proof is kept;
    ``date``: the day that counts, today when it is not told.
    """

    motif: MotifRadiation
    sous_motif: SousMotif | None = None
    date_courrier: datetime.date | None = None
    document: str = ""
    date: datetime.date | None = None


def motifs_de(auteurs: Collection[Auteur]) -> tuple[MotifRadiation, ...]:
    """Reasons for which somebody with one of these roles may strike off, in the order of the article."""
    return tuple(motif for motif, regle in REGLES.items() if not regle.auteurs.isdisjoint(auteurs))


def lire_date_de_radiation(
    faits: FaitsRadiation,
    *,
    aujourd_hui: date,
    depuis: date,
    delais: ParametresDemande,
    bail_signe_le: date | None,
) -> date:
    """The day that counts: today, or a day just past, which software of a counter may tell some days late.

    ``depuis``: the demande was registered, or renewed, on that day. Raises ``Interdit`` on ``date``: in the future,
    older than ``radiation_passee_max_jours``, before ``depuis`` or before the lease that ends the demande.
    """
    le = faits.date or aujourd_hui
    premier = aujourd_hui - timedelta(days=delais.radiation_passee_max_jours)
    if le > aujourd_hui:
        raise Interdit(
            "La date de radiation est dans l’avenir. Indiquez aujourd’hui au plus tard.", champ="date"
        )
    if le < premier:
        raise Interdit(
            f"La date de radiation est trop ancienne. Indiquez une date à partir du {premier:%d/%m/%Y}.",
            champ="date",
        )
    if le < depuis:
        raise Interdit(
            f"La demande a été enregistrée ou renouvelée le {depuis:%d/%m/%Y}. Indiquez une date à partir de ce jour.",
            champ="date",
        )
    if REGLES[faits.motif].preuve is Preuve.BAIL and bail_signe_le is not None and le < bail_signe_le:
        raise Interdit(
            f"Le bail a été signé le {bail_signe_le:%d/%m/%Y}. Indiquez une date à partir de ce jour.",
            champ="date",
        )
    return le


def verifier_radiation(
    faits: FaitsRadiation, *, jour: date, delais: ParametresDemande, bail_signe_le: date | None
) -> None:
    """Refuse a striking-off whose proof or delay is missing. Raises ``Interdit`` on the field to correct.

    ``bail_signe_le``: day of the signed lease that the register knows for this demande, if any.
    """
    regle = REGLES[faits.motif]
    if regle.sous_motifs and faits.sous_motif not in regle.sous_motifs:
        raise Interdit(
            "Choisissez pourquoi la commission déclare la demande irrecevable.", champ="sous_motif"
        )
    lire_texte(
        faits.document,
        champ="document",
        requis=regle.preuve in {Preuve.ECRIT, Preuve.AVIS},
        dites="Indiquez où le courrier est gardé, ou sa référence.",
        maximum=DOCUMENT_MAX,
    )
    if regle.preuve is Preuve.BAIL and bail_signe_le is None:
        raise Interdit(
            "Aucun bail signé n’est connu pour cette demande. Consignez d’abord l’attribution et la signature du bail.",
            champ="motif",
        )
    if regle.preuve is Preuve.ECRIT:
        _verifier_date(faits.date_courrier, jour)
    if regle.preuve is Preuve.AVIS:
        envoye = _verifier_date(faits.date_courrier, jour)
        premier = radiation_possible_le(faits.motif, envoye, delais=delais)
        if jour < premier:
            raise Interdit(
                f"Courrier envoyé le {envoye:%d/%m/%Y}{INSECABLE}: la radiation est possible à partir du "
                f"{premier:%d/%m/%Y}.",
                champ="date_courrier",
            )


def radiation_possible_le(motif: MotifRadiation, envoye: date, *, delais: ParametresDemande) -> date:
    """First day on which a demande may be struck off after a notice sent on ``envoye``."""
    mois = (
        delais.radiation_contact_delai_mois
        if motif is MotifRadiation.RADCON
        else delais.radiation_irrecevabilite_delai_mois
    )
    return ajouter_mois(envoye, mois)


def reactivable_jusqu_au(
    motif: MotifRadiation,
    radiee_le: date,
    *,
    base: date,
    delais: ParametresDemande,
    expiration: date | None = None,
) -> date:
    """Last day on which a demande struck off on ``radiee_le`` may come back with its number and its seniority.

    ``base``: its deposit or last renewal; ``expiration``: its last day of validity; when days were given back to it,
    the last day to come back is later by as many days. Struck off for another reason than a missing renewal or answer,
    it may come back as long as it is not erased.
    """
    if motif is MotifRadiation.RADREN:
        suites = echeances(base, delais)
        return suites.reactivation_jusqu_au + max(
            (expiration or suites.expiration) - suites.expiration, timedelta()
        )
    if motif is MotifRadiation.RADCON:
        return ajouter_mois(radiee_le, delais.reactivation_contact_mois)
    return date_de_purge(radiee_le, delais=delais) - timedelta(days=1)


def date_de_purge(radiee_le: date, *, delais: ParametresDemande) -> date:
    """Day from which the personal data of a demande struck off are erased."""
    return ajouter_mois(radiee_le, delais.purge_mois_apres_radiation)


class ReactivationFermee(Interdit):
    """This application cannot come back any more, or not through this person."""

    code = "REACTIVATION_FERMEE"


def exiger_reactivable(*, jour: date, limite: date) -> None:
    """Refuse a return after its last day. Raises :class:`ReactivationFermee`."""
    phrase = refus_de_retour(jour=jour, limite=limite)
    if phrase:
        raise ReactivationFermee(phrase)


def refus_de_retour(*, jour: date, limite: date) -> str:
    """The French sentence that refuses a return after its last day; empty until then."""
    if jour <= limite:
        return ""
    return (
        f"Cette demande pouvait être réactivée jusqu’au {limite:%d/%m/%Y}. Enregistrez une nouvelle demande."
    )


def _verifier_date(envoye: date | None, jour: date) -> date:
    if envoye is None:
        raise Interdit("Indiquez la date du courrier.", champ="date_courrier")
    if envoye > jour:
        raise Interdit(
            f"Date du courrier{INSECABLE}: le {envoye:%d/%m/%Y} n’est pas encore passé. Corrigez la date.",
            champ="date_courrier",
        )
    return envoye
