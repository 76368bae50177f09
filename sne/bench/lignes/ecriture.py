"""Registering a household: through the web, through the action, and what the guarantees cost."""

from functools import partial

from sne.bench.chantier import CLIENTS, Chantier
from sne.bench.rules import Cible, Ligne, Sens, Tranche, debit_median, p95, rapport
from sne.bench.web import ouvrir_session, serveur_web

PAIR = "pgbench, plain statements of the same rows"
TABLES_JOURNALISEES = (
    "demande",
    "personne",
    "identite",
    "decision_identite",
    "titre_anciennete",
    "requete_anteriorite",
    "place_ouverte",
)
SANS_DECLENCHEUR = tuple(f"DROP TRIGGER journalise ON {table}" for table in TABLES_JOURNALISEES)
SANS_JOURNAL = (
    "CREATE OR REPLACE FUNCTION journal_inscrire_en_lot(p_entrees jsonb, p_complements jsonb DEFAULT NULL) "
    "RETURNS SETOF uuid LANGUAGE sql AS 'SELECT gen_random_uuid()'"
)


def action(chantier: Chantier) -> list[Ligne]:
    """The action alone, by eight clients, against the peer."""
    acces = chantier.copie_remplie("action")
    with chantier.equipe("Deposer", acces) as equipe:
        tranches = chantier.alterner(
            {
                "pair": partial(chantier.pair, acces),
                "action": partial(equipe.tranche, chantier.reglages.secondes),
            }
        )
    chantier.atelier.jeter("action")
    return [contre_le_pair("action", "Register, action only", tranches, Cible(Sens.AU_MOINS, 0.40))]


def http(chantier: Chantier) -> list[Ligne]:
    """The last page of a draft posted to the real web server by eight people signed in."""
    acces = chantier.copie_remplie("http")
    variables, journal = chantier.atelier.variables_du_web(acces), chantier.atelier.dossier / "web.log"
    with serveur_web(variables, journal) as (port, _):
        sessions = [ouvrir_session(port, compte) for compte in chantier.atelier.comptes[:CLIENTS]]
        with chantier.equipe("DeposerParLeWeb", acces, options=sessions) as equipe:
            tranches = chantier.alterner(
                {
                    "pair": partial(chantier.pair, acces),
                    "http": lambda: equipe.tranche(chantier.reglages.secondes, par_seconde=40),
                }
            )
    chantier.atelier.jeter("http")
    titre = "Register through HTTP, session, rights, every rule, duplicate check, journal"
    return [contre_le_pair("http", titre, tranches, Cible(Sens.AU_MOINS, 0.30))]


def journal(chantier: Chantier) -> list[Ligne]:
    """The action on three databases: whole, without the deferred trigger, without trigger nor journal."""
    bases = {
        "complete": chantier.copie_remplie("complete"),
        "sans_declencheur": chantier.copie_remplie("sans_declencheur", *SANS_DECLENCHEUR),
        "sans_journal": chantier.copie_remplie("sans_journal", *SANS_DECLENCHEUR, SANS_JOURNAL),
    }
    equipes = {nom: chantier.equipe("Deposer", acces) for nom, acces in bases.items()}
    try:
        tranches = chantier.alterner(
            {nom: partial(equipe.tranche, chantier.reglages.secondes) for nom, equipe in equipes.items()}
        )
    finally:
        for equipe in equipes.values():
            equipe.fermer()
    for nom in bases:
        chantier.atelier.jeter(nom)
    return [
        _avec_sans(
            "journal",
            "Journal on the write path (action with / without)",
            {"avec": tranches["sans_declencheur"], "sans": tranches["sans_journal"]},
            Cible(Sens.AU_MOINS, 0.75),
        ),
        _avec_sans(
            "declencheur",
            "Deferred trigger “the entry names the demande” (with / without)",
            {"avec": tranches["complete"], "sans": tranches["sans_declencheur"]},
            Cible(Sens.AU_MOINS, 0.90),
        ),
    ]


def contre_le_pair(
    code: str, titre: str, tranches: dict[str, list[Tranche]], cible: Cible, *, pair: str = PAIR
) -> Ligne:
    """The row of a rate against the peer's; ``tranches``: of « pair » and of ``code``; ``pair``: what the peer does."""
    debits = {nom: [round(t.debit, 1) for t in liste] for nom, liste in tranches.items()}
    valeur = rapport([t.debit for t in tranches[code]], [t.debit for t in tranches["pair"]])
    return Ligne(
        code=code,
        titre=titre,
        limite=f"{pair}: {debit_median(tranches['pair']):.0f} /s, p95 {p95(tranches['pair']):.0f} ms",
        mesure=f"{debit_median(tranches[code]):.0f} /s, p95 {p95(tranches[code]):.0f} ms",
        valeur=valeur,
        unite="×",
        cible=cible,
        tranches=debits,
    )


def _avec_sans(code: str, titre: str, tranches: dict[str, list[Tranche]], cible: Cible) -> Ligne:
    valeur = rapport([t.debit for t in tranches["avec"]], [t.debit for t in tranches["sans"]])
    return Ligne(
        code=code,
        titre=titre,
        limite=f"without: {debit_median(tranches['sans']):.0f} /s, p95 {p95(tranches['sans']):.0f} ms",
        mesure=f"with: {debit_median(tranches['avec']):.0f} /s, p95 {p95(tranches['avec']):.0f} ms",
        valeur=valeur,
        unite="×",
        cible=cible,
        tranches={nom: [round(t.debit, 1) for t in liste] for nom, liste in tranches.items()},
    )
