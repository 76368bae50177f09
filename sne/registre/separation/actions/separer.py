"""A couple separates: one adult leaves a demande and is registered anew, in one transaction; the GT answers after."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction

from sne.journal import actions as journal
from sne.referentiels.selectors import get_nomenclatures, get_parametres
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.sante import partager
from sne.registre.contenu.rules.foyer_restant import rester
from sne.registre.controle.actions import noter_operation
from sne.registre.controle.rules.operations import Champ, Operation, agent_de
from sne.registre.demande.actions.dire import entree_de
from sne.registre.demande.actions.ecrire import Lignes
from sne.registre.demande.actions.ecrire import ecrire as inserer
from sne.registre.demande.actions.lignes import valeurs_de
from sne.registre.demande.actions.tentatives import suivre_refus
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne, TitreAnciennete
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.rules.refus import ControleEnCours, DepotIncomplet
from sne.registre.demande.rules.tentatives import ActeSuivi
from sne.registre.demande.selectors.etat import assembler
from sne.registre.demande.selectors.identites import en_attente, get_nir, list_identites
from sne.registre.demande.selectors.titres import get_titre
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.actions import construire as construction
from sne.registre.depot.actions.construire import Dates, Depot
from sne.registre.depot.actions.deposer import (
    Recepisse,
    controler_depot,
    dater,
    ouvrir_enquetes_de,
    une_seule_fois,
    verifier_doublons,
)
from sne.registre.depot.actions.egalite import ajouter_consignes
from sne.registre.doublons.actions.signaler import lock_foyer
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.joindre.rules.secret import est_secrete, verifier_secret
from sne.registre.modification.actions.brouillons import tenir_tel_que_lu
from sne.registre.modification.actions.quitter import quitter
from sne.registre.separation.actions.suivre_pieces import suivre
from sne.registre.separation.parametres import ParametresSeparation
from sne.registre.separation.possible import exiger_separable
from sne.registre.separation.rules import (
    LISTE_PREUVES,
    FaitsSeparation,
    Reserve,
    deduire_partant,
    exiger_un_ancien,
    reserves,
    verifier_faits,
    verifier_identite,
)
from sne.registre.separation.selectors import get_contenus
from sne.registre.separation.verbes import VerbeSeparation
from sne.registre.vie.actions.arreter import annuler_arret
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.identifiants import uuid7

MOTIF = "Départ d’un adulte du foyer"
"""Why the first demande changed, on its own pages: it says nothing of what the person does next."""


@dataclass(frozen=True, slots=True)
class _Depart:
    """Who leaves what: the first demande is locked, nothing is written yet."""

    id: uuid.UUID
    demande: Demande
    avant: Contenu
    partant: arbre.Adulte
    faits: FaitsSeparation
    acte: Acte

    @property
    def personne(self) -> uuid.UUID:
        return uuid.UUID(self.faits.personne)


@suivre_refus(ActeSuivi.SEPARER)
def separer_demande(demande_id: uuid.UUID, faits: FaitsSeparation, depot: Depot, *, acte: Acte) -> Recepisse:
    """Register the adult who leaves ``demande_id``. Their place follows them at once, their seniority once somebody
    else has agreed. A message from outside need not name them (``faits.personne`` empty): their identity does.

    ``depot`` is an ordinary registration, whose applicant is the person who leaves, with the identity already known.
    Handing the same draft in again gives the same number. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (proof,
    person, state), ``ControleEnCours``, ``DepotIncomplet`` (another identity, or a contact of the household left when
    the address is secret), ``DejaOuverte``, ``DoublonAJustifier``, ``ConflitDeRevision``.
    """
    return une_seule_fois(
        depot.id,
        lambda: _separer(demande_id, faits, depot, acte=acte),
        acteur=acte.acteur,
    )


@transaction.atomic
def _separer(demande_id: uuid.UUID, faits: FaitsSeparation, depot: Depot, *, acte: Acte) -> Recepisse:
    jour = horloge.jour(acte.survenu_le)
    parametres = get_parametres(jour)
    tenir_tel_que_lu(depot.id, depot.lu, acteur=acte.acteur)
    lock_foyer(depot.territoire, depot.contenu)
    depart = _ouvrir(demande_id, faits, depot, acte=acte)
    depot = replace(depot, territoire=depart.demande.territoire, nirs=_nirs(depot, depart))
    depot = controler_depot(depot, acteur=acte.acteur, jour=jour, parametres=parametres)
    secrete = _exiger_la_personne(depart, depot.contenu)
    dates = dater(depot, jour=jour, parametres=parametres)
    titre = get_titre(depart.demande)
    a_decider = _reserves(depart, titre, dates, jour=jour)
    _quitter(depart, secrete=secrete)
    reconnues = verifier_doublons(depot, parametres=parametres, jour=jour, quittee=demande_id)
    lignes = construction.construire(depot, dates=dates, acte=acte, verbe=VerbeDemande.DEPOSER)
    ajouter_consignes(lignes, depot.consignes, acte=acte)
    lignes.entrees[0] = replace(
        lignes.entrees[0], faits={**lignes.entrees[0].faits, "separation": str(depart.id)}
    )
    partie = next(p for p in lignes.filles[Personne] if isinstance(p, Personne) and p.rang == 0)
    suivies = suivre(depart.demande, depart.personne, partie, acte=acte)
    construction.ajouter_pieces(lignes, suivies)
    nud = inserer([lignes])[depot.id]
    _separation(depart, lignes, partie, titre, secrete=secrete, a_decider=a_decider).save(force_insert=True)
    ouvrir_enquetes_de(depot, reconnues, acte=acte)
    return Recepisse(depot.id, nud, lignes.demande.date_anciennete, bool(depot.anteriorite_motif))


def _ouvrir(demande_id: uuid.UUID, faits: FaitsSeparation, depot: Depot, *, acte: Acte) -> _Depart:
    """Lock the first demande; refuse who may not, what is not proved, and who is not there to leave."""
    demande = lock_demande(demande_id, acteur=acte.acteur)
    presents = Personne.objects.filter(demande=demande, retire_le=None).count()
    exiger_separable(demande, acte.acteur, guichet=depot.guichet, adultes=presents, gel=get_gel(demande.id))
    codes = {code for code, _ in get_nomenclatures(horloge.jour(acte.survenu_le)).choix(LISTE_PREUVES)}
    verifier_faits(faits, preuves=codes)
    identites = list_identites(demande.id)
    avant = assembler(demande.version_courante, identites={i.id: i for i in identites})
    if not faits.personne:
        faits = replace(faits, personne=deduire_partant(avant, _identite(depot.contenu)))
    partant = {a.personne: a for _, a in arbre.adultes(avant)}.get(faits.personne)
    if partant is None:
        raise Interdit(
            "Cette personne ne peut pas quitter cette demande\u00a0: choisissez un des adultes qui y sont.",
            champ="personne",
        )
    if uuid.UUID(faits.personne) in en_attente(identites):
        raise ControleEnCours("cette personne")  # no name in a refusal: it is kept
    return _Depart(uuid7(), demande, avant, partant, faits, acte)


def _nirs(depot: Depot, depart: _Depart) -> dict[str, str]:
    """The number that the register holds already, when it was not typed again."""
    trace = depart.partant.identite.nir
    connu = get_nir(depart.personne, trace.empreinte) if trace and trace.empreinte else ""
    typees = {reference: nir for reference, nir in depot.nirs.items() if nir.strip()}
    return ({arbre.DEMANDEUR: connu} if connu else {}) | typees


def _exiger_la_personne(depart: _Depart, nouvelle: Contenu) -> bool:
    """Refuse a person other than the one who leaves, and a contact that belongs to the household left; returns whether
    the address is secret.
    """
    secrete = est_secrete(nouvelle, dite=depart.faits.secrete)
    anomalies = [
        *verifier_identite(depart.partant.identite, _identite(nouvelle)),
        *(verifier_secret(nouvelle, rester(depart.avant, depart.faits.personne)) if secrete else ()),
    ]
    if anomalies:
        raise DepotIncomplet(anomalies)
    return secrete


def _identite(nouvelle: Contenu) -> Identite:
    return nouvelle.demandeur.identite if nouvelle.demandeur else Identite()


def _reserves(depart: _Depart, titre: TitreAnciennete, dates: Dates, *, jour: date) -> tuple[Reserve, ...]:
    """Why the seniority waits for a decision; empty when the first demande has no seniority to give.

    Raises ``Interdit`` when the first demande would be left to newcomers, with its seniority.
    """
    if titre.date_depot >= dates.depot:
        return ()
    limite = jour - timedelta(days=get_parametres(jour)[ParametresSeparation].separation_nommee_depuis_jours)
    auparavant, depuis = get_contenus(depart.demande, le=limite)
    exiger_un_ancien(depart.faits.personne, en_vigueur=depart.avant, auparavant=auparavant, depuis=depuis)
    return reserves(depart.faits.personne, en_vigueur=depart.avant, auparavant=auparavant, depuis=depuis)


def _quitter(depart: _Depart, *, secrete: bool) -> None:
    """The first demande without who leaves: its next revision, its applicant, its place, its entry."""
    reste = quitter(
        depart.demande,
        depart.personne,
        avant=depart.avant,
        acte=depart.acte,
        motif=MOTIF,
        document="" if secrete else depart.faits.document,
    )
    acteur = depart.acte.acteur
    acte = Operation(
        horodatage=depart.acte.survenu_le,
        canal=acteur.canal,
        guichet=acteur.guichet,
        agent=agent_de(acteur),
        champs=frozenset({Champ.CODEMANDEUR}),
    )
    noter_operation(depart.demande, acte, auteur=acteur.id, agent=acteur.agent)
    _journaliser_depart(depart, reste)
    if not secrete:  # whoever stays is told, and says anew whether it ends
        annuler_arret(depart.demande, acte=depart.acte)


def _journaliser_depart(depart: _Depart, reste: Contenu) -> None:
    """Told on the first demande: who left it, and nothing of where they are registered now."""
    demande, partage = depart.demande, partager(depart.avant, reste)
    entree = entree_de(
        VerbeSeparation.SEPARER,
        demande,
        acte=depart.acte,
        faits={
            "version": str(demande.version_courante_id),
            "numero": demande.nud,
            "separation": str(depart.id),
        },
        valeurs=valeurs_de(partage.ordinaires),
    )
    entrees = [entree]
    if partage.sante:
        entrees.append(
            replace(
                entree, verbe=VerbeDemande.MODIFIER_SANTE, faits={"champs": list(partage.sante)}, valeurs=()
            )
        )
    journal.inscrire_en_lot(entrees)


def _separation(
    depart: _Depart,
    lignes: Lignes,
    partie: Personne,
    titre: TitreAnciennete,
    *,
    secrete: bool,
    a_decider: tuple[Reserve, ...],
) -> Separation:
    return Separation(
        id=depart.id,
        territoire=depart.demande.territoire,
        demande=depart.demande,
        revision=depart.demande.revision,
        nouvelle_id=lignes.demande.id,
        personne_id=depart.personne,
        personne_nouvelle_id=partie.id,
        titre=titre,
        preuve=depart.faits.preuve,
        document=depart.faits.document.strip(),
        secrete=secrete,
        a_decider=[reserve.value for reserve in a_decider],
        auteur=depart.acte.acteur.id,
        separe_par=depart.acte.acteur.instantane(),
        guichet=depart.acte.acteur.guichet,
        survenu_le=depart.acte.survenu_le,
    )
