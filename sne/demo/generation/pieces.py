"""Documents of a few households of the demonstration, through the true reception: some to verify, one that does not
match, one unusable and replaced, one asked for.

A dozen files, whatever the size: each is read in its closed process, and a first start must stay short.
"""

import io
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sne.demo.comptes import COMPTES, TERRITOIRE
from sne.demo.generation.menages import Generateur, Menage
from sne.demo.generation.papiers import carte, page
from sne.documents.reception import recevoir
from sne.habilitations.models import Compte
from sne.habilitations.selectors import acteur_de
from sne.registre.actions.evenements import consigner_evenement
from sne.registre.actions.expliquer_piece import expliquer_piece
from sne.registre.actions.pieces import Fichier, joindre_piece, noter_piece_vue, remplacer_piece
from sne.registre.actions.qualifier_piece import qualifier_piece
from sne.registre.rules.contenu import DEMANDEUR, Demandeur
from sne.registre.rules.cycle_de_vie import Statut
from sne.registre.rules.evenements import EvenementSaisi
from sne.registre.rules.pieces_demandees import nommer
from sne.registre.rules.pieces_deposees import PieceSaisie
from sne.registre.selectors.documents import get_limites
from sne.registre.selectors.existence import has_pieces, list_sans_piece
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour

RANGS = 600  # looked at, to find the files of one counter
SANS_TITRE = frozenset({"1", "2"})  # French and European: an identity document is expected
SANS_REVENU_CONNU = 14_520  # euros
RECUL = timedelta(days=6)
PAS = timedelta(minutes=7)
IMPOT, IDENTITE = "AVIS_IMPOSITION_N2", "IDENTITE"


@dataclass(slots=True)
class Guichet:
    """One household at the counter: what the agent does, one thing after the other."""

    menage: Menage
    acteur: Acteur
    instant: datetime

    @property
    def demandeur(self) -> Demandeur:
        assert self.menage.contenu.demandeur is not None
        return self.menage.contenu.demandeur

    @property
    def annee(self) -> int:
        """Year of incomes of the notice expected."""
        return jour(self.instant).year - 2

    def puis(self) -> datetime:
        """The instant of what comes next."""
        self.instant += PAS
        return self.instant

    def identite(self, *, floue: bool = False) -> bytes:
        """The card of the applicant."""
        qui = self.demandeur.identite
        naissance = f"{qui.date_naissance:%d/%m/%Y}" if qui.date_naissance else ""
        return carte(
            "CARTE D’IDENTITÉ".replace("’", "'"),
            [f"Nom : {qui.nom_naissance}", f"Prénoms : {qui.prenoms}", f"Né(e) le {naissance}"],
            floue=floue,
        )

    def avis(self, *, nom: str = "") -> bytes:
        """The tax notice of the applicant; ``nom``: as it is written there."""
        qui = self.demandeur.identite
        rfr = int(self.demandeur.revenus_fiscaux.n_moins_2.montant or 0) or SANS_REVENU_CONNU
        return page(
            f"Avis d’impôt {self.annee + 1} sur les revenus de {self.annee}",
            [
                f"Déclarant : {nom or qui.nom_naissance} {qui.prenoms}",
                f"Né(e) le {qui.date_naissance:%d/%m/%Y}" if qui.date_naissance else "",
                f"Revenu fiscal de référence : {rfr} €",
                "Nombre de parts : 1",
            ],
        )

    def bulletins(self) -> bytes:
        """Payslips."""
        qui = self.demandeur.identite
        return page(
            "Bulletin de paie", [f"Salarié : {qui.nom_naissance} {qui.prenoms}", "Net à payer : 1 462,18 €"]
        )

    def remettre(
        self, code: str, octets: bytes, nom: str, *, nature: str = "", remplace: uuid.UUID | None = None
    ) -> uuid.UUID:
        """Hand a file in, or put it in the place of another; the id of the document."""
        le = self.puis()
        recu = recevoir(
            io.BytesIO(octets), nom=nom, territoire=TERRITOIRE, survenu_le=le, limites=get_limites(jour(le))
        )
        saisie = PieceSaisie(code, DEMANDEUR, nature=nature, annee=self.annee if code == IMPOT else None)
        fichier = Fichier(recu.id, recu.empreinte)
        if remplace is not None:
            return remplacer_piece(remplace, saisie, fichier, acteur=self.acteur, survenu_le=le)
        return joindre_piece(self.menage.id, saisie, fichier, acteur=self.acteur, survenu_le=le)

    def qualifier(self, piece: uuid.UUID, quoi: str, motif: str = "") -> None:
        """Say what a document is worth."""
        qualifier_piece(piece, quoi, motif=motif, acteur=self.acteur, survenu_le=self.puis())


