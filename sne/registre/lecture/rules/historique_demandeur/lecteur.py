"""The person who reads the history of a demande: which adult, at which revisions the demande was theirs. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.contenu.rules.identite import meme_nom

ACCORD = 2
"""How many of three traits (birth name, first names, birth date) must be equal for two identities to be one person's: a
name changes with a marriage, a letter is corrected; somebody who takes a demande over changes more.
"""


@dataclass(frozen=True, slots=True)
class Lecteur:
    """One reader. ``personne``: the row they are known by, empty when only an address was proven.

    ``identite``: as they bear it now. ``places``: rank among the adults, by revision at which that person was one.
    ``siennes``: revisions that carried an identity of theirs. ``defaites``: revisions that two persons undid since, of
    which nothing is shown. ``de``: first revision told. ``contacts``: addresses proven to be theirs. ``tait``: counters
    are not named, because one person of this demande is protected from another. ``secret``: somebody left it for an
    address that must stay unknown here, and only the territorial manager says that they left. ``comptes``: accounts
    that follow the demande for them.
    """

    personne: str = ""
    titulaire: bool = False
    identite: Identite | None = None
    places: Mapping[int, int] = field(default_factory=dict)
    siennes: frozenset[int] = frozenset()
    defaites: frozenset[int] = frozenset()
    de: int = 1
    contacts: frozenset[str] = frozenset()
    tait: bool = False
    secret: bool = False
    comptes: frozenset[str] = frozenset()

    @property
    def reserves(self) -> bool:
        """Whether the most personal acts are told to them: they are the applicant, and their identity was proven."""
        return self.titulaire and self.identite is not None

    def sans_valeur(self) -> "Lecteur":
        """The same reader, shown no value: they proved less than who they are."""
        return replace(self, identite=None, siennes=frozenset(), contacts=frozenset())

    def lit(self, revision: int) -> bool:
        """Whether what the demande said at that revision is theirs to read."""
        return revision in self.siennes and revision not in self.defaites


def meme_personne(un: Identite, autre: Identite) -> bool:
    """Whether two identities agree on two traits of three."""
    accords = (
        meme_nom(un.nom_naissance, autre.nom_naissance),
        meme_nom(un.prenoms, autre.prenoms),
        un.date_naissance == autre.date_naissance,
    )
    return sum(accords) >= ACCORD


@dataclass(frozen=True, slots=True)
class Etape:
    """One revision: the adults of the demande then, in order, each with their identity."""

    revision: int
    adultes: Sequence[tuple[str, Identite]]


def situer(personne: str, etapes: Sequence[Etape], *, base: Lecteur) -> Lecteur:
    """Complete ``base``, a reader known to be ``personne`` today, from every revision, the oldest first.

    The person is in one of them at least.
    """
    places = {
        etape.revision: rang
        for etape in etapes
        for rang, (cle, _) in enumerate(etape.adultes)
        if cle == personne
    }
    portees = {etape.revision: dict(etape.adultes)[personne] for etape in etapes if etape.revision in places}
    actuelle = portees[max(places)]
    return replace(
        base,
        personne=personne,
        identite=actuelle,
        places=places,
        siennes=frozenset(r for r, autre in portees.items() if meme_personne(actuelle, autre)),
        de=min(places),
    )
