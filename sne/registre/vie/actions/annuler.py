"""Taking back a registration made twice by mistake, and putting it back: the territorial manager's, never its author's;
anybody who changes demandes may ask for it.

Nothing is deleted: the demande keeps its number, its content and its history.
"""

import uuid

from sne.habilitations.actions.deux_personnes import signer
from sne.habilitations.models.deux_personnes import REPONSE
from sne.habilitations.rules import Permission
from sne.journal.rules import Verbe
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.actions import places
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.reviser import avancer
from sne.registre.demande.actions.tentatives import suivre_refus
from sne.registre.demande.actions.une_fois import deja_ecrite
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import scope
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.demande.rules.tentatives import ActeSuivi
from sne.registre.demande.selectors.etat import assembler
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.vie.actions.arreter import clore_arret
from sne.registre.vie.actions.reactiver import rouvrir_places
from sne.registre.vie.models.annulation import Annulation, RequeteAnnulation, Retablissement
from sne.registre.vie.possible import (
    exiger_annulable,
    exiger_annulation_decidable,
    exiger_annulation_demandable,
    exiger_retablissable,
)
from sne.registre.vie.rules.annulation import (
    IssueAnnulation,
    Situation,
    lire_reponse,
    meme_menage,
    verifier_annulation,
)
from sne.registre.vie.selectors.arrets import get_arret
from sne.registre.vie.selectors.radiation import get_requete_annulation
from sne.registre.vie.verbes import VerbeVie
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.identifiants import uuid7

CE_QUI_S_EST_PASSE = "Dites en une phrase ce qui s’est passé."


@suivre_refus(ActeSuivi.ANNULER)
def annuler_enregistrement(demande_id: uuid.UUID, *, gardee: str, precision: str, acte: Acte) -> None:
    """Take back a double, the household's other demande (number ``gardee``) being kept; its place is free again.

    An end that its household had asked for is closed with it: put back, the demande goes on until they ask again.
    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (its author; not a double, or too late), ``DossierFige``,
    ``TransitionInterdite``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    _annuler(demande, gardee=gardee, precision=precision, acte=acte)


@suivre_refus(ActeSuivi.DEMANDER_ANNULATION)
def demander_annulation(
    demande_id: uuid.UUID, *, gardee: str, precision: str, acte: Acte, cle: uuid.UUID | None = None
) -> uuid.UUID:
    """Ask the territorial manager to take back a double (message SUP), the household's other demande (number
    ``gardee``) being kept; the request's id, which ``cle`` takes from outside (:func:`deja_ecrite`).

    Nothing changes until the answer. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (not a double, too late,
    asked already), ``DossierFige``, ``TransitionInterdite``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    if cle and deja_ecrite(RequeteAnnulation, cle, demande=demande, acteur=acte.acteur):
        return cle
    cle = cle or uuid7()
    exiger_annulation_demandable(
        demande,
        acte.acteur,
        le=horloge.jour(acte.survenu_le),
        gel=get_gel(demande.id),
        requete=get_requete_annulation(demande),
    )
    precision = lire_texte(precision, requis=True, dites=CE_QUI_S_EST_PASSE)
    requete = RequeteAnnulation(
        id=cle,
        territoire=demande.territoire,
        demande=demande,
        gardee=_lock_gardee(demande, gardee, acte=acte),
        precision=precision,
        auteur=acte.acteur.id,
        demandee_par=acte.acteur.instantane_pour(Permission.DEMANDE_MODIFIER, demande.territoire),
        guichet=acte.acteur.guichet,
        survenu_le=acte.survenu_le,
    )
    requete.save(force_insert=True)
    dire(VerbeVie.DEMANDER_ANNULATION, demande, acte=acte, faits={"requete": str(cle)})
    return cle


