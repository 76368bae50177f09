"""How long a household's session lasts, and its sign-in proves: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresDemandeurs(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    demandeur_inactivite_minutes: Duree
    demandeur_session_minutes: Duree
    demandeur_preuve_minutes: Duree
    demandeur_age_ans: Duree
    envoi_garde_minutes: Duree
    ressources_preuve_minutes: Duree
    compte_sans_lien_jours: Duree
    code_minutes: Duree
    code_essais: Duree
    code_session_minutes: Duree
    code_essais_faux_par_jour: Duree
    code_envois_par_quart_d_heure: Duree
    code_envois_par_jour: Duree
    code_envois_reseau_par_heure: Duree
    contact_changements_par_jour: Duree
    code_sms_par_heure: Duree
    code_mots_par_jour: Duree
    numeros_reseau_par_heure: Duree
    connexions_reseau_par_heure: Duree
