"""A renewal under way: the draft's pages over the revision that was read, put together with the file as it stands."""

from collections.abc import Iterator
from functools import cached_property, partial

from sne.guichet.demandes import presentation
from sne.guichet.demandes.brut import Brut
from sne.guichet.demandes.comparaison import Ecart, comparer
from sne.guichet.demandes.enregistrement import get_cadre
from sne.guichet.demandes.forms.champs import Cadre
from sne.guichet.demandes.forms.lignes import construire
from sne.guichet.demandes.forms.renouvellement import FormulaireRenouvellement
from sne.guichet.demandes.presentation import Lecture
from sne.guichet.demandes.saisie import SaisieEnCours
from sne.referentiels.rules import Parametres
from sne.referentiels.selectors import get_parametres
from sne.registre.actions.saisie import Saisie, reconcilier
from sne.registre.rules import nir as regles_nir
from sne.registre.rules.contenu import Changement, Contenu, Demandeur, adultes, difference
from sne.registre.rules.fusion import Cote
from sne.registre.selectors.brouillons import BrouillonOuvert, get_renouvellement
from sne.registre.selectors.etat import get_contenu
from sne.registre.selectors.fiche import Fiche
from sne.socle.acteur import Acteur
from sne.socle.horloge import aujourd_hui


class Renouvellement(SaisieEnCours):
    """What the agent has typed so far to renew one demande. A page not opened says what the file says.

    ``fiche``: the file as it stands; ``lu``: its content when the draft was opened.
    """

    gabarit = "guichet/renouvellement/page.html"
    route = "renouvellement"
    intitule = "Renouveler une demande"
    terminer = "Passer à la vérification"
    peut_terminer = True

    def __init__(
        self, brouillon: BrouillonOuvert, *, cadre: Cadre, parametres: Parametres, fiche: Fiche, lu: Contenu
    ) -> None:
        super().__init__(brouillon, cadre=cadre, parametres=parametres)
        self.fiche = fiche
        self.lu = lu

    def avec(self, brouillon: BrouillonOuvert) -> "Renouvellement":
        return Renouvellement(
            brouillon, cadre=self.cadre, parametres=self.parametres, fiche=self.fiche, lu=self.lu
        )

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

    @cached_property
    def a_remettre(self) -> Saisie:
        """What was typed, on the file as it stands; where both speak of the same thing, what was typed."""
        saisie = Saisie(self.saisi, self.brouillon.revision or 0, self.nirs)
        if not self.depasse:
            return saisie
        reconcilie = partial(
            reconcilier,
            saisie,
            base=self.lu,
            dossier=self.fiche.contenu,
            revision=self.fiche.demande.revision,
        )
        choix = {conflit.cle: Cote.SAISIE for conflit in reconcilie().fusion.conflits}
        return reconcilie(choix=choix).saisie

    @property
    def contenu(self) -> Contenu:
        return self.a_remettre.contenu

    @cached_property
    def changements(self) -> tuple[Changement, ...]:
        """What would change in the file as it stands; a number typed is not told."""
        return difference(self.fiche.contenu, self.contenu)

    @property
    def change(self) -> bool:
        """Whether anything would change, a number included."""
        return bool(self.changements or self.a_remettre.nirs)

    def ecarts(self, lecture: Lecture) -> tuple[Ecart, ...]:
        """What would change, in words, before and after; a number is masked."""
        return (*comparer(self.fiche.contenu, self.contenu, lecture), *self._ecarts_de_numero())

    def _ecarts_de_numero(self) -> Iterator[Ecart]:
        connus = {str(p.personne_id): p.nir_masque for p in self.fiche.personnes}
        for reference, adulte in adultes(self.contenu):
            if reference in self.a_remettre.nirs:
                libelle = f"Sécurité sociale, {presentation.nom_complet(adulte.identite)}"
                saisi = regles_nir.masquer(self.a_remettre.nirs[reference])
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
    )
