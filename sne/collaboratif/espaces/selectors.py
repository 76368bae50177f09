"""Who reads: the keys of an actor at an instant, those of lists and of spaces too; the spaces that open to them."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from sne.collaboratif.espaces.models import AccesEspace, Drapeau, Espace, MembreListe
from sne.collaboratif.espaces.policies import can_contribuer
from sne.collaboratif.espaces.rules import (
    INTROUVABLE,
    PARTIES,
    VOLONTAIRES,
    Acces,
    Droit,
    cle_de_l_espace,
    cle_de_la_liste,
    droit_de,
    nom_equipe,
)
from sne.habilitations.models import Habilitation
from sne.habilitations.rules import (
    EQUIPES_NATIONALES,
    PROFESSIONNELS,
    Permission,
    Role,
    cle_du_guichet,
    cle_du_role,
    cle_du_territoire,
    cles_de,
)
from sne.habilitations.selectors import list_comptes_de
from sne.habilitations.selectors.equipes import list_membres
from sne.habilitations.selectors.periodes import en_vigueur
from sne.referentiels.selectors import list_guichets
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour
from sne.socle.lignes import trouver

DU_TERRITOIRE = (
    Role.GESTIONNAIRE_TERRITORIAL,
    Role.RESPONSABLE_GUICHET,
    Role.AGENT_GUICHET,
    Role.GESTIONNAIRE_FICHIERS_PARTAGES,
)


@dataclass(frozen=True, slots=True)
class Lecteur:
    """Who reads at an instant: ``equipes``, the keys of their teams and lists; ``droits``, the spaces open to those."""

    acteur: Acteur = field(compare=False)
    equipes: frozenset[str]
    droits: Mapping[uuid.UUID, Droit]
    ouverts: frozenset[uuid.UUID]

    @property
    def cles(self) -> frozenset[str]:
        """What opens to them, but closed spaces."""
        return self.equipes | {cle_de_l_espace(e) for e in self.ouverts}

    @property
    def toutes(self) -> frozenset[str]:
        """Those of closed spaces too."""
        return self.equipes | {cle_de_l_espace(e) for e in self.droits}


def lecteur_de(acteur: Acteur, *, le: datetime) -> Lecteur:
    """The keys of this instant: two statements, whatever the number of spaces. Nothing of a space without a role."""
    equipes = cles_de(acteur)
    if not can_contribuer(acteur):
        return Lecteur(acteur, equipes, {}, frozenset())
    listes = MembreListe.objects.filter(_en_cours(le), compte=acteur.id).values_list("liste", flat=True)
    equipes |= {cle_de_la_liste(code) for code in listes}
    lus: dict[uuid.UUID, list[Acces]] = {}
    ouverts = set()
    acces = AccesEspace.objects.filter(equipe__in=equipes, espace__efface_le=None).select_related("espace")
    for a in acces:
        lus.setdefault(a.espace_id, []).append(Acces(a.equipe, Droit(a.droit), a.debut, a.fin))
        if a.espace.ferme_le is None:
            ouverts.add(a.espace_id)
    droits = {e: droit for e, des in lus.items() if (droit := droit_de(des, cles=equipes, le=le))}
    return Lecteur(acteur, equipes, droits, frozenset(ouverts & droits.keys()))


def _en_cours(le: datetime) -> Q:
    return Q(debut__lte=le) & (Q(fin=None) | Q(fin__gt=le))


def siens(lecteur: Lecteur) -> frozenset[uuid.UUID]:
    """Every account of the person who reads."""
    return list_comptes_de(lecteur.acteur.id)


def list_espaces(lecteur: Lecteur) -> tuple[tuple[Espace, Droit], ...]:
    """The spaces that one reads, the open ones first, in the order of names, each with one's right."""
    lus = Espace.objects.filter(id__in=lecteur.droits)
    return tuple(
        (e, lecteur.droits[e.id]) for e in sorted(lus, key=lambda e: (e.ferme_le is not None, e.nom))
    )


def get_espace(code: str, lecteur: Lecteur) -> Espace:
    """Raises ``Introuvable``: the same whatever the reason."""
    return trouver(Espace.objects.filter(code=code, id__in=lecteur.droits), INTROUVABLE)


@dataclass(frozen=True, slots=True)
class EquipeLue:
    """A team of a space as its page shows it; ``membres``: names of today, ``None`` for a team too wide to be read."""

    cle: str
    nom: str
    droit: Droit
    debut: datetime
    membres: tuple[str, ...] | None


MEMBRES_MAX = 200


def list_equipes(espace: Espace, *, le: datetime) -> tuple[EquipeLue, ...]:
    """Teams that the space opens to at that instant, and who they are today."""
    acces = AccesEspace.objects.filter(_en_cours(le), espace=espace).order_by("debut", "equipe")
    return tuple(
        EquipeLue(a.equipe, nom_equipe(a.equipe), Droit(a.droit), a.debut, _membres(a.equipe, le=le))
        for a in acces
    )


def comptes_de_l_equipe(cle: str, *, le: datetime) -> dict[uuid.UUID, str]:
    """Accounts of a team or list at that instant, and their names; of a list, those alone who still hold a role."""
    comptes = list_membres("pro", le=jour(le)) if cle.startswith("liste:") else list_membres(cle, le=jour(le))
    if cle.startswith("liste:"):
        ecrits = MembreListe.objects.filter(_en_cours(le), liste=cle.partition(":")[2])
        comptes = comptes.filter(id__in=ecrits.values("compte"))
    return {c.id: c.nom_complet for c in comptes}


