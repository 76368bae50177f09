"""What putting a demande back would do, before anybody does it; requests that wait, and what was answered."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from sne.habilitations.selectors import list_comptes_de
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.appariement import est_une_correction
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande, PlaceOuverte, Version
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.selectors.etat import assembler
from sne.registre.demande.selectors.identites import vers_arbre
from sne.registre.demande.selectors.titres import get_titre_a
from sne.registre.demande.selectors.versions import VersionLue, list_versions
from sne.registre.enquete.models.restauration import RequeteRestauration
from sne.registre.enquete.policies import scope_des_enquetes
from sne.registre.enquete.rules.restauration import IssueRestauration
from sne.registre.pieces.models import Piece
from sne.registre.restauration.rules.pieces import PieceUlterieure, pieces_retablies, remplacements
from sne.registre.restauration.rules.retour import Bloc, intrus, is_autre_personne, partir, retablir
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.lignes import trouver

INCONNUE = "Aucun retour à un état antérieur dans votre périmètre sous cet identifiant."


@dataclass(frozen=True, slots=True)
class APart:
    """What came in since, as a demande of its own. ``arrivee``: the version that brought it; ``pieces``: documents."""

    contenu: Contenu
    arrivee: Version
    pieces: tuple[uuid.UUID, ...]

    @property
    def le(self) -> date:
        """The day on which the other household came in: the deposit of their own demande."""
        return horloge.jour(self.arrivee.survenu_le)


@dataclass(frozen=True, slots=True)
class Retour:
    """What one version of a demande would give back. Nothing of it is stored.

    ``cible``: the content to be in force; ``a_part``: what leaves, ``None`` when nobody else came in; ``intrus`` and
    ``partis``: rows of persons who came in, and who left by a separation. ``sous_un_autre_nom``: demandes of those who
    left so once they had taken the place of a person of then, who comes back. ``pieces``: documents in force
    afterwards; ``ulterieures``: those handed in since that may stay. ``places_ailleurs``: open demandes that hold the
    number of a person who comes back. ``anciennete``: what the demande counted from then, given back when asked for.
    """

    demande: Demande
    version: Version
    alors: Contenu
    maintenant: Contenu
    cible: Contenu
    a_part: APart | None
    intrus: tuple[str, ...]
    partis: tuple[str, ...]
    sous_un_autre_nom: tuple[Demande, ...]
    pieces: tuple[uuid.UUID, ...]
    ulterieures: tuple[PieceUlterieure, ...]
    places_ailleurs: tuple[str, ...]
    anciennete: date

    @property
    def change_l_anciennete(self) -> bool:
        """Whether an act has moved it since."""
        return self.anciennete != self.demande.date_anciennete

    def en_gardant(self, pieces: Collection[uuid.UUID]) -> "Retour":
        """The same return, with those of these documents that may stay; they do not leave with the other household."""
        gardees = tuple(u.id for u in self.ulterieures if u.id in pieces)
        restent = pieces_retablies(self.pieces, gardees, remplacements(self.ulterieures))
        a_part = self.a_part
        if a_part is not None:
            a_part = replace(a_part, pieces=tuple(p for p in a_part.pieces if p not in gardees))
        return replace(self, pieces=restent, a_part=a_part)


def calculer_retour(
    demande: Demande, version: Version, *, garder: Collection[Bloc] = (), avec_sante: bool = True
) -> Retour:
    """What ``version`` would give back to its demande, as it is now. Without ``avec_sante``, for showing only."""
    alors = assembler(version, avec_sante=avec_sante)
    maintenant = assembler(demande.version_courante, avec_sante=avec_sante)
    partis, prises = _partis(demande, version, alors)
    cible = retablir(alors, maintenant, garder=garder, partis=partis)
    venus = intrus(alors, maintenant)
    contenu = partir(alors, maintenant, garder=garder)
    venues = _pieces_venues(demande, version)
    a_part = None
    siennes: Collection[uuid.UUID] = ()
    if contenu is not None:
        arrivee = _arrivee(demande, version, venus)
        tout = maintenant.demandeur is not None and str(maintenant.demandeur.personne) in venus
        autres = [p for p in venues if _is_de_l_autre_foyer(p, contenu, venus, tout=tout)]
        siennes = {p.id for p in autres if p.revision >= arrivee.numero}
        en_vigueur = demande.version_courante.pieces
        a_part = APart(contenu, arrivee, tuple(p.id for p in autres if p.id in en_vigueur))
    return Retour(
        demande=demande,
        version=version,
        alors=alors,
        maintenant=maintenant,
        cible=cible,
        a_part=a_part,
        intrus=venus,
        partis=partis,
        sous_un_autre_nom=prises,
        pieces=_pieces(version, partis),
        ulterieures=_ulterieures(venues, cible, siennes),
        places_ailleurs=_places_ailleurs(demande, cible),
        anciennete=_anciennete(demande, version),
    )


def _anciennete(demande: Demande, version: Version) -> date:
    titre = get_titre_a(demande, version.survenu_le)
    return titre.date_depot if titre else version.date_depot


def _partis(
    demande: Demande, version: Version, alors: Contenu
) -> tuple[tuple[str, ...], tuple[Demande, ...]]:
    """People who left by a separation since that version: they have a demande of their own, and do not come back; then
    the demandes of those who left in the place of somebody else, who does.
    """
    connus = {str(a.personne): a.identite for _, a in arbre.adultes(alors)}
    separations = Separation.objects.filter(demande=demande, revision__gt=version.numero)
    partis, prises = [], []
    for separation in separations.select_related("nouvelle").order_by("revision"):
        personne = str(separation.personne_id)
        if personne in connus and not est_une_correction(connus[personne], _au_depart(separation)):
            prises.append(separation.nouvelle)
        else:
            partis.append(personne)
    return tuple(partis), tuple(prises)


def _au_depart(separation: Separation) -> arbre.Identite:
    """Who the person was said to be when they left."""
    avant = Version.objects.get(demande=separation.demande_id, numero=separation.revision - 1)
    return vers_arbre(Identite.objects.get(id__in=avant.identites, personne=separation.personne_id))


def _arrivee(demande: Demande, version: Version, venus: Collection[str]) -> Version:
    """The first version since in which one of those who came in is there; they are in the last one."""
    depuis = Version.objects.filter(demande=demande, numero__gt=version.numero).order_by("numero")
    suite = list(depuis.only("id", "numero", "survenu_le", "identites", "guichet_gestionnaire", "demande"))
    lignes = Identite.objects.in_bulk(
        {cle for v in (version, *suite) for cle in v.identites}  # a set: most versions share their identities
    )
    connues = {str(lignes[cle].personne_id): vers_arbre(lignes[cle]) for cle in version.identites}

    def autre(ligne: Identite) -> bool:
        personne = str(ligne.personne_id)
        if personne not in venus:
            return False
        return personne not in connues or is_autre_personne(connues[personne], vers_arbre(ligne))

    return next(v for v in suite if any(autre(lignes[cle]) for cle in v.identites))


def _pieces(version: Version, partis: Collection[str]) -> tuple[uuid.UUID, ...]:
    """Documents in force then, except those of people who have left since: theirs followed them."""
    parties = set(
        Piece.objects.filter(id__in=version.pieces, personne__in=[uuid.UUID(p) for p in partis]).values_list(
            "id", flat=True
        )
    )
    return tuple(p for p in version.pieces if p not in parties)


def _pieces_venues(demande: Demande, version: Version) -> tuple[Piece, ...]:
    """Documents handed in since that are in force now, and those that they took the place of, the oldest first.

    What an earlier return has left aside is of neither.
    """
    lignes = {p.id: p for p in Piece.objects.filter(territoire=demande.territoire, demande=demande)}
    venues = {}
    for cle in demande.version_courante.pieces:
        suivante: uuid.UUID | None = cle
        while suivante is not None and suivante not in version.pieces:
            venues[suivante] = lignes[suivante]
            suivante = lignes[suivante].remplace_id
    return tuple(sorted(venues.values(), key=lambda p: (p.survenu_le, p.id)))


def _is_de_l_autre_foyer(piece: Piece, contenu: Contenu, venus: Collection[str], *, tout: bool) -> bool:
    """Whether it is about who came in; of nobody in particular, it is the applicant's."""
    if piece.personne_id:
        return str(piece.personne_id) in venus
    return piece.membre in dict(arbre.membres(contenu)) if piece.membre else tout


