"""A year of rights, night after night: people come, leave, sleep, are reviewed; no place, no work is left.

The clock is the test's own. Each month, an independent count compares what is held with what is listed.
"""

import random
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta

from sne.habilitations import detenus
from sne.habilitations.actions import (
    DepartDit,
    constater_depart,
    noter_utilisation,
    ouvrir_revue_due,
    programmer_revues,
    repondre_revue,
)
from sne.habilitations.models import (
    AvisInactivite,
    Carence,
    Compte,
    Habilitation,
    LigneRevue,
    ReponseRevue,
    Suspension,
)
from sne.habilitations.rules import Role
from sne.habilitations.rules.carences import Lieu
from sne.habilitations.rules.departs import MotifDepart
from sne.habilitations.rules.revues import Reponse
from sne.habilitations.selectors import acteur_de, en_vigueur, list_postes
from sne.habilitations.tasks import passer_la_nuit
from sne.registre.modification.models import Brouillon
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, NonHabilite
from tests.habilitations import factories as f
from tests.registre.factories import midi

pytestmark = pytest.mark.django_db
DEBUT, MOIS = date(2027, 1, 4), 12
GUICHETS = ("G0991", "G0993", "G0997")
QUINZAINE = timedelta(days=14)


@dataclass
class Programmes:
    """Schedules of a module above: each is of somebody, for a place."""

    de: dict[uuid.UUID, tuple[uuid.UUID, Lieu]] = field(default_factory=dict)

    def lister(self, compte_id: uuid.UUID, lieux: Collection[Lieu]) -> tuple[detenus.Detenu, ...]:
        siens = sum(qui == compte_id and lieu in lieux for qui, lieu in self.de.values())
        return (detenus.Detenu(f"{siens} envois programmés", "À confier", a_confier=True),) if siens else ()

    def confier(self, passation: detenus.Passation) -> int:
        qui = passation.successeur_id
        if qui is None:
            return 0
        siens = {
            cle: (qui, lieu)
            for cle, (avant, lieu) in self.de.items()
            if avant == passation.compte_id and lieu in passation.lieux
        }
        self.de |= siens
        return len(siens)