def _membres(cle: str, *, le: datetime) -> tuple[str, ...] | None:
    noms = tuple(comptes_de_l_equipe(cle, le=le).values())
    return noms if len(noms) <= MEMBRES_MAX else None


def territoire_tenu(acteur: Acteur) -> str:
    """The territory where one opens spaces; empty for the whole country."""
    tenus = acteur.territoires(Permission.ESPACE_OUVRIR)
    return "" if tenus is None else min(tenus, default="")


def equipes_offertes(territoire: str) -> list[tuple[str, str]]:
    """Teams that a space may be opened to, of a territory or of the country, each with its name."""
    if territoire:
        cles = [cle_du_role(role, territoire) for role in DU_TERRITOIRE] + [cle_du_territoire(territoire)]
    else:
        listes = MembreListe.objects.filter(fin=None).values_list("liste", flat=True).distinct()
        cles = [cle_du_role(role) for role in (Role.AGENT_GUICHET, Role.RESPONSABLE_GUICHET)]
        cles += [PROFESSIONNELS, *EQUIPES_NATIONALES, *map(cle_de_la_liste, sorted({VOLONTAIRES, *listes}))]
    return sorted(((cle, nom_equipe(cle)) for cle in cles), key=lambda couple: couple[1])


def noms_a_taire(espace: Espace, *, le: datetime) -> frozenset[str]:
    """Names that a text of this space could hold: of its members and of their counters; full names and family names."""
    acces = AccesEspace.objects.filter(_en_cours(le), espace=espace).values_list("equipe", flat=True)
    noms = {nom for cle in acces for nom in comptes_de_l_equipe(cle, le=le).values()}
    familles = {nom.rpartition(" ")[2] for nom in noms}
    guichets = (
        {g.libelle for g in list_guichets(espace.territoire, le=jour(le))} if espace.territoire else set()
    )
    return frozenset(noms | familles | guichets)


def lieu_du_relais(acteur: Acteur) -> tuple[str, str] | None:
    """To whom one relays: the counters of one's territory (no counter), one's own counter, or nobody."""
    if territoire := min(acteur.territoires(Permission.ANIMATION_TENIR) or (), default=""):
        return territoire, ""
    tenus = [m.perimetre for m in acteur.mandats if m.role == Role.RESPONSABLE_GUICHET]
    return (tenus[0].territoire, tenus[0].guichet) if tenus else None


def cles_du_relais(territoire: str, guichet: str) -> frozenset[str]:
    """What a relay opens to: that counter, or those who work at the counters of the territory."""
    if guichet:
        return frozenset({cle_du_guichet(territoire, guichet)})
    return frozenset(
        {cle_du_role(role, territoire) for role in (Role.RESPONSABLE_GUICHET, Role.AGENT_GUICHET)}
    )


@dataclass(frozen=True, slots=True)
class Personne:
    """Somebody in some teams: the first account of the person, where they work, each place once."""

    id: uuid.UUID
    compte: uuid.UUID
    nom: str
    territoire: str
    guichet: str


def list_personnes(cles: Collection[str], *, le: datetime) -> tuple[Personne, ...]:
    """Who these keys are of on that day, by place: who has two accounts is one person."""
    listes = [cle.partition(":")[2] for cle in cles if cle.startswith("liste:")]
    ecrits = MembreListe.objects.filter(_en_cours(le), liste__in=listes).values("compte")
    tenues = Habilitation.objects.filter(en_vigueur(jour(le)), compte__actif=True, compte__logiciel=False)
    visees = Q(compte__in=ecrits)
    for cle in cles:
        visees |= _tenues(cle)
    lues = (
        tenues.filter(visees).select_related("compte").order_by("territoire", "guichet", "compte__nom", "id")
    )
    return tuple(
        dict.fromkeys(
            Personne(
                h.compte.titulaire_id or h.compte_id,
                h.compte_id,
                h.compte.nom_complet,
                h.territoire,
                h.guichet,
            )
            for h in lues
        )
    )


def _tenues(cle: str) -> Q:
    genre, _, reste = cle.partition(":")
    premier, _, second = reste.partition(":")
    if genre == "role":
        return Q(role=premier, territoire=second) if second else Q(role=premier)
    if genre == "terr":
        return Q(territoire=premier)
    if genre == "guichet":
        return Q(territoire=premier, guichet=second)
    return Q(role__in=list(Role)) if genre == "pro" else Q(pk=None)


def est_allume(code: str, lecteur: Lecteur, *, le: datetime) -> bool:
    """Whether a part of the service is on for these keys. One that no switch names is, but those that wait for one."""
    drapeau = Drapeau.objects.filter(code=code).first() if code else None
    if drapeau is None:
        return code not in PARTIES
    allume = drapeau.du <= le and (drapeau.au is None or drapeau.au > le)
    return allume and not lecteur.equipes.isdisjoint(drapeau.equipes)


def list_drapeaux() -> dict[str, Drapeau]:
    """The switches that were set, by the part that each opens."""
    return {d.code: d for d in Drapeau.objects.all()}
