"""The support desk: delays and hours that may change, dated."""

from sne.referentiels.rules import Duree, Groupe, HeureDuJour


class ParametresAssistance(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    assistance_matin_debut: HeureDuJour
    assistance_matin_fin: HeureDuJour
    assistance_apres_midi_debut: HeureDuJour
    assistance_apres_midi_fin: HeureDuJour
    assistance_bloquant_reponse_minutes: Duree
    assistance_bloquant_resolution_minutes: Duree
    assistance_genant_reponse_minutes: Duree
    assistance_genant_resolution_minutes: Duree
    assistance_question_reponse_minutes: Duree
    assistance_question_resolution_minutes: Duree
    assistance_securite_reponse_minutes: Duree
    assistance_securite_resolution_minutes: Duree
    assistance_liste_resolus_jours: Duree
    assistance_cloture_jours: Duree
    assistance_reouverture_jours: Duree
    assistance_relance_jours_ouvres: Duree
    assistance_sans_reponse_jours_ouvres: Duree
    assistance_par_heure: Duree
    assistance_menage_par_jour: Duree
    assistance_conservation_mois: Duree
    assistance_conservation_dpo_mois: Duree
    assistance_pieces_jours: Duree
    assistance_courriel_jours: Duree
