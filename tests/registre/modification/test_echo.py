"""What a partner did not touch stays as the file has it; what its message does not speak of, too."""

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.modification.rules.echo import restituer
from tests.registre.factories import contenu, personne

RIEN: frozenset[str] = frozenset()
LONG = "Wolfeschlegelsteinhausenbergerdorffwelche"
COUPE = LONG[:36]
UN, DEUX, TROIS = (f"00000000-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))


def _avec(arbre: Contenu, **blocs: object) -> Contenu:
    return Contenu.model_validate({**arbre.model_dump(mode="json"), **blocs})


def _dossier(**blocs: object) -> Contenu:
    return contenu(
        demandeur=personne(LONG, personne=UN, contact={"courriel": "a@exemple.alsace"}),
        cotitulaires=[personne("Roux", "Ada", personne=DEUX), personne("Blanc", "Luc", personne=TROIS)],
        **blocs,
    )


def _echo(dossier: Contenu) -> Contenu:
    """As a partner has it: a cut name, no e-mail, no key of ours."""
    brut = dossier.model_dump(mode="json")
    brut["demandeur"]["identite"]["nom_naissance"] = COUPE
    brut["demandeur"]["contact"]["courriel"] = None
    for adulte in (brut["demandeur"], *brut["cotitulaires"]):
        adulte["personne"] = None
    for rang, charge in enumerate(brut["foyer"]["personnes_a_charge"], start=1):
        charge["identifiant"] = f"p{rang}"
    for fiche in brut["handicaps"]:
        fiche["personne"] = None
    return Contenu.model_validate(brut)


def test_an_echo_changes_nothing():
    dossier = _dossier()
    assert restituer(dossier, echo=_echo(dossier), recu=_echo(dossier), muets=RIEN) == dossier


def test_what_changed_is_taken_and_the_rest_kept():
    dossier = _dossier()
    recu = _avec(_echo(dossier), precisions="Urgent")
    voulu = restituer(dossier, echo=_echo(dossier), recu=recu, muets=RIEN)
    assert voulu == dossier.model_copy(update={"precisions": "Urgent"})


def test_a_cut_value_that_is_replaced_takes_the_new_one():
    dossier, brut = _dossier(), _echo(_dossier()).model_dump(mode="json")
    brut["demandeur"]["identite"]["nom_naissance"] = "Petit"
    recu = Contenu.model_validate(brut)
    voulu = restituer(dossier, echo=_echo(dossier), recu=recu, muets=RIEN)
    assert voulu.demandeur is not None
    assert voulu.demandeur.identite.nom_naissance == "Petit"
    assert voulu.demandeur.contact.courriel == "a@exemple.alsace"


def test_one_line_of_an_address_moves_alone():
    dossier = _dossier()
    brut = _echo(dossier).model_dump(mode="json")
    brut["demandeur"]["adresse_courrier"]["numero"] = "14"
    voulu = restituer(dossier, echo=_echo(dossier), recu=Contenu.model_validate(brut), muets=RIEN)
    assert voulu.demandeur is not None
    assert voulu.demandeur.adresse_courrier is not None
    assert voulu.demandeur.adresse_courrier.numero == "14"
    assert voulu.demandeur.adresse_courrier.voie == "rue des Tanneurs"


def test_people_are_found_by_who_they_are():
    dossier = _dossier()
    brut = _echo(dossier).model_dump(mode="json")
    brut["cotitulaires"] = [brut["cotitulaires"][1]]
    voulu = restituer(dossier, echo=_echo(dossier), recu=Contenu.model_validate(brut), muets=RIEN)
    assert [c.personne for c in voulu.cotitulaires] == [TROIS]


def test_silence_is_unchanged_and_an_empty_list_is_emptied():
    dossier = _dossier()
    recu = _avec(_echo(dossier), cotitulaires=[], souhaits={})
    muets = frozenset({"cotitulaires", "souhaits"})
    assert restituer(dossier, echo=_echo(dossier), recu=recu, muets=muets) == dossier
    vides = restituer(dossier, echo=_echo(dossier), recu=recu, muets=RIEN)
    assert vides.cotitulaires == ()
    assert vides.souhaits.localisations == ()


def test_an_absent_block_of_a_line_is_unchanged():
    brut = _dossier().model_dump(mode="json")
    brut["cotitulaires"][0]["revenus_fiscaux"]["n_moins_1"] = {"annee": 2025, "montant": "1200"}
    dossier = Contenu.model_validate(brut)
    recu_brut = _echo(dossier).model_dump(mode="json")
    recu_brut["cotitulaires"][0]["revenus_fiscaux"] = {}
    recu = Contenu.model_validate(recu_brut)
    muets = frozenset(
        f"cotitulaires[0].revenus_fiscaux.n_moins_{n}.{quoi}" for n in (1, 2) for quoi in ("annee", "montant")
    )
    assert restituer(dossier, echo=_echo(dossier), recu=recu, muets=muets) == dossier


def test_an_absent_address_is_unchanged():
    dossier = _dossier()
    brut = _echo(dossier).model_dump(mode="json")
    brut["demandeur"]["adresse_courrier"] = None
    muets = frozenset({"demandeur.adresse_courrier.voie"})
    recu = Contenu.model_validate(brut)
    assert restituer(dossier, echo=_echo(dossier), recu=recu, muets=muets) == dossier


def test_dependants_keep_their_keys_and_new_ones_have_one():
    charges = [
        {"identifiant": "a", "nom": "Dubreuil", "prenoms": "Zoé", "date_naissance": "2015-01-02"},
        {"identifiant": "b", "nom": "Dubreuil", "prenoms": "Max", "date_naissance": "2015-01-02"},
    ]
    fiches = [{"date_naissance": "2015-01-02", "personne": "charge:b", "accompagne": True}]
    dossier = _dossier(foyer={"personnes_a_charge": charges}, handicaps=fiches)
    echo = _echo(dossier)
    brut = echo.model_dump(mode="json")
    recus = brut["foyer"]["personnes_a_charge"]
    recus[0] |= {"prenoms": "Zoe", "lien_parente": "E"}
    neuf = {"identifiant": "p3", "nom": "Dubreuil", "prenoms": "Léa", "date_naissance": "2020-05-06"}
    brut["foyer"]["personnes_a_charge"] = [neuf, recus[1], recus[0]]
    voulu = restituer(dossier, echo=echo, recu=Contenu.model_validate(brut), muets=RIEN)
    cles = {p.prenoms: p.identifiant for p in voulu.foyer.personnes_a_charge}
    assert cles == {"Léa": "p1", "Max": "b", "Zoe": "a"}
    assert [f.personne for f in voulu.handicaps] == ["charge:b"]


def test_a_sheet_follows_the_co_holder_whose_rank_changed():
    fiches = [{"date_naissance": "1987-03-14", "personne": "cotitulaire:2", "accompagne": True}]
    dossier = _dossier(handicaps=fiches)
    echo = _echo(dossier)
    brut = echo.model_dump(mode="json")
    brut["cotitulaires"] = [brut["cotitulaires"][1]]
    voulu = restituer(dossier, echo=echo, recu=Contenu.model_validate(brut), muets=RIEN)
    assert [f.personne for f in voulu.handicaps] == ["cotitulaire:1"]


def test_a_new_sheet_that_names_nobody_is_nobody_s():
    dossier = _dossier()
    brut = _echo(dossier).model_dump(mode="json")
    brut["handicaps"] = [{"date_naissance": "1950-01-01", "accompagne": True}]
    voulu = restituer(dossier, echo=_echo(dossier), recu=Contenu.model_validate(brut), muets=RIEN)
    assert [f.personne for f in voulu.handicaps] == [None]
