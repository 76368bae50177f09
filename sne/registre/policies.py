"""Who may do and see what in the register: predicates on the actor; any counter may serve any file of its territory."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from sne.habilitations.rules import Permission, Role
from sne.journal.rules import DE_SANTE, TRES_PERSONNELS, Verbe
from sne.referentiels.rules import ClassePublic, TypeOrganisme
from sne.referentiels.selectors import list_guichets
from sne.registre.models import Demande, ListeEnregistree
from sne.registre.rules.acces import champs_interdits, champs_remplis_interdits
from sne.registre.rules.attentes import DECIDEURS, RESERVEES, NatureAttente
from sne.registre.rules.contenu import Changement, Contenu, valeurs
from sne.registre.rules.cycle_de_vie import Statut
from sne.registre.rules.faits import NatureFait
from sne.registre.rules.listes import Partage
from sne.registre.rules.radiation import Auteur, MotifRadiation
from sne.socle.acteur import Acteur, Canal, Mandat

CONSIGNER: Mapping[NatureFait, Permission] = {
    NatureFait.EVENEMENT: Permission.EVENEMENT_CONSIGNER,
    NatureFait.DECISION: Permission.DECISION_CONSIGNER,
    NatureFait.ATTRIBUTION: Permission.ATTRIBUTION_CONSIGNER,
    NatureFait.DALO: Permission.DALO_CONSIGNER,
}
ORGANISME_DU_FAIT: Mapping[NatureFait, TypeOrganisme] = {
    NatureFait.DECISION: TypeOrganisme.BAILLEUR,
    NatureFait.ATTRIBUTION: TypeOrganisme.BAILLEUR,
    NatureFait.DALO: TypeOrganisme.ETAT,
}
"""The kind of body whose counters may record such a fact; a territorial manager may whatever the body."""


def can_lire(acteur: Acteur, demande: Demande) -> bool:
    """Read a file: a counter of the territory, its manager, the GT, national roles (CCH R441-2-6)."""
    return acteur.peut(Permission.DEMANDE_LIRE, demande.territoire)


def can_lire_sante(acteur: Acteur, demande: Demande) -> bool:
    """Read health data (handicap sheets): a right of its own."""
    return acteur.peut(Permission.SANTE_LIRE, demande.territoire)


def can_ecrire_sante(acteur: Acteur, *, territoire: str) -> bool:
    """Write health data: a right of its own, which needs the one to read what it changes."""
    return acteur.peut(Permission.SANTE_ECRIRE, territoire) and acteur.peut(Permission.SANTE_LIRE, territoire)


def can_lire_pieces(acteur: Acteur, *, territoire: str) -> bool:
    """Know of the documents of a file and open them; those that say something of health need that right besides."""
    return acteur.peut(Permission.PIECE_LIRE, territoire)


def can_lire_piece(acteur: Acteur, *, territoire: str, sante: bool) -> bool:
    """Know of one document, and open it."""
    return can_lire_pieces(acteur, territoire=territoire) and (
        not sante or acteur.peut(Permission.SANTE_LIRE, territoire)
    )


def can_deposer_piece(acteur: Acteur, *, territoire: str, sante: bool = False) -> bool:
    """Add a document, replace one, note that one was seen: any counter of the territory; health needs its right."""
    permis = acteur.peut(Permission.PIECE_DEPOSER, territoire)
    return permis and (not sante or can_ecrire_sante(acteur, territoire=territoire))


def can_qualifier_piece(acteur: Acteur, *, territoire: str, sante: bool) -> bool:
    """Say what a document is worth: whoever may open it, by a right of its own."""
    return acteur.peut(Permission.PIECE_QUALIFIER, territoire) and can_lire_piece(
        acteur, territoire=territoire, sante=sante
    )


def can_deposer(acteur: Acteur, *, territoire: str, guichet: str) -> bool:
    """Register for this guichet: the actor must act for it now (CCH R441-2-1)."""
    return acteur.guichet == guichet and acteur.peut(Permission.DEMANDE_DEPOSER, territoire, guichet)


def can_reprendre(acteur: Acteur, *, territoire: str) -> bool:
    """Take over the applications of a former system: the system itself, with a mandate over the whole territory."""
    return acteur.canal is Canal.SYSTEME and acteur.peut(Permission.DEMANDE_DEPOSER, territoire)


def can_modifier(acteur: Acteur, demande: Demande) -> bool:
    """Change a file of the territory (R441-2-6); which fields is :mod:`sne.registre.rules.acces`."""
    return acteur.peut(Permission.DEMANDE_MODIFIER, demande.territoire)


def can_renouveler(acteur: Acteur, demande: Demande) -> bool:
    """Renew a file of the territory: any counter that has access to it (arrêté du 23 mars 2015, annex §5)."""
    return acteur.peut(Permission.DEMANDE_RENOUVELER, demande.territoire)


def can_radier(acteur: Acteur, *, territoire: str) -> bool:
    """Strike off a file of the territory; for which reasons depends on the body (:func:`auteurs_de_radiation`)."""
    return acteur.peut(Permission.DEMANDE_RADIER, territoire)


def auteurs_de_radiation(acteur: Acteur, *, territoire: str, bailleur: bool) -> frozenset[Auteur]:
    """In which capacities the actor strikes off: as the register, a manager, a counter, a landlord's counter.

    ``bailleur``: whether the actor's counter is a landlord's (CCH R441-2-8, a and d).
    """
    if not can_radier(acteur, territoire=territoire):
        return frozenset()
    if acteur.canal is Canal.SYSTEME:
        return frozenset({Auteur.SERVICE})
    if not acteur.guichet:
        return frozenset({Auteur.GESTIONNAIRE})
    return frozenset({Auteur.GUICHET, Auteur.BAILLEUR} if bailleur else {Auteur.GUICHET})


def can_expirer(acteur: Acteur, demande: Demande) -> bool:
    """End the validity of a file: the register's clock alone, by the same right as striking off."""
    return acteur.canal is Canal.SYSTEME and can_radier(acteur, territoire=demande.territoire)