def _ulterieures(
    venues: Iterable[Piece], cible: Contenu, siennes: Collection[uuid.UUID]
) -> tuple[PieceUlterieure, ...]:
    """Those about who is on the demande put back, or about nobody in particular; ``siennes``: the other household's."""
    adultes = {str(a.personne) for _, a in arbre.adultes(cible)}
    membres = {"", *dict(arbre.membres(cible))}
    return tuple(
        PieceUlterieure(p.id, p.remplace_id, sante=p.sante, de_l_autre_foyer=p.id in siennes)
        for p in venues
        if (str(p.personne_id) in adultes if p.personne_id else p.membre in membres)
    )


def _places_ailleurs(demande: Demande, cible: Contenu) -> tuple[str, ...]:
    """Other open demandes of the territory that hold the number of one of the persons who come back."""
    traces = [bytes.fromhex(a.identite.nir.empreinte) for _, a in arbre.adultes(cible) if _tracee(a.identite)]  # type: ignore[union-attr,arg-type]
    tenues = PlaceOuverte.objects.filter(territoire=demande.territoire, nir_empreinte__in=traces)
    nuds = tenues.exclude(demande=demande).values_list("demande__nud", flat=True)
    return tuple(sorted(set(nuds)))


def _tracee(identite: arbre.Identite) -> bool:
    return identite.nir is not None and bool(identite.nir.empreinte)


