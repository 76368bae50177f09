"""Enquiries and freezes: those that a territorial manager begins, and those that a registration begins by itself."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from sne.registre.enquete.actions.enquetes import clore_enquete, ouvrir_enquete
from sne.registre.enquete.actions.gels import decider_levee, demander_levee, geler
from sne.simulation.monde import Menage, Monde, Qui, RendezVous
from sne.simulation.registre_lu import list_enquetes_du_registre, list_titulaires_reconnus
from sne.simulation.temoin import ACCEPTE, Fiche
from sne.socle.acte import Acte
from sne.socle.horloge import jour

SONT_DEUX = ("AUTRE_PERSONNE", "HOMONYME")
DUREES_DU_GEL = (0, 10, 60, 200)  # days
REPONSES = (0, 2, 15, 45, 400)
"""Days that a manager takes to close an enquiry that the register opened: the last one is past any erasure."""


def figer(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """A territorial manager opens an enquiry and keeps the file still, until two persons agree that it is over."""
    fiche, aujourd_hui = rdv.dossier, jour(qui.instant)
    if fiche.gelee_le is not None:
        return
    gel = monde.tenter(
        "GELER",
        fiche.nud,
        monde.temoin.figer(fiche),
        partial(ouvrir_et_geler, fiche.cle, acte=Acte(qui.acteur, qui.instant)),
    )
    if gel is not None:
        fiche.geler(aujourd_hui)
        fiche.enquetes.add(gel[1])
        fin = aujourd_hui + timedelta(days=rdv.menage.hasard.choice(DUREES_DU_GEL))
        monde.prevoir(fin, "lever", rdv.menage, fiche, gel=gel)


def lever(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """One manager asks, and may not answer; another does; the enquiry is closed."""
    fiche, (gel, enquete), quand = rdv.dossier, rdv.options["gel"], qui.instant
    demander = partial(demander_levee, gel, precision="Pièces lues", acte=Acte(qui.acteur, quand))
    levee = monde.tenter("DEMANDER_LEVEE", fiche.nud, ACCEPTE, demander)
    repondre = partial(decider_levee, levee, decision="ACCEPTEE", precision="")
    monde.tenter("DECIDER_LEVEE", fiche.nud, "INTERDIT", partial(repondre, acte=Acte(qui.acteur, quand)))
    collegue = monde.collegue(qui)
    if (
        monde.tenter("DECIDER_LEVEE", fiche.nud, ACCEPTE, partial(repondre, acte=Acte(collegue, quand)))
        is None
    ):
        return
    fiche.lever(jour(qui.instant))
    clore_et_suivre(monde, enquete, [fiche], qui, ("CHANGEMENT_EXPLIQUE", "CONTACTS_CONFIRMES"))


def suivre_enquetes(monde: Monde, menage: Menage, fiche: Fiche, aujourd_hui: date) -> None:
    """Learn of the enquiries that this registration opened or joined, by chance or not; a manager will close each.

    Whether two people drawn at random look the same is the register's word: the witness says what must follow.
    """
    for enquete, demandes in list_enquetes_du_registre(fiche.cle):
        fiches = [monde.temoin.fiches[cle] for cle in demandes]
        nouvelle = not any(enquete in f.enquetes for f in fiches)
        for enquetee in fiches:
            enquetee.enquetes.add(enquete)
        if nouvelle:
            le = aujourd_hui + timedelta(days=menage.hasard.choice(REPONSES))
            monde.prevoir(le, "clore", menage, fiche, enquete=enquete)


def clore(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """A territorial manager finds that they are two persons; one who validated the name of either may not say so."""
    enquete: uuid.UUID = rdv.options["enquete"]
    fiches = [fiche for fiche in monde.temoin.fiches.values() if enquete in fiche.enquetes]
    valideurs = {
        v for cle in list_titulaires_reconnus(enquete) for v in monde.temoin.fiches[cle].noms.valideurs
    }
    if qui.acteur.id in valideurs:
        clos = partial(_clore, enquete, SONT_DEUX, acte=Acte(qui.acteur, qui.instant))
        monde.tenter("CLORE_ENQUETE", fiches[0].nud, "INTERDIT", clos)
        qui = replace(qui, acteur=monde.collegue(qui))
    if qui.acteur.id not in valideurs:
        clore_et_suivre(monde, enquete, fiches, qui, SONT_DEUX)


def clore_et_suivre(
    monde: Monde, enquete: uuid.UUID, fiches: list[Fiche], qui: Qui, issue: tuple[str, str]
) -> None:
    """An enquiry ends; what it kept from erasure is due again."""
    clos = partial(_clore, enquete, issue, acte=Acte(qui.acteur, qui.instant))
    if monde.tenter("CLORE_ENQUETE", fiches[0].nud, ACCEPTE, clos) is None:
        return
    for fiche in fiches:
        fiche.enquetes.discard(enquete)
        monde.temoin.suivre(fiche)


def ouvrir_et_geler(cle: uuid.UUID, *, acte: Acte) -> tuple[uuid.UUID, uuid.UUID]:
    """Open an enquiry and keep the file still: the freeze, the enquiry."""
    enquete = ouvrir_enquete(
        cle,
        motif="CONTACTS_REMPLACES",
        precision="Deux adresses en un mois",
        acte=acte,
    )
    return geler(cle, enquete_id=enquete, acte=acte), enquete


def _clore(enquete: uuid.UUID, fin: tuple[str, str], *, acte: Acte) -> bool:
    issue, motif = fin
    clore_enquete(enquete, issue=issue, motif=motif, precision="", acte=acte)
    return True
