"""Controls of the content: every rule that ties fields together, in one table, with its weight by door."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType

from sne.registre.contenu.parametres import ParametresContenu
from sne.registre.contenu.rules.anomalie import Anomalie, Niveau
from sne.registre.contenu.rules.arbre.champs import Feuille
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.controles import (
    codes,
    contacts,
    handicaps,
    logement,
    noms,
    personnes,
    situations,
    souhaits,
)
from sne.registre.contenu.rules.controles.contexte import Contexte, Controle, Porte, References

E, W = Niveau.BLOQUANT, Niveau.AVERTISSEMENT
AUCUN_NIR: Mapping[str, str] = MappingProxyType({})

CONTROLES: tuple[Controle, ...] = (
    Controle("BRANCHE_TITULAIRE", E, personnes.branche_titulaire, filaire=True),
    Controle("CODE_INCONNU", E, codes.code_inconnu, illisible=True),
    Controle("COMMUNE_INCONNUE", E, codes.commune_inconnue, illisible=True),
    Controle("NOM_MAL_ECRIT", E, noms.nom_mal_ecrit),
    Controle("NAISSANCE_FUTURE", E, personnes.naissance_future, filaire=True),
    Controle("ADULTE_TROP_JEUNE", W, personnes.adulte_trop_jeune),
    Controle("NAISSANCE_TROP_ANCIENNE", W, personnes.naissance_trop_ancienne),
    Controle("NAISSANCE_PREVUE", W, personnes.naissance_prevue),
    Controle("TITRE_DE_SEJOUR", W, personnes.titre_de_sejour),
    Controle("NIR_ILLISIBLE", E, personnes.nir_illisible, illisible=True),
    Controle("NIR_REPETE", E, personnes.nir_repete),
    Controle("NIR_DISCORDANT", W, personnes.nir_discordant),
    Controle("COUPLE_SANS_COTITULAIRE", W, personnes.couple_sans_cotitulaire),
    Controle("LIEN_DISCORDANT", W, personnes.lien_discordant),
    Controle("ADRESSE_SANS_VOIE", E, contacts.adresse_sans_voie),
    Controle("ADRESSE_SANS_LOCALITE", E, contacts.adresse_sans_localite),
    Controle("LOCALITE_DISCORDANTE", E, contacts.localite_discordante),
    Controle("HEBERGEANT_ABSENT", W, contacts.hebergeant_absent),
    Controle("SMS_SANS_PORTABLE", E, contacts.sms_sans_portable),
    Controle("RENOUVELLEMENT_SANS_COURRIEL", E, contacts.renouvellement_sans_courriel),
    Controle("TELEPHONE_INCOMPLET", E, contacts.telephone_incomplet),
    Controle("COURRIEL_INVALIDE", E, contacts.courriel_invalide),
    Controle("COURRIEL_DOUTEUX", W, contacts.courriel_douteux),
    Controle("EMPLOYEUR_ABSENT", W, situations.employeur_absent),
    Controle("EMPLOYEUR_SANS_OBJET", W, situations.employeur_sans_objet),
    Controle("SALAIRE_SANS_ACTIVITE", W, situations.salaire_sans_activite),
    Controle("REVENU_DU_STATUT_ABSENT", W, situations.revenu_du_statut_absent),
    Controle("NAISSANCE_SANS_DATE", E, situations.naissance_sans_date),
    Controle("ENFANT_COMPTE_DEUX_FOIS", W, situations.enfant_compte_deux_fois),
    Controle("MONTANT_NEGATIF", E, situations.montant_negatif),
    Controle("RESSOURCE_SANS_NATURE", E, situations.ressource_sans_nature),
    Controle("ANNEE_FISCALE", W, situations.annee_fiscale),
    Controle("BAISSE_DE_REVENUS", W, situations.baisse_de_revenus),
    Controle("SIREN_ERRONE", W, situations.siren_errone),
    Controle("SEJOUR_INCOMPLET", E, logement.sejour_incomplet),
    Controle("BAILLEUR_ABSENT", E, logement.bailleur_absent),
    Controle("DETAIL_SANS_STATUT", W, logement.detail_sans_statut),
    Controle("SEJOUR_FUTUR", E, logement.sejour_futur),
    Controle("SEJOUR_AVANT_NAISSANCE", W, logement.sejour_avant_naissance),
    Controle("LOGEMENT_SANS_OBJET", W, logement.logement_sans_objet),
    Controle("GRATUIT_AVEC_LOYER", W, logement.gratuit_avec_loyer),
    Controle("LOGEMENT_POSSEDE_INCOMPLET", E, logement.logement_possede_incomplet),
    Controle("AUTRE_MOTIF_ABSENT", E, souhaits.autre_motif_absent),
    Controle("JUGEMENT_NON_DATE", W, souhaits.jugement_non_date),
    Controle("HANDICAP_SANS_FICHE", W, souhaits.handicap_sans_fiche),
    Controle("SEPARATION_EN_COUPLE", W, souhaits.separation_en_couple),
    Controle("TAILLE_DISCORDANTE", W, souhaits.taille_discordante),
    Controle("MOTIF_SANS_LOGEMENT", W, souhaits.motif_sans_logement),
    Controle("MOTIF_REPETE", E, souhaits.motif_repete),
    Controle("TROP_DE_MOTIFS", E, souhaits.trop_de_motifs),
    Controle("COMMUNE_HORS_TERRITOIRE", E, souhaits.commune_hors_territoire, filaire=True),
    Controle("LOCALISATION_REPETEE", E, souhaits.localisation_repetee),
    Controle("TROP_DE_LOCALISATIONS", E, souhaits.trop_de_localisations),
    Controle("TYPES_ECARTES", W, souhaits.types_ecartes),
    Controle("TYPE_ET_FOYER", W, souhaits.type_et_foyer),
    Controle("LOYER_ET_RESSOURCES", W, souhaits.loyer_et_ressources),
    Controle("FICHE_SANS_PERSONNE", E, handicaps.fiche_sans_personne),
    Controle("FICHE_REPETEE", E, handicaps.fiche_repetee),
    Controle("FICHE_D_UNE_AUTRE_DATE", W, handicaps.fiche_d_une_autre_date),
    Controle("NATURE_DISCORDANTE", E, handicaps.nature_discordante),
    Controle("FICHE_SANS_HANDICAP", W, handicaps.fiche_sans_handicap),
    Controle("AIDE_CONTRADICTOIRE", E, handicaps.aide_contradictoire),
)


def controler(
    contenu: Contenu,
    *,
    aujourd_hui: date,
    porte: Porte,
    references: References,
    limites: ParametresContenu,
    nirs: Mapping[str, str] = AUCUN_NIR,
    niveaux: Collection[Niveau] = tuple(Niveau),
    releve: Sequence[Feuille] | None = None,
) -> tuple[Anomalie, ...]:
    """Every remark that the rules make on this content, that day, through that door; in the order of the
    table.

    ``nirs`` holds the numbers as typed, by person reference: they are in no tree. What is *missing* to
    register is told by ``completude``. A blocking anomaly refuses the act, a warning is shown and stays
    with the file. ``niveaux``: of the rules that are asked; an act that shows nothing asks those that could refuse it.
    ``releve``: the leaves of this content, of whoever has read them already.
    """
    contexte = Contexte(contenu, aujourd_hui, references, limites, nirs, releve)
    return tuple(
        Anomalie(controle.code, niveau, chemin, phrase)
        for controle, niveau in _controles(porte)
        if niveau in niveaux
        for chemin, phrase in controle.fonction(contexte)
    )


@cache
def _controles(porte: Porte) -> tuple[tuple[Controle, Niveau], ...]:
    """The table, with the weight of each through that door: asked by each registration, always the same."""
    return tuple((controle, controle.niveau_par(porte)) for controle in CONTROLES)


__all__ = [
    "CONTROLES",
    "Anomalie",
    "Controle",
    "Niveau",
    "ParametresContenu",
    "Porte",
    "References",
    "controler",
]