@dataclass(frozen=True, slots=True)
class RequeteLue:
    """A request whole. ``issue`` is ``None`` while it waits; ``nouvelle``: number of the demande set apart."""

    id: uuid.UUID
    territoire: str
    demande_id: uuid.UUID
    nud: str
    enquete: uuid.UUID
    vers: int
    instant: datetime
    a_part: bool
    garder: tuple[Bloc, ...]
    pieces: tuple[uuid.UUID, ...]
    anciennete: bool
    motif: str
    auteur: uuid.UUID
    par: str
    survenu_le: datetime
    issue: IssueRestauration | None
    motif_de_la_reponse: str
    decideur: str
    decidee_le: datetime | None
    nouvelle: str


def get_version(demande: Demande, numero: int) -> Version:
    """A past version of a demande. Raises ``Introuvable``: none of that number, or the present one."""
    return trouver(
        Version.objects.filter(demande=demande, numero=numero, numero__lt=demande.revision),
        "Cette demande n’a aucun état antérieur à cette date. Choisissez dans la liste.",
    )


def get_retour(demande_id: uuid.UUID, vers: int, *, acteur: Acteur, garder: Collection[Bloc] = ()) -> Retour:
    """What a version would give back, as this actor may see it. Raises ``Introuvable``."""
    demande = trouver(
        Demande.objects.filter(policies.scope(acteur), id=demande_id).select_related("version_courante"),
        "Aucun dossier dans votre périmètre sous ce numéro.",
    )
    avec_sante = policies.can_lire_sante(acteur, demande)
    return calculer_retour(demande, get_version(demande, vers), garder=garder, avec_sante=avec_sante)


def get_requete(requete_id: uuid.UUID, acteur: Acteur) -> RequeteLue:
    """One request of an enquiry that the actor may read. Raises ``Introuvable``."""
    requete = trouver(_requetes(acteur).filter(id=requete_id), INCONNUE)
    return _lire([requete])[0]


def list_requetes(enquete_id: uuid.UUID, acteur: Acteur) -> tuple[RequeteLue, ...]:
    """Requests of an enquiry, the oldest first."""
    return tuple(_lire(_requetes(acteur).filter(enquete=enquete_id).order_by("survenu_le", "id")))