@suivre_refus(ActeSuivi.ANNULER)
def decider_annulation(demande_id: uuid.UUID, *, issue: str, motif: str, acte: Acte) -> None:
    """Answer who asks that this demande be taken back: take it back, or refuse and say why.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (nothing is asked, ill said), and as
    :func:`annuler_enregistrement` when it is taken back.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    requete = get_requete_annulation(demande)
    exiger_annulation_decidable(demande, acte.acteur, requete=requete)
    assert requete is not None  # said by the line before
    reponse, motif = lire_reponse(issue, motif)
    if reponse is IssueAnnulation.ACCEPTEE:
        precision = motif or requete.precision
        _annuler(demande, gardee=requete.gardee.nud, precision=precision, acte=acte)
        return
    _repondre(requete, reponse, motif, acte=acte)
    dire(VerbeVie.REFUSER_ANNULATION, demande, acte=acte, faits={"requete": str(requete.id)})


def _repondre(requete: RequeteAnnulation, issue: IssueAnnulation, motif: str, *, acte: Acte) -> None:
    signer(requete, permission=Permission.DEMANDE_ANNULER, territoire=requete.territoire, acte=acte)
    requete.issue, requete.motif = issue.value, motif
    requete.save(update_fields=[*REPONSE, "issue", "motif"])


def _lock_gardee(demande: Demande, gardee: str, *, acte: Acte) -> Demande:
    """The demande that is kept, held until the end: it must still be open when this one is not."""
    autre = Demande.objects.filter(scope(acte.acteur), territoire=demande.territoire, nud=gardee).first()
    if autre is None or autre.id == demande.id:
        raise Interdit("Aucune autre demande du territoire sous ce numéro. Vérifiez-le.", champ="gardee")
    autre = lock_demande(autre.id, acteur=acte.acteur)
    verifier_annulation(_situation(demande, autre))
    return autre


def _annuler(demande: Demande, *, gardee: str, precision: str, acte: Acte) -> None:
    jour = horloge.jour(acte.survenu_le)
    statut = exiger_annulable(
        demande, acte.acteur, le=jour, gel=get_gel(demande.id), requete=get_requete_annulation(demande)
    )
    precision = lire_texte(precision, requis=True, dites=CE_QUI_S_EST_PASSE)
    autre = _lock_gardee(demande, gardee, acte=acte)
    avancer(
        demande,
        statut=statut,
        acte=acte,
        motif="Enregistrement en double, annulé",
    )
    annulation = Annulation(
        id=uuid7(),
        territoire=demande.territoire,
        demande=demande,
        revision=demande.revision,
        gardee=autre,
        precision=precision,
        auteur=acte.acteur.id,
        annule_par=acte.acteur.instantane(),
        survenu_le=acte.survenu_le,
    )
    annulation.save(force_insert=True)
    places.liberer(demande)
    arret = get_arret(demande.id)
    clore_arret(arret, acte=acte)
    faits: dict[str, object] = {"annulation": str(annulation.id), "gardee": autre.nud}
    requete = get_requete_annulation(demande)
    if requete is not None:
        _repondre(requete, IssueAnnulation.ACCEPTEE, "", acte=acte)
        faits["requete"] = str(requete.id)
    if arret:
        faits["arret"] = str(arret.id)
    _journaliser(VerbeVie.ANNULER, demande, faits, acte=acte)


@suivre_refus(ActeSuivi.RETABLIR)
def retablir_demande(demande_id: uuid.UUID, *, precision: str, acte: Acte) -> None:
    """Put back a demande that was no double after all, from the same deposit.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``, ``TransitionInterdite``, ``DejaOuverte``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    statut = exiger_retablissable(demande, acte.acteur)
    precision = lire_texte(precision, requis=True, dites=CE_QUI_S_EST_PASSE)
    avancer(
        demande,
        statut=statut,
        acte=acte,
        motif="Annulation reprise\u00a0: la demande n’est pas un double",
    )
    rouvrir_places(demande)
    retablissement = Retablissement(
        id=uuid7(),
        territoire=demande.territoire,
        demande=demande,
        revision=demande.revision,
        annulation=Annulation.objects.filter(demande=demande).latest("revision"),
        precision=precision,
        auteur=acte.acteur.id,
        retabli_par=acte.acteur.instantane(),
        survenu_le=acte.survenu_le,
    )
    retablissement.save(force_insert=True)
    _journaliser(
        VerbeVie.RETABLIR,
        demande,
        {"retablissement": str(retablissement.id)},
        acte=acte,
    )


def _situation(demande: Demande, autre: Demande) -> Situation:
    return Situation(
        anciennete=demande.date_anciennete,
        anciennete_gardee=autre.date_anciennete,
        gardee_ouverte=autre.statut in OUVERTES,
        meme_menage=meme_menage(assembler(demande.version_courante), assembler(autre.version_courante)),
    )


def _journaliser(verbe: Verbe, demande: Demande, faits: dict[str, object], *, acte: Acte) -> None:
    dire(
        verbe,
        demande,
        acte=acte,
        faits={"version": str(demande.version_courante_id), "numero": demande.nud, **faits},
    )
