"""A renewal under way online: the parts that the person said had changed, in a draft that any device takes up again."""

from collections.abc import Mapping
from typing import ClassVar

from django.urls import reverse

from sne.portail.plan import VOLETS, Volet
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.modification.selectors.brouillons import BrouillonOuvert, get_renouvellement
from sne.registre.rattachement.actions.ouvrir import Sienne
from sne.saisie.brut import VUE, lire_revision
from sne.saisie.cadre import get_cadre
from sne.saisie.forms.pages import Page
from sne.saisie.renouvellement import CHOISI, RenouvellementEnCours, Vu
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import aujourd_hui

A_CHANGER = "volets"
"""Where the draft keeps which parts the person said had changed."""


class RenouvellementEnLigne(RenouvellementEnCours):
    """What a household has typed so far to renew its demande."""

    plan: ClassVar[Mapping[str, Volet]] = VOLETS
    toutes: ClassVar[Mapping[str, type[Page]]] = {code: volet.page for code, volet in VOLETS.items()}

    def __init__(self, brouillon: BrouillonOuvert, *, sienne: Sienne) -> None:
        le = aujourd_hui()
        demande, acteur = sienne.demande, sienne.acte.acteur
        self.sienne = sienne
        super().__init__(
            brouillon,
            cadre=get_cadre(demande.territoire, le),
            parametres=get_parametres(le),
            present=Vu(demande.revision, sienne.contenu),
            lu=get_contenu(demande.id, brouillon.revision or demande.revision, acteur=acteur),
            vu=self.lire_vu(brouillon, acteur),
        )

    def autre(self, brouillon: BrouillonOuvert, vu: Vu | None) -> "RenouvellementEnLigne":  # noqa: ARG002 - the draft says which
        return RenouvellementEnLigne(brouillon, sienne=self.sienne)

    def lire_vu(self, brouillon: BrouillonOuvert, acteur: Acteur) -> Vu | None:
        revision = lire_revision(brouillon.donnees.get(CHOISI, {}), VUE)
        try:
            return Vu(revision, get_contenu(self.sienne.demande.id, revision, acteur=acteur))
        except Introuvable:
            return None

    @property
    def nom(self) -> str:
        return self.sienne.demande.nud

    @property
    def cle(self) -> str:
        return self.sienne.demande.nud

    def adresse(self, code: str) -> str:
        return reverse("renouveler-page", args=[self.cle, code])

    @property
    def a_changer(self) -> tuple[str, ...]:
        """The parts to go through, in the order of the plan: those said to have changed, and those typed already."""
        dits = self.donnees.get(A_CHANGER, {}).get("volet", [])
        return tuple(code for code in VOLETS if code in dits or code in self.donnees)

    def suivante(self, code: str) -> str:
        """The part after this one; empty after the last."""
        suite = [*self.a_changer, ""]
        return suite[suite.index(code) + 1]


def get_en_cours(sienne: Sienne) -> RenouvellementEnLigne | None:
    """Their own renewal of this demande under way, or ``None``."""
    brouillon = get_renouvellement(sienne.demande.id, sienne.acte.acteur)
    return RenouvellementEnLigne(brouillon, sienne=sienne) if brouillon else None