def can_prevenir(acteur: Acteur, demande: Demande) -> bool:
    """Give the notice that a validity is about to end: the register's clock alone, as for the end itself."""
    return can_expirer(acteur, demande)


def can_noter_echec(acteur: Acteur, demande: Demande) -> bool:
    """Note that a notice reached nobody: the service alone, which knows what became of its messages."""
    return acteur.canal is Canal.SYSTEME and can_lire(acteur, demande)


def can_purger(acteur: Acteur, demande: Demande) -> bool:
    """Erase a file whose time is over: the register's clock alone, by the right of striking off."""
    return acteur.canal is Canal.SYSTEME and can_radier(acteur, territoire=demande.territoire)


def can_reactiver(acteur: Acteur, motif: MotifRadiation, *, territoire: str) -> bool:
    """Bring a file back: any counter after a missing renewal, which it renews; the territorial manager otherwise.

    Arrêté du 23 mars 2015, annexe §6.1.
    """
    if acteur.peut(Permission.DEMANDE_REACTIVER, territoire):
        return True
    return motif is MotifRadiation.RADREN and acteur.peut(Permission.DEMANDE_RENOUVELER, territoire)


def can_consigner_egalite(acteur: Acteur, demande: Demande) -> bool:
    """Record what the household was told and handed: whoever may change the file, at any counter of the territory."""
    return acteur.peut(Permission.DEMANDE_MODIFIER, demande.territoire)


def can_consigner(
    acteur: Acteur, nature: NatureFait, *, territoire: str, organisme: TypeOrganisme | None
) -> bool:
    """Record such a fact. ``organisme``: kind of the body that the actor's counter is of (CCH R441-2-9, R441-3)."""
    permission, attendu = CONSIGNER[nature], ORGANISME_DU_FAIT.get(nature, organisme)
    return any(
        permission in mandat.permissions
        and mandat.perimetre.couvre(territoire)
        and (
            not mandat.perimetre.guichet
            or (mandat.perimetre.guichet == acteur.guichet and organisme is attendu)
        )
        for mandat in acteur.mandats
    )


def can_lire_dalo(acteur: Acteur, *, territoire: str) -> bool:
    """Read DALO facts and what priority publics say of a household: a right of its own."""
    return acteur.peut(Permission.DALO_LIRE, territoire)


def can_lire_public(acteur: Acteur, classe: ClassePublic, *, territoire: str) -> bool:
    """Read that a household belongs to a public of this class."""
    if classe is ClassePublic.SANTE:
        return acteur.peut(Permission.SANTE_LIRE, territoire)
    return classe is ClassePublic.ORDINAIRE or can_lire_dalo(acteur, territoire=territoire)


def can_ecrire_public(acteur: Acteur, classe: ClassePublic, *, territoire: str) -> bool:
    """Say that a household belongs to a public of this class: whoever may read it, and write health for health."""
    if classe is ClassePublic.SANTE:
        return can_ecrire_sante(acteur, territoire=territoire)
    return can_lire_public(acteur, classe, territoire=territoire)


def verbes_caches(acteur: Acteur, demande: Demande) -> frozenset[Verbe]:
    """Acts that the history of this demande leaves out for this reader: their name alone says too much."""
    return verbes_caches_dans(acteur, territoire=demande.territoire)


