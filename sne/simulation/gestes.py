"""What a household lives through: acts by the register's own doors, some of them forbidden and tried on purpose."""

import uuid
from datetime import date, timedelta
from functools import partial
from random import Random

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.radiation import MotifRadiation, SousMotif
from sne.registre.depot.actions.construire import Depot, PieceVue
from sne.registre.depot.actions.deposer import deposer_demande
from sne.registre.faits.actions.attributions import consigner_attribution
from sne.registre.faits.actions.dalo import consigner_dalo
from sne.registre.faits.actions.decisions import consigner_decision
from sne.registre.faits.actions.evenements import consigner_evenement
from sne.registre.faits.rules.attributions import AttributionSaisie
from sne.registre.faits.rules.dalo import FaitDaloSaisi
from sne.registre.faits.rules.decisions import DecisionSaisie
from sne.registre.faits.rules.evenements import EvenementSaisi
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.simulation.destins import prevoir_cycle, prevoir_suite
from sne.simulation.equipe import AU_COMPTOIR, Metier
from sne.simulation.foyers import TERRITOIRE, Foyer, changer, contenu, identifiant
from sne.simulation.identites import changer_nom, corriger_nom, decider_nom, demasquer, usurper
from sne.simulation.monde import Geste, Menage, Monde, Qui, RendezVous, lire
from sne.simulation.noms import Noms
from sne.simulation.separations import JUSTIFICATION, examiner, separer
from sne.simulation.temoin import ANTERIORITE_JOURS, Fiche
from sne.simulation.verifications import clore, figer, lever, suivre_enquetes
from sne.socle.acte import Acte
from sne.socle.horloge import jour

BAILLEURS = ("999000011", "999000045")
TOUS = AU_COMPTOIR | {Metier.GESTIONNAIRE}


