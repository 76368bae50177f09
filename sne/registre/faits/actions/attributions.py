"""Recording the allocation of a dwelling, lease signed or not (CCH R441-2-9)."""

import uuid
from typing import Any

from sne.referentiels.selectors import get_geographie, get_publics
from sne.registre.demande.actions.tentatives import suivre_refus
from sne.registre.demande.rules.tentatives import ActeSuivi
from sne.registre.faits.actions.faits import bailleur_de, inscrire, ouvrir, publics_de
from sne.registre.faits.models import Attribution
from sne.registre.faits.rules.attributions import AttributionSaisie, controler_attribution
from sne.registre.faits.rules.faits import NatureFait, controler_jour, exiger, lire_rpls
from sne.socle.acte import Acte


@suivre_refus(ActeSuivi.CONSIGNER_ATTRIBUTION)
def consigner_attribution(demande_id: uuid.UUID, saisie: AttributionSaisie, *, acte: Acte) -> uuid.UUID:
    """Record an allocation; returns its id. The demande stays as it is: striking it off is an act of its own.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``, ``FaitRefuse``.
    """
    ouvert = ouvrir(demande_id, NatureFait.ATTRIBUTION, correction=saisie.correction, acte=acte)
    jour, geographie = ouvert.aujourd_hui, get_geographie()
    bailleur = bailleur_de(ouvert, saisie.bailleur)
    publics = publics_de(ouvert, saisie.publics)
    exiger(
        [
            *controler_jour(saisie.jour, depot=ouvert.demande.date_depot, aujourd_hui=jour),
            *controler_attribution(
                saisie,
                code_valide=ouvert.code_valide,
                commune_connue=lambda code: geographie.commune_actuelle(code) is not None,
                publics=get_publics(jour).codes,
                aujourd_hui=jour,
            ),
        ]
    )
    ligne = Attribution(
        jour=saisie.jour,
        bailleur=bailleur,
        **_logement(saisie),
        bail_signe_le=saisie.bail_signe_le,
        deja_loge=saisie.deja_loge,
        accord=saisie.accord,
        reservataire=saisie.reservataire,
        convention_etat=saisie.convention_etat,
        publics=publics,
    )
    return inscrire(
        ouvert, ligne, faits={"reservataire": saisie.reservataire, "bail_signe": bool(saisie.bail_signe)}
    )


def _logement(saisie: AttributionSaisie) -> dict[str, Any]:
    """The dwelling: its RPLS identifier says the rest, which is kept when there is none."""
    rpls = lire_rpls(saisie.rpls)
    if rpls is not None:
        return {"rpls": rpls}
    return {
        "commune": saisie.commune,
        "type_logement": saisie.type_logement,
        "surface": saisie.surface,
        "loyer": saisie.loyer,
    }
