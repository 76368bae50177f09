"""How often one looks for something on the site: an account so many times a minute, a network without one fewer."""

from django.http import HttpRequest

from sne.espace_pro.cadre import acteur_de
from sne.recherche.parametres import ParametresRechercheEditoriale
from sne.referentiels.selectors import get_parametres
from sne.socle.debit import Debit, Seaux, reseau_de
from sne.socle.horloge import jour, maintenant
from sne.socle.requete import adresse_du_client

SEAUX = Seaux()
TROP = "Beaucoup de recherches viennent de vous. Attendez quelques secondes, puis cherchez de nouveau."
MINUTE = 60.0


def attente_de(request: HttpRequest, *, frappe: bool = False) -> int:
    """Count one more search, or one more keystroke (``frappe``); the seconds to wait, 0 when it passes."""
    le, acteur = maintenant(), acteur_de(request)
    parametres = get_parametres(jour(le))[ParametresRechercheEditoriale]
    if frappe:
        combien, pendant = parametres.recherche_propositions_par_seconde, 1.0
    elif acteur is not None:
        combien, pendant = parametres.recherche_par_minute, MINUTE
    else:
        combien, pendant = parametres.recherche_reseau_par_minute, MINUTE
    qui = str(acteur.id) if acteur is not None else reseau_de(adresse_du_client(request))
    debit = Debit(combien, pendant / combien)
    return SEAUX.demander(f"{pendant:g} {qui}", debit, instant=le.timestamp())
