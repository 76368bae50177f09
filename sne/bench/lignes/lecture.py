"""Reads that a counter waits for: a file as it was, and whether a household is already there."""

from collections.abc import Sequence
from functools import partial

from sne.bench.chantier import Chantier
from sne.bench.pieces import DOSSIERS, PAR_DOSSIER, REMPLIR
from sne.bench.rules import Cible, Ligne, Sens, Tranche, latence_mediane, p95, rapport
from sne.socle.bases import Acces

PAR_SECONDE = 0  # these acts need nothing made ready


def etat(chantier: Chantier) -> list[Ligne]:
    """A file of fifty versions at an instant drawn among them, against its version row alone."""
    return [
        _contre(
            chantier,
            code="etat",
            titre="`etat` at an instant, 50 versions",
            actes=("LireVersion", "LireEtat"),
            limite="the version row alone, same driver",
            cible=Cible(Sens.AU_PLUS, 5.0),
        )
    ]


def doublons(chantier: Chantier) -> list[Ligne]:
    """The look-up that every registration makes, against one read by primary key."""
    return [
        _contre(
            chantier,
            code="doublons",
            titre=f"Duplicate check at registration, {chantier.reglages.taille} files",
            actes=("LireCle", "ChercherDoublons"),
            limite="one row by primary key, same driver",
            cible=Cible(Sens.AU_PLUS, 12.6),
        )
    ]


def pieces(chantier: Chantier) -> list[Ligne]:
    """Documents of a file, there and missing, in a register that holds a hundred thousand, against the file alone."""
    return [
        _contre(
            chantier,
            code="pieces",
            titre=f"Documents of a file and what is missing, {PAR_DOSSIER} a file, {DOSSIERS * PAR_DOSSIER} in all",
            actes=("ConsulterSansPieces", "ListerPieces"),
            limite="the same file opened, without its documents",
            cible=Cible(Sens.AU_PLUS, 150.0),
            ordres=REMPLIR,
        )
    ]


def _contre(
    chantier: Chantier,
    *,
    code: str,
    titre: str,
    actes: tuple[str, str],
    limite: str,
    cible: Cible,
    ordres: Sequence[str] = (),
) -> Ligne:
    """The same on a copy of the filled database. ``ordres``: SQL that adds to the copy, as the owner."""
    acces = chantier.copie_remplie(code, *ordres)
    ligne = contre(chantier, acces, code=code, titre=titre, actes=actes, limite=limite, cible=cible)
    chantier.atelier.jeter(code)
    return ligne


def contre(
    chantier: Chantier,
    acces: Acces,
    *,
    code: str,
    titre: str,
    actes: tuple[str, str],
    limite: str,
    cible: Cible,
    module: str = "actes",
    par_seconde: int = PAR_SECONDE,
) -> Ligne:
    """One client, the two reads of ``module`` in turn; judged on the p95, in milliseconds.

    ``par_seconde``: how many acts that do not count come first.
    """
    secondes = chantier.reglages.secondes / 2
    with (
        chantier.equipe(actes[0], acces, processus=1, fils=1, module=module) as pair,
        chantier.equipe(actes[1], acces, processus=1, fils=1, module=module) as equipe,
    ):
        tranches: dict[str, list[Tranche]] = chantier.alterner(
            {
                "limite": partial(pair.tranche, secondes, par_seconde=par_seconde),
                "mesure": partial(equipe.tranche, secondes, par_seconde=par_seconde),
            }
        )
    medianes = {nom: [latence_mediane([t]) for t in liste] for nom, liste in tranches.items()}
    return Ligne(
        code=code,
        titre=titre,
        limite=f"{limite}: {latence_mediane(tranches['limite']):.2f} ms, p95 {p95(tranches['limite']):.2f} ms",
        mesure=f"{latence_mediane(tranches['mesure']):.2f} ms, p95 {p95(tranches['mesure']):.2f} ms",
        valeur=p95(tranches["mesure"]),
        unite="ms p95",
        cible=cible,
        contre=rapport(medianes["mesure"], medianes["limite"]),
        tranches={nom: [round(x, 3) for x in liste] for nom, liste in medianes.items()},
    )
