"""Dated parameters: the figures that the law or the national operator may change, never constants."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sne.referentiels.rules.fichiers import lire_json
from sne.referentiels.rules.periodes import TOUJOURS, Periode, en_vigueur
from sne.referentiels.rules.poids import PoidsDuScore

FICHIER = "parametres.json"

MOIS_LE_PLUS_LONG = 31  # days
OCTETS_PAR_PIXEL = 12  # a picture being decoded is there up to three times, four bytes a pixel
MEMOIRE_DES_BIBLIOTHEQUES_MO = (
    500  # address space of the reading process before the first pixel, and its margin
)

Nombre = Annotated[int, Field(ge=0)]
Duree = Annotated[int, Field(ge=1)]
Score = Annotated[float, Field(ge=0)]
Part = Annotated[float, Field(ge=0, le=1)]
Fraction = Annotated[float, Field(gt=0, lt=1)]
Jours = Annotated[int, Field(ge=0, le=36_500)]
Courriel = Annotated[str, Field(pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}$")]
HeureDuJour = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


@dataclass(frozen=True, slots=True)
class ValeurDatee:
    """One value of one parameter for one period, with what a reader needs to understand it."""

    code: str
    valeur: Any  # JSON: number, text, boolean
    periode: Periode = TOUJOURS
    libelle: str = ""
    unite: str = ""
    source: str = ""


class Parametres(BaseModel):
    """The values in force on one day. Units are in the names, labels and sources in ``parametres.json``."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    # Life of a demande (CCH R441-2-7; arrêté du 23 mars 2015, annexe)
    delaiz_mois: Duree
    preavis_mois: Duree
    preavis_marge_jours: Nombre
    retenir_sans_preavis: bool
    renouvellement_ouverture_jours: Duree
    radiation_mois: Duree
    reactivation_mois: Duree
    radiation_contact_delai_mois: Duree
    radiation_irrecevabilite_delai_mois: Duree
    reactivation_contact_mois: Duree
    purge_mois_apres_radiation: Duree
    purge_mois_apres_annulation: Duree
    recours_mois: Duree
    purge_statistiques_lot_min: Duree
    depot_anterieur_max_jours: Nombre
    separation_nommee_depuis_jours: Nombre
    annulation_max_jours: Nombre
    # Finding a demande, and the same household twice
    seuil_trigramme: Annotated[float, Field(gt=0, le=1)]
    seuil_doublon_proposition: Score
    seuil_doublon_justification: Score
    seuil_ancien_ailleurs: Score
    doublon_cle_commune: Duree
    recherche_resultats_max: Duree
    # Work lists
    liste_echeance_jours: Duree
    liste_compte_max: Duree
    liste_export_lignes_max: Duree
    # Supporting documents
    piece_perimee_avant_jours: Duree
    piece_perimee_apres_jours: Duree
    document_aides_pages_max: Duree
    avis_impot_mois: Annotated[int, Field(ge=1, le=12)]
    # Changes of identity: what is applied without a decision, and what is done while one is awaited
    anciennete_libre_jours: Jours
    nom_lettres_max: Nombre
    nom_relatif_max: Part
    prenoms_lettres_max: Nombre
    prenoms_relatif_max: Part
    usage_stable_jours: Jours
    contact_recent_jours: Jours
    reactivation_recente_jours: Jours
    automatique_mois: Annotated[int, Field(ge=0, le=1_200)]
    alternance_jours: Jours
    permission_contact_jours: Duree
    decision_attendue_jours: Duree
    identite_piece_jours: Nombre
    relecture_jours: Duree
    identite_rappel_1_jours: Duree
    identite_rappel_2_jours: Duree
    identite_escalade_jours: Duree
    identite_expiration_jours: Duree
    relecture_part: Part
    # Which files are read first
    score_regarder: Score
    score_jour: Score
    score_ligne_gt: Score
    score_fenetre_jours: Jours
    score_agent_jours: Jours
    score_agent_anciennete_ans: Nombre
    score_heure_ouverture: HeureDuJour
    score_heure_fermeture: HeureDuJour
    score_poids: PoidsDuScore
    # Follow-up of counters
    suivi_anciennete_mois: Duree
    alerte_guichet_nombre: Duree
    alerte_guichet_rapport: Score
    alerte_guichet_hasard: Part
    alerte_guichet_reponse_jours: Duree
    entonnoir_mois: Duree
    entonnoir_dossiers_min: Nombre
    entonnoir_guichets_min: Duree
    entonnoir_niveau: Fraction
    entonnoir_plafond: Fraction
    entonnoir_limite_interieure: Fraction
    entonnoir_limite_exterieure: Fraction
    sensibilisation_mois: Duree
    # Notices of a change, and objections
    avis_contact_recent_jours: Nombre
    opposition_lien_jours: Duree
    opposition_rappel_jours_ouvres: Duree
    opposition_retrait_heures: Duree
    opposition_recu_heures: Duree
    historique_copie_lignes_max: Duree
    # Asked from the public site
    verification_rafale: Duree
    verification_secondes: Duree
    # Operation
    courriel_echecs_temporaires: Duree
    courriel_echecs_heures: Duree
    courriel_lien_heures: Duree
    courriel_relances_max: Duree
    courriel_relances_minutes: Duree
    brouillon_conservation_jours: Duree
    dossier_ouvert_minutes: Duree
    nud_marge_promotion: Duree
    nud_marge_restauration: Duree
    lot_attestations_max: Duree
    attestation_delai_mois: Duree
    document_taille_max_mo: Duree
    document_pages_max: Duree
    document_cote_pixels: Annotated[int, Field(ge=1000, le=10_000)]
    document_vignette_pixels: Annotated[int, Field(ge=60, le=1000)]
    document_dessin_ppp: Annotated[int, Field(ge=72, le=600)]
    document_qualite_jpeg: Annotated[int, Field(ge=40, le=95)]
    # What reading one received file may cost
    lecture_memoire_mo: Annotated[int, Field(ge=500)]
    lecture_processeur_secondes: Duree
    lecture_duree_secondes: Duree
    lecture_ecriture_mo: Duree
    lecture_pixels_millions: Duree
    lecture_cote_pixels: Annotated[int, Field(ge=1000)]
    lecture_objets_max: Annotated[int, Field(ge=1000)]
    lecture_flux_mo: Duree
    televersements_au_plus: Duree
    document_reception_heures: Duree
    document_attente_heures: Duree
    session_inactivite_minutes: Duree
    session_duree_max_heures: Duree
    connexion_refus_par_adresse: Duree
    # Roles that nobody uses or confirms
    inactivite_avis_mois: Duree
    inactivite_retrait_mois: Duree
    inactivite_sursis_jours: Duree
    revue_duree_jours: Duree
    revue_rappel_1_jours: Duree
    revue_rappel_2_jours: Duree
    revue_suspension_jours: Duree
    revue_periode_mois: Duree
    revue_periode_mois_max: Duree
    # The journal, proved outside
    journal_jalon_minutes: Duree
    journal_jalon_scellements: Duree
    journal_temoins: list[Courriel]
    journal_temoins_heures: Duree
    journal_conservation_mois: Duree
    journal_recherche_jours_max: Duree
    journal_export_lignes_max: Duree
    message_agent_conservation_mois: Duree
    # Form
    localisations_max_ecran: Duree
    motifs_max_ecran: Duree
    age_minimum_avertissement: Nombre
    age_maximum_avertissement: Nombre
    naissance_prevue_max_mois: Duree
    baisse_revenus_pourcent: Annotated[int, Field(ge=0, le=100)]

    @model_validator(mode="after")
    def _tenir_les_droits(self) -> Self:
        """Refuse figures that would take a role back unannounced."""
        if not self.revue_duree_jours > self.revue_rappel_1_jours > self.revue_rappel_2_jours:
            raise ValueError(
                "revue_duree_jours, revue_rappel_1_jours et revue_rappel_2_jours\u00a0: donnez des délais de plus en "
                "plus courts."
            )
        if self.revue_periode_mois > self.revue_periode_mois_max:
            raise ValueError(
                "revue_periode_mois\u00a0: ce qui est proposé doit pouvoir être choisi. Ne dépassez pas "
                "revue_periode_mois_max."
            )
        if not self.inactivite_avis_mois < self.inactivite_retrait_mois:
            raise ValueError(
                "inactivite_avis_mois et inactivite_retrait_mois\u00a0: une habilitation serait retirée avant que sa "
                "fin soit annoncée."
            )
        return self

    @model_validator(mode="after")
    def _tenir_ensemble(self) -> Self:
        """Refuse figures that would take a household's place away, or tell it to do what it cannot do yet."""
        if not self.delaiz_mois <= self.radiation_mois <= self.reactivation_mois:
            raise ValueError(
                "delaiz_mois, radiation_mois et reactivation_mois\u00a0: une demande serait radiée avant la fin de sa "
                "validité, ou ne pourrait plus revenir le jour de sa radiation."
            )
        preavis = self.preavis_mois * MOIS_LE_PLUS_LONG + self.preavis_marge_jours
        if self.renouvellement_ouverture_jours < preavis:
            raise ValueError(
                f"renouvellement_ouverture_jours\u00a0: le préavis peut partir {preavis} jours avant la fin de "
                "validité, quand le renouvellement doit être déjà ouvert."
            )
        if (
            self.lecture_pixels_millions * OCTETS_PAR_PIXEL + MEMOIRE_DES_BIBLIOTHEQUES_MO
            > self.lecture_memoire_mo
        ):
            raise ValueError(
                "lecture_pixels_millions\u00a0: une image de cette définition ne tiendrait pas dans "
                "lecture_memoire_mo, et serait refusée sans raison claire."
            )
        attente = (self.identite_rappel_1_jours, self.identite_rappel_2_jours, self.identite_escalade_jours)
        if list(attente) != sorted(set(attente)):
            raise ValueError(
                "identite_rappel_1_jours, identite_rappel_2_jours et identite_escalade_jours\u00a0: donnez des délais "
                "de plus en plus longs."
            )
        if not self.score_regarder <= self.score_jour:
            raise ValueError(
                "score_regarder et score_jour\u00a0: un dossier à regarder le jour même est d’abord à regarder."
            )
        if not self.score_heure_ouverture < self.score_heure_fermeture:
            raise ValueError(
                "score_heure_ouverture et score_heure_fermeture\u00a0: la journée finirait avant de commencer."
            )
        return self