def complet(g: Guichet) -> None:
    """Everything is there: identity and tax notice verified, payslips to look at."""
    g.qualifier(g.remettre(IDENTITE, g.identite(), "carte.jpg", nature="CNI"), "VALIDE")
    g.qualifier(g.remettre(IMPOT, g.avis(), "avis.pdf"), "VALIDE")
    g.remettre("RESSOURCES_SALAIRE", g.bulletins(), "bulletins.pdf")


def nom_qui_differe(g: Guichet) -> None:
    """The notice bears another name than the file; the household said why, somebody has to judge."""
    piece = g.remettre(IMPOT, g.avis(nom="MARTIN-DUVAL"), "avis-impot.pdf")
    dite = "L’avis porte le nom de mon ancien conjoint, que je n’utilise plus."
    expliquer_piece(piece, dite, acteur=g.acteur, survenu_le=g.puis())


def floue_puis_remplacee(g: Guichet) -> None:
    """An unusable photo, then a better one to verify."""
    floue = g.remettre(IDENTITE, g.identite(floue=True), "photo.jpg", nature="CNI")
    g.qualifier(floue, "INEXPLOITABLE", "La photo est floue : le nom ne se lit pas.")
    g.remettre(IDENTITE, g.identite(), "photo-2.jpg", nature="CNI", remplace=floue)


def demandee(g: Guichet) -> None:
    """An identity seen, and the tax notice asked for."""
    le = g.puis()
    noter_piece_vue(
        g.menage.id,
        PieceSaisie(IDENTITE, DEMANDEUR, nature="PASSEPORT", validite_fin=jour(le + timedelta(days=20))),
        vue_le=jour(le),
        acteur=g.acteur,
        survenu_le=le,
    )
    le = g.puis()
    avant = jour(le) + timedelta(days=21)
    saisie = EvenementSaisi(
        "DEMANDE_PJ",
        jour(le),
        {"pieces": nommer(IMPOT, DEMANDEUR), "reponse_avant": avant.isoformat()},
    )
    consigner_evenement(g.menage.id, saisie, acteur=g.acteur, survenu_le=le)


def a_reprendre(g: Guichet) -> None:
    """A notice set aside, that nothing replaced yet; the identity to verify."""
    g.qualifier(
        g.remettre(IMPOT, g.avis(), "avis-coupe.pdf"), "INEXPLOITABLE", "Il manque la seconde page de l’avis."
    )
    g.remettre(IDENTITE, g.identite(), "identite.jpg", nature="CNI")


def a_verifier(g: Guichet) -> None:
    """A notice that waits."""
    g.remettre(IMPOT, g.avis(), "avis.pdf")


SCENES: tuple[Callable[[Guichet], None], ...] = (
    complet, nom_qui_differe, floue_puis_remplacee, demandee, a_reprendre, a_verifier,
)  # fmt: skip


def deposer_pieces(generateur: Generateur, taille: int, *, maintenant: datetime) -> int:
    """Play each scene at the counter of the first account, on a file without documents; how many were played.

    None when some were before: a larger territory is completed, its documents are not.
    Where no file can be read (a machine that cannot close the reading process in), the demonstration has none.
    """
    if has_pieces(TERRITOIRE):
        return 0
    compte = Compte.objects.get(courriel=COMPTES[0].courriel)
    acteur = acteur_de(compte, le=jour(maintenant))
    jouees = 0
    for scene, menage in zip(SCENES, _menages(generateur, taille, acteur.guichet), strict=False):
        try:
            scene(Guichet(menage, acteur, maintenant - RECUL))
        except Interdit:
            break
        jouees += 1
    return jouees


def _menages(generateur: Generateur, taille: int, guichet: str) -> Iterator[Menage]:
    """Active files of that counter, of somebody whose identity document is expected, old enough, without documents."""
    limite = generateur.decor.jour - 2 * RECUL
    actives = [
        rang
        for rang in range(min(taille, RANGS))
        if (vie := generateur.vie(rang)).statut is Statut.ACTIVE
        and max((vie.depot, *vie.renouvellements)) < limite
    ]
    siens = [m for rang in actives if (m := generateur.menage(rang)).guichet == guichet]
    adultes = [
        m
        for m in siens
        if m.contenu.demandeur is not None and m.contenu.demandeur.identite.nationalite in SANS_TITRE
    ]
    libres = list_sans_piece([m.id for m in adultes])
    return (m for m in adultes if m.id in libres)
