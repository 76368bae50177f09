"""MOD and REN: what a partner sends back of a demande that it was given, changed or not."""

from dataclasses import dataclass

from sne.conventions.selectors import get_echange
from sne.nuu.operations.message import Message, Traite
from sne.nuu.rules.anomalies import dire
from sne.nuu.rules.ecriture import AnomalieFilaire, Emission, ecrire_message
from sne.nuu.rules.lecture import lire_message
from sne.nuu.rules.xml import lire_xml
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.lecture.actions.consulter import relire_demande
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.modification.rules.echo import restituer
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

EN_ATTENTE = (
    f"Tout le reste est enregistré. Le changement d’identité attend{INSECABLE}: une personne habilitée du territoire "
    "décidera au vu des pièces."
)


class DateCreationDiffere(Interdit):
    """The message says another creation date than the demande's: it is not the same file."""

    code = "DATE_CREATION_DIFFERE"


@dataclass(frozen=True, slots=True)
class _Voulu:
    """The whole tree that the message asks for, and the revision that it starts from."""

    fiche: Fiche
    contenu: Contenu
    revision: int


def modifier(message: Message) -> Traite:
    """Change what the message changes. Raises the refusals of :func:`modifier_demande`."""
    voulu = _voulu(message)
    fiche = voulu.fiche
    fait = modifier_demande(
        fiche.demande.id, contenu=voulu.contenu, revision=voulu.revision, acte=message.acte
    )
    return Traite(fiche.demande.nud, fiche.demande.id, attend=_attentes(fait.en_attente))


def renouveler(message: Message) -> Traite:
    """Renew, or bring a struck-off demande back, with what changes. Raises as :func:`renouveler_demande`."""
    voulu = _voulu(message)
    fiche = voulu.fiche
    renouveler_demande(
        fiche.demande.id,
        saisie=Saisie(voulu.contenu, voulu.revision),
        acte=message.acte,
        sans_changement=True,
        brouillon_id=message.cle,
    )
    apres = relire_demande(fiche.demande.nud, acte=message.acte)
    attend = _attentes(tuple(p.reference for p in apres.personnes if p.en_attente))
    return Traite(fiche.demande.nud, fiche.demande.id, atteste=True, attend=attend)


def _voulu(message: Message) -> _Voulu:
    recu = message.contenu()
    fiche = relire_demande(message.numero(), acte=message.acte)
    if message.jour("date_depot", element="dateCreationDemande") != fiche.demande.date_depot:
        raise DateCreationDiffere(
            f"dateCreationDemande{INSECABLE}: ce n’est pas celle de cette demande. Vérifiez le numéro.",
        )
    demande = fiche.demande
    convention = message.contexte.identite.convention
    donnee = get_echange(convention.id, demande.id, territoire=demande.territoire).revision
    revision = donnee or demande.revision
    dossier = (
        fiche.contenu
        if revision == demande.revision
        else get_contenu(demande.id, revision, acteur=message.acte.acteur)
    )
    voulu = restituer(dossier, echo=_echo(dossier, message), recu=recu, muets=message.lu.muets)
    return _Voulu(fiche, voulu, revision)


def _echo(dossier: Contenu, message: Message) -> Contenu:
    """The tree as this partner reads it of what it was given."""
    contexte = message.contexte
    ecrit = ecrire_message(
        [Emission(dossier, {}, {})],
        type_fichier="RET",
        date_fichier=contexte.date_fichier,
        version=message.lu.version,
        repli=contexte.repli,
    )
    lu, _ = lire_message(lire_xml(ecrit.encode("utf-8"), contexte.limites)).contenu()
    assert lu is not None  # what is written is read again, a property holds it
    return lu


def _attentes(en_attente: tuple[str, ...]) -> list[AnomalieFilaire]:
    return [dire("IDENTITE_EN_ATTENTE", EN_ATTENTE)] if en_attente else []
