"""A renewal under way at a counter: whose file it is, what is known of it, how it ends."""

from collections.abc import Iterator

from sne.guichet.modification.conflit import FaceAFace, contenu_lu
from sne.guichet.vie.forms.renouvellement import FormulaireRenouvellement
from sne.referentiels.rules import Parametres
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules import nir as regles_nir
from sne.registre.contenu.rules.arbre.personnes import Demandeur
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes, avec_nirs
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.modification.selectors.brouillons import BrouillonOuvert, get_renouvellement
from sne.saisie.brut import VUE, Brut, lire_revision
from sne.saisie.cadre import get_cadre
from sne.saisie.comparaison import Ecart, comparer
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.ecrans import ECRANS
from sne.saisie.forms.lignes import construire
from sne.saisie.presentation import identite as presentation
from sne.saisie.presentation.mots import Lecture
from sne.saisie.renouvellement import CHOISI, RenouvellementEnCours, Vu
from sne.socle.acteur import Acteur
from sne.socle.horloge import aujourd_hui


class Renouvellement(RenouvellementEnCours):
    """What the agent has typed so far to renew one demande; ``fiche``: the file as it stands."""

    toutes = ECRANS
    gabarit = "guichet/vie/page.html"
    route = "renouvellement"
    intitule = "Renouveler une demande"
    terminer = "Passer à la vérification"
    aide_finale = "renouveler"

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
        present = Vu(fiche.demande.revision, fiche.contenu)
        super().__init__(brouillon, cadre=cadre, parametres=parametres, present=present, lu=lu, vu=vu)
        self.fiche = fiche

    @property
    def garde_ses_adresses(self) -> bool:
        return self.fiche.a_proteger or super().garde_ses_adresses

    def autre(self, brouillon: BrouillonOuvert, vu: Vu | None) -> "Renouvellement":
        return Renouvellement(
            brouillon, cadre=self.cadre, parametres=self.parametres, fiche=self.fiche, lu=self.lu, vu=vu
        )

    def lire_vu(self, brouillon: BrouillonOuvert, acteur: Acteur) -> Vu | None:
        return _lire_vu(brouillon, self.fiche, acteur)

    @property
    def nom(self) -> str:
        demandeur = self.fiche.contenu.demandeur or Demandeur()
        naissance = presentation.naissance_phrase(demandeur.identite)
        return ", ".join(filter(None, (self.fiche.demande.nom_affiche, naissance)))

    @property
    def nirs_connus(self) -> dict[str, str]:
        return {p.reference: p.nir_masque for p in self.fiche.personnes if p.nir_masque}

    @property
    def cle(self) -> str:
        return self.fiche.demande.nud

    @property
    def face_a_face(self) -> FaceAFace:
        """What was typed beside the file as it stands."""
        return FaceAFace(self.fiche, self.lu, self.confrontee, self.choix)

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