def deposer(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """A household registers, or tries to once more. ``justifie``: the agent says why the close files are others."""
    menage, aujourd_hui = rdv.menage, jour(qui.instant)
    foyer, justifie = menage.foyer, bool(rdv.options.get("justifie", True))
    recule = _recul(menage.hasard)
    nirs = frozenset(foyer.nirs.values())
    attendu = monde.temoin.deposer(foyer.rang, nirs, justifie=justifie)
    numero = menage.demandes + 1
    depot = Depot(
        id=identifiant(foyer.rang, numero),
        territoire=TERRITOIRE,
        guichet=qui.acteur.guichet,
        contenu=contenu(foyer),
        date_reception=aujourd_hui - timedelta(days=recule),
        nirs=foyer.nirs,
        piece_vue=PieceVue("CNI", aujourd_hui),
        doublons_ecartes=JUSTIFICATION if justifie else "",
        anteriorite_motif="Récépissé d’un autre guichet, daté et tamponné."
        if recule > ANTERIORITE_JOURS
        else "",
    )
    recepisse = monde.tenter(
        "DEPOSER",
        f"foyer {foyer.rang}",
        attendu,
        partial(deposer_demande, depot, acte=Acte(qui.acteur, qui.instant)),
    )
    if recepisse is None:
        return
    menage.demandes = numero
    retenue = aujourd_hui - timedelta(days=recule if recule <= ANTERIORITE_JOURS else 0)
    fiche = Fiche(
        recepisse.demande_id,
        recepisse.nud,
        foyer.rang,
        retenue,
        nirs=nirs,
        adultes=len(foyer.adultes),
        titres=[retenue] * len(foyer.adultes),
        noms=_noms(foyer, aujourd_hui - timedelta(days=recule)),
    )
    monde.temoin.inscrire(fiche)
    suivre_enquetes(monde, menage, fiche, aujourd_hui)
    prevoir_cycle(monde, menage, fiche)


def modifier(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """The household's means changed; nothing changes once the application has ended."""
    fiche = rdv.dossier
    fait = monde.tenter(
        "MODIFIER",
        fiche.nud,
        monde.temoin.modifier(fiche),
        lambda: modifier_demande(
            fiche.cle,
            contenu=_change(rdv.menage, fiche, qui),
            revision=fiche.revision,
            acte=Acte(qui.acteur, qui.instant),
        ),
    )
    if fait is not None:
        fiche.modifier()


def renouveler(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """The household renews, in its time or not, back from a striking-off or not. ``rester``: nothing changed."""
    menage, fiche, aujourd_hui = rdv.menage, rdv.dossier, jour(qui.instant)
    rester = menage.hasard.random() < 0.5
    confirme = not rester or menage.hasard.random() < 0.95
    attendu = monde.temoin.renouveler(fiche, aujourd_hui, metier=qui.metier, confirme=confirme)

    def agir() -> object:
        lu = lire(menage, fiche, qui) if rester else _change(menage, fiche, qui)
        return renouveler_demande(
            fiche.cle,
            saisie=Saisie(lu, fiche.revision),
            acte=Acte(qui.acteur, qui.instant),
            sans_changement=rester and confirme,
        )

    if monde.tenter("RENOUVELER", fiche.nud, attendu, agir) is None:
        if attendu == "CONFIRMATION":
            monde.prevoir(aujourd_hui + timedelta(days=1), "renouveler", menage, fiche)
        return
    fiche.renouveler(aujourd_hui)
    monde.temoin.suivre(fiche)
    prevoir_cycle(monde, menage, fiche)


def radier(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """A body strikes the application off, for a reason that may not be its own or too early after its notice."""
    fiche, aujourd_hui, motif = rdv.dossier, jour(qui.instant), str(rdv.options["motif"])
    courrier: date | None = rdv.options.get("courrier")
    faits = FaitsRadiation(
        MotifRadiation(motif),
        sous_motif=rdv.menage.hasard.choice(list(SousMotif)) if motif == "RADIRR" else None,
        date_courrier=courrier or (aujourd_hui if motif == "RADABA" else None),
        document="Classeur des radiations" if motif != "RADATT" else "",
    )
    fait = monde.tenter(
        "RADIER",
        fiche.nud,
        monde.temoin.radier(fiche, motif, aujourd_hui, metier=qui.metier, courrier=courrier),
        partial(radier_demande, fiche.cle, faits, acte=Acte(qui.acteur, qui.instant)),
        suivi=fiche,
    )
    if fait is not None:
        fiche.radier(motif, aujourd_hui)
        monde.temoin.suivre(fiche)
        prevoir_suite(monde, rdv.menage, fiche, aujourd_hui)


def prevenir(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """A notice leaves by registered letter; a month later, and sometimes too early, the application is struck off."""
    parti, hasard = jour(qui.instant), rdv.menage.hasard
    valeurs = {"motif": str(rdv.options["motif"]), "preuve": "AR 2C 123"}
    _evenement(monde, rdv.dossier, qui, "AVERTISSEMENT", valeurs)
    geste = "radier_bailleur" if rdv.options["motif"] == "RADIRR" else "radier"
    options = {"motif": rdv.options["motif"], "courrier": parti}
    if hasard.random() < 0.3:
        monde.prevoir(parti + timedelta(days=hasard.randint(1, 27)), geste, rdv.menage, rdv.fiche, **options)
    monde.prevoir(parti + timedelta(days=hasard.randint(28, 60)), geste, rdv.menage, rdv.fiche, **options)


def proposer(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """A dwelling is offered and refused: whatever the number of refusals, the application stays."""
    fiche, aujourd_hui = rdv.dossier, jour(qui.instant)
    reponse = {"reponse_avant": f"{aujourd_hui + timedelta(days=10):%d/%m/%Y}"}
    _evenement(monde, fiche, qui, "PROPOSITION", reponse)
    _evenement(monde, fiche, qui, "REFUS_DEMANDEUR", {"motif": "LOYER"})


def decider(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """A commission decides; only a landlord's counter, or the territorial manager, may say so."""
    fiche = rdv.dossier
    saisie = DecisionSaisie(
        code="ATTR", jour=jour(qui.instant), rpls="A1B2C3D4E5", bailleur=_bailleur(qui, rdv.menage.hasard)
    )
    _consigner(
        monde,
        fiche,
        qui,
        partial(consigner_decision, fiche.cle, saisie),
        attendu=Metier.BAILLEUR,
        ouverte=True,
    )


def dire_dalo(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """A mediation commission recognised the household; only a service of the State may say so."""
    fiche = rdv.dossier
    saisie = FaitDaloSaisi("STATUT", jour(qui.instant), statut="ACTIF")
    _consigner(
        monde, fiche, qui, partial(consigner_dalo, fiche.cle, saisie), attendu=Metier.ETAT, ouverte=False
    )


def attribuer(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """A landlord allocates a dwelling and has the lease signed; the striking-off is an act of its own."""
    fiche, aujourd_hui = rdv.dossier, jour(qui.instant)
    saisie = AttributionSaisie(
        jour=aujourd_hui,
        bail_signe=True,
        bail_signe_le=aujourd_hui,
        deja_loge="NON",
        accord="AUCUN",
        reservataire="AUCUN",
        rpls="A1B2C3D4E5",
        bailleur=_bailleur(qui, rdv.menage.hasard),
    )
    fait = _consigner(
        monde,
        fiche,
        qui,
        partial(consigner_attribution, fiche.cle, saisie),
        attendu=Metier.BAILLEUR,
        ouverte=True,
    )
    if fait:
        fiche.bail = True


def _evenement(monde: Monde, fiche: Fiche, qui: Qui, code: str, valeurs: dict[str, str]) -> None:
    saisie = EvenementSaisi(code, jour(qui.instant), valeurs)
    _consigner(
        monde, fiche, qui, partial(consigner_evenement, fiche.cle, saisie), attendu=None, ouverte=False
    )


def _consigner(
    monde: Monde, fiche: Fiche, qui: Qui, agir: "partial[uuid.UUID]", *, attendu: Metier | None, ouverte: bool
) -> bool:
    """Record a fact; whether it was."""
    acte = agir.func.__name__.upper()
    fait = monde.tenter(
        acte,
        fiche.nud,
        monde.temoin.consigner(fiche, qui.metier, attendu=attendu, ouverte=ouverte),
        partial(agir, acte=Acte(qui.acteur, qui.instant)),
        suivi=fiche,
    )
    if fait is not None:
        fiche.actes[acte] += 1
    return fait is not None


def _bailleur(qui: Qui, hasard: Random) -> str:
    """The landlord that the fact is of: said by the territorial manager, the counter's own otherwise."""
    return hasard.choice(BAILLEURS) if qui.metier is Metier.GESTIONNAIRE else ""


def _noms(foyer: Foyer, protegee: date) -> Noms:
    """As the household says its name the first time."""
    nom = foyer.adultes[0].nom
    return Noms(en_vigueur=nom, reference=nom, protegee=protegee)


def _recul(hasard: Random) -> int:
    """Days since the household's papers were received: none most of the time, more than a counter may say at times."""
    tirage = hasard.random()
    if tirage < 0.85:
        return 0
    return hasard.randint(1, ANTERIORITE_JOURS) if tirage < 0.97 else hasard.randint(31, 400)


def _change(menage: Menage, fiche: Fiche, qui: Qui) -> Contenu:
    menage.fois += 1
    return changer(lire(menage, fiche, qui), menage.fois)


BAILLEUR, GESTIONNAIRE, RESPONSABLE = (
    frozenset({m}) for m in (Metier.BAILLEUR, Metier.GESTIONNAIRE, Metier.RESPONSABLE)
)
GESTES: dict[str, tuple[Geste, frozenset[Metier]]] = {
    "deposer": (deposer, AU_COMPTOIR),
    "modifier": (modifier, TOUS),
    "renouveler": (renouveler, AU_COMPTOIR),
    "renouveler_gestionnaire": (renouveler, GESTIONNAIRE),
    "radier": (radier, TOUS),
    "radier_bailleur": (radier, BAILLEUR),
    "separer": (separer, AU_COMPTOIR),
    "examiner": (examiner, GESTIONNAIRE),
    "figer": (figer, GESTIONNAIRE),
    "lever": (lever, GESTIONNAIRE),
    "clore": (clore, GESTIONNAIRE),
    "corriger_nom": (corriger_nom, AU_COMPTOIR | RESPONSABLE),
    "changer_nom": (changer_nom, TOUS | RESPONSABLE),
    "usurper": (usurper, AU_COMPTOIR),
    "decider_nom": (decider_nom, GESTIONNAIRE),
    "decider_nom_au_guichet": (decider_nom, RESPONSABLE),
    "demasquer": (demasquer, GESTIONNAIRE),
    "prevenir": (prevenir, TOUS),
    "proposer": (proposer, BAILLEUR),
    "decider": (decider, TOUS),
    "dire_dalo": (dire_dalo, TOUS),
    "attribuer": (attribuer, BAILLEUR),
    "attribuer_mal": (attribuer, frozenset({Metier.COLLECTIVITE, Metier.ETAT})),
}