def valeurs_du_fichier(contenu: Mapping[str, Any]) -> tuple[ValeurDatee, ...]:
    """Values of the file: ``{code: {libelle, unite, source, valeurs: [{valeur, debut?, fin?}]}}``."""
    return tuple(
        ValeurDatee(
            code=code,
            valeur=v["valeur"],
            periode=Periode(_date(v.get("debut")), _date(v.get("fin"))),
            libelle=description["libelle"],
            unite=description["unite"],
            source=description["source"],
        )
        for code, description in contenu.items()
        for v in description["valeurs"]
    )


def _date(texte: str | None) -> date | None:
    return date.fromisoformat(texte) if texte else None


@lru_cache(maxsize=1)
def valeurs_livrees() -> tuple[ValeurDatee, ...]:
    """Values delivered with this version of the software."""
    return valeurs_du_fichier(lire_json(FICHIER))


def parametres_en_vigueur(valeurs: Iterable[ValeurDatee], le: date) -> Parametres:
    """The parameters on that day: those of ``valeurs``, and the delivered one for a code they do not hold.

    A code that this version does not know is ignored, and a missing one takes its delivered value: two
    releases may run side by side on the same tables. Raises ``pydantic.ValidationError`` naming a parameter
    whose value is missing or out of bounds.
    """
    trouvees: dict[str, Any] = {}
    for source in (valeurs_livrees(), tuple(valeurs)):
        for code in Parametres.model_fields:
            datee = en_vigueur((v for v in source if v.code == code), le)
            if datee:
                trouvees[code] = datee.valeur
    return Parametres(**trouvees)


@lru_cache(maxsize=64)
def parametres_par_defaut(le: date) -> Parametres:
    """The parameters delivered with this version, on that day, without a database."""
    return parametres_en_vigueur((), le)
