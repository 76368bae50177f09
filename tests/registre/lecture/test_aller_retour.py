"""Any content is stored, read back and shown equal: whatever its shape, its length or its alphabet."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sne.registre.contenu.rules.arbre import difference
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes, avec_identites, avec_personnes
from sne.registre.demande.actions.ecrire import ecrire
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.actions.construire import Dates, construire
from sne.registre.lecture.actions.consulter import consulter_demande, consulter_etat, consulter_versions
from sne.saisie.cadre import get_lecture
from sne.saisie.comparaison import comparer
from sne.saisie.presentation.sections import detailler
from sne.socle.acte import Acte
from tests.registre import factories as f
from tests.registre import strategies

pytestmark = pytest.mark.django_db
PEU = settings(
    max_examples=max(15, settings.default.max_examples // 4)
)  # each example writes a whole demande
DATES = Dates(f.AUJOURD_HUI, f.AUJOURD_HUI, f.AUJOURD_HUI + timedelta(days=364))


def nes(contenu: Contenu) -> Contenu:
    """The same tree as an identity row can hold it: a birth date, which is incomplete or is not."""
    identites = {reference: adulte.identite for reference, adulte in adultes(contenu)}
    return avec_identites(
        contenu,
        {
            reference: identite.model_copy(
                update={
                    "date_naissance": identite.date_naissance or date(1980, 1, 1),
                    "date_naissance_presumee": identite.date_naissance_presumee or None,
                }
            )
            for reference, identite in identites.items()
        },
    )


contenus = strategies.contenus.map(nes)


def ecrire_tel_quel(contenu: Contenu) -> str:
    """Store a tree past the rules of the doors; returns its number. What is judged there is judged elsewhere."""
    depot = f.depot(contenu)
    lignes = construire(
        depot, dates=DATES, acte=Acte(f.creer_acteur(), f.MAINTENANT), verbe=VerbeDemande.DEPOSER
    )
    return ecrire([lignes])[depot.id]


def sans_ids(contenu: Contenu) -> Contenu:
    """The tree without the ids that the register gives."""
    return avec_personnes(contenu, {reference: None for reference, _ in adultes(contenu)})


@PEU
@given(contenu=contenus)
def test_any_tree_is_stored_and_read_back_equal(contenu: Contenu) -> None:
    nud = ecrire_tel_quel(contenu)
    agent = f.creer_acteur()
    fiche = consulter_demande(nud, acte=Acte(agent, f.MAINTENANT))
    assert sans_ids(fiche.contenu) == sans_ids(contenu)
    passe = consulter_etat(nud, f.MAINTENANT, acte=Acte(agent, f.MAINTENANT))
    assert passe.etat.contenu == fiche.contenu
    version = consulter_versions(nud, de=1, a=1, acte=Acte(agent, f.MAINTENANT))
    assert version.avant == version.apres == fiche.contenu


@PEU
@given(contenu=contenus)
def test_what_is_read_back_is_shown_as_what_was_stored(contenu: Contenu) -> None:
    lecture = get_lecture(f.AUJOURD_HUI)
    relue = consulter_demande(ecrire_tel_quel(contenu), acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert detailler(relue.contenu, lecture, sante=True) == detailler(contenu, lecture, sante=True)
    assert comparer(sans_ids(relue.contenu), sans_ids(contenu), lecture) == ()


@PEU
@given(avant=strategies.contenus, apres=strategies.contenus, masque=st.booleans())
def test_any_change_can_be_told(avant: Contenu, apres: Contenu, masque: bool) -> None:
    """A line for each place that differs, and one side at least says something."""
    lecture = get_lecture(f.AUJOURD_HUI)
    ecarts = comparer(avant, apres, lecture, masque=masque)
    assert bool(ecarts) == bool(difference(avant, apres))
    assert all(ecart.libelle for ecart in ecarts)
