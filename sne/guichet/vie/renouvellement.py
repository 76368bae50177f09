"""A renewal under way: the draft's pages over the revision that was read, put together with the file as it stands."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from sne.guichet.modification.conflit import VUE, FaceAFace, contenu_lu
from sne.guichet.vie.forms.renouvellement import FormulaireRenouvellement
from sne.referentiels.rules import Parametres
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules import nir as regles_nir
from sne.registre.contenu.rules.arbre import difference
from sne.registre.contenu.rules.arbre.difference import Changement
from sne.registre.contenu.rules.arbre.personnes import Demandeur
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes, avec_nirs
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.modification.actions.reconcilier import Reconciliation, Saisie, reconcilier
from sne.registre.modification.rules.fusion import Conflit, Cote
from sne.registre.modification.selectors.brouillons import BrouillonOuvert, get_renouvellement
from sne.saisie.brut import Brut, lire_revision
from sne.saisie.cadre import get_cadre
from sne.saisie.comparaison import CHOIX, Ecart, comparer, lire_choix
from sne.saisie.en_cours import SaisieEnCours
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.lignes import construire
from sne.saisie.presentation import identite as presentation
from sne.saisie.presentation.mots import Lecture
from sne.socle.acteur import Acteur
from sne.socle.horloge import aujourd_hui

CHOISI = "choix"
"""Where the draft keeps the sides chosen where the entry and the file collide, and the revision of the file then."""


class Vu(NamedTuple):
    """The file as it was when sides were chosen."""

    revision: int
    contenu: Contenu


class Renouvellement(SaisieEnCours):
    """What the agent has typed so far to renew one demande. A page not opened says what the file says.

    ``fiche``: the file as it stands; ``lu``: its content when the draft was opened; ``vu``: when sides were chosen.
    """

    gabarit = "guichet/vie/page.html"
    route = "renouvellement"
    intitule = "Renouveler une demande"
    terminer = "Passer à la vérification"
    aide_finale = "renouveler"
    peut_terminer = True

    def __init__(
        self,
        brouillon: BrouillonOuvert,
        *,
        cadre: Cadre,
        parametres: Parametres,
        fiche: Fiche,
        lu: Contenu,
        vu: Vu | None,
    ) -> None:
        super().__init__(brouillon, cadre=cadre, parametres=parametres)
        self.fiche = fiche
        self.lu = lu
        self.vu = vu

    @property
    def garde_ses_adresses(self) -> bool:
        return self.fiche.a_proteger or super().garde_ses_adresses

    def avec(self, brouillon: BrouillonOuvert) -> "Renouvellement":
        return self._avec(brouillon, self.vu if CHOISI in brouillon.donnees else None)

    def _avec(self, brouillon: BrouillonOuvert, vu: Vu | None) -> "Renouvellement":
        return Renouvellement(
            brouillon, cadre=self.cadre, parametres=self.parametres, fiche=self.fiche, lu=self.lu, vu=vu
        )

    def donnees_avec(
        self, code: str, brut: Brut, *, retraits: Iterable[tuple[str, int]] = ()
    ) -> dict[str, Brut]:
        """The sides chosen are chosen again: they were, on what was typed until now."""
        donnees = super().donnees_avec(code, brut, retraits=retraits)
        return donnees if code == CHOISI else {nom: saisi for nom, saisi in donnees.items() if nom != CHOISI}

    def choisir(self, brut: Brut, *, acteur: Acteur) -> "Renouvellement":
        """Save the sides chosen, with what was shown of the file."""
        choisi = {nom: valeurs for nom, valeurs in brut.items() if nom == VUE or nom.startswith(CHOIX)}
        garde = self.garder(CHOISI, choisi, acteur=acteur)
        return garde._avec(garde.brouillon, _lire_vu(garde.brouillon, self.fiche, acteur))

    @property
    def nom(self) -> str:
        demandeur = self.fiche.contenu.demandeur or Demandeur()
        naissance = presentation.naissance_phrase(demandeur.identite)
        return ", ".join(filter(None, (self.fiche.demande.nom_affiche, naissance)))

    @property
    def nirs_connus(self) -> dict[str, str]:
        return {p.reference: p.nir_masque for p in self.fiche.personnes if p.nir_masque}

    @property
    def depart(self) -> Contenu:
        return self.lu

    @property
    def cle(self) -> str:
        return self.fiche.demande.nud

    @property
    def depasse(self) -> bool:
        """Whether somebody changed the file since the draft was opened."""
        return self.fiche.demande.revision != self.brouillon.revision

    @property
    def meles(self) -> tuple[str, ...]:
        """Paths that others changed meanwhile."""
        return tuple(c.chemin for c in difference(self.lu, self.fiche.contenu))

    @cached_property
    def choix(self) -> Mapping[str, Cote]:
        """Side kept at each collision, by its key."""
        return lire_choix(self.donnees.get(CHOISI, {}))

    @cached_property
    def a_remettre(self) -> Saisie:
        """What is handed in to the register: what was typed, at the revision of the file that it was made for."""
        return self._tranchee[1]

    @cached_property
    def conflits(self) -> tuple[Conflit, ...]:
        """What the file as it stands and the entry say differently, and where a side must be chosen."""
        if self.a_remettre.revision == self.fiche.demande.revision:
            return ()
        return self._reunir({}).restent

    @property
    def face_a_face(self) -> FaceAFace:
        """What was typed beside the file as it stands."""
        reunie = self._confronter(Vu(self.fiche.demande.revision, self.fiche.contenu))
        return FaceAFace(self.fiche, self.lu, reunie, self.choix)

    @cached_property
    def reunie(self) -> Saisie:
        """What the file would say. Where a side is still to be chosen, what was typed, for its pages to go on."""
        if self.a_remettre.revision == self.fiche.demande.revision:
            return self.a_remettre
        return self._reunir({conflit.cle: Cote.SAISIE for conflit in self.conflits}).saisie

    @cached_property
    def _tranchee(self) -> tuple[Contenu, Saisie]:
        """The content that the entry is compared with, and the entry: since the choices, if all were made."""
        choisie = self._confronter(self.vu) if self.vu else None
        if self.vu is None or choisie is None or choisie.restent:
            return self.lu, self._saisie
        return self.vu.contenu, choisie.saisie

    @property
    def _saisie(self) -> Saisie:
        return Saisie(self.saisi, self.brouillon.revision or 0, self.nirs)

    def _confronter(self, vu: Vu) -> Reconciliation:
        return self._reconcilier(self._saisie, self.lu, vu, self.choix)

    def _reunir(self, choix: Mapping[str, Cote]) -> Reconciliation:
        base, saisie = self._tranchee
        return self._reconcilier(saisie, base, Vu(self.fiche.demande.revision, self.fiche.contenu), choix)

    def _reconcilier(
        self, saisie: Saisie, base: Contenu, vu: Vu, choix: Mapping[str, Cote]
    ) -> Reconciliation:
        le = self.cadre.aujourd_hui
        return reconcilier(saisie, base=base, dossier=vu.contenu, revision=vu.revision, le=le, choix=choix)

    @property
    def contenu(self) -> Contenu:
        return self.reunie.contenu

    @cached_property
    def changements(self) -> tuple[Changement, ...]:
        """What would change in the file as it stands; a number typed is not told."""
        return difference(self.fiche.contenu, self.contenu)

    @property
    def change(self) -> bool:
        """Whether anything would change, a number included."""
        return bool(self.changements or self.reunie.nirs)

    def ecarts(self, lecture: Lecture) -> tuple[Ecart, ...]:
        """What would change, in words, before and after; a number typed is told once, masked."""
        connus = {a.personne: a.identite.nir for _, a in adultes(self.fiche.contenu)}
        tapes = {ref: connus.get(a.personne) for ref, a in adultes(self.contenu) if ref in self.reunie.nirs}
        sans_numeros = avec_nirs(self.contenu, tapes)
        return (*comparer(self.fiche.contenu, sans_numeros, lecture), *self._ecarts_de_numero())

    def _ecarts_de_numero(self) -> Iterator[Ecart]:
        connus = {str(p.personne_id): p.nir_masque for p in self.fiche.personnes}
        for reference, adulte in adultes(self.contenu):
            if reference in self.reunie.nirs:
                libelle = f"Sécurité sociale, {presentation.nom_complet(adulte.identite)}"
                saisi = regles_nir.masquer(self.reunie.nirs[reference])
                yield Ecart(libelle, connus.get(adulte.personne or "", ""), saisi)

    def verification(self, brut: Brut, *, controler: bool) -> FormulaireRenouvellement:
        """The form of the last step."""
        return construire(FormulaireRenouvellement, brut, controler=controler, change=self.change)


def get_renouvellement_en_cours(fiche: Fiche, acteur: Acteur) -> Renouvellement | None:
    """The actor's own renewal of this file under way, or ``None``."""
    brouillon = get_renouvellement(fiche.demande.id, acteur)
    if brouillon is None or brouillon.revision is None:
        return None
    le = aujourd_hui()
    return Renouvellement(
        brouillon,
        cadre=get_cadre(brouillon.territoire, le),
        parametres=get_parametres(le),
        fiche=fiche,
        lu=get_contenu(fiche.demande.id, brouillon.revision, acteur=acteur),
        vu=_lire_vu(brouillon, fiche, acteur),
    )


def _lire_vu(brouillon: BrouillonOuvert, fiche: Fiche, acteur: Acteur) -> Vu | None:
    revision = lire_revision(brouillon.donnees.get(CHOISI, {}), VUE)
    contenu = contenu_lu(fiche, revision, acteur) if revision else None
    return Vu(revision, contenu) if contenu else None
