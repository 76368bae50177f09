"""Finding a file within the actor's territories by number, NIR, contact, birth date or names; both roles.

Names are read in the order of a B-tree first: those that begin as typed (surname or used name, words in either order),
and when they fill more than a page they are listed, in keyset pages. Otherwise come the words that differ by one
letter, looked up in the same index; and when nobody is found, names of which each word typed resembles a part
(trigrams). The closest come first, and there is no next page.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.db import transaction

from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_geographie
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.effacement import Effacement
from sne.registre.recherche.rules.texte import (
    Curseur,
    Filtre,
    Genre,
    Partielle,
    Requete,
    Traits,
    est_exact,
    expliquer,
    interpretations,
    seuil_du_nom,
    sont_a_la_lettre,
    voisins,
)
from sne.registre.recherche.selectors import requetes as sql
from sne.socle.acteur import Acteur
from sne.socle.chiffrement import empreinte_nir
from sne.socle.lignes import lire_lignes
from sne.socle.pages import DEBUT, paginer
from sne.socle.replique import base, connection

STATUTS: Mapping[Filtre, tuple[Statut, ...]] = {
    Filtre.TOUTES: (),
    Filtre.ACTIVES: (Statut.ACTIVE, Statut.EXPIREE),
    Filtre.RADIEES: (Statut.RADIEE,),
}


@dataclass(frozen=True, slots=True)
class LigneDemande:
    """One file found, under its applicant's name and birth date, which confirm the person.

    ``pourquoi`` says in French why it is there; ``trouve`` names the co-holder when it was found by them.
    """

    demande_id: uuid.UUID
    nud: str
    statut: str
    date_depot: date
    date_expiration: date
    nom: str
    prenoms: str
    date_naissance: date
    civilite: str
    commune: str
    pourquoi: str
    trouve: str
    identite_en_attente: bool


@dataclass(frozen=True, slots=True)
class Resultats:
    """One page. ``suite`` and ``retour`` lead to the pages beside it; ``trop`` says that more files answer.

    ``exact``: at least one name is written as typed (or no name was). ``a_egalite``: the first two answer alike, none
    is the closest. ``sans_date``: nobody of that name was born as typed, so the date was left out. ``effacement``:
    nothing is found because the demande of this number was erased.
    """

    lignes: tuple[LigneDemande, ...] = ()
    suite: Curseur | None = None
    retour: Curseur | None = None
    trop: bool = False
    exact: bool = True
    a_egalite: bool = False
    sans_date: bool = False
    effacement: Effacement | None = None


@dataclass(frozen=True, slots=True)
class _Trouvee:
    """One row of the statements: the person found, its place in the alphabetical order, and its file."""

    identite: uuid.UUID
    cle: str
    prenoms_norm: str
    ligne: Mapping[str, Any]


def list_demandes(
    requete: Requete,
    acteur: Acteur,
    *,
    seuil: float,
    par_page: int,
    filtre: Filtre = Filtre.TOUTES,
    curseur: Curseur | None = None,
) -> Resultats:
    """Files of the actor's territories that answer, ``par_page`` at most.

    ``seuil``: resemblance (0 to 1) asked of each word of a name. ``curseur``: page of a list, from a previous answer.
    When nobody was born as a part of a date says, it is left out.
    """
    trouves = _list_demandes(requete, acteur, seuil, par_page=par_page, filtre=filtre, curseur=curseur)
    if requete.partielle is None or trouves.lignes or curseur is not None:
        return trouves
    sans_date = replace(requete, partielle=None)
    trouves = _list_demandes(sans_date, acteur, seuil, par_page=par_page, filtre=filtre, curseur=None)
    return replace(trouves, sans_date=bool(trouves.lignes))


def list_au_fil(requete: Requete, acteur: Acteur, *, au_plus: int) -> Resultats:
    """Files whose number or names begin as typed, ``au_plus`` at most: read of an index while somebody types."""
    portee = acteur.territoires(Permission.DEMANDE_RECHERCHER)
    territoires = sorted(get_geographie().territoires if portee is None else portee)
    valeurs = {"statuts": [], "limite": au_plus + 1, "territoires": territoires, **_naissance(requete)}
    with transaction.atomic(using=base(), savepoint=False):
        mots = _preparer(requete.mots)
        if requete.genre is Genre.NUMERO:
            trouvees = _par_numero(requete.nud, territoires, valeurs)
        elif requete.genre is Genre.FRAGMENT:
            trouvees = _par_fragment(requete, valeurs)
        elif requete.genre is Genre.PERSONNE and mots and requete.date_naissance is None:
            trouvees = _en_liste(mots, valeurs, None, partielle=requete.partielle is not None)
        else:
            return Resultats()
    return _resultats(_une_par_demande(trouvees), requete, mots, au_plus)


def _list_demandes(
    requete: Requete,
    acteur: Acteur,
    seuil: float,
    *,
    par_page: int,
    filtre: Filtre,
    curseur: Curseur | None,
) -> Resultats:
    if requete.genre is Genre.RIEN:
        return Resultats()
    portee = acteur.territoires(Permission.DEMANDE_RECHERCHER)
    territoires = sorted(get_geographie().territoires if portee is None else portee)
    commun = {"statuts": [str(s) for s in STATUTS[filtre]], "limite": par_page + 1}
    if requete.genre is Genre.NUMERO:
        return _resultats(_par_numero(requete.nud, territoires, commun), requete, (), par_page)
    with transaction.atomic(using=base(), savepoint=False):
        mots = _preparer(requete.mots)
        valeurs = {**commun, "territoires": territoires, **_naissance(requete)}
        if requete.genre is not Genre.PERSONNE:
            return _resultats(_par_cle(requete, valeurs), requete, (), par_page)
        partielle = requete.partielle is not None
        if mots and requete.date_naissance is not None:
            trouvees = _par_date(mots, valeurs, seuil=seuil)
        elif mots or requete.date_naissance is not None:
            trouvees = _en_liste(mots, valeurs, curseur, partielle=partielle)
            if not mots or curseur is not None or len(trouvees) > par_page:
                return _page(trouvees, requete, mots, par_page=par_page, curseur=curseur)
            proches = _Proches(mots, valeurs, seuil, partout=portee is None, partielle=partielle)
            trouvees = proches.de(trouvees)
        else:
            return Resultats(exact=False)
    return _resultats(_une_par_demande(trouvees), requete, mots, par_page)


def _preparer(texte: str) -> list[str]:
    """Normalise the words by the SQL function that made the key of the stored names, and have one plan made for each
    statement of the search. The plans suit every value; making one for each value costs ten times what most searches
    take.
    """
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT normaliser(%s::text), set_config('plan_cache_mode', 'force_generic_plan', true)", [texte]
        )
        return str(curseur.fetchone()[0]).split()


def _par_numero(nud: str, territoires: Sequence[str], commun: Mapping[str, Any]) -> list[_Trouvee]:
    """A number is in the territory that it names."""
    lieu = nud[:3]
    if lieu not in territoires:
        return []
    return _executer(sql.numero(), {**commun, "territoire": lieu, "valeur": nud})


def _par_cle(requete: Requete, valeurs: Mapping[str, Any]) -> list[_Trouvee]:
    """By a NIR, a contact, a part of a number."""
    if requete.genre is Genre.FRAGMENT:
        return _par_fragment(requete, valeurs)
    cles = {
        Genre.NIR: empreinte_nir(requete.nir) if requete.nir else None,
        Genre.TELEPHONE: requete.telephone,
        Genre.COURRIEL: requete.courriel,
    }
    return _executer(sql.une_cle(requete.genre), {**valeurs, "valeur": cles[requete.genre]})


def _naissance(requete: Requete) -> dict[str, Any]:
    """A birth date, whole or in part, as the statements take it."""
    partie = requete.partielle or Partielle()
    return {
        "naissance": requete.date_naissance,
        "p_jour": partie.jour,
        "p_mois": partie.mois,
        "p_annee": partie.annee,
    }


def _par_fragment(requete: Requete, valeurs: Mapping[str, Any]) -> list[_Trouvee]:
    """By the beginning of a number, in the territory that it names, or by its six figures."""
    morceaux = {"debut": requete.debut, "sequence": requete.sequence, "guichet": requete.guichet}
    lieux = [code for code in valeurs["territoires"] if requete.debut[:3] in ("", code)]
    return _executer(
        sql.fragment(par_debut=bool(requete.debut)), {**valeurs, **morceaux, "territoires": lieux}
    )


def _en_liste(
    mots: Sequence[str], valeurs: Mapping[str, Any], curseur: Curseur | None, *, partielle: bool = False
) -> list[_Trouvee]:
    """Names that begin as typed, or anybody born that day, in alphabetical order (backwards from some cursors); who is
    there under both of their names, twice: a page is full of places, and others may follow.
    """
    texte, parametres = sql.liste(interpretations(mots) if mots else (), curseur, partielle=partielle)
    return _lire(texte, {**valeurs, **parametres})


def _page(
    trouvees: list[_Trouvee],
    requete: Requete,
    mots: Sequence[str],
    *,
    par_page: int,
    curseur: Curseur | None,
) -> Resultats:
    """A page of the alphabetical list, with the places of its neighbours."""
    page = paginer(trouvees, curseur or DEBUT, par_page=par_page, repere=_place)
    return Resultats(
        lignes=tuple(_ligne(t, requete, mots) for t in _une_par_demande(page.lignes)),
        suite=cast("Curseur | None", page.suivante),
        retour=cast("Curseur | None", page.precedente),
        trop=len(trouvees) > par_page or curseur is not None,
    )


def _place(trouvee: _Trouvee) -> Curseur:
    return Curseur(trouvee.cle, trouvee.identite, prenoms=trouvee.prenoms_norm)


def _par_date(mots: Sequence[str], valeurs: Mapping[str, Any], *, seuil: float) -> list[_Trouvee]:
    """Born that day, with names that resemble; and the same names with a birth date that a slip explains."""
    texte, parametres = sql.naissance(interpretations(mots)[1:])
    return _executer(texte, {**valeurs, **parametres, "tape": " ".join(mots), "seuil": seuil})


@dataclass(frozen=True, slots=True)
class _Proches:
    """Names close to words: what is looked for, and where. ``partielle``: born as a part of a date says."""

    mots: Sequence[str]
    valeurs: Mapping[str, Any]
    seuil: float
    partout: bool
    partielle: bool

    def de(self, exactes: Sequence[_Trouvee]) -> list[_Trouvee]:
        """Names written as typed, then those that differ by one letter; when there are none, names of which every word
        resembles. Over the whole country the resembling names come first: one look-up of trigrams is cheaper than a
        hundred of the other kind.
        """
        if self.partout:
            return [*exactes, *self._ressemblantes()] or self._a_une_lettre()
        return [*exactes, *self._a_une_lettre()] or self._ressemblantes()

    def _a_une_lettre(self) -> list[_Trouvee]:
        """The slip is in the surname, else in a first name; else some of those of these surnames are looked through."""
        parametres = {**self.valeurs, "tape": " ".join(self.mots)}
        for rang, mot in enumerate(self.mots):
            reste = " ".join([*self.mots[:rang], *self.mots[rang + 1 :]])
            parametres |= {
                f"mot_{rang}": mot,
                f"reste_{rang}": reste,
                f"voisins_{rang}": sorted(voisins(mot)),
            }
        examines = max(self.valeurs["limite"], sql.VOISINS_EXAMINES)
        ailleurs = ((sql.faute_au_prenom, 0), (sql.noms_voisins, examines)) if len(self.mots) > 1 else ()
        for requete, au_moins in ((sql.faute_au_nom, 0), *ailleurs):
            parametres["limite"] = max(self.valeurs["limite"], au_moins)
            trouvees = _executer(requete(len(self.mots), partielle=self.partielle), parametres)
            if proches := [t for t in trouvees if sont_a_la_lettre(self.mots, _traits(t))]:
                return proches
        return []

    def _ressemblantes(self) -> list[_Trouvee]:
        parametres = {**self.valeurs, "tape": " ".join(self.mots)}
        parametres |= {f"mot_{rang}": mot for rang, mot in enumerate(self.mots)}
        seuil = str(seuil_du_nom(self.mots, self.seuil))
        with connection.cursor() as curseur:  # the threshold that the index reads, in this transaction
            curseur.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s::text, true)", [seuil])
        texte = sql.ressemblance(len(self.mots), partout=self.partout, partielle=self.partielle)
        return _executer(texte, parametres)


def _lire(texte: str, valeurs: Mapping[str, Any]) -> list[_Trouvee]:
    return [
        _Trouvee(ligne["identite"], ligne["cle"], ligne["prenoms_norm"], ligne)
        for ligne in lire_lignes(texte, valeurs)
    ]


def _executer(texte: str, valeurs: Mapping[str, Any]) -> list[_Trouvee]:
    """Each identity once, where it comes first."""
    premieres: dict[uuid.UUID, _Trouvee] = {}
    for trouvee in _lire(texte, valeurs):
        premieres.setdefault(trouvee.identite, trouvee)
    return list(premieres.values())


def _une_par_demande(trouvees: Sequence[_Trouvee]) -> list[_Trouvee]:
    """The closest person of each file."""
    premieres: dict[uuid.UUID, _Trouvee] = {}
    for trouvee in trouvees:
        premieres.setdefault(trouvee.ligne["demande_id"], trouvee)
    return list(premieres.values())


def _resultats(
    trouvees: Sequence[_Trouvee], requete: Requete, mots: Sequence[str], par_page: int
) -> Resultats:
    """The first page, the closest first; among those that answer alike, those that may still be renewed before those
    struck off.
    """
    premieres = [(_ligne(t, requete, mots), t.ligne.get("proximite")) for t in trouvees[:par_page]]
    rangs: dict[object, int] = {}
    for ligne, proximite in premieres:
        rangs.setdefault((ligne.pourquoi, proximite), len(rangs))

    def place(paire: tuple[LigneDemande, object]) -> tuple[int, bool]:
        return rangs[paire[0].pourquoi, paire[1]], paire[0].statut == Statut.RADIEE

    premieres.sort(key=place)
    return Resultats(
        lignes=tuple(ligne for ligne, _ in premieres),
        a_egalite=len({rangs[ligne.pourquoi, proximite] for ligne, proximite in premieres[:2]})
        < len(premieres[:2]),
        trop=len(trouvees) > par_page,
        exact=not mots or any(est_exact(mots, _traits(t)) for t in trouvees),
    )


def _traits(trouvee: _Trouvee) -> Traits:
    ligne = trouvee.ligne
    return Traits(ligne["nom_norm"], ligne["usage_norm"], trouvee.prenoms_norm, ligne["naissance_trouvee"])


RAISONS: Mapping[Genre, str] = {
    Genre.NUMERO: "Numéro exact",
    Genre.FRAGMENT: "Même morceau de numéro",
    Genre.NIR: "Même numéro de sécurité sociale",
    Genre.TELEPHONE: "Même téléphone",
    Genre.COURRIEL: "Même adresse électronique",
}


def _ligne(trouvee: _Trouvee, requete: Requete, mots: Sequence[str]) -> LigneDemande:
    ligne = trouvee.ligne
    par_cotitulaire = ligne["role"] == "COTITULAIRE"
    raison = RAISONS.get(requete.genre) or expliquer(
        mots, requete.date_naissance, _traits(trouvee), requete.partielle
    )
    return LigneDemande(
        demande_id=ligne["demande_id"],
        nud=ligne["nud"],
        statut=ligne["statut"],
        date_depot=ligne["date_depot"],
        date_expiration=ligne["date_expiration"],
        nom=ligne["nom_naissance"],
        prenoms=ligne["prenoms"],
        date_naissance=ligne["date_naissance"],
        civilite=ligne["civilite"],
        commune=ligne["commune"] or "",
        pourquoi=raison,
        trouve=f"{ligne['nom_trouve']} {ligne['prenoms_trouves']}" if par_cotitulaire else "",
        identite_en_attente=ligne["attend"],
    )
