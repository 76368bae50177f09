"""Whether a demande may be struck off, taken back, put back, renewed now, by this actor.

Asked by the acts themselves, and by whoever offers them: each raises the refusal that the act would give.
"""

from datetime import date

from sne.habilitations.rules import Permission, sans_droit
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne
from sne.journal.rules import Trait, verbes_qui
from sne.journal.selectors import count_entrees
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.policies import can_radier
from sne.registre.demande.rules.cycle_de_vie import Statut, Transition, next_statut
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.enquete.rules.gel import Gel, exiger_non_gele
from sne.registre.enquete.selectors.gels import limite_de_retour
from sne.registre.vie import policies
from sne.registre.vie.models.annulation import RequeteAnnulation
from sne.registre.vie.rules.annulation import Double, exiger_vue_a_temps, verifier_double
from sne.registre.vie.rules.radiation import PAS_DE_RETOUR, exiger_reactivable
from sne.registre.vie.rules.renouvellement import exiger_renouvelable
from sne.registre.vie.selectors.renouvellement import get_fenetre
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, refus_de, require


def exiger_droit_de_renouveler(demande: Demande, acteur: Acteur) -> None:
    """Raises ``NonHabilite``; whether the window is open that day is another question."""
    require(
        policies.can_renouveler(acteur, demande),
        "Votre rôle ne permet pas de renouveler ce dossier. Adressez-vous à un guichet du territoire.",
    )


def exiger_dans_les_temps(
    demande: Demande, acteur: Acteur, *, le: date, radiation: Radiation | None, gel: Gel | None
) -> Statut:
    """The state after a renewal that day, or after the return of a demande struck off (``radiation``), which renews it.

    Raises ``NonHabilite``, ``RenouvellementFerme``, ``ReactivationFermee``, ``TransitionInterdite``.
    """
    if radiation is None:
        return exiger_renouvelable(Statut(demande.statut), get_fenetre(demande, le=le, gel=gel), le)
    motif = MotifRadiation(radiation.motif)
    require(policies.can_reactiver(acteur, motif, territoire=demande.territoire), PAS_DE_RETOUR)
    exiger_reactivable(jour=le, limite=limite_de_retour(radiation, le=le))
    return next_statut(Statut(demande.statut), Transition.REACTIVER)


def exiger_renouvelable_par(
    demande: Demande, acteur: Acteur, *, le: date, radiation: Radiation | None, gel: Gel | None
) -> Statut:
    """The same, once the actor is one who renews."""
    exiger_droit_de_renouveler(demande, acteur)
    return exiger_dans_les_temps(demande, acteur, le=le, radiation=radiation, gel=gel)


def exiger_droit_de_radier(demande: Demande, acteur: Acteur) -> None:
    """Raises ``NonHabilite``; for which reasons depends on the body of the actor's counter."""
    require(can_radier(acteur, territoire=demande.territoire), sans_droit(Permission.DEMANDE_RADIER))


def exiger_radiable(demande: Demande, acteur: Acteur, *, gel: Gel | None) -> Statut:
    """The state that a striking-off leads to; for which reason, on what proof, is another question."""
    exiger_droit_de_radier(demande, acteur)
    statut = next_statut(Statut(demande.statut), Transition.RADIER)
    exiger_non_gele(gel, ce_qui_attend="La radiation")
    return statut


def exiger_annulable(
    demande: Demande, acteur: Acteur, *, le: date, gel: Gel | None, requete: RequeteAnnulation | None
) -> Statut:
    """The state that taking a double back leads to; of which other demande it is the double is another question.

    ``requete``: what asks for it and waits.
    """
    exiger_droit_d_annuler(demande, acteur)
    statut = _exiger_double(demande, le=le, gel=gel)
    exiger_autre_personne(
        acteur,
        Version.objects.get(demande=demande, numero=1).auteur,
        sinon="Vous avez enregistré cette demande. Une autre personne doit l’annuler.",
    )
    _exiger_reponse_d_un_autre(requete, acteur)
    return statut


