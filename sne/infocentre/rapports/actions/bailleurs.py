"""What a landlord has to mend, read once the journal says who reads it."""

from dataclasses import dataclass

from django.db import transaction

from sne.cellules.routage import ANNUAIRE, cellule_de
from sne.infocentre.rapports.actions.lire import inscrire_detail
from sne.infocentre.rapports.rules.lieux import Lieu, NatureLieu, Portee
from sne.infocentre.rapports.selectors.bailleurs import BilanDeBailleur, list_bilans
from sne.infocentre.rpls.possible import exiger_lire_listes
from sne.infocentre.rpls.selectors import (
    AttributionAVerifier,
    BailConnu,
    list_attributions_a_verifier,
    list_baux_sans_attribution,
)
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.horloge import jour
from sne.socle.signes import INSECABLE

AILLEURS = (
    f"Un autre serveur tient ce territoire{INSECABLE}: ses attributions n’y sont pas rapprochées des baux de RPLS, et "
    "ces listes seraient fausses. Les chiffres du bailleur restent ceux de tout le registre."
)


@dataclass(frozen=True, slots=True)
class ListesDeBailleur:
    """Leases that RPLS knows and no allocation bears; allocations whose identifier is to be checked; both figures."""

    bilan: BilanDeBailleur
    baux: tuple[BailConnu, ...]
    attributions: tuple[AttributionAVerifier, ...]


@transaction.atomic
def consulter_listes(siren: str, territoire: str, annee: int, *, acte: Acte) -> ListesDeBailleur:
    """Both lists of a landlord in a territory, for a civil year.

    Raises ``Introuvable``: out of the perimeter, or neither RPLS nor the register knows this landlord there;
    ``Interdit`` where its allocations are in another cell than RPLS, which is the directory's.
    """
    exiger_lire_listes(acte.acteur, siren=siren, territoire=territoire)
    if cellule_de(territoire) != ANNUAIRE:
        raise Interdit(AILLEURS)
    baux = list_baux_sans_attribution(siren, territoire, annee)
    attributions = list_attributions_a_verifier(siren, territoire, annee)
    entier = Portee(Lieu(NatureLieu.TERRITOIRE, territoire), (territoire,))
    bilans = {b.siren: b for b in list_bilans(entier, annee, le=jour(acte.survenu_le))}
    if siren not in bilans:
        raise Introuvable("Aucun bailleur de ce SIREN dans ce territoire.")
    listes = ListesDeBailleur(bilans[siren], baux, attributions)
    lignes = len(listes.baux) + len(listes.attributions)
    faits = {"rapport": "RPLS", "bailleur": siren, "annee": annee, "lignes": lignes}
    inscrire_detail(territoire, faits, acte=acte)
    return listes
