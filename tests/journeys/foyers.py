"""Households drawn for the browser: what each would type, by page of ``saisie``, and what it amounts to.

Every value is one that a person may give, so that the demande is sent; who they are is drawn: alone or two, with
children or not, in work or not, housed in several ways, saying much or little.
"""

from collections.abc import Mapping
from datetime import date

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.brut import CONTINUER, Brut
from sne.saisie.composition import textes as composition
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.pages import PAGES

Dits = dict[str, str | list[str]]
Foyer = Mapping[str, Brut]
VILLES = (("99000", "Aurette-la-Ville"), ("99240", "Les Ormeaux"), ("99310", "Port-Aurette"))
NOMS = ("Haddad", "Le Goff", "D’Artois", "Nguyễn-Martin", "Œuvrard")
PRENOMS = ("Karim", "Maëlle", "Jean-Pierre", "Zoé", "Łukasz")
MOTS = ("Près de l’école", "Sans étage, s’il vous plaît", "« Merci » & à bientôt")
oui_ou_non = st.sampled_from(["oui", "non"])
jours_d_enfant = st.dates(date(2010, 1, 1), date(2025, 12, 31)).map(lambda jour: f"{jour:%d/%m/%Y}")


def peut_etre(draw: st.DrawFn, **valeurs: st.SearchStrategy[str]) -> Dits:
    """Some of these, each said or not."""
    return {nom: draw(valeur) for nom, valeur in valeurs.items() if draw(st.booleans())}


def lieu(draw: st.DrawFn) -> Dits:
    """A town of the territory."""
    code, nom = draw(st.sampled_from(VILLES))
    return {"code_postal": code, "commune": nom, "pays_adresse": "france"}


def sous(tete: str, dits: Dits) -> Dits:
    """The same fields, of this row."""
    return {f"{tete}-{nom}": dit for nom, dit in dits.items()}


def emploi(draw: st.DrawFn) -> Dits:
    """What one adult does."""
    statut = draw(st.sampled_from(["CDI", "CDD", "CHO", "RET", "ETU"]))
    dits: Dits = {
        "statut": statut,
        **peut_etre(draw, profession=st.sampled_from(["Soudeuse", "Aide-soignant"])),
    }
    if statut in {"CDI", "CDD"} and draw(st.booleans()):
        dits |= {"employeur": draw(st.sampled_from(["Forges du Nord", "Halles & Cie"])), **lieu(draw)}
        dits |= peut_etre(draw, plusieurs_employeurs=oui_ou_non)
    return dits


def argent(draw: st.DrawFn) -> Dits:
    """What one adult declares, and receives each month."""
    dits: Dits = {"n_moins_2__annee": "2024", "n_moins_1__annee": "2025"}
    dits["n_moins_2__montant"] = str(draw(st.integers(0, 60_000)))
    dits |= peut_etre(draw, n_moins_1__montant=st.integers(0, 60_000).map(str))
    for groupe, natures in (("recues", ["SAL", "AF", "CHO"]), ("versees", ["PAV"])):
        recues = draw(st.lists(st.sampled_from(natures), max_size=2, unique=True))
        dits[f"{groupe}-nombre"] = str(len(recues))
        for rang, nature in enumerate(recues, start=1):
            dits |= sous(f"{groupe}-{rang}", {"nature": nature})
            dits |= sous(
                f"{groupe}-{rang}",
                peut_etre(
                    draw, montant_mensuel=st.integers(1, 400_000).map(lambda c: f"{c // 100},{c % 100:02}")
                ),
            )
    return dits


def entourage(draw: st.DrawFn) -> tuple[Dits, bool]:
    """Who will live with them, and whether there is another adult."""
    a_deux, enfants = draw(st.booleans()), draw(st.integers(0, 2))
    foyer: Dits = {"cotitulaires-nombre": str(int(a_deux)), "enfants-nombre": str(enfants)}
    if a_deux:
        autre: Dits = {
            "lien_demandeur": "C",
            "civilite": "1",
            "nom_naissance": draw(st.sampled_from(NOMS)),
            "prenoms": draw(st.sampled_from(PRENOMS)),
            "date_naissance": "30/06/1985",
            "lieu_naissance": "Port-Aurette",
            "nationalite": "1",
            "situation_familiale": "C",
        }
        foyer |= sous("cotitulaires-1", autre | peut_etre(draw, telephone_portable=st.just("06 98 76 54 32")))
    for rang in range(1, enfants + 1):
        enfant: Dits = {
            "nom": draw(st.sampled_from(NOMS)),
            "prenoms": draw(st.sampled_from(PRENOMS)),
            "sexe": draw(st.sampled_from(["F", "M"])),
            "date_naissance": draw(jours_d_enfant),
            "lien_parente": "E",
        }
        foyer |= sous(f"enfants-{rang}", enfant)
    if draw(st.booleans()):
        foyer |= {"gardes-nombre": "1"}
        foyer |= sous("gardes-1", {"date_naissance": draw(jours_d_enfant), "sexe": "M", "mode_garde": "G"})
    if draw(st.booleans()):
        foyer |= {"nombre": draw(st.sampled_from(["1", "2"])), "date_prevue": "01/03/2027"}
    return foyer, a_deux