def list_retours_a_decider(enquetes: Collection[uuid.UUID], acteur: Acteur) -> frozenset[uuid.UUID]:
    """Which of these enquiries have a request that this actor may answer, which is not their own."""
    attendent = (
        _requetes(acteur)
        .filter(enquete__in=enquetes, decision=None)
        .exclude(auteur__in=list_comptes_de(acteur.id))
    )
    return frozenset(attendent.values_list("enquete", flat=True))


def is_retour_demande(demande_id: uuid.UUID) -> bool:
    """Whether a request waits on this demande. An act reads it once the demande is locked."""
    return RequeteRestauration.objects.filter(demande=demande_id, decision=None).exists()


def _requetes(acteur: Acteur) -> QuerySet[RequeteRestauration]:
    visibles = RequeteRestauration.objects.filter(scope_des_enquetes(acteur))
    return visibles.select_related("demande", "decision__nouvelle")


def _lire(requetes: Iterable[RequeteRestauration]) -> list[RequeteLue]:
    requetes = list(requetes)
    instants = {
        (demande, numero): le
        for demande, numero, le in Version.objects.filter(
            demande__in={r.demande_id for r in requetes}, numero__in={r.vers for r in requetes}
        ).values_list("demande", "numero", "survenu_le")
    }
    return [_une(r, instants[r.demande_id, r.vers]) for r in requetes]


def _une(r: RequeteRestauration, instant: datetime) -> RequeteLue:
    decision = getattr(r, "decision", None)
    return RequeteLue(
        id=r.id,
        territoire=r.territoire,
        demande_id=r.demande_id,
        nud=r.demande.nud,
        enquete=r.enquete_id,
        vers=r.vers,
        instant=instant,
        a_part=r.a_part,
        garder=tuple(Bloc(code) for code in r.garder),
        pieces=tuple(r.pieces),
        anciennete=r.anciennete,
        motif=r.motif,
        auteur=r.auteur,
        par=str(r.demandee_par.get("nom", "")),
        survenu_le=r.survenu_le,
        issue=IssueRestauration(decision.issue) if decision else None,
        motif_de_la_reponse=decision.motif if decision else "",
        decideur=str(decision.decide_par.get("nom", "")) if decision else "",
        decidee_le=decision.survenu_le if decision else None,
        nouvelle=decision.nouvelle.nud if decision and decision.nouvelle else "",
    )


@dataclass(frozen=True, slots=True)
class Instant:
    """A version to come back to, in words: the act that made it, who held the demande then, how many documents.

    ``autre``: the person who held it then is not who holds it today.
    """

    numero: int
    survenu_le: datetime
    acte: str
    guichet: str
    titulaire: str
    naissance: date | None
    autre: bool
    pieces: int


def list_instants(demande_id: uuid.UUID, *, acteur: Acteur) -> tuple[Instant, ...]:
    """Past versions of a demande of the perimeter, the newest first."""
    versions = list_versions(demande_id, acteur=acteur)
    lignes = Version.objects.filter(demande=demande_id, numero__in=[v.numero for v in versions])
    contenus = {v.numero: v for v in lignes.only("numero", "identites", "pieces")}
    identites = Identite.objects.in_bulk({v.identites[0] for v in contenus.values() if v.identites})
    titulaires = {n: identites[v.identites[0]] if v.identites else None for n, v in contenus.items()}
    return tuple(
        _instant(
            v, titulaires[v.numero], titulaires[versions[0].numero], pieces=len(contenus[v.numero].pieces)
        )
        for v in versions[1:]
    )


def _instant(
    version: VersionLue, titulaire: Identite | None, aujourd_hui: Identite | None, *, pieces: int
) -> Instant:
    return Instant(
        numero=version.numero,
        survenu_le=version.survenu_le,
        acte=version.motif or version.acte,
        guichet=version.guichet,
        titulaire=f"{titulaire.nom_naissance} {titulaire.prenoms}" if titulaire else "Association",
        naissance=titulaire.date_naissance if titulaire else None,
        autre=titulaire is not None
        and aujourd_hui is not None
        and is_autre_personne(vers_arbre(titulaire), vers_arbre(aujourd_hui)),
        pieces=pieces,
    )