def verbes_caches_dans(acteur: Acteur, *, territoire: str) -> frozenset[Verbe]:
    """The same of any demande of this territory."""
    sante = frozenset() if acteur.peut(Permission.SANTE_LIRE, territoire) else DE_SANTE
    return sante if can_lire_dalo(acteur, territoire=territoire) else sante | TRES_PERSONNELS


def scope_des_identites(acteur: Acteur, *, le: date) -> Q:
    """Changes of identity that the actor may decide of: the GT's territory, the counters of a manager's own body.

    A condition on any row that names ``territoire`` and the ``guichet`` that asked. Nobody's own entry is excluded
    here: the act and the database refuse it.
    """
    conditions = [
        Q(territoire=m.perimetre.territoire, **_guichets_decides(m, le))
        for m in acteur.mandats
        if Permission.ETAT_CIVIL_DECIDER in m.permissions
    ]
    return reduce(or_, conditions, Q(pk__in=[]))


def can_permettre_contact(acteur: Acteur, *, territoire: str) -> bool:
    """Let the contacts change soon after the identity, or change them: who decides of a whole territory (the GT)."""
    return _decide_du_territoire(acteur, territoire)


def _decide_du_territoire(acteur: Acteur, territoire: str) -> bool:
    """Whether they decide on the identities of the whole territory, and not of one guichet."""
    return any(
        Permission.ETAT_CIVIL_DECIDER in m.permissions
        and not m.perimetre.guichet
        and m.perimetre.couvre(territoire)
        for m in acteur.mandats
    )


def scope_des_relectures(acteur: Acteur) -> Q:
    """Changes that the actor may read again: of their territory, the GT's."""
    territoires = acteur.territoires(Permission.ETAT_CIVIL_RELIRE)
    if territoires is None:
        return Q()
    return Q(territoire__in=sorted(territoires))


def is_du_guichet(acteur: Acteur, *, territoire: str, guichet: str) -> bool:
    """Whether the actor acts for this counter now."""
    return bool(guichet) and (acteur.territoire, acteur.guichet) == (territoire, guichet)


def _guichets_decides(mandat: Mandat, le: date) -> dict[str, list[str]]:
    """No condition for who holds a territory; else the counters of the body of the mandate that are open."""
    if not mandat.perimetre.guichet:
        return {}
    fiches = list_guichets(mandat.perimetre.territoire, le=le)
    return {"guichet__in": [f.code for f in fiches if mandat.organisme and f.organisme == mandat.organisme]}


def can_decider_doublon(acteur: Acteur, *, territoire: str) -> bool:
    """Say whether two demandes are of one person: the territorial manager (CCH R441-2-5)."""
    return acteur.peut(Permission.DOUBLON_DECIDER, territoire)


def can_ouvrir_enquete(acteur: Acteur, *, territoire: str) -> bool:
    """Open an enquiry there, add to it, end it, freeze its files, ask that they be so no more: the GT, the DPO."""
    return acteur.peut(Permission.ENQUETE_OUVRIR, territoire)


def can_lever_gel(acteur: Acteur, *, territoire: str) -> bool:
    """Answer somebody who asks that a file be frozen no more; never oneself, which the act and the database check."""
    return acteur.peut(Permission.GEL_LEVER, territoire)


def can_demander_restauration(acteur: Acteur, *, territoire: str) -> bool:
    """Ask that a demande of an enquiry be put back as it was: the territorial manager."""
    return acteur.peut(Permission.RESTAURATION_DEMANDER, territoire)


def can_restaurer(acteur: Acteur, *, territoire: str) -> bool:
    """Answer somebody who asks that a demande be put back; never oneself, which the act and the database check."""
    return acteur.peut(Permission.RESTAURATION_DECIDER, territoire)


def can_annuler(acteur: Acteur, *, territoire: str) -> bool:
    """Take back a registration made twice by mistake, and put it back: the territorial manager."""
    return acteur.peut(Permission.DEMANDE_ANNULER, territoire)


def can_separer(acteur: Acteur, demande: Demande, *, guichet: str) -> bool:
    """Register who leaves a demande: a counter that registers for itself, and may change the file that they leave."""
    return can_deposer(acteur, territoire=demande.territoire, guichet=guichet) and can_modifier(
        acteur, demande
    )


def can_decider_separation(acteur: Acteur, *, territoire: str) -> bool:
    """Examine separations, read the link of a secret one, say whether seniority is inherited: the GT."""
    return acteur.peut(Permission.SEPARATION_DECIDER, territoire)


