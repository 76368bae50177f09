"""What the sweep gives to the functions of the shared spaces."""

from datetime import timedelta
from typing import Any

from sne.collaboratif.annonces.models import Annonce, RelaisAnnonce
from sne.collaboratif.calendrier.models import Rencontre
from sne.collaboratif.calendrier.rules import Couche
from sne.collaboratif.cohortes.models import Cohorte
from sne.collaboratif.echanges.models import Contribution, Sujet
from sne.collaboratif.espaces.models import Espace
from sne.collaboratif.espaces.rules import Droit
from sne.collaboratif.fichiers.models import FichierEspace
from sne.collaboratif.questionnaires.models import Questionnaire
from sne.habilitations.rules import Role, cle_du_role
from tests.habilitations.deux_demandes import TERRITOIRE
from tests.registre import factories as f


def des_espaces() -> dict[str, Any]:
    """Of a space that opens to nobody here, and things said to the managers of the whole country."""
    tous, c = [cle_du_role(Role.GESTIONNAIRE_TERRITORIAL)], "sne.collaboratif"
    espace = Espace(id=f.inconnu())
    sujet = Sujet(espace=espace)
    fichier, contribution = FichierEspace(espace=espace), Contribution(sujet=sujet)
    noms = {
        "espaces.possible.exiger_lire.espace": espace.id,
        "espaces.possible.exiger_droit.espace": espace,
        "espaces.possible.exiger_droit.droit": Droit.LIRE,
        "espaces.selectors.get_espace.code": "inconnu",
        "espaces.selectors.est_allume.code": "inconnu",
        "espaces.possible.exiger_relayable.relais": RelaisAnnonce.objects.none(),
        "espaces.possible.exiger_relayable.deja": "Déjà relayée.",
        "calendrier.possible.exiger_tenir_couche.couche": Couche.TERRITOIRE,
        "calendrier.possible.exiger_tenir_couche.espace": None,
        "cohortes.selectors.list_candidatures.cohorte": Cohorte(),
        "cohortes.selectors.get_candidature.candidature_id": f.inconnu(),
    }
    noms |= {f"echanges.possible.exiger_{n}.sujet": sujet for n in ("lire_sujet", "repondre", "accepter")}
    noms |= {
        f"echanges.possible.exiger_{n}.contribution": contribution for n in ("modifier", "retirer", "visible")
    }
    noms |= {f"fichiers.possible.exiger_{n}.fichier": fichier for n in ("lire_fichier", "deposer")}
    noms |= {
        f"annonces.possible.exiger_{n}.annonce": Annonce(acces=tous) for n in ("lire_annonce", "relayer")
    }
    rencontre = Rencontre(couche=Couche.TERRITOIRE, territoire=TERRITOIRE, acces=tous)
    noms |= {f"calendrier.possible.exiger_{n}.rencontre": rencontre for n in ("lire_rencontre", "changer")}
    demande = Questionnaire(
        acces=tous, territoire=TERRITOIRE, du=f.MAINTENANT, au=f.MAINTENANT + timedelta(days=1)
    )
    demandes = (
        "exiger_voir",
        "exiger_repondre",
        "exiger_tenir_questionnaire",
        "exiger_exporter",
        "exiger_resultats",
        "exiger_relayer",
    )
    noms |= {f"questionnaires.possible.{n}.questionnaire": demande for n in (*demandes, "a_repondu")}
    return {f"{c}.{nom}": valeur for nom, valeur in noms.items()}
