"""Lists that somebody narrowed and named, for themselves alone."""

from collections.abc import Mapping

from django.db import transaction

from sne.assistance.models import VueEnregistree
from sne.assistance.policies import can_ouvrir
from sne.assistance.rules.textes import lire_ligne
from sne.assistance.rules.vues import FILTRES, VUES
from sne.habilitations.rules import Permission, sans_droit
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, require

NOM_MAX = 40


@transaction.atomic
def enregistrer_vue(nom: str, vue: str, filtres: Mapping[str, str], *, acte: Acte) -> None:
    """Keep it; under a name that is theirs already, it replaces it. Raises ``NonHabilite``, ``Interdit``."""
    require(can_ouvrir(acte.acteur), sans_droit(Permission.TICKET_OUVRIR))
    lu = lire_ligne(nom, NOM_MAX, champ="nom", sinon="Donnez un nom à cette liste.")
    if vue not in VUES:
        raise Interdit("Cette liste n’existe pas.", champ="vue")
    gardes = {n: filtres[n] for n in FILTRES if filtres.get(n)}
    VueEnregistree.objects.update_or_create(
        compte=acte.acteur.id, nom=lu, defaults={"vue": vue, "filtres": gardes}
    )


@transaction.atomic
def oublier_vue(nom: str, *, acte: Acte) -> None:
    """Forget one of theirs; nothing when there is none of this name."""
    VueEnregistree.objects.filter(compte=acte.acteur.id, nom=nom).delete()