def can_lever_protection(acteur: Acteur, *, territoire: str) -> bool:
    """Say that a demande has to be kept secret no longer: who may read the link of a secret separation, the GT."""
    return can_decider_separation(acteur, territoire=territoire)


def scope_des_separations(acteur: Acteur) -> Q:
    """Separations that the actor may examine."""
    territoires = acteur.territoires(Permission.SEPARATION_DECIDER)
    if territoires is None:
        return Q()
    return Q(territoire__in=sorted(territoires))


def scope_des_anteriorites(acteur: Acteur) -> Q:
    """Earlier reception dates that the actor may grant or refuse: the GT's."""
    territoires = acteur.territoires(Permission.ANTERIORITE_DECIDER)
    if territoires is None:
        return Q()
    return Q(territoire__in=sorted(territoires))


def can_balayer(acteur: Acteur, *, territoire: str) -> bool:
    """Look for close demandes in a whole territory: the service alone."""
    return acteur.canal is Canal.SYSTEME and acteur.peut(Permission.DEMANDE_LIRE, territoire)


def can_rappeler(acteur: Acteur, *, territoire: str) -> bool:
    """Remind whoever decides of changes of identity that they wait: the service alone."""
    return can_balayer(acteur, territoire=territoire)


def can_signaler_identite(acteur: Acteur, *, territoire: str) -> bool:
    """Say that a past identity was recognised when somebody signed in: the service alone."""
    return can_balayer(acteur, territoire=territoire)


def can_invalider_courriel(acteur: Acteur, demande: Demande) -> bool:
    """Say that an address refuses messages: the service alone, which saw the refusal."""
    return acteur.canal is Canal.SYSTEME and can_lire(acteur, demande)


def can_avertir(acteur: Acteur, demande: Demande) -> bool:
    """Tell a household that its demande changed: the service alone, to addresses that nobody chose."""
    return acteur.canal is Canal.SYSTEME and can_lire(acteur, demande)


def can_s_opposer(acteur: Acteur, demande: Demande) -> bool:
    """Say « ce n’est pas moi », and take it back: whoever reads an address of before, by the link it was sent."""
    return acteur.canal is Canal.PGP and can_lire(acteur, demande)


def can_remettre_historique(acteur: Acteur, demande: Demande) -> bool:
    """Give a person the history of their demande (RGPD, art. 15): a counter of the territory, the GT, the DPO."""
    return can_lire(acteur, demande) and acteur.peut(Permission.HISTORIQUE_REMETTRE, demande.territoire)


def can_detruire_piece(acteur: Acteur, demande: Demande) -> bool:
    """Take the bytes of a document found infected: the service alone, which asked the antivirus."""
    return acteur.canal is Canal.SYSTEME and can_lire(acteur, demande)


def can_rechercher(acteur: Acteur) -> bool:
    """Search within the actor's own perimeter."""
    return acteur.peut(Permission.DEMANDE_RECHERCHER)


def can_tenir_brouillon(acteur: Acteur, *, auteur: object) -> bool:
    """Fill or drop a draft: its author alone, as long as they may register or renew somewhere."""
    permises = (Permission.DEMANDE_DEPOSER, Permission.DEMANDE_RENOUVELER)
    return acteur.id == auteur and any(acteur.peut(permission) for permission in permises)


def can_lire_liste(acteur: Acteur, *, territoire: str, guichet: str, personnelle: bool = False) -> bool:
    """Open the work lists of a counter where one acts; of any of them, or of a territory at once, for its manager.

    An empty ``guichet`` is the whole territory. ``personnelle``: of what one did oneself, at whichever counter.
    """
    return bool(territoire) and any(
        Permission.LISTE_LIRE in mandat.permissions
        and mandat.perimetre.couvre(territoire)
        and (personnelle or mandat.perimetre.guichet in ("", guichet))
        for mandat in acteur.mandats
    )


def guichets_des_listes(acteur: Acteur) -> tuple[str, ...] | None:
    """Counters whose work lists the actor may open where they act; ``None``: any of the territory."""
    if can_lire_liste(acteur, territoire=acteur.territoire, guichet=""):
        return None
    codes = (m.perimetre.guichet for m in acteur.mandats if m.perimetre.territoire == acteur.territoire)
    territoire = acteur.territoire
    return tuple(c for c in dict.fromkeys(codes) if can_lire_liste(acteur, territoire=territoire, guichet=c))


