"""Who stays on a content once somebody has left it."""

from sne.registre.contenu.rules.arbre.handicap import Handicap
from sne.registre.contenu.rules.arbre.personnes import Demandeur
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes


def rester(contenu: Contenu, personne: str) -> Contenu:
    """The tree of those who stay. When the applicant leaves, the first co-holder replaces them.

    The address of the demande stays with it; what concerns a person alone leaves with that person.
    """
    demandeur = contenu.demandeur
    restants = [c for c in contenu.cotitulaires if c.personne != personne]
    if demandeur is not None and demandeur.personne == personne:
        remplacant = restants.pop(0)
        commun = {
            nom: getattr(remplacant, nom) for nom in Demandeur.model_fields if nom != "adresse_courrier"
        }
        demandeur = Demandeur(**commun, adresse_courrier=demandeur.adresse_courrier)
        # Their links were to somebody who is no longer there: asked again.
        restants = [c.model_copy(update={"lien_demandeur": None}) for c in restants]
    suite = contenu.model_copy(update={"demandeur": demandeur, "cotitulaires": tuple(restants)})
    return suite.model_copy(update={"handicaps": _handicaps(contenu, suite)})


def _handicaps(avant: Contenu, apres: Contenu) -> tuple[Handicap, ...]:
    """The sheets of those who stay, each under the reference that its person now has."""
    places = {personne: reference for reference, a in adultes(apres) if (personne := a.personne)}
    suite: dict[str | None, str | None] = {ref: places.get(a.personne or "") for ref, a in adultes(avant)}
    return tuple(
        fiche.model_copy(update={"personne": suite.get(fiche.personne, fiche.personne)})
        for fiche in avant.handicaps
        if fiche.personne not in suite or suite[fiche.personne] is not None
    )
