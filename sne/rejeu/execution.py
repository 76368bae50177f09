"""The replay: past operations judged by the very functions of the service, by demande, then scored by author."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.contexte import construire, nir_nouveau_et_accorde
from sne.registre.controle.rules.decision import CONTACTS_AUTOUR, Clause, Decision, Verdict, decider
from sne.registre.controle.rules.operations import Champ, Operation, TypeOperation
from sne.registre.controle.rules.score import Alerte, Chiffres, alerte, chiffrer, est_risque
from sne.registre.controle.rules.tirage import part_relue
from sne.registre.controle.rules.traits import Traits
from sne.rejeu.colonnes import FichierInvalide
from sne.rejeu.lecture import Changement, Demande, Passee

CHAMP_DU_TRAIT = {
    "nom_naissance": Champ.NOM_NAISSANCE,
    "nom_usage": Champ.NOM_USAGE,
    "prenoms": Champ.PRENOMS,
    "date_naissance": Champ.DATE_NAISSANCE,
    "sexe": Champ.SEXE,
    "nir": Champ.NIR,
}
PERSONNE = Traits("", "", "", None, "", None)
"""What a row says was before, when it tells the identity that the demande was created with."""
SANS_CHANGEMENT = Verdict(Decision.SANS_OBJET, (), "")


@dataclass(slots=True)
class Etape:
    """One operation of a demande, once judged; ``ancre`` and ``voulue`` are what its score compares."""

    passee: Passee
    verdict: Verdict
    ancre: Traits
    voulue: Traits
    chiffres: Chiffres | None = None


@dataclass(slots=True)
class Bilan:
    """Counts of a replay. ``pres_d_un_contact``: applied although contacts changed; ``relectures``: how many changes a
    territory's manager would have read again, on average.
    """

    operations: int = 0
    demandes: int = 0
    demandes_changees: int = 0
    lignes: int = 0
    decisions: Counter[str] = field(default_factory=Counter)
    clauses: Counter[str] = field(default_factory=Counter)
    pres_d_un_contact: int = 0
    relectures: float = 0.0
    alertes: Counter[str] = field(default_factory=Counter)
    alertes_par_demande: Counter[str] = field(default_factory=Counter)
    decisions_par_alerte: Counter[tuple[str, str]] = field(default_factory=Counter)


class Rejeu:
    """One replay: fed with operations in any order, then read demande by demande."""

    def __init__(
        self, demandes: Mapping[str, Demande], identites: Mapping[str, Changement], seuils: Seuils
    ) -> None:
        self.demandes, self.identites, self.seuils = demandes, identites, seuils
        self.operations = 0
        self._concernees = {c.dls for c in identites.values() if c.avant != c.apres}
        self._creees: dict[str, Traits] = {}
        self._par_demande: dict[str, list[Passee]] = defaultdict(list)

    def recevoir(self, passees: Iterable[Passee], *, fichier_des_identites: str) -> None:
        """Keep what concerns a demande whose identity changed. Raises :class:`FichierInvalide`.

        Each change of identity must be one of these operations, and of the same demande.
        """
        rattachees: set[str] = set()
        for passee in passees:
            self.operations += 1
            changement = self.identites.get(passee.cle)
            if changement is not None:
                rattachees.add(passee.cle)
                if changement.dls != passee.dls:
                    raise _refus(
                        fichier_des_identites, changement, "dls", "l’opération est d’une autre demande."
                    )
                if passee.acte.type is TypeOperation.CREATION and changement.avant == PERSONNE:
                    self._creees[passee.cle] = changement.apres
            if passee.dls in self._concernees:
                self._par_demande[passee.dls].append(passee)
        for cle, changement in self.identites.items():
            if cle not in rattachees:
                pourquoi = "cette opération n’est pas dans le fichier des opérations."
                raise _refus(fichier_des_identites, changement, "operation", pourquoi)

    def derouler(self) -> tuple[list[Etape], Bilan]:
        """Every professional operation of the demandes whose identity changed, judged and scored."""
        changees = {
            c.dls for cle, c in self.identites.items() if c.avant != c.apres and cle not in self._creees
        }
        bilan = Bilan(
            operations=self.operations, demandes=len(self.demandes), demandes_changees=len(changees)
        )
        dossiers = {
            dls: self._juger(dls, liste) for dls, liste in self._par_demande.items() if dls in changees
        }
        auteurs = self._auteurs(dossiers)
        etapes = [
            etape for dls, dossier in dossiers.items() for etape in self._noter(dls, dossier, auteurs, bilan)
        ]
        return etapes, bilan

    def _juger(self, dls: str, passees: list[Passee]) -> list[Etape]:
        """The decision on each operation, the anchor moving only with what a person validated."""
        passees.sort(key=_instant)
        demande = self.demandes[dls]
        ancre = vue = self._a_l_origine(passees)
        automatiques: list[datetime] = []
        actes: list[Operation] = []
        etapes = []
        for passee in passees:
            changement = self.identites.get(passee.cle)
            if changement is None or passee.cle in self._creees:
                actes.append(passee.acte)
                etapes.append(Etape(passee, SANS_CHANGEMENT, ancre, vue))
                continue
            acte = _avec_les_champs(passee.acte, changement)
            autour = construire(
                acte,
                actes,
                depot=demande.depot,
                nom_usage=changement.avant.nom_usage,
                automatiques=automatiques,
                seuils=self.seuils,
            )
            contexte = replace(autour, nir_accorde=_nir_accorde(ancre, changement))
            verdict = decider(ancre, changement.apres, contexte, self.seuils, actuelle=changement.avant)
            if verdict.decision is Decision.AUTOMATIQUE:
                automatiques.append(acte.horodatage)
            actes.append(acte)
            etapes.append(Etape(replace(passee, acte=acte), verdict, ancre, changement.apres))
            vue = changement.avant if changement.issue == "refusee" else changement.apres
            if changement.issue == "validee":
                ancre = changement.apres
        return etapes

    def _a_l_origine(self, passees: Sequence[Passee]) -> Traits:
        """The identity at creation when a row says it, else the one before the first change."""
        premier = next(p.cle for p in passees if p.cle in self.identites)
        return self._creees.get(premier) or self.identites[premier].avant

    def _auteurs(self, dossiers: Mapping[str, Sequence[Etape]]) -> Mapping[str, "_Auteur"]:
        """Who made risky changes, when, on which demandes."""
        faits: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        for dls, etapes in dossiers.items():
            demande = self.demandes[dls]
            for etape in etapes:
                acte = etape.passee.acte
                if (
                    etape.passee.cle in self.identites
                    and acte.professionnelle
                    and est_risque(
                        etape.ancre,
                        etape.voulue,
                        anciennete_jours=(acte.horodatage.date() - demande.depot).days,
                        codemandeur=demande.codemandeur,
                        seuils=self.seuils,
                    )
                ):
                    faits[_auteur(acte, demande)].append((acte.horodatage, dls))
        return {auteur: _Auteur.de(liste) for auteur, liste in faits.items()}

    def _noter(
        self, dls: str, etapes: Sequence[Etape], auteurs: Mapping[str, "_Auteur"], bilan: Bilan
    ) -> Iterator[Etape]:
        """The score of each professional operation of one demande."""
        demande, seuils = self.demandes[dls], self.seuils
        actes = [etape.passee.acte for etape in etapes]
        instants = [acte.horodatage for acte in actes]
        fenetre = timedelta(days=seuils.score_fenetre_jours + 1)
        pire = Alerte.AUCUNE
        for rang, etape in enumerate(etapes):
            acte = actes[rang]
            if not acte.professionnelle:
                continue
            auteur = auteurs.get(_auteur(acte, demande))
            etape.chiffres = chiffrer(
                etape.ancre,
                etape.voulue,
                actes[bisect_left(instants, acte.horodatage - fenetre) : rang + 1],
                anciennete_jours=(acte.horodatage.date() - demande.depot).days,
                autres_dossiers=auteur.autres(dls, acte.horodatage, seuils) if auteur else 0,
                codemandeur=demande.codemandeur,
                seuils=seuils,
            )
            pire = max(pire, self._compter(etape, etape.chiffres, bilan), key=list(Alerte).index)
            yield etape
        bilan.alertes_par_demande[pire] += 1

    def _compter(self, etape: Etape, chiffres: Chiffres, bilan: Bilan) -> Alerte:
        classe = alerte(chiffres.total, self.seuils)
        bilan.lignes += 1
        bilan.decisions[etape.verdict.decision] += 1
        bilan.clauses.update(etape.verdict.clauses)
        if (
            etape.verdict.decision is Decision.AUTOMATIQUE
            and Clause.ANCIENNETE_COURTE not in etape.verdict.clauses
        ):
            bilan.pres_d_un_contact += not CONTACTS_AUTOUR.isdisjoint(etape.verdict.clauses)
            bilan.relectures += part_relue(etape.verdict, self.seuils)
        bilan.alertes[classe] += 1
        bilan.decisions_par_alerte[etape.verdict.decision, classe] += 1
        return classe


@dataclass(frozen=True, slots=True)
class _Auteur:
    """Risky changes of one author, in the order of time."""

    instants: Sequence[datetime]
    demandes: Sequence[str]

    @classmethod
    def de(cls, faits: Iterable[tuple[datetime, str]]) -> "_Auteur":
        ordre = sorted(faits)
        return cls([instant for instant, _ in ordre], [dls for _, dls in ordre])

    def autres(self, dls: str, instant: datetime, seuils: Seuils) -> int:
        """Demandes other than ``dls`` with a risky change of this author, over the days of the parameter."""
        jour = datetime.combine(instant.date(), time.min)
        debut = bisect_left(self.instants, jour - timedelta(days=seuils.score_agent_jours))
        fin = bisect_right(self.instants, instant)
        return len({*self.demandes[debut:fin]} - {dls})


def _auteur(acte: Operation, demande: Demande) -> str:
    """Whose other files are counted; two territories may each have a counter of the same code."""
    return f"{demande.territoire}/{acte.auteur}" if acte.par_le_guichet else acte.auteur


def _instant(passee: Passee) -> datetime:
    return passee.acte.horodatage


def _nir_accorde(ancre: Traits, changement: Changement) -> bool:
    return nir_nouveau_et_accorde(ancre, changement.avant, changement.apres, saisi=changement.saisi)


def _avec_les_champs(acte: Operation, changement: Changement) -> Operation:
    """The operation with every trait that did change, said by its list or not."""
    changes = {
        champ
        for trait, champ in CHAMP_DU_TRAIT.items()
        if getattr(changement.avant, trait) != getattr(changement.apres, trait)
    }
    return acte if changes <= acte.champs else replace(acte, champs=acte.champs | changes)


def _refus(fichier: str, changement: Changement, colonne: str, pourquoi: str) -> FichierInvalide:
    return FichierInvalide(f"{fichier}, ligne {changement.ligne}, colonne « {colonne} » : {pourquoi}")
