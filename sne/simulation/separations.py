"""Couples that separate: who leaves is registered anew, and a second person says whether seniority follows them."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random

from sne.registre.depot.actions.construire import Depot, PieceVue
from sne.registre.depot.actions.deposer import Recepisse
from sne.registre.separation.actions.examiner_separation import examiner_separation
from sne.registre.separation.actions.separer import separer_demande
from sne.registre.separation.rules import FaitsSeparation
from sne.simulation.destins import prevoir_cycle
from sne.simulation.foyers import TERRITOIRE, contenu, identifiant
from sne.simulation.monde import Menage, Monde, Qui, RendezVous, lire
from sne.simulation.noms import Noms
from sne.simulation.registre_lu import get_separation
from sne.simulation.temoin import PURGEE, Fiche
from sne.simulation.verifications import suivre_enquetes
from sne.socle.acte import Acte
from sne.socle.horloge import jour

JUSTIFICATION = "Ce sont d’autres personnes : les pièces d’identité ont été comparées."
SEPARES = 1_000_000  # ranks of those who left a couple
EXAMEN_JOURS = (0, 3, 20, 90, 400)
"""Days that a manager takes to answer: the last one is past many strikings-off, and some erasures."""
PART_HERITEE = 0.7


def separer(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """A couple separates: the co-holder leaves for an application of their own, whose seniority waits."""
    menage, fiche, aujourd_hui = rdv.menage, rdv.dossier, jour(qui.instant)
    if len(menage.foyer.adultes) < 2 or fiche.adultes < 2 or fiche.etat == PURGEE:
        return
    reste, partant = menage.foyer.adultes
    seul = replace(menage.foyer, rang=menage.foyer.rang + SEPARES, adultes=(partant,), enfants=0, courriel="")
    depot = Depot(
        id=identifiant(seul.rang, 1),
        territoire=TERRITOIRE,
        guichet=qui.acteur.guichet,
        contenu=contenu(seul),
        date_reception=aujourd_hui,
        nirs=seul.nirs,
        piece_vue=PieceVue("CNI", aujourd_hui),
        doublons_ecartes=JUSTIFICATION,
    )

    def agir() -> Recepisse:
        personne = str(lire(menage, fiche, qui).cotitulaires[0].personne)
        faits = FaitsSeparation(personne=personne, preuve="JUGDIV", document="RG 26/0412")
        return separer_demande(fiche.cle, faits, depot, acte=Acte(qui.acteur, qui.instant))

    recepisse = monde.tenter("SEPARER", fiche.nud, monde.temoin.separer(fiche), agir, suivi=fiche)
    if recepisse is None:
        return
    ancienne = min(fiche.titres)
    fiche.separer(partant.nir)
    nouvelle = Fiche(
        recepisse.demande_id,
        recepisse.nud,
        seul.rang,
        aujourd_hui,
        nirs=frozenset(seul.nirs.values()),
        adultes=1,
        titres=[aujourd_hui],
        noms=Noms(en_vigueur=partant.nom, reference=partant.nom, protegee=min(ancienne, aujourd_hui)),
    )
    monde.temoin.inscrire(nouvelle)
    menage.foyer = replace(menage.foyer, adultes=(reste,))
    chance = Random(f"separe:{nouvelle.cle}")  # noqa: S311 - a simulation, nothing secret
    suivant = Menage(seul, chance, demandes=1)
    suivre_enquetes(monde, suivant, nouvelle, aujourd_hui)
    prevoir_cycle(monde, suivant, nouvelle)
    juge = Menage(seul, Random(f"heritage:{nouvelle.cle}"))  # noqa: S311 - a simulation, nothing secret
    monde.prevoir(
        aujourd_hui + timedelta(days=juge.hasard.choice(EXAMEN_JOURS)),
        "examiner",
        juge,
        nouvelle,
        quittee=fiche,
        separation=get_separation(nouvelle.cle),
        auteur=qui.acteur,
        ancienne=ancienne,
    )


def examiner(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """Not who typed it, not twice, not while one of the files is kept still; what is refused counts from its day."""
    nouvelle, quittee = rdv.dossier, rdv.options["quittee"]
    hasard, aujourd_hui = rdv.menage.hasard, jour(qui.instant)
    repondre = partial(examiner_separation, rdv.options["separation"])
    heriter = partial(repondre, issue="HERITEE")
    refuser = partial(repondre, issue="NON_HERITEE", motif="Le jugement est d’un autre couple")
    monde.tenter(
        "EXAMINER",
        nouvelle.nud,
        "INTROUVABLE",
        partial(heriter, acte=Acte(rdv.options["auteur"], qui.instant)),
    )
    suivie = hasard.random() < PART_HERITEE
    attendu = monde.temoin.examiner(nouvelle, quittee, herite=suivie)
    agir = partial(heriter if suivie else refuser, acte=Acte(qui.acteur, qui.instant))
    if monde.tenter("EXAMINER", nouvelle.nud, attendu, lambda: agir() is None) is None:
        if attendu == "DOSSIER_FIGE":
            monde.prevoir(aujourd_hui + timedelta(days=30), "examiner", rdv.menage, nouvelle, **rdv.options)
        return
    if suivie:
        nouvelle.heriter(rdv.options["ancienne"])
    else:
        nouvelle.ne_pas_heriter()
    monde.tenter(
        "EXAMINER", nouvelle.nud, "INTERDIT", partial(heriter, acte=Acte(monde.collegue(qui), qui.instant))
    )
