"""The demande that somebody follows, opened by them: what it says, its reading told once a day."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sne.demandeurs.rules.niveaux import Geste
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.sante import porte_sante
from sne.registre.demande import policies
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.selectors.etat import assembler
from sne.registre.enquete.rules.gel import Gel
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.lecture.verbes import VerbeLecture
from sne.registre.rattachement.possible import exiger_geste
from sne.registre.rattachement.selectors.lectures import is_lue_ce_jour
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.acte import Acte
from sne.socle.erreurs import require
from sne.socle.lignes import trouver

REFUS = "Cette demande ne peut pas être suivie ici. Un guichet vous renseigne."


@dataclass(frozen=True, slots=True)
class Sienne:
    """A demande as this session holds it: ``contenu`` without health where it may not read it; ``gel``: what blocks it.

    ``lisible``: whether what was declared may be shown; ``lieux_lisibles``: with addresses, employers, reasons.
    """

    visite: Visite
    demande: Demande
    contenu: Contenu
    gel: Gel | None
    acte: Acte
    lisible: bool
    lieux_lisibles: bool


@transaction.atomic
def lire_la_sienne(visite: Visite, *, geste: Geste, survenu_le: datetime) -> Sienne:
    """The demande that this session follows, opened to do that. Raises ``NonHabilite``, ``Introuvable``."""
    exiger_geste(geste, visite.presence)
    acte = Acte(visite.acteur, survenu_le)
    demande = ouvrir_la_sienne(visite, acte=acte)
    contenu = assembler(demande.version_courante, avec_sante=policies.can_lire_sante(acte.acteur, demande))
    if porte_sante(contenu):
        _dire_une_fois(VerbeLecture.CONSULTER_SANTE, demande, acte=acte)
    return Sienne(
        visite,
        demande,
        contenu,
        get_gel(demande.id),
        acte,
        lisible=visite.peut(Geste.LIRE_DECLARATION),
        lieux_lisibles=visite.peut(Geste.LIRE_COORDONNEES),
    )


def ouvrir_la_sienne(visite: Visite, *, acte: Acte) -> Demande:
    """The demande of this link; its reading is told once a day.

    Raises ``Introuvable``. Runs in the transaction of the caller.
    """
    lues = Demande.objects.filter(policies.scope(acte.acteur)).select_related("version_courante")
    demande = trouver(lues.filter(id=visite.lien.demande_id), REFUS)
    require(policies.can_lire(acte.acteur, demande), REFUS)
    _dire_une_fois(VerbeLecture.CONSULTER, demande, acte=acte)
    return demande


def _dire_une_fois(lecture: VerbeLecture, demande: Demande, *, acte: Acte) -> None:
    if not is_lue_ce_jour(demande, lecture, par=acte.acteur.id, instant=acte.survenu_le):
        dire(lecture, demande, acte=acte)