@dataclass
class Annee:
    """The territory: who is there, who sleeps, who left."""

    hasard: random.Random
    programmes: Programmes
    actifs: set[uuid.UUID] = field(default_factory=set)
    comptes: dict[uuid.UUID, Compte] = field(default_factory=dict)
    dormeurs: set[uuid.UUID] = field(default_factory=set)

    def arriver(self, role: Role, guichet: str, le: date) -> Compte:
        compte = f.creer_personne(le=midi(le))
        lieu = {"territoire": "099", "guichet": guichet} if guichet else {"territoire": "099"}
        if role is Role.EXPLOITATION_NATIONALE:
            lieu = {}
        f.habiliter(compte, role, le=midi(le), **lieu)
        self.comptes[compte.id] = compte
        self.actifs.add(compte.id)
        if lieu:
            self.programmes.de[uuid.uuid4()] = (compte.id, Lieu("099", guichet))
        return compte

    def quinzaine(self, le: date) -> None:
        """Those who work sign in; the night passes."""
        for cle in sorted(self.actifs - self.dormeurs):
            noter_utilisation(cle, midi(le))
        passer_la_nuit(midi(le))

    def mois(self, le: date) -> None:
        """Somebody comes, somebody leaves, somebody stops coming; open reviews are answered, or not."""
        self.arriver(Role.AGENT_GUICHET, self.hasard.choice(GUICHETS), le)
        for role in (Role.RESPONSABLE_GUICHET, Role.AGENT_GUICHET):
            candidats = sorted(self.en_poste(role, le) - self.dormeurs)
            if candidats and self.hasard.random() < 0.6:
                self.partir(self.hasard.choice(candidats), le)
        eveilles = sorted(self.en_poste(Role.AGENT_GUICHET, le) - self.dormeurs)
        if eveilles:
            self.dormeurs.add(self.hasard.choice(eveilles))
        self.repondre(le)
        self.combler(le)

    def en_poste(self, role: Role, le: date) -> set[uuid.UUID]:
        return set(Habilitation.objects.filter(en_vigueur(le), role=role).values_list("compte", flat=True))

    def acteur(self, role: Role, le: date) -> Any:
        qui = sorted(self.en_poste(role, le))
        return acteur_de(self.comptes[qui[0]], le=le) if qui else None

    def partir(self, cle: uuid.UUID, le: date) -> None:
        gt = self.acteur(Role.GESTIONNAIRE_TERRITORIAL, le)
        if gt is None:
            return
        dit = DepartDit(cle, le + timedelta(days=self.hasard.choice((0, 10))), MotifDepart.MUTATION)
        try:
            constater_depart(dit, acte=Acte(gt, midi(le)))
        except Interdit:  # somebody has to be named
            poste = list_postes(self.comptes[cle], le=le)[0]
            collegue = next(
                c
                for c in sorted(self.comptes)
                if c != cle and any(p.cle == poste.cle for p in list_postes(self.comptes[c], le=le))
            )
            dit = DepartDit(cle, dit.effet, dit.motif, successeur_id=collegue)
            constater_depart(dit, acte=Acte(gt, midi(le)))
        self.dormeurs.add(cle)

    def repondre(self, le: date) -> None:
        """Half of the lines are answered, by whoever may; silence does the rest."""
        roles = (Role.GESTIONNAIRE_TERRITORIAL, Role.EXPLOITATION_NATIONALE)
        relecteurs = [acteur for role in roles if (acteur := self.acteur(role, le))]
        ouvertes = LigneRevue.objects.filter(campagne__close_le=None).order_by("id")
        for ligne in ouvertes.select_related("habilitation"):
            if self.hasard.random() < 0.5:
                continue
            reponse = self.hasard.choice((Reponse.CONSERVER, Reponse.CONSERVER, Reponse.RETIRER))
            for relecteur in relecteurs:
                try:
                    repondre_revue(
                        ligne.id,
                        reponse=reponse,
                        motif="Vu avec son service",
                        acte=Acte(relecteur, midi(le)),
                    )
                    break
                except (Interdit, NonHabilite):
                    continue

    def combler(self, le: date) -> None:
        """What is listed since a month is mended: national operation names a manager, the manager names agents."""
        for carence in Carence.objects.filter(
            comblee_le=None, constatee_le__lte=midi(le - timedelta(days=25))
        ):
            if carence.guichet:
                self.arriver(Role.RESPONSABLE_GUICHET, carence.guichet, le)
            else:
                self.arriver(Role.GESTIONNAIRE_TERRITORIAL, "", le)


@pytest.fixture
def annee() -> Iterator[Annee]:
    programmes = Programmes()
    avant = dict(detenus._DETENTEURS)
    detenus.inscrire_detenteur(detenus.Detenteur("essais", programmes.lister, programmes.confier))
    yield Annee(random.Random(20270104), programmes)
    detenus._DETENTEURS.clear()
    detenus._DETENTEURS.update(avant)


def ouvrir_l_annee(annee: Annee) -> None:
    annee.arriver(Role.EXPLOITATION_NATIONALE, "", DEBUT)
    for _ in range(2):
        annee.arriver(Role.GESTIONNAIRE_TERRITORIAL, "", DEBUT)
    for guichet in GUICHETS:
        annee.arriver(Role.RESPONSABLE_GUICHET, guichet, DEBUT)
        for _ in range(2):
            f.ouvrir_une_saisie(annee.arriver(Role.AGENT_GUICHET, guichet, DEBUT), le=midi(DEBUT))


def laisses(annee: Annee, le: date) -> list[str]:
    """Whatever is without anybody and that nobody is told of: an independent count, role by role."""
    tenus: dict[str, set[Role]] = {"": set(), **{g: set() for g in GUICHETS}}
    for compte in annee.comptes.values():
        for poste in list_postes(compte, le=le):
            if poste.territoire:
                tenus[poste.guichet].add(poste.role)
    return [*lieux_laisses(tenus), *travaux_laisses(annee, tenus, le)]


