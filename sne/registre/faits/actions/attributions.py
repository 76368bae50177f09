"""Recording the allocation of a dwelling, lease signed or not (CCH R441-2-9)."""

import uuid

from sne.referentiels.selectors import get_geographie, get_publics
from sne.registre.demande.actions.tentatives import suivre_refus
from sne.registre.demande.policies import can_lire_dalo
from sne.registre.demande.rules.tentatives import ActeSuivi
from sne.registre.faits.actions.faits import Ouvert, bailleur_de, inscrire, ouvrir, publics_de
from sne.registre.faits.models import Attribution
from sne.registre.faits.rules.attributions import AttributionSaisie, controler_attribution, lire_adresse
from sne.registre.faits.rules.faits import NatureFait, controler_jour, exiger, lire_rpls
from sne.socle.acte import Acte
from sne.socle.erreurs import require


@suivre_refus(ActeSuivi.CONSIGNER_ATTRIBUTION)
def consigner_attribution(
    demande_id: uuid.UUID, saisie: AttributionSaisie, *, acte: Acte, cle: uuid.UUID | None = None
) -> uuid.UUID:
    """Record an allocation; returns its id. The demande stays as it is: striking it off is an act of its own.

    ``cle``: id taken from outside. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``, ``FaitRefuse``.
    """
    ouvert = ouvrir(demande_id, NatureFait.ATTRIBUTION, correction=saisie.correction, acte=acte, cle=cle)
    if ouvert.fait:
        return ouvert.cle
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
        rpls=lire_rpls(saisie.rpls) or "",
        commune=saisie.commune,
        type_logement=saisie.type_logement,
        surface=saisie.surface,
        loyer=saisie.loyer,
        adresse=lire_adresse(saisie.adresse)[0],
        bail_signe_le=saisie.bail_signe_le,
        deja_loge=saisie.deja_loge,
        accord=saisie.accord,
        reservataire=saisie.reservataire,
        convention_etat=saisie.convention_etat,
        au_titre_dalo=_au_titre_dalo(ouvert, saisie),
        quartier_prioritaire=saisie.quartier_prioritaire,
        publics=publics,
    )
    return inscrire(
        ouvert, ligne, faits={"reservataire": saisie.reservataire, "bail_signe": bool(saisie.bail_signe)}
    )


def _au_titre_dalo(ouvert: Ouvert, saisie: AttributionSaisie) -> bool | None:
    """Said by those who may read it; a correction by somebody else keeps what was said. Raises ``NonHabilite``."""
    if can_lire_dalo(ouvert.acte.acteur, territoire=ouvert.demande.territoire):
        return saisie.au_titre_dalo
    require(
        saisie.au_titre_dalo is None,
        "Votre rôle ne permet pas de dire que le logement est attribué au titre du DALO. Retirez cette réponse.",
    )
    return ouvert.ancien.au_titre_dalo if ouvert.ancien else None
