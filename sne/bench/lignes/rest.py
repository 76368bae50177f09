"""What a vendor's software waits for, beside what a counter does: the same act, the same file, by REST."""

from functools import partial
from statistics import median

from sne.bench.chantier import Chantier
from sne.bench.equipe import Equipe
from sne.bench.rules import Cible, Ligne, Sens, Tranche, debit_median, latence_mediane, p95, rapport
from sne.socle.bases import Acces
from sne.socle.serveur_web import VARIABLES_DU_WEB

LIGNES_D_UN_LOT = 50  # that of the act
REGLAGES = {"DJANGO_SETTINGS_MODULE": "config.settings.editeurs", "SNE_CLES_JOURNAL": ""}


def rest(chantier: Chantier) -> list[Ligne]:
    """Registering and reading by REST, against the act and the page of the file; one thread a process: one client."""
    acces = chantier.copie_remplie("rest")
    paires = {
        "rest-depot": (
            "Register by REST",
            "the act, its content read from what was typed",
            ("actes_rest:DeposerSonContenu", "actes_rest:DeposerParRest"),
            1.1,
        ),
        "rest-lecture": (
            "Read a file by REST",
            "the file’s page without its template",
            ("actes_page:LirePageSansGabarit", "actes_rest:ConsulterParRest"),
            1.2,
        ),
    }
    lignes = []
    for code, (titre, limite, (seul, par_rest), cible) in paires.items():
        with (
            un_client(chantier, acces, seul) as une,
            un_client(chantier, acces, par_rest) as autre,
        ):
            tranches = chantier.alterner(
                {
                    "seul": partial(une.tranche, chantier.reglages.secondes),
                    "interface": partial(autre.tranche, chantier.reglages.secondes),
                }
            )
        lignes.append(comparer(code, titre, limite, tranches, Cible(Sens.AU_PLUS, cible)))
    lignes.append(_importer(chantier, acces))
    chantier.atelier.jeter("rest")
    return lignes


def _importer(chantier: Chantier, acces: Acces) -> Ligne:
    """Lines of an import against the act alone, in one process each."""
    secondes = chantier.reglages.secondes
    with (
        chantier.equipe("Deposer", acces, processus=1, fils=1) as une,
        chantier.equipe(
            "ImporterUnLot", acces, processus=1, fils=1, module="actes_rest", reglages=REGLAGES
        ) as autre,
    ):
        tranches = chantier.alterner(
            {
                "seul": partial(une.tranche, secondes),
                "import": partial(autre.tranche, secondes, par_seconde=12),
            }
        )
    seuls = [t.debit for t in tranches["seul"]]
    lignes = [t.debit * LIGNES_D_UN_LOT for t in tranches["import"]]
    valeur = rapport(lignes, seuls)
    return Ligne(
        code="rest-import",
        titre="Register by an import",
        limite=f"the act alone: {debit_median(tranches['seul']):.0f} /s, p95 {p95(tranches['seul']):.1f} ms",
        mesure=f"{median(lignes):.0f} lines/s, by steps of {LIGNES_D_UN_LOT}",
        valeur=valeur,
        unite="×",
        cible=Cible(Sens.AU_MOINS, 0.6),
        tranches={"seul": [round(d, 1) for d in seuls], "import": [round(d, 1) for d in lignes]},
    )


def un_client(chantier: Chantier, acces: Acces, acte: str) -> Equipe:
    """One process of one thread; what goes through REST, set as the vendors' own."""
    module, _, nom = acte.partition(":")
    reglages = VARIABLES_DU_WEB if module == "actes_page" else REGLAGES
    return chantier.equipe(nom, acces, processus=1, fils=1, module=module, reglages=reglages)


def comparer(code: str, titre: str, limite: str, tranches: dict[str, list[Tranche]], cible: Cible) -> Ligne:
    """The row of an interface (``interface``) against what it calls (``seul``): how many times the time of one."""
    valeur = rapport([t.debit for t in tranches["seul"]], [t.debit for t in tranches["interface"]])
    return Ligne(
        code=code,
        titre=titre,
        limite=f"{limite}: {debit_median(tranches['seul']):.0f} /s, p95 {p95(tranches['seul']):.1f} ms",
        mesure=f"{debit_median(tranches['interface']):.0f} /s, median {latence_mediane(tranches['interface']):.1f} ms",
        valeur=valeur,
        unite="×",
        cible=cible,
        tranches={nom: [round(t.debit, 1) for t in liste] for nom, liste in tranches.items()},
    )
