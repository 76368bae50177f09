"""A revision made ready: the demande locked, what is asked controlled, split into what applies and what waits."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sne.habilitations.rules import Permission, sans_droit
from sne.habilitations.selectors.deux_personnes import est_de_soi
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.parametres import ParametresContenu
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.anomalie import Anomalie, Niveau
from sne.registre.contenu.rules.appariement import appliquer as apparier_au_dossier
from sne.registre.contenu.rules.arbre.champs import libelle
from sne.registre.contenu.rules.arbre.difference import Changement
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.sante import Partage, avec_sante_de, partager, porte_sante
from sne.registre.contenu.rules.completude import manques_pour_enregistrer
from sne.registre.contenu.rules.controles import controler
from sne.registre.contenu.rules.controles.contexte import porte_de
from sne.registre.contenu.rules.identite import nir_sans_saisie
from sne.registre.contenu.selectors.references import references_du
from sne.registre.controle.models import PermissionContact
from sne.registre.controle.policies import can_permettre_contact
from sne.registre.controle.rules.alternance import PAR_UNE_AUTRE_MAIN, ContactRetenu, exiger_contact_libre
from sne.registre.controle.rules.operations import CONTACTS, Operation, TypeOperation, agent_de, champs_de
from sne.registre.controle.rules.plan import Alentours, Dossier, Plan, a_examiner, planifier
from sne.registre.controle.selectors.controle import get_alentours, get_seuils
from sne.registre.controle.selectors.permissions import get_permission, get_retenue
from sne.registre.demande.actions import lignes as construction
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.policies import can_lire_sante
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.demande.selectors.etat import assembler
from sne.registre.demande.selectors.identites import ancre, en_attente, list_identites, vers_arbre
from sne.registre.enquete.rules.gel import exiger_intacts
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.joindre.rules.aidant import verifier_aidants
from sne.registre.joindre.rules.secret import est_secrete, verifier_secret
from sne.registre.joindre.selectors.aidants import list_courriels_des_aidants
from sne.registre.joindre.selectors.foyer_quitte import get_foyer_quitte
from sne.registre.modification import policies
from sne.registre.modification.actions.reconcilier import Saisie, reconcilier
from sne.registre.modification.possible import exiger_sante_ecrite
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal
from sne.socle.erreurs import ConflitDeRevision, require
from sne.socle.identifiants import uuid7
from sne.socle.mesures import compter_une_fusion


@dataclass(frozen=True, slots=True)
class Projet:
    """A revision ready to be written: the demande is locked, every rule is satisfied, nothing is changed yet."""

    demande: Demande
    acte: Acte
    nirs: Mapping[str, str]  # normalised, by personne
    plan: Plan
    changements: tuple[Changement, ...]
    operation: Operation  # which fields are asked to change, applied or not
    alentours: Alentours | None  # what surrounds it, read when the rule has to be asked
    meles: tuple[Changement, ...]  # what others changed since the revision read, and stays
    permission: PermissionContact | None  # what lets contacts change so soon after the identity
    partage: Partage  # the same changes: those told to every reader, and the paths of health

    @property
    def change(self) -> bool:
        """Whether it asks for anything new, at once or for a decision."""
        return bool(self.changements or self.plan.proposees or self.plan.departs or self.plan.partis)

    @property
    def champs(self) -> tuple[str, ...]:
        """Paths that change at once."""
        return tuple(c.chemin for c in self.changements)

    @property
    def en_attente(self) -> tuple[str, ...]:
        """References of the persons for whom something waits for a decision."""
        return tuple(ref for ref, a in arbre.adultes(self.plan.contenu) if a.personne in self.plan.en_attente)


def preparer(
    demande: Demande,
    saisie: Saisie,
    *,
    acte: Acte,
    type_operation: TypeOperation = TypeOperation.MODIFICATION,
) -> Projet:
    """Split what is asked into what applies and what waits, once rights and blocking rules are satisfied.

    What was typed on an older revision is first put together with what was saved since. Raises ``ConflitDeRevision``
    (the same thing changed on both sides), ``NonHabilite`` (a field this role may not write), ``DepotIncomplet``,
    ``ControleEnCours``, ``ContactRetenu`` (too soon after a change of identity), ``DossierFige`` (the file is frozen,
    and this is what a freeze keeps still).
    """
    lignes = list_identites(demande.id)
    avant = assembler(demande.version_courante, identites={ligne.id: ligne for ligne in lignes})
    base = avant if saisie.revision == demande.revision else _base(demande, saisie.revision)
    if not can_lire_sante(acte.acteur, demande):
        require(not porte_sante(saisie.contenu), sans_droit(Permission.SANTE_ECRIRE))
        saisie = replace(saisie, contenu=avec_sante_de(saisie.contenu, base))
    if base is not avant:
        le = horloge.jour(acte.survenu_le)
        saisie = _reunir(saisie, base=base, avant=avant, revision=demande.revision, le=le)
    voulu, saisis = _rattacher(avant, saisie.contenu, saisie.nirs)
    _exiger_sante(demande, acte.acteur, avant=avant, voulu=voulu)
    demandes = arbre.difference(avant, voulu)
    gel = get_gel(demande.id)
    exiger_intacts(gel, demandes)
    operation = Operation(
        horodatage=acte.survenu_le,
        canal=acte.acteur.canal,
        guichet=acte.acteur.guichet,
        agent=agent_de(acte.acteur),
        type=type_operation,
        champs=champs_de(demandes),
    )
    permission = _exiger_contact_libre(demande, acte.acteur, demandes, operation)
    alentours = None
    if a_examiner(avant, voulu):
        alentours = get_alentours(demande, operation, lignes, fige=gel is not None)
    plan = planifier(_dossier(avant, lignes), voulu, nirs=saisis, alentours=alentours)
    projet = Projet(
        demande,
        acte,
        saisis,
        plan,
        operation=operation,
        alentours=alentours,
        changements=arbre.difference(avant, plan.contenu),
        meles=arbre.difference(base, avant),
        permission=permission,
        partage=partager(avant, plan.contenu),
    )
    _controler(projet, avant=avant, voulu=voulu)
    return projet


def _exiger_contact_libre(
    demande: Demande, acteur: Acteur, demandes: Sequence[Changement], operation: Operation
) -> PermissionContact | None:
    """Refuse a new e-mail address or phone too soon after a change of identity; the permission used, if one is.

    A territorial manager needs a permission only after a change of identity that they typed themselves, under any of
    their accounts. Online nobody uses one: it is given for somebody at a counter. Raises ``ContactRetenu``.
    """
    contact = next((c.chemin for c in demandes if champs_de([c]) & CONTACTS), None)
    if contact is None:
        return None
    jour = horloge.jour(operation.horodatage)
    retenue = get_retenue(demande, le=jour, seuils=get_seuils(jour))
    le_permet = can_permettre_contact(acteur, territoire=demande.territoire)
    if le_permet and not _est_le_sien(retenue.identite, acteur):
        return None
    en_ligne = acteur.canal is Canal.PGP
    permission = get_permission(demande.id, le=jour) if retenue.libre_le and not en_ligne else None
    if permission is not None:
        if est_de_soi(acteur, permission.decideur):
            raise ContactRetenu(PAR_UNE_AUTRE_MAIN, champ=contact)
        return permission
    exiger_contact_libre(retenue.identite_le, retenue.libre_le, champ=contact)
    return None


def _est_le_sien(identite: Identite | None, acteur: Acteur) -> bool:
    """Whether the actor typed this change of identity, under any of their accounts."""
    return identite is not None and est_de_soi(acteur, identite.auteur)


def _base(demande: Demande, revision: int) -> Contenu:
    """The content that the entry started from. Raises ``ConflitDeRevision`` for a revision that never was."""
    version = Version.objects.filter(demande=demande, numero=revision).first()
    if version is None:
        raise ConflitDeRevision(
            "La version du dossier que vous modifiez n’est pas connue. Rouvrez le dossier, puis recommencez."
        )
    return assembler(version)


def _reunir(saisie: Saisie, *, base: Contenu, avant: Contenu, revision: int, le: date) -> Saisie:
    """The entry with what others changed meanwhile. Raises ``ConflitDeRevision`` where both changed one thing."""
    reunie = reconcilier(saisie, base=base, dossier=avant, revision=revision, le=le)
    if reunie.restent:
        raise ConflitDeRevision(
            "Ce dossier a changé pendant votre saisie. Rien n’est perdu\u00a0: comparez, puis enregistrez."
        )
    compter_une_fusion()
    return reunie.saisie


def _exiger_sante(demande: Demande, acteur: Acteur, *, avant: Contenu, voulu: Contenu) -> None:
    """Refuse a change of health data by who may not write them. Raises ``NonHabilite``."""
    if partager(avant, voulu).sante:
        exiger_sante_ecrite(demande, acteur)


def _rattacher(avant: Contenu, voulu: Contenu, nirs: Mapping[str, str]) -> tuple[Contenu, dict[str, str]]:
    """The wanted tree with a row of the register for each adult, and the numbers typed, normalised, by ``personne``.

    The applicant is recognised by role, the co-holders by their id or by what is said of them; somebody who is not of
    this demande gets a new row, even when an id came with them. A form never carries a NIR back: a person whose number
    was not typed keeps the one known, unless the tree says that they hold none.
    """
    connus = {a.personne: a.identite.nir for _, a in arbre.adultes(avant) if a.personne}
    voulu = apparier_au_dossier(voulu, avant)
    nouveaux = {ref: uuid7() for ref, a in arbre.adultes(voulu) if a.personne is None}
    voulu = arbre.avec_personnes(voulu, nouveaux)
    saisis = construction.normaliser_nirs(nirs, voulu)
    traces = construction.traces_nir(saisis)
    gardes = {
        ref: traces.get(ref) or nir_sans_saisie(connus.get(a.personne or ""), a.identite.nir)
        for ref, a in arbre.adultes(voulu)
    }
    par_personne = {str(a.personne): saisis[ref] for ref, a in arbre.adultes(voulu) if ref in saisis}
    return arbre.avec_nirs(voulu, gardes), par_personne


def _dossier(avant: Contenu, lignes: Sequence[Identite]) -> Dossier:
    attentes = en_attente(lignes)
    personnes = [uuid.UUID(a.personne) for _, a in arbre.adultes(avant) if a.personne]
    return Dossier(
        contenu=avant,
        ancres={str(p): vers_arbre(ancre(lignes, p)) for p in personnes},
        en_attente={str(p): a.identite for p, a in attentes.items() if not a.retrait},
        departs_en_attente=frozenset(str(p) for p, a in attentes.items() if a.retrait),
    )


def _controler(projet: Projet, *, avant: Contenu, voulu: Contenu) -> None:
    """Check the rights field by field on what was *asked*, then the blocking rules on what comes into force: only a
    fault that the file did not have before is refused.
    """
    demandes = arbre.difference(avant, voulu)
    refuses = policies.champs_refuses(projet.acte.acteur, demandes, demande=projet.demande, contenu=voulu)
    noms = ", ".join(libelle(chemin) for chemin in refuses)
    require(not refuses, f"Votre rôle ne permet pas de modifier\u00a0: {noms}. Rien n’a été enregistré.")
    jour = horloge.jour(projet.acte.survenu_le)
    quitte = get_foyer_quitte(projet.demande)
    aidants = list_courriels_des_aidants(projet.demande.id, le=jour)
    numeros = {
        ref: projet.nirs[str(a.personne)] for ref, a in arbre.adultes(voulu) if str(a.personne) in projet.nirs
    }

    def bloquantes(contenu: Contenu, saisis: Mapping[str, str]) -> list[Anomalie]:
        trouvees = [
            *manques_pour_enregistrer(contenu),
            *controler(
                contenu,
                aujourd_hui=jour,
                porte=porte_de(projet.acte.acteur.canal),
                references=references_du(jour, projet.demande.territoire),
                limites=get_parametres(jour)[ParametresContenu],
                nirs=saisis,
            ),
            *_secret(contenu, quitte),
            *verifier_aidants(contenu, aidants),
        ]
        return [a for a in trouvees if a.niveau is Niveau.BLOQUANT]

    anciennes = {(a.code, a.chemin) for a in bloquantes(avant, {})}
    nouvelles = [a for a in bloquantes(projet.plan.contenu, numeros) if (a.code, a.chemin) not in anciennes]
    nouvelles += [
        a for a in bloquantes(voulu, numeros) if a not in nouvelles and (a.code, a.chemin) not in anciennes
    ]
    if nouvelles:
        raise DepotIncomplet(nouvelles)


def _secret(contenu: Contenu, quitte: tuple[Contenu, bool] | None) -> Iterator[Anomalie]:
    """What would tell the household that was left, when the address of this demande is secret."""
    if quitte is not None and est_secrete(contenu, dite=quitte[1]):
        yield from verifier_secret(contenu, quitte[0])
