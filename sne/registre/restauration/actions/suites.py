"""What follows when a demande is put back: its freeze ends, what waited is refused, its seniority when asked for."""

from datetime import date, timedelta

from sne.habilitations.actions.deux_personnes import repondre, signer
from sne.habilitations.models.deux_personnes import REPONSE
from sne.habilitations.rules import Permission
from sne.habilitations.selectors.deux_personnes import est_de_soi
from sne.journal.rules import Entree
from sne.registre.demande.actions.dire import entree_de
from sne.registre.demande.actions.lignes import construire_titre
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import DecisionIdentite
from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut
from sne.registre.demande.rules.personne import IssueIdentite, MotifRefusIdentite
from sne.registre.demande.selectors.identites import en_attente, list_identites
from sne.registre.demande.selectors.titres import list_titres_du_depot
from sne.registre.enquete.actions.gels import finir_gel
from sne.registre.enquete.models.enquete import Gel, LeveeGel
from sne.registre.enquete.models.restauration import RequeteRestauration
from sne.registre.enquete.rules.enquete import DecisionLevee
from sne.registre.enquete.verbes import VerbeEnquete
from sne.registre.identite.verbes import VerbeIdentite
from sne.registre.vie.actions.arreter import annuler_arret
from sne.registre.vie.selectors.arrets import get_arret
from sne.socle.acte import Acte
from sne.socle.identifiants import uuid7

ECARTEE = "La demande est rétablie comme elle était auparavant"
LE_SIEN_ATTEND = (
    "Vous avez saisi un changement d’identité qui attend sur cette demande. Une autre personne doit décider."
)


def lever_le_gel(requete: RequeteRestauration, demande: Demande, *, acte: Acte) -> list[Entree]:
    """The freeze ends by the same two persons: the household must be able to say where it is reached today."""
    gel = Gel.objects.filter(demande=demande, leve_le=None).first()
    if gel is None:
        return []
    levee = LeveeGel.objects.filter(gel=gel, clos_le=None).first()
    nouvelle = levee is None or est_de_soi(acte.acteur, levee.auteur)
    if levee is None or nouvelle:
        levee = LeveeGel(
            id=uuid7(),
            gel=gel,
            precision=requete.motif,
            auteur=requete.auteur,
            demandee_par=requete.demandee_par,
            demandee_le=requete.survenu_le,
        )
    levee.decision = DecisionLevee.ACCEPTEE.value
    signer(levee, permission=Permission.GEL_LEVER, territoire=demande.territoire, acte=acte)
    levee.save(**({"force_insert": True} if nouvelle else {"update_fields": [*REPONSE, "decision"]}))
    jours = finir_gel(demande, gel, survenu_le=acte.survenu_le)
    faits = {"gel": str(gel.id), "levee": str(levee.id), "jours_rendus": jours}
    return [entree_de(VerbeEnquete.LEVER_GEL, demande, acte=acte, faits=faits)]


def expiration(demande: Demande, jours: int) -> dict[str, date]:
    """The days of the freeze are given back, as by any lifting."""
    if not jours or Statut(demande.statut) not in OUVERTES:
        return {}
    return {"date_expiration": demande.date_expiration + timedelta(days=jours)}


def rendre_l_anciennete(demande: Demande, depuis: date, *, acte: Acte) -> dict[str, date | None]:
    """A title of the date that counted then for each person of the deposit, and the column that says so."""
    for titre in list_titres_du_depot(demande):
        construire_titre(
            demande,
            titre.personne_id,
            origine="RESTAURATION",
            date_depot=depuis,
            acte=acte,
        ).save(force_insert=True)
    return {"anciennete_heritee": depuis if depuis != demande.date_depot else None}


def oublier_l_arret(demande: Demande, *, vers: int, acte: Acte) -> None:
    """Whoever held it since that version and asked that it end is not obeyed; what was asked before still is."""
    arret = get_arret(demande.id)
    if arret is not None and arret.revision > vers:
        annuler_arret(demande, acte=acte)


def ecarter_les_propositions(demande: Demande, *, acte: Acte) -> list[Entree]:
    """Changes of identity that wait on a demande put back are refused with it. Raises ``Interdit`` on one's own."""
    entrees = []
    for attente in en_attente(list_identites(demande.id)).values():
        refus = repondre(
            DecisionIdentite(
                territoire=demande.territoire,
                demande=demande,
                revision=demande.revision + 1,
                identite_id=attente.identite_id,
                auteur=attente.auteur,
                issue=IssueIdentite.REFUSEE.value,
                motif=MotifRefusIdentite.AUTRE.value,
                precision=ECARTEE,
            ),
            permission=Permission.RESTAURATION_DECIDER,
            territoire=demande.territoire,
            sinon=LE_SIEN_ATTEND,
            acte=acte,
        )
        refus.save(force_insert=True)
        faits: dict[str, object] = {
            "decision": str(refus.id),
            "identite": str(attente.identite_id),
            "personne": str(attente.personne_id),
            "retrait": attente.retrait,
            "issue": refus.issue,
            "motif": refus.motif,
        }
        entrees.append(entree_de(VerbeIdentite.REFUSER_IDENTITE, demande, acte=acte, faits=faits))
    return entrees