def exiger_annulation_demandable(
    demande: Demande, acteur: Acteur, *, le: date, gel: Gel | None, requete: RequeteAnnulation | None
) -> None:
    """Ask that a double be taken back, whoever registered it; who may do it themselves has nothing to ask."""
    require(
        policies.can_demander_annulation(acteur, territoire=demande.territoire),
        sans_droit(Permission.DEMANDE_MODIFIER),
    )
    _exiger_double(demande, le=le, gel=gel)
    if requete is not None:
        raise Interdit(
            "L’annulation de cette demande est déjà demandée. Le gestionnaire territorial répondra."
        )
    if not refus_de(exiger_annulable, demande, acteur, le=le, gel=gel, requete=None):
        raise Interdit("Vous pouvez annuler cette demande vous-même.")


def exiger_droit_d_annuler(demande: Demande, acteur: Acteur) -> None:
    """Raises ``NonHabilite``."""
    require(
        policies.can_annuler(acteur, territoire=demande.territoire), sans_droit(Permission.DEMANDE_ANNULER)
    )


def exiger_annulation_decidable(
    demande: Demande, acteur: Acteur, *, requete: RequeteAnnulation | None
) -> None:
    """Answer who asks that this double be taken back, somebody else. Raises ``NonHabilite``, ``Interdit``."""
    exiger_droit_d_annuler(demande, acteur)
    if requete is None:
        raise Interdit("Aucune annulation n’est demandée, ou quelqu’un a déjà répondu. Rouvrez le dossier.")
    _exiger_reponse_d_un_autre(requete, acteur)


def _exiger_reponse_d_un_autre(requete: RequeteAnnulation | None, acteur: Acteur) -> None:
    if requete is not None:
        exiger_autre_personne(
            acteur,
            requete.auteur,
            sinon="Vous avez demandé cette annulation. Une autre personne doit répondre.",
        )


def _exiger_double(demande: Demande, *, le: date, gel: Gel | None) -> Statut:
    statut = next_statut(Statut(demande.statut), Transition.ANNULER)
    exiger_non_gele(gel, ce_qui_attend="L’annulation")
    delai = get_parametres(le)[ParametresDemande].annulation_max_jours
    exiger_vue_a_temps(
        demande.date_enregistrement, aujourd_hui=le, delai_jours=delai
    )  # before anything is read
    verifier_double(
        Double(
            aujourd_hui=le,
            enregistree_le=demande.date_enregistrement,
            delai_jours=delai,
            revision=demande.revision,
            suites=bool(count_entrees(demande.id, parmi=verbes_qui(Trait.SERT))),
            heritee=Separation.objects.filter(nouvelle=demande).exists(),
        )
    )
    return statut


def exiger_retablissable(demande: Demande, acteur: Acteur) -> Statut:
    """The state that putting a demande back leads to, when it was no double after all."""
    exiger_droit_d_annuler(demande, acteur)
    return next_statut(Statut(demande.statut), Transition.RETABLIR)


def exiger_arretable(demande: Demande, acteur: Acteur, *, gel: Gel | None) -> None:
    """An adult of a demande that is under way, and that nothing freezes."""
    require(
        policies.can_arreter(acteur, demande), "Un guichet arrête cette demande, sur un courrier du ménage."
    )
    next_statut(Statut(demande.statut), Transition.RADIER)
    exiger_non_gele(gel, ce_qui_attend="L’arrêt de la demande")


def exiger_droit_de_garder(demande: policies.Situee, acteur: Acteur) -> None:
    """Raises ``NonHabilite``."""
    require(policies.can_garder(acteur, demande), sans_droit(Permission.DEMANDE_RENOUVELER))


def exiger_arret_du(arret: date | None, *, le: date) -> None:
    """The register ends a demande at the wish of its household on the day that was told, not before."""
    if arret is None or le < arret:
        raise Interdit("Aucun arrêt demandé par le ménage n’est arrivé à son jour.")
