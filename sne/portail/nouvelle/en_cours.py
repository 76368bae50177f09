"""A demande that somebody is filing by themselves: what was typed, which pages are left, what prevents sending it."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from sne.oidc.rules.identite import IdentitePivot
from sne.portail.lignes import LigneDite, dire_lignes
from sne.portail.nouvelle.etat_civil import EtatCivilDonne, lire_etat_civil
from sne.portail.nouvelle.page_du_plan import PageDuPlan
from sne.portail.nouvelle.plan import (
    AVEC_QUI,
    COTITULAIRES,
    RELIRE,
    annoncer,
    avec_qui,
    dresser,
    page_du_lieu,
)
from sne.portail.nouvelle.posee import PagePosee
from sne.portail.plan import adresser
from sne.portail.refus import dire_constat
from sne.referentiels.selectors import get_parametres, get_pieces
from sne.registre.contenu.rules.anomalie import Anomalie
from sne.registre.contenu.rules.arbre.personnes import Demandeur
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.completude import manques_pour_enregistrer
from sne.registre.depot_en_ligne.possible import SANS_COURRIEL, exiger_courriel_prouve
from sne.registre.joindre.rules.secret import est_secrete
from sne.registre.modification.parametres import ParametresModification
from sne.registre.modification.selectors.brouillons import BrouillonOuvert
from sne.registre.rattachement.rules.contacts import lire_contact
from sne.saisie.acquis import Acquis, lire_acquis
from sne.saisie.brut import COMMANDES, Brut, premier, retirer_ligne
from sne.saisie.cadre import get_cadre, get_lecture
from sne.saisie.composition import textes as composition
from sne.saisie.en_cours import SaisieEnCours
from sne.saisie.presentation.mots import Ligne, dites
from sne.saisie.presentation.pieces import NiveauLu, niveaux_attendus
from sne.socle.acteur import Acteur
from sne.socle.erreurs import refus_de
from sne.socle.forms import ErreurDeChamp
from sne.socle.horloge import jour

AVEC, VUES, PARCOURS, SANS_RAPPEL = "avec", "vues", "parcours", "sans_rappel"
"""Beside the pages in the draft: with whom they will live, which pages were answered, which way they walk, whether they
asked not to be reminded.
"""
CONTACT, COURRIEL = "contact", "coordonnees"
"""The page that asks for the e-mail, and that of ``saisie`` that holds it."""
PROPOSEES = ("personne", COURRIEL)
"""Pages of ``saisie`` where the State says something that the person may write better."""
ESSENTIEL, TOUT = "essentiel", "tout"
QUI = "qui"
"""Who the State says the person is, beside what was typed, in what a judgment looked at."""
RIEN_DE_LUI = gettext_noop("Répondez aux questions sur cette personne, ou retirez-la.")


class DemandeEnLigne(SaisieEnCours):
    """What a household has typed so far to file. ``identite``: who the State says the person is, in this session."""

    def __init__(
        self, brouillon: BrouillonOuvert, *, le: date, identite: IdentitePivot | None, acteur: Acteur
    ) -> None:
        super().__init__(brouillon, cadre=get_cadre(brouillon.territoire, le), parametres=get_parametres(le))
        self.identite = identite
        self.acteur = acteur

    def avec(self, brouillon: BrouillonOuvert) -> "DemandeEnLigne":
        return DemandeEnLigne(
            brouillon, le=self.cadre.aujourd_hui, identite=self.identite, acteur=self.acteur
        )

    @property
    def nom(self) -> str:
        return (self.contenu.demandeur or Demandeur()).identite.prenoms or ""

    @property
    def depart(self) -> Contenu:
        return composition.VIDE

    @property
    def cle(self) -> str:
        return self.brouillon.territoire

    @property
    def peut_terminer(self) -> bool:
        return not self.manques

    def adresse(self, code: str) -> str:
        return reverse("demande-page", args=[self.cle, code])

    # -- what the last save has judged ----------------------------------------------------------------------------
    @cached_property
    def acquis(self) -> Acquis | None:
        """What the draft keeps of the pages that it holds, if they, who typed them and the day are still the same."""
        return lire_acquis(self.brouillon.acquis, self._jugees, jour=self.cadre.aujourd_hui)

    @property
    def _jugees(self) -> dict[str, Brut]:
        """Everything that is looked at to judge: what was typed, and who the State says the person is."""
        qui = self.identite.model_dump_json() if self.identite else ""
        return {**self.donnees, QUI: {QUI: [qui]}}

    def acquis_a_garder(self) -> dict[str, Any] | None:
        """Kept right or wrong: which pages hold is told, and a page reads nothing of the others to be shown."""
        acquis = Acquis(self.contenu, self.nirs, self.repondues)
        return acquis.document(self._jugees, jour=self.cadre.aujourd_hui)

    @property
    def contenu(self) -> Contenu:
        return self.acquis.contenu if self.acquis else self.saisi

    @cached_property
    def nirs(self) -> Mapping[str, str]:
        return self.acquis.nirs if self.acquis else super().nirs

    # -- civil status given by the State --------------------------------------------------------------------------
    @cached_property
    def etat_civil(self) -> EtatCivilDonne | None:
        """As the State gives it; ``None`` for whom it does not vouch."""
        return lire_etat_civil(self.identite, self.cadre) if self.identite else None

    @property
    def donne(self) -> Brut:
        """What the State says of the person, as it would be typed: it is not typed again."""
        return self.etat_civil.verrouille if self.etat_civil else {}

    @cached_property
    def propose(self) -> dict[str, Brut]:
        """What the State says and the person may write better, by page of ``saisie``."""
        lu = self.etat_civil
        return dict(zip(PROPOSEES, (lu.ecrit, lu.joindre), strict=True)) if lu else {}

    def brut(self, code: str) -> Brut:
        propose = self.propose.get(code, {}) if code in PROPOSEES else {}
        return self.tenir(code, propose | super().brut(code))

    def tenir(self, code: str, saisi: Brut) -> Brut:
        """What was typed on a page of ``saisie``, with what the State says instead of what somebody else would."""
        return saisi | self.donne if code == "personne" else saisi

    @property
    def lignes_donnees(self) -> list[LigneDite]:
        """The same in words."""
        lecture = get_lecture(self.cadre.aujourd_hui)
        donnees = {nom: premier(self.donne, nom) for nom in self.donne}
        civilite = lecture.libelle("ListeCivilite", donnees["civilite"]) if "civilite" in donnees else ""
        lignes = [
            Ligne("Civilité", civilite),
            Ligne("Date de naissance", donnees.get("date_naissance", "")),
            Ligne("Lieu de naissance", donnees.get("lieu_naissance", "")),
        ]
        return dire_lignes(dites(lignes))

    @property
    def naissance(self) -> date | None:
        """Birth date of whoever files, once it is typed."""
        return (self.contenu.demandeur or Demandeur()).identite.date_naissance

    @property
    def courriel(self) -> str:
        """Their e-mail as it is compared; empty before it is typed."""
        return lire_contact((self.contenu.demandeur or Demandeur()).contact.courriel or "")

    @cached_property
    def refus_du_courriel(self) -> str:
        """Why the demande may not leave with that e-mail; empty once a code proved it."""
        return refus_de(exiger_courriel_prouve, self.contenu, compte=self.acteur.id)

    @property
    def courriel_prouve(self) -> bool:
        """Whether a code proved it."""
        return not self.refus_du_courriel

    @property
    def rappelable(self) -> bool:
        """Whether they may be reminded of it: not once they said no, nor of what must be spoken of to nobody."""
        return not self.protegee and SANS_RAPPEL not in self.donnees

    @property
    def protegee(self) -> bool:
        """Whether its reasons make its addresses secret."""
        return est_secrete(self.contenu, dite=False)

    @property
    def documents(self) -> list[NiveauLu]:
        """What this household will be asked to show, by level."""
        jour_ = self.cadre.aujourd_hui
        return niveaux_attendus(self.contenu, get_pieces(jour_), jour=jour_)

    @property
    def lieu(self) -> str:
        """Name of the territory."""
        return self.cadre.geographie.nom_territoire(self.cle)

    # -- pages ----------------------------------------------------------------------------------------------------
    @cached_property
    def avec_qui(self) -> frozenset[str]:
        """With whom they say that they will live, and whom they have begun to tell of."""
        return frozenset(self.donnees.get(AVEC, {}).get("avec", [])) | avec_qui(self.contenu)

    @cached_property
    def plan(self) -> tuple[PageDuPlan, ...]:
        """Every page asked of this household, in order."""
        return dresser(self.contenu, self.avec_qui)

    def _plan_avec(self, code: str) -> tuple[PageDuPlan, ...]:
        """The same with the page of this code, if it is that of one more row."""
        if any(page.code == code for page in self.plan):
            return self.plan
        return dresser(self.contenu, self.avec_qui, en_plus=code)

    @property
    def entier(self) -> bool:
        """Whether the person walks every page, and not only those that are needed to send."""
        return self.donnees.get(PARCOURS, {}).get("parcours") != [ESSENTIEL]

    @property
    def parcours(self) -> tuple[PageDuPlan, ...]:
        """The pages that are walked."""
        return self._parcourues(self.plan)

    def _parcourues(self, plan: Iterable[PageDuPlan]) -> tuple[PageDuPlan, ...]:
        return tuple(page for page in plan if self.entier or page.essentielle)

    def page_du_plan(self, code: str) -> PageDuPlan | None:
        """The page of this code, that of one more row included; ``None`` when it is not asked."""
        return next((page for page in self._plan_avec(code) if page.code == code), None)

    def posee(
        self, page: PageDuPlan, brut: Brut | None = None, *, controler: bool | None = None
    ) -> PagePosee:
        """The page with its fields; ``brut``: as they were sent, when they are not saved."""
        if not page.source:
            return PagePosee(page, None)
        saisi = self.brut(page.source) if brut is None else brut
        vue = page.code in self.vues if controler is None else controler
        saisi = page.ouvrir(saisi)
        construite = adresser(self.construire(page.source, saisi, controler=vue), page.porte)
        return PagePosee(page, construite, self._a_dire(page, saisi) if vue else ())

    def _a_dire(self, page: PageDuPlan, saisi: Brut) -> tuple[ErreurDeChamp, ...]:
        """What this portal asks for and the register does not."""
        if page.code == CONTACT and not "".join(saisi.get("courriel", [])).strip():
            return (ErreurDeChamp(gettext(SANS_COURRIEL), "id_courriel"),)
        if page.nomme and page.est_vide(saisi):
            return (ErreurDeChamp(gettext(RIEN_DE_LUI)),)
        if page.code == "identite" and self.etat_civil is not None:
            return self.etat_civil.ecarts(saisi)
        return ()

    # -- where it stands ------------------------------------------------------------------------------------------
    @cached_property
    def vues(self) -> frozenset[str]:
        """Codes of the pages answered."""
        return frozenset(self.donnees.get(VUES, {}).get("page", []))

    @cached_property
    def repondues(self) -> frozenset[str]:
        """Codes of the pages of the plan that were answered, and hold no error now."""
        if self.acquis:
            return self.acquis.pages
        return frozenset(page.code for page in self.plan if page.code in self.vues and self._tient(page))

    def _tient(self, page: PageDuPlan) -> bool:
        """Whether what was answered on this page holds no error; no word of it is made to be read.

        Several pages of the plan ask parts of one page of ``saisie``, judged once, when the content was read of it.
        """
        if not page.source:
            return True
        saisi = page.ouvrir(self.brut(page.source))
        lue = self.pages.get(page.source)
        if lue is None or lue.brut != saisi:
            lue = self.construire(page.source, saisi, controler=True)
        return PagePosee(page, lue, self._a_dire(page, saisi)).valide

    def dit_deja(self, code: str, brut: Brut) -> bool:
        """Whether this, sent of a page of ``saisie``, is what the draft holds, but for buttons and empty fields."""
        lu, envoye = (
            {nom: dits for nom, dits in saisi.items() if nom not in COMMANDES and any(dits)}
            for saisi in (self.brut(code), brut)
        )
        return lu == envoye

    @cached_property
    def a_corriger(self) -> tuple[PageDuPlan, ...]:
        """Pages answered that hold an error now, another answer having changed what they are asked."""
        return tuple(page for page in self.plan if page.code in self.vues and page.code not in self.repondues)

    @property
    def a_completer_plus_tard(self) -> tuple[PageDuPlan, ...]:
        """Pages that may wait, in order."""
        return tuple(p for p in self.plan if not p.essentielle and p.source and p.code not in self.repondues)

    @property
    def a_faire(self) -> tuple[PageDuPlan, ...]:
        """Pages without which it is not sent, that are not answered yet; the last one aside."""
        return tuple(p for p in self.plan if p.essentielle and p.code not in self.vues and p.code != RELIRE)

    @cached_property
    def manques(self) -> tuple[Anomalie, ...]:
        """What prevents a number from being given, and nothing else may (CCH R441-2-3)."""
        return manques_pour_enregistrer(self.contenu)

    def restent(self, code: str) -> int:
        """How many pages are left once this one is answered, the last one included."""
        annonce = annoncer(self.contenu, self.avec_qui)
        pages = self.plan if annonce is self.contenu else dresser(annonce, self.avec_qui)
        return sum(page.code not in self.repondues and page.code != code for page in self._parcourues(pages))

    def suivante(self, code: str) -> str:
        """Code of the page after this one, on the way that is walked."""
        ordre = [page.code for page in self._plan_avec(code)]
        if code not in ordre:
            return self.reprise
        apres = set(ordre[ordre.index(code) + 1 :])
        return next((page.code for page in self.parcours if page.code in apres), RELIRE)

    def adresse_apres(self, code: str, *, retour: bool) -> str:
        """Where « Continuer » leads from this page: an e-mail is proved as soon as it is given. ``retour``: the page
        was opened from what is read again.
        """
        if code == CONTACT and not self.courriel_prouve:
            return reverse("demande-courriel", args=[self.cle])
        return self.adresse(RELIRE if retour else self.suivante(code))

    def precedente(self, code: str) -> str:
        """Code of the page before this one; empty for the first."""
        ordre = [page.code for page in self._plan_avec(code)]
        avant = set(ordre[: ordre.index(code)])
        return next((page.code for page in reversed(self.parcours) if page.code in avant), "")

    @property
    def reprise(self) -> str:
        """Code of the page to take it up at: the first not answered."""
        return next((page.code for page in self.parcours if page.code not in self.repondues), RELIRE)

    @property
    def gardee_jusqu_au(self) -> date:
        """Until when what was typed is kept if nothing more is."""
        duree = self.parametres[ParametresModification].brouillon_conservation_jours
        return jour(self.brouillon.maj_le) + timedelta(days=duree)

    def lieu_de(self, anomalie: Anomalie) -> ErreurDeChamp:
        """A remark of the rules as a line that leads to its page."""
        page = page_du_lieu(self.plan, anomalie.chemin)
        return ErreurDeChamp(dire_constat(anomalie, self.contenu), self.adresse(page.code))

    def question_de(self, anomalie: Anomalie) -> str:
        """What the page asks that such a line leads to."""
        return page_du_lieu(self.plan, anomalie.chemin).question

    # -- saving ---------------------------------------------------------------------------------------------------
    def vues_avec(self, code: str, *, retraits: Iterable[tuple[str, int]] = ()) -> dict[str, Brut]:
        """The pages answered, with this one if there is one; those of rows that left or moved are to be seen."""
        vues = {v for v in self.vues if not any(_est_de_la_suite(v, *retrait) for retrait in retraits)}
        return {VUES: {"page": sorted({*vues, code} - {""})}}

    def sans_lignes(self, brut: Brut, retraits: Iterable[tuple[str, int]]) -> Brut:
        """What was typed, without these rows."""
        for groupe, rang in retraits:
            brut = retirer_ligne(brut, groupe, rang)
        return brut


def _est_de_la_suite(code: str, groupe: str, rang: int) -> bool:
    """Whether a page is about this row of this group, or one after it: all take another rank."""
    tete, _, fin = code.rpartition("-")
    sienne = tete == groupe or tete.endswith(f"-{groupe}") or (tete, groupe) == ("joindre", COTITULAIRES)
    return sienne and fin.isdigit() and int(fin) >= rang


__all__ = ["AVEC", "AVEC_QUI", "ESSENTIEL", "PARCOURS", "TOUT", "VUES", "DemandeEnLigne"]
