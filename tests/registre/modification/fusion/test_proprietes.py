"""What holds of any three trees: nothing is lost, nobody is favoured, every choice is obeyed."""

from collections import Counter

from hypothesis import given, settings

from sne.registre.contenu.rules.arbre import difference
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes, avec_personnes
from sne.registre.modification.rules.fusion import Cote, Fusion, fusionner
from tests.registre import strategies
from tests.registre.modification.fusion.variantes import arbres, paires, triplets

UN_TIERS = settings(max_examples=settings.default.max_examples // 3)  # trees are long to draw
SECTIONS = ("demandeur", "logement_actuel", "logement_possede", "motifs", "souhaits", "precisions")


def sans_ids(contenu: Contenu) -> Contenu:
    """The tree without the ids of the register, which are no part of what is declared."""
    return avec_personnes(contenu, {reference: None for reference, _ in adultes(contenu)})


def meme(un: Contenu, autre: Contenu) -> bool:
    """Whether two trees say the same thing."""
    return difference(un, autre) == ()


@UN_TIERS
@given(arbres, strategies.contenus)
def test_any_change_of_one_alone_is_that_change(base, autre):
    for fusion in (fusionner(base, autre, base), fusionner(base, base, autre), fusionner(base, autre, autre)):
        assert meme(fusion.contenu, autre)
        assert fusion.conflits == ()


@UN_TIERS
@given(paires)
def test_who_changed_nothing_follows_the_other(paire):
    base, autre = paire
    for fusion in (fusionner(base, autre, base), fusionner(base, base, autre), fusionner(base, autre, autre)):
        assert sans_ids(fusion.contenu) == sans_ids(autre)
        assert fusion.conflits == ()


@UN_TIERS
@given(triplets)
def test_different_sections_never_collide_and_both_changes_are_there(trois):
    base, un, autre = trois
    for rang, nom in enumerate(SECTIONS):
        dossier = un.model_copy(update={nom: getattr(base, nom) for nom in SECTIONS[rang:]})
        saisie = base.model_copy(update={nom: getattr(autre, nom)})
        fusion = fusionner(base, dossier, saisie)
        assert fusion.conflits == ()
        attendu = dossier.model_copy(update={nom: getattr(autre, nom)})
        assert sans_ids(fusion.contenu) == sans_ids(attendu)


@UN_TIERS
@given(triplets)
def test_any_three_trees_make_a_tree_that_can_be_stored(trois):
    base, dossier, saisie = trois
    conflits = fusionner(base, dossier, saisie).conflits
    for cote in Cote:
        fusion = fusionner(base, dossier, saisie, choix={conflit.cle: cote for conflit in conflits})
        assert Contenu.model_validate(fusion.contenu.model_dump()) == fusion.contenu
        assert fusion.conflits == conflits


@UN_TIERS
@given(triplets)
def test_each_collision_has_a_key_of_its_own_and_two_values(trois):
    conflits = fusionner(*trois).conflits
    assert len({conflit.cle for conflit in conflits}) == len(conflits)
    for conflit in conflits:
        assert len(conflit.chemins) == len(conflit.dossier) == len(conflit.saisie)


@UN_TIERS
@given(triplets)
def test_nobody_is_favoured(trois):
    """As many collisions at each place whoever came first, and the same tree where there is none."""
    base, dossier, saisie = trois
    aller, retour = fusionner(base, dossier, saisie), fusionner(base, saisie, dossier)
    assert _places(aller) == _places(retour)
    if not aller.conflits:
        assert _sans_rang(aller.contenu) == _sans_rang(retour.contenu)


@UN_TIERS
@given(triplets)
def test_what_somebody_changed_is_kept_or_told(trois):
    """A field that one side changes has its value in the merged tree, or is among the collisions."""
    base, dossier, saisie = trois
    fusion = fusionner(base, dossier, saisie)
    dits = tuple(chemin for conflit in fusion.conflits for chemin in conflit.chemins)
    for cote in (dossier, saisie):
        restes = {c.chemin for c in difference(fusion.contenu, cote)}
        for changement in difference(base, cote):
            chemin = changement.chemin
            if chemin in restes and "[" not in chemin and not isinstance(changement.apres, list):
                assert chemin.startswith(dits), changement


def _places(fusion: Fusion) -> Counter[str]:
    return Counter(conflit.chemins[0].split("[")[0] for conflit in fusion.conflits)


def _sans_rang(contenu: Contenu) -> object:
    """Lists as bags, without the keys that we give: which of two additions comes first is nobody's change."""
    return _en_sac(sans_ids(contenu).model_dump(mode="json"))


def _en_sac(valeur: object) -> object:
    if isinstance(valeur, dict):
        return sorted((nom, repr(_en_sac(v))) for nom, v in valeur.items() if nom != "identifiant")
    return sorted(repr(_en_sac(v)) for v in valeur) if isinstance(valeur, list) else valeur
