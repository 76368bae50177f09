"""Finding a file within the actor's territories by number, NIR, contact, birth date or names; both roles.

Names are read in the order of a B-tree first: those that begin as typed (surname or used name, words in either order),
and when they fill more than a page they are listed, in keyset pages. Otherwise come the words that differ by one
letter, looked up in the same index; and when nobody is found, names of which each word typed resembles a part
(trigrams). The closest come first, and there is no next page.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db import connection, transaction

from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_geographie
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.effacement import Effacement
from sne.registre.recherche.rules.texte import (
    Curseur,
    Filtre,
    Genre,
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
from sne.socle.pages import DEBUT, paginer

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

    ``exact``: at least one name is written as typed (or no name was). ``effacement``: nothing is found because the
    demande of this number was erased.
    """

    lignes: tuple[LigneDemande, ...] = ()
    suite: Curseur | None = None
    retour: Curseur | None = None
    trop: bool = False
    exact: bool = True
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
    """
    if requete.genre is Genre.RIEN:
        return Resultats()
    portee = acteur.territoires(Permission.DEMANDE_RECHERCHER)
    territoires = sorted(get_geographie().territoires if portee is None else portee)
    commun = {"statuts": [str(s) for s in STATUTS[filtre]], "limite": par_page + 1}
    if requete.genre is Genre.NUMERO:
        return _resultats(_par_numero(requete.nud, territoires, commun), requete, (), par_page)
    with transaction.atomic(savepoint=False):
        mots = _preparer(requete.mots)
        if requete.genre is not Genre.PERSONNE:
            valeurs = {**commun, **_cle_unique(requete, territoires)}
            return _resultats(_executer(sql.une_cle(requete.genre), valeurs), requete, (), par_page)
        valeurs = {**commun, "territoires": territoires, "naissance": requete.date_naissance}
        if mots and requete.date_naissance is not None:
            trouvees = _par_date(mots, valeurs, seuil=seuil)
        elif mots or requete.date_naissance is not None:
            trouvees = _en_liste(mots, valeurs, curseur)
            if not mots or curseur is not None or len(trouvees) > par_page:
                return _page(trouvees, requete, mots, par_page=par_page, curseur=curseur)
            trouvees = _proches_de(trouvees, mots, valeurs, seuil=seuil, partout=portee is None)
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


def _cle_unique(requete: Requete, territoires: Sequence[str]) -> dict[str, Any]:
    """What a NIR or a contact is looked up with."""
    valeurs = {
        Genre.NIR: empreinte_nir(requete.nir) if requete.nir else None,
        Genre.TELEPHONE: requete.telephone,
        Genre.COURRIEL: requete.courriel,
    }
    return {"territoires": list(territoires), "valeur": valeurs[requete.genre]}


def _en_liste(mots: Sequence[str], valeurs: Mapping[str, Any], curseur: Curseur | None) -> list[_Trouvee]:
    """Names that begin as typed, or anybody born that day, in alphabetical order (backwards from some cursors)."""
    texte, parametres = sql.liste(interpretations(mots) if mots else (), curseur)
    return _executer(texte, {**valeurs, **parametres})


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
        lignes=tuple(_ligne(t, requete, mots) for t in page.lignes),
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


def _proches_de(
    exactes: Sequence[_Trouvee],
    mots: Sequence[str],
    valeurs: Mapping[str, Any],
    *,
    seuil: float,
    partout: bool,
) -> list[_Trouvee]:
    """Names written as typed, then those that differ by one letter; when there are none, names of which every word
    resembles. Over the whole country the resembling names come first: one look-up of trigrams is cheaper than a hundred
    of the other kind.
    """
    if partout:
        semblables = _ressemblantes(mots, valeurs, seuil=seuil, partout=True)
        return [*exactes, *semblables] or _a_une_lettre(mots, valeurs)
    return [*exactes, *_a_une_lettre(mots, valeurs)] or _ressemblantes(
        mots, valeurs, seuil=seuil, partout=False
    )


def _a_une_lettre(mots: Sequence[str], valeurs: Mapping[str, Any]) -> list[_Trouvee]:
    parametres = {**valeurs, "tape": " ".join(mots)}
    parametres |= {f"voisins_{rang}": [mot, *sorted(voisins(mot))] for rang, mot in enumerate(mots)}
    parametres["limite"] = max(valeurs["limite"], sql.VOISINS_EXAMINES)
    trouvees = _executer(sql.voisinage(len(mots)), parametres)
    return [trouvee for trouvee in trouvees if sont_a_la_lettre(mots, _traits(trouvee))]


def _ressemblantes(
    mots: Sequence[str], valeurs: Mapping[str, Any], *, seuil: float, partout: bool
) -> list[_Trouvee]:
    parametres = {**valeurs, "tape": " ".join(mots)} | {f"mot_{rang}": mot for rang, mot in enumerate(mots)}
    with (
        connection.cursor() as curseur
    ):  # the threshold that the operator of the index reads, in this transaction
        curseur.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s::text, true)",
            [str(seuil_du_nom(mots, seuil))],
        )
    return _executer(sql.ressemblance(len(mots), partout=partout), parametres)


def _executer(texte: str, valeurs: Mapping[str, Any]) -> list[_Trouvee]:
    with connection.cursor() as curseur:
        curseur.execute(texte, valeurs)
        noms = [colonne.name for colonne in curseur.description]
        lignes = [dict(zip(noms, ligne, strict=True)) for ligne in curseur.fetchall()]
    uniques = {ligne["identite"]: ligne for ligne in reversed(lignes)}
    return [
        _Trouvee(ligne["identite"], ligne["cle"], ligne["prenoms_norm"], ligne)
        for ligne in lignes
        if uniques[ligne["identite"]] is ligne
    ]


def _une_par_demande(trouvees: Sequence[_Trouvee]) -> list[_Trouvee]:
    """The closest person of each file."""
    premieres: dict[uuid.UUID, _Trouvee] = {}
    for trouvee in trouvees:
        premieres.setdefault(trouvee.ligne["demande_id"], trouvee)
    return list(premieres.values())


def _resultats(
    trouvees: Sequence[_Trouvee], requete: Requete, mots: Sequence[str], par_page: int
) -> Resultats:
    return Resultats(
        lignes=tuple(_ligne(t, requete, mots) for t in trouvees[:par_page]),
        trop=len(trouvees) > par_page,
        exact=not mots or any(est_exact(mots, _traits(t)) for t in trouvees),
    )


def _traits(trouvee: _Trouvee) -> Traits:
    ligne = trouvee.ligne
    return Traits(ligne["nom_norm"], ligne["usage_norm"], trouvee.prenoms_norm, ligne["naissance_trouvee"])


RAISONS: Mapping[Genre, str] = {
    Genre.NUMERO: "Numéro exact",
    Genre.NIR: "Même numéro de sécurité sociale",
    Genre.TELEPHONE: "Même téléphone",
    Genre.COURRIEL: "Même adresse électronique",
}


def _ligne(trouvee: _Trouvee, requete: Requete, mots: Sequence[str]) -> LigneDemande:
    ligne = trouvee.ligne
    par_cotitulaire = ligne["role"] == "COTITULAIRE"
    raison = RAISONS.get(requete.genre) or expliquer(mots, requete.date_naissance, _traits(trouvee))
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
