"""Taking back a registration made twice by mistake, and putting it back: the territorial manager's, never its author's.

Nothing is deleted: the demande keeps its number, its content and its history.
"""

import uuid

from sne.journal.rules import Verbe
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.actions import places
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.reviser import avancer
from sne.registre.demande.actions.tentatives import suivre_refus
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import scope
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.demande.rules.tentatives import ActeSuivi
from sne.registre.demande.selectors.etat import assembler
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.vie.actions.arreter import clore_arret
from sne.registre.vie.actions.reactiver import rouvrir_places
from sne.registre.vie.models.annulation import Annulation, Retablissement
from sne.registre.vie.possible import exiger_annulable, exiger_retablissable
from sne.registre.vie.rules.annulation import Situation, meme_menage, verifier_annulation
from sne.registre.vie.selectors.arrets import get_arret
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
    jour = horloge.jour(acte.survenu_le)
    statut = exiger_annulable(demande, acte.acteur, le=jour, gel=get_gel(demande.id))
    precision = lire_texte(precision, requis=True, dites=CE_QUI_S_EST_PASSE)
    autre = Demande.objects.filter(scope(acte.acteur), territoire=demande.territoire, nud=gardee).first()
    if autre is None or autre.id == demande.id:
        raise Interdit("Aucune autre demande du territoire sous ce numéro. Vérifiez-le.", champ="gardee")
    # Held until the end: what is kept must still be open when this one is not.
    autre = lock_demande(autre.id, acteur=acte.acteur)
    verifier_annulation(_situation(demande, autre))
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
    faits = {"annulation": str(annulation.id), "gardee": autre.nud}
    _journaliser(
        VerbeVie.ANNULER, demande, {**faits, **({"arret": str(arret.id)} if arret else {})}, acte=acte
    )


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