def lieux_laisses(tenus: dict[str, set[Role]]) -> Iterator[str]:
    """Places whose lack is not listed, or listed and mended. A decision waits for nobody as long as none is."""
    listees = set(Carence.objects.filter(comblee_le=None).values_list("guichet", "genre"))
    for lieu, roles in tenus.items():
        attendu = Role.RESPONSABLE_GUICHET if lieu else Role.GESTIONNAIRE_TERRITORIAL
        genre = "SANS_RESPONSABLE" if lieu else "SANS_GESTIONNAIRE"
        if (attendu not in roles) != ((lieu, genre) in listees):
            yield f"{lieu or 'territoire'} : {genre}, {roles}"
        if lieu and (not roles) != ((lieu, "SANS_PERSONNE") in listees):
            yield f"{lieu} : SANS_PERSONNE, {roles}"


def travaux_laisses(annee: Annee, tenus: dict[str, set[Role]], le: date) -> Iterator[str]:
    """Schedules and drafts of somebody who has no right left where somebody else could go on with them."""
    detenus_de = [(qui, lieu.guichet) for qui, lieu in annee.programmes.de.values()]
    detenus_de += Brouillon.objects.values_list("auteur", "guichet")
    for qui, guichet in detenus_de:
        siens = Habilitation.objects.filter(compte=qui, territoire="099", guichet=guichet)
        if not siens.exclude(fin__lte=le).exists() and tenus[guichet]:
            yield f"{guichet} : un travail est resté à {qui}, qui n’y a plus de droit"


def test_a_year_leaves_no_place_no_schedule_and_no_draft_behind(annee: Annee) -> None:
    ouvrir_l_annee(annee)
    jour, revues = DEBUT, 0
    _, gt = sorted(annee.en_poste(Role.GESTIONNAIRE_TERRITORIAL, jour))
    programmer_revues(
        "099",
        mois=3,
        premiere=DEBUT + relativedelta(months=3),
        acte=Acte(acteur_de(annee.comptes[gt], le=jour), midi(DEBUT)),
    )
    annee.dormeurs.add(gt)  # never comes back
    for mois in range(1, MOIS + 1):
        fin = DEBUT + relativedelta(months=mois)
        while jour < fin:
            annee.quinzaine(jour)
            jour += QUINZAINE
        revues += ouvrir_revue_due("099", survenu_le=midi(jour))
        annee.mois(jour)
        passer_la_nuit(midi(jour))
        assert laisses(annee, jour) == []
    # The year went through everything that it is meant to try.
    assert revues == 3
    motifs = set(Habilitation.objects.exclude(motif_retrait="").values_list("motif_retrait", flat=True))
    assert motifs >= {"DEPART", "INACTIVITE", "REVUE"}
    assert AvisInactivite.objects.exists()
    assert ReponseRevue.objects.exists()
    assert Suspension.objects.exists()
    assert Carence.objects.filter(comblee_le__isnull=False).exists()


def test_the_count_sees_what_is_left_behind(annee: Annee) -> None:
    """The witness may say no: a place whose lack is not written, work left with somebody who has no right there."""
    ouvrir_l_annee(annee)
    passer_la_nuit(midi(DEBUT))
    assert laisses(annee, DEBUT) == []
    responsable = min(annee.en_poste(Role.RESPONSABLE_GUICHET, DEBUT))
    Habilitation.objects.filter(compte=responsable).update(fin=DEBUT)
    f.dire_les_retraits(Compte.objects.get(id=responsable))
    fautes = " ".join(laisses(annee, DEBUT))
    assert "SANS_RESPONSABLE" in fautes
    assert "un travail est resté" in fautes
    passer_la_nuit(midi(DEBUT))
    assert laisses(annee, DEBUT) == []