def can_partager_liste(acteur: Acteur, partage: Partage) -> bool:
    """Keep a list for oneself, for the counter acted for, or for a territory: whoever may read it there."""
    territoire, guichet = acteur.territoire, acteur.guichet
    if partage is Partage.PRIVEE:
        return can_lire_liste(acteur, territoire=territoire, guichet=guichet, personnelle=True)
    if partage is Partage.GUICHET:
        return bool(guichet) and can_lire_liste(acteur, territoire=territoire, guichet=guichet)
    return can_lire_liste(acteur, territoire=territoire, guichet="")


def can_supprimer_liste(acteur: Acteur, liste: ListeEnregistree) -> bool:
    """Drop a list kept: its author; a shared one also who exports in that place, for its author may have left."""
    if liste.auteur == acteur.id:
        return True
    ou = liste.guichet if liste.partage == Partage.GUICHET else ""
    return can_exporter_liste(acteur, territoire=liste.territoire, guichet=ou)


def scope_des_listes(acteur: Acteur) -> Q:
    """Lists kept that the actor may open where they act: theirs, their counters', the territory's."""
    guichets = guichets_des_listes(acteur)
    au_guichet = Q(partage=Partage.GUICHET.value)
    if guichets is not None:
        au_guichet &= Q(guichet__in=guichets)
    partagees = Q(partage=Partage.TERRITOIRE.value) | au_guichet
    return Q(territoire=acteur.territoire) & (Q(auteur=acteur.id) | partagees)


def natures_cachees(acteur: Acteur, *, territoire: str) -> frozenset[NatureAttente]:
    """What is awaited that this actor is not told of: what only those who decide of it may know."""
    return frozenset(n for n in RESERVEES if not acteur.peut(DECIDEURS[n][0], territoire))


def can_exporter_liste(acteur: Acteur, *, territoire: str, guichet: str, personnelle: bool = False) -> bool:
    """Take a work list away in a file: a right of its own, on what the actor may read."""
    lit = can_lire_liste(acteur, territoire=territoire, guichet=guichet, personnelle=personnelle)
    return lit and acteur.peut(Permission.LISTE_EXPORTER, territoire, "" if personnelle else guichet)


def scope_des_cas(acteur: Acteur) -> Q:
    """Cases and sets of duplicates that the actor may see: where they decide."""
    territoires = acteur.territoires(Permission.DOUBLON_DECIDER)
    if territoires is None:
        return Q()
    return Q(territoire__in=sorted(territoires))


def scope_des_enquetes(acteur: Acteur, vers: str = "") -> Q:
    """Enquiries that the actor may see; nobody at a counter sees any. ``vers``: path to the row that says where."""
    territoires = acteur.territoires(Permission.ENQUETE_LIRE)
    if territoires is None:
        return Q()
    return Q(**{f"{vers}territoire__in": sorted(territoires)})


def scope(acteur: Acteur) -> Q:
    """Demandes the actor may read, as a condition on ``Demande``; every selector starts from it.

    An erased one is nobody's to read: it is not in any scope.
    """
    return scope_des_effacees(acteur) & ~Q(statut=Statut.PURGEE)


def scope_des_effacees(acteur: Acteur) -> Q:
    """Where the actor may learn that a demande was erased, as a condition on ``Purge``: where they could read it."""
    territoires = acteur.territoires(Permission.DEMANDE_LIRE)
    if territoires is None:
        return Q()
    return Q(territoire__in=sorted(territoires))


def champs_refuses(acteur: Acteur, changements: Sequence[Changement], *, territoire: str) -> tuple[str, ...]:
    """Paths that none of the actor's roles over this territory may write through their channel, in order.

    Field × channel × role is data: :mod:`sne.registre.rules.acces`. Whoever decides on names of the whole territory
    types none, even where they are an agent too.
    """
    decide = _decide_du_territoire(acteur, territoire)
    roles = [Role.GESTIONNAIRE_TERRITORIAL] if decide else _roles(acteur, territoire)
    refus = [set(champs_interdits(changements, canal=acteur.canal, role=r)) for r in roles]
    return tuple(c.chemin for c in changements if all(c.chemin in r for r in refus))


def champs_remplis_refuses(acteur: Acteur, contenu: Contenu, *, territoire: str) -> tuple[str, ...]:
    """Paths filled in a new application that none of the actor's roles over this territory may fill, in order."""
    refus = [
        champs_remplis_interdits(contenu, canal=acteur.canal, role=r) for r in _roles(acteur, territoire)
    ]
    premier, *autres = refus or [tuple(chemin for chemin, _, _ in valeurs(contenu))]
    return tuple(chemin for chemin in premier if all(chemin in r for r in autres))


def _roles(acteur: Acteur, territoire: str) -> list[str]:
    return sorted({m.role for m in acteur.mandats if m.perimetre.couvre(territoire)})
