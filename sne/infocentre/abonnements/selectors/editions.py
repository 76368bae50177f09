"""Editions as they were sent: read again by whoever reads their place, made again at the same seal."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sne.infocentre.abonnements import policies
from sne.infocentre.abonnements.models import Edition
from sne.infocentre.abonnements.rules.editions import Comparaison, confronter, depuis_octets
from sne.infocentre.abonnements.rules.periodes import Couverte
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.abonnements.selectors.rapports import Voulue, est_devoilee, etablir
from sne.infocentre.lac.selectors import pourquoi
from sne.infocentre.moteur.lancer import MoteurEnPanne
from sne.infocentre.rapports.policies import can_lire_le_rapport
from sne.infocentre.rapports.rules.lieux import Lieu, lire_lieu
from sne.infocentre.rapports.selectors.versions import VersionLue, get_rapport
from sne.infocentre.rapports.tableau import Tableau
from sne.referentiels.selectors.decoupage import get_decoupage
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Efface, Interdit, Introuvable

EDITIONS_AU_PLUS = 20
INCONNUE = "Aucune édition de votre périmètre sous cette adresse."
SANS_REPONSE = "Cette édition n’a pas pu être refaite. Réessayez dans quelques minutes."
EFFACEE = "Les chiffres de cette édition ne sont plus gardés\u00a0: leur durée de conservation est passée."


@dataclass(frozen=True, slots=True)
class EditionVue:
    """An edition, its figures, the place it is about."""

    edition: Edition
    tableau: Tableau
    place: Place

    @property
    def periode(self) -> tuple[date, date]:
        """First and last days."""
        return self.edition.du, self.edition.au


def lire_edition(edition_id: uuid.UUID) -> tuple[Edition, Tableau] | None:
    """An edition whose figures are still kept, whoever asks; ``None``: there is none."""
    edition = Edition.objects.filter(id=edition_id, octets__isnull=False).first()
    return (edition, depuis_octets(bytes(edition.octets))) if edition and edition.octets else None


def get_edition(edition_id: uuid.UUID, acteur: Acteur) -> EditionVue:
    """An edition that the actor reads. Raises ``Introuvable`` (out of their perimeter), ``Efface`` (kept no longer)."""
    edition = Edition.objects.filter(id=edition_id).first()
    lieu = lire_lieu(edition.lieu) if edition else None
    if edition is None or lieu is None or not can_lire_le_rapport(acteur, edition.rapport):
        raise Introuvable(INCONNUE)
    place = Place(lieu, edition.organisme, edition.compte)
    devoilee = est_devoilee(edition.filtres)
    if not policies.can_lire(acteur, place=place, decoupage=get_decoupage(), devoilee=devoilee):
        raise Introuvable(INCONNUE)
    if not edition.octets:
        raise Efface(EFFACEE)
    return EditionVue(edition, depuis_octets(bytes(edition.octets)), place)


def list_editions(
    acteur: Acteur, version: VersionLue, lieu: Lieu, periode: tuple[date, date]
) -> tuple[Edition, ...]:
    """Editions still kept of this version, place and period that the actor reads, the newest first."""
    gardees = Edition.objects.filter(
        rapport=version.rapport,
        version=version.numero,
        lieu=lieu.cle,
        du=periode[0],
        au=periode[1],
        octets__isnull=False,
    ).defer("octets")
    decoupage = get_decoupage()
    return tuple(
        e
        for e in gardees.order_by("-survenu_le")[:EDITIONS_AU_PLUS]
        if policies.can_lire(
            acteur,
            place=Place(lieu, e.organisme, e.compte),
            decoupage=decoupage,
            devoilee=est_devoilee(e.filtres),
        )
    )


def refaire_edition(vue: EditionVue, *, instant: datetime) -> Comparaison:
    """The same edition computed again at its seal, beside what was kept. Raises ``Introuvable`` (its place is gone),
    ``Interdit`` when the engine does not answer.
    """
    edition = vue.edition
    version = get_rapport(edition.rapport).versions[edition.version]
    voulue = Voulue(
        tuple((code, valeur) for code, valeur in edition.filtres),
        edition.tri,
        vue.place,
        Couverte(edition.du, edition.au),
    )
    try:
        refaite = etablir(voulue, version, instant=instant, scellement=edition.scellement)
    except MoteurEnPanne as panne:
        raise Interdit(pourquoi(panne, SANS_REPONSE)) from panne
    return confronter(vue.tableau, refaite)