def toit(draw: st.DrawFn) -> Dits:
    """Where they live now."""
    logement: Dits = {"statut": draw(st.sampled_from(["LP", "HLM", "SQUAT"]))}
    if logement["statut"] == "HLM":
        logement["bailleur_social__nom"] = "Aurette Habitat"
    if logement["statut"] != "SQUAT":
        logement |= peut_etre(
            draw,
            categorie=st.sampled_from(["A", "M"]),
            type=st.sampled_from(["T1", "T2", "T3"]),
            surface=st.integers(12, 120).map(str),
            nombre_habitants=st.integers(1, 6).map(str),
            date_entree=st.just("01/09/2019"),
            loyer_mensuel=st.integers(100, 1200).map(str),
        )
    logement["possede"] = draw(oui_ou_non)
    if logement["possede"] == "oui":
        logement |= {"type_possede": draw(st.sampled_from(["T1", "T3"])), **lieu(draw)}
    return logement


def voeux(draw: st.DrawFn) -> Dits:
    """Where and how they wish to live."""
    villes = draw(st.lists(st.sampled_from([nom for _, nom in VILLES]), min_size=1, max_size=3, unique=True))
    return {
        **{f"commune_{rang}": nom for rang, nom in enumerate(villes, start=1)},
        "accepte_autres_communes": draw(oui_ou_non),
        "types_logement": sorted(draw(st.sets(st.sampled_from(["T2", "T3", "T4"]), min_size=1, max_size=2))),
        **peut_etre(
            draw,
            categorie=st.sampled_from(["A", "I"]),
            loyer_maximum=st.integers(200, 1500).map(str),
            accepte_rez_de_chaussee=oui_ou_non,
            accepte_sans_ascenseur=oui_ou_non,
            accepte_quartier_prioritaire=oui_ou_non,
            avec_stationnement=oui_ou_non,
            colocation=oui_ou_non,
            precisions=st.sampled_from(MOTS),
        ),
    }


@st.composite
def foyers(draw: st.DrawFn) -> Foyer:
    """One household of territory 099 whose applicant FranceConnect vouches for."""
    foyer, a_deux = entourage(draw)
    adultes = ("demandeur", "cotitulaires-1")[: 1 + a_deux]
    motifs = draw(st.lists(st.sampled_from(["13", "19", "22"]), min_size=1, max_size=3, unique=True))
    pages: dict[str, Dits] = {
        "personne": {
            "nom_naissance": "OUVRARD",
            "prenoms": "Nadia Rose",
            "nationalite": draw(st.sampled_from(["1", "2"])),
            "situation_familiale": "C",
        },
        "coordonnees": {
            "courriel": COURRIEL,
            **peut_etre(draw, telephone_portable=st.just("06 12 34 56 78")),
            "numero": draw(st.sampled_from(["4", "12 bis"])),
            "voie": draw(st.sampled_from(["rue des Lilas", "quai de l’Île"])),
            **peut_etre(draw, etage=st.just("3"), appartement=st.just("31")),
            **lieu(draw),
        },
        "preferences": peut_etre(draw, notification_sms=oui_ou_non, notification_evenements=oui_ou_non),
        "foyer": foyer,
        "situation": {nom: dit for qui in adultes for nom, dit in sous(qui, emploi(draw)).items()},
        "ressources": {nom: dit for qui in adultes for nom, dit in sous(qui, argent(draw)).items()},
        "logement": toit(draw),
        "motifs": {f"motif_{rang}": code for rang, code in enumerate(motifs, start=1)},
        "souhaits": voeux(draw),
        "pieces": {},
    }
    return {
        code: {nom: dit if isinstance(dit, list) else [dit] for nom, dit in dits.items()}
        for code, dits in pages.items()
    }


COURRIEL = "nadia@example.test"
"""The one that FranceConnect gives of the person who signs in."""


def composer(foyer: Foyer, cadre: Cadre) -> Contenu:
    """What this household says, once each of its pages is typed."""
    dit = composition.vide()
    for code, classe in PAGES.items():
        if code in foyer and classe.concerne(dit):
            page = classe({**foyer[code], CONTINUER: ["oui"]}, cadre=cadre, controler=True, contenu=dit)
            dit = page.appliquer(dit)
    return dit


def tirer(nombre: int) -> list[Foyer]:
    """So many households, the same ones at each run; the emptiest that can be drawn is left out."""
    tires: list[Foyer] = []

    @settings(max_examples=nombre + 1, database=None, phases=[Phase.generate], derandomize=True)
    @given(foyer=foyers())
    def prendre(foyer: Foyer) -> None:
        tires.append(foyer)

    prendre()
    return tires[1 : nombre + 1]
