"""A registration under way: the draft, the pages rebuilt from it, the content that they make together."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from sne.guichet.saisie.forms.verification import FormulaireVerification
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.anomalie import Anomalie
from sne.registre.contenu.rules.arbre.personnes import Demandeur
from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.registre.contenu.rules.arbre.references import Adulte, adultes
from sne.registre.contenu.rules.completude import manques_pour_enregistrer
from sne.registre.depot.actions.construire import Depot, PieceVue
from sne.registre.depot.parametres import ParametresDepot
from sne.registre.depot.rules.egalite import Moment
from sne.registre.doublons.actions.chercher import RechercheDoublon
from sne.registre.doublons.parametres import ParametresDoublons
from sne.registre.doublons.selectors.proches import Proche
from sne.registre.joindre.rules.secret import garde_ses_adresses
from sne.registre.modification.selectors.brouillons import BrouillonOuvert, get_brouillon
from sne.registre.separation.rules import FaitsSeparation
from sne.saisie import etapes
from sne.saisie.acquis import Acquis, lire_acquis
from sne.saisie.brut import Brut, premier
from sne.saisie.cadre import get_cadre
from sne.saisie.composition import textes as composition
from sne.saisie.en_cours import SaisieEnCours
from sne.saisie.forms.ecrans import ECRANS
from sne.saisie.forms.lignes import construire
from sne.saisie.presentation.identite import naissance_phrase
from sne.socle.acteur import Acteur
from sne.socle.horloge import maintenant
from sne.socle.requete import identifiant

RECHERCHE, DOUBLONS = "recherche", "doublons"
"""Beside the screens in a draft: of whom it is; which close files were seen, and why they are of somebody else."""
SEPARATION = "separation"
"""Beside the pages in a draft: which demande is left, by whom, on what proof."""
PERSONNE, SOUHAITS = "personne", "souhaits"


class Enregistrement(SaisieEnCours):
    """What the agent has typed so far for a household that has no number yet."""

    toutes = ECRANS
    gabarit = "guichet/saisie/etape.html"
    route = "brouillon"
    intitule = "Enregistrer une demande"
    terminer = "Enregistrer maintenant, compléter ensuite"
    aide_finale = etapes.DERNIERE

    def avec(self, brouillon: BrouillonOuvert) -> "Enregistrement":
        return Enregistrement(brouillon, cadre=self.cadre, parametres=self.parametres)

    @property
    def nom(self) -> str:
        """Who it is about, as far as is known: « Bernier Sarah, née le 09/05/1991 »."""
        if self.association:
            return premier(self.donnees.get("association", {}), "nom") or "Association à nommer"
        saisi = self.donnees.get(PERSONNE, {})
        nom = " ".join(filter(None, (premier(saisi, "nom_naissance"), premier(saisi, "prenoms"))))
        identite = (self.contenu.demandeur or Demandeur()).identite
        return ", ".join(filter(None, (nom, naissance_phrase(identite)))) or "Personne à nommer"

    @property
    def depart(self) -> Contenu:
        return composition.VIDE_ASSOCIATION if self.association else composition.VIDE

    @property
    def quittee(self) -> uuid.UUID | None:
        """The demande that the person leaves by this registration, if it is a separation."""
        quittee = premier(self.donnees.get(SEPARATION, {}), "demande")
        return uuid.UUID(quittee) if quittee else None

    @property
    def faits_separation(self) -> FaitsSeparation:
        """What was told of the separation."""
        brut = self.donnees.get(SEPARATION, {})
        return FaitsSeparation(
            personne=premier(brut, "personne"),
            preuve=premier(brut, "preuve"),
            document=premier(brut, "document"),
            secrete="secrete" in brut,
        )

    def a_justifier(self, proches: Iterable[Proche]) -> bool:
        """Whether one of these files is so close that passing it by asks for a sentence."""
        seuil = self.parametres[ParametresDoublons].seuil_doublon_justification
        return any(float(proche.score) >= seuil for proche in proches)

    @property
    def garde_ses_adresses(self) -> bool:
        return garde_ses_adresses(self.contenu, dite=self.faits_separation.secrete)

    @property
    def association(self) -> bool:
        """Whether the draft was opened for an association: it decides which pages are asked."""
        return premier(self.donnees.get(RECHERCHE, {}), "titulaire") == Titulaire.ASSOCIATION

    def apres(self, code: str, suivante: str) -> str:
        """Once it is known who applies, whether they have a demande already."""
        if code == PERSONNE and DOUBLONS not in self.donnees:
            return reverse("brouillon-doublons", args=[self.id])
        return super().apres(code, suivante)

    @cached_property
    def acquis(self) -> Acquis | None:
        """What the draft keeps of pages that are all right, if this is what was typed and this is the day."""
        return lire_acquis(self.brouillon.acquis, self._typees, jour=self.cadre.aujourd_hui)

    @property
    def _typees(self) -> dict[str, Brut]:
        """What was typed on the pages and in the first look-up; the steps after them change nothing in the pages."""
        return {
            code: brut
            for code, brut in self.donnees.items()
            if code not in {DOUBLONS, SEPARATION, etapes.DERNIERE}
        }

    def acquis_a_garder(self) -> dict[str, Any] | None:
        if self.manques or not all(page.valide for page in self.pages.values()):
            return None
        acquis = Acquis(self.saisi, self.nirs, frozenset(self.pages))
        return acquis.document(self._typees, jour=self.cadre.aujourd_hui)

    @property
    def contenu(self) -> Contenu:
        return self.acquis.contenu if self.acquis else self.saisi

    @cached_property
    def nirs(self) -> Mapping[str, str]:
        return self.acquis.nirs if self.acquis else super().nirs

    @property
    def lues(self) -> Collection[str]:
        return self.acquis.pages if self.acquis else super().lues

    def valide(self, code: str) -> bool:
        return self.acquis is not None or super().valide(code)

    @cached_property
    def manques(self) -> tuple[Anomalie, ...]:
        """What prevents the number from being given, and nothing else may (CCH R441-2-3)."""
        return manques_pour_enregistrer(self.contenu)

    @property
    def peut_terminer(self) -> bool:
        """Whether the minimal set is there: « enregistrer maintenant, compléter ensuite »."""
        return not self.manques

    @property
    def peut_abreger(self) -> bool:
        """Whether the number may be asked for at once: a person, and the end of the form not reached yet."""
        return not self.association and SOUHAITS not in self.donnees

    @property
    def cle(self) -> uuid.UUID:
        return self.id

    @property
    def recherches(self) -> list[RechercheDoublon]:
        """Whom to look for: the adults typed in so far."""
        return [r for r in map(self._recherche, adultes(self.contenu)) if r.nom]

    def _recherche(self, reference_et_adulte: tuple[str, Adulte]) -> RechercheDoublon:
        reference, adulte = reference_et_adulte
        telephone = adulte.contact.telephone_portable or adulte.contact.telephone_domicile
        return RechercheDoublon(
            nom=adulte.identite.nom_naissance or "",
            prenoms=adulte.identite.prenoms or "",
            date_naissance=adulte.identite.date_naissance,
            nir=self.nirs.get(reference, ""),
            telephone=str(telephone or ""),
            usage=adulte.identite.nom_usage or "",
        )

    def verification(self, brut: Brut | None = None, *, controler: bool = False) -> FormulaireVerification:
        """The form of the last step; document seen and reception are today until said otherwise."""
        jour = self.cadre.aujourd_hui.strftime("%d/%m/%Y")
        defauts = {"piece_vue_le": [jour], "date_reception": [jour]}
        saisi = self.donnees.get(etapes.DERNIERE) if brut is None else brut
        return construire(
            FormulaireVerification,
            saisi or defauts,
            controler=controler,
            cadre=self.cadre,
            delai_jours=self.parametres[ParametresDepot].depot_anterieur_max_jours,
            avec_piece=not self.association,
            contenu=self.contenu,
        )

    @property
    def titre_perime(self) -> str:
        """What the last step is to say of a residence document that has ended, as it was typed; empty when it holds."""
        formulaire = self.verification(controler=True)
        formulaire.is_valid()
        return formulaire.titre_perime

    def depot(self, verification: Mapping[str, Any], *, consignes: Mapping[Moment, Collection[str]]) -> Depot:
        """What is handed in to the register. ``verification``: cleaned values of the last step."""
        doublons = self.donnees.get(DOUBLONS, {})
        return Depot(
            id=self.id,
            territoire=self.brouillon.territoire,
            guichet=self.brouillon.guichet,
            contenu=self.contenu,
            nirs=self.nirs,
            date_reception=verification["date_reception"],
            piece_vue=None
            if self.association
            else PieceVue(
                verification["piece_type"],
                verification["piece_vue_le"],
                dispense_titre=bool(verification.get("dispense_titre")),
                fin=verification.get("piece_fin"),
                explication=verification.get("piece_explication", ""),
            ),
            doublons_ecartes=premier(doublons, "justification"),
            doublons_vus=frozenset(filter(None, map(identifiant, doublons["vu"])))
            if "vu" in doublons
            else None,
            anteriorite_motif=verification["anteriorite_motif"],
            consignes=consignes,
            lu=self.brouillon.numero,
        )


def get_enregistrement(brouillon_id: uuid.UUID, acteur: Acteur, *, le: date) -> Enregistrement:
    """The actor's own registration under way. Raises ``Introuvable``."""
    brouillon = get_brouillon(brouillon_id, acteur)
    cadre = get_cadre(brouillon.territoire, le)
    return Enregistrement(brouillon, cadre=cadre, parametres=get_parametres(le))


class EnregistrementNouveau(Enregistrement):
    """A registration whose first screen is opened: no draft of it is kept before that is sent."""

    is_garde = False

    @classmethod
    def ouvrir(cls, acteur: Acteur, *, le: date) -> "EnregistrementNouveau":
        """One for this actor's counter, that day."""
        instant = maintenant()
        brouillon = BrouillonOuvert(
            uuid.UUID(int=0), acteur.territoire, acteur.guichet, {}, ouvert_le=instant, maj_le=instant
        )
        return cls(brouillon, cadre=get_cadre(acteur.territoire, le), parametres=get_parametres(le))

    def adresse(self, code: str) -> str:  # noqa: ARG002 - whichever it is
        """Only its first screen has an address."""
        return reverse("enregistrer")
