"""The attestation: everything the product does around the compiler. A scan received: the memory that it takes."""

from functools import partial
from statistics import median

from sne.bench.chantier import Chantier
from sne.bench.rules import Cible, Ligne, Sens, Tranche, rapport

TITRES = {
    "dessin": "Attestation drawn from its data (laid out, QR code, compiler, PDF/A finish), processor time",
    "emission": "Attestation issued (rights, data, drawing, hash, row, journal), processor time",
    "remise": "Attestation handed over (rights, drawing again, hash, journal), processor time",
}

PAGES = 100
MEMOIRE_PERMISE = 32.0  # MB
MO = 1_000_000


def attestation(chantier: Chantier) -> list[Ligne]:
    """Drawing, issuing and handing over, against the compiler alone on the same template."""
    acces, secondes = chantier.copie_remplie("attestation"), chantier.reglages.secondes / 2
    with (
        chantier.equipe("CompilerNu", acces, processus=1, fils=1) as nu,
        chantier.equipe("Dessiner", acces, processus=1, fils=1) as dessin,
        chantier.equipe("EmettreAttestation", acces, processus=1, fils=1) as emission,
        chantier.equipe("RemettreAttestation", acces, processus=1, fils=1) as remise,
    ):
        tranches = chantier.alterner(
            {
                "typst": partial(nu.tranche, secondes, par_seconde=120),
                "dessin": partial(dessin.tranche, secondes, par_seconde=120),
                "emission": partial(emission.tranche, secondes, par_seconde=90),
                "remise": partial(remise.tranche, secondes, par_seconde=90),
            }
        )
    chantier.atelier.jeter("attestation")
    couts = {nom: [_processeur(t) for t in liste] for nom, liste in tranches.items()}
    return [_ligne(nom, couts) for nom in TITRES]


def _processeur(tranche: Tranche) -> float:
    """Processor milliseconds of one act."""
    return tranche.processeur * 1000 / tranche.actes


def _ligne(nom: str, couts: dict[str, list[float]]) -> Ligne:
    valeur = rapport(couts[nom], couts["typst"])
    return Ligne(
        code=f"attestation-{nom}",
        titre=TITRES[nom],
        limite=f"bare typst: {median(couts['typst']):.1f} ms",
        mesure=f"{median(couts[nom]):.1f} ms",
        valeur=valeur,
        unite="×",
        cible=Cible(Sens.AU_PLUS, 1.3),
        tranches={cote: [round(x, 2) for x in couts[cote]] for cote in ("typst", nom)},
    )


def numerisation(chantier: Chantier) -> list[Ligne]:
    """One process receives a large scan, made by another; its children, which read it, are bounded by themselves."""
    acces = chantier.atelier.copie("numerisation")
    chantier.atelier.preparer("numeriser", acces=acces, taille=PAGES)
    lu = chantier.atelier.preparer("recevoir_numerisation", acces=acces)
    chantier.atelier.jeter("numerisation")
    grossi = lu["grossi"] / MO
    return [
        Ligne(
            code="numerisation",
            titre=f"Memory that the process of a request gains while it receives a scan of {PAGES} pages",
            limite=f"the scan itself: {lu['octets'] / MO:.0f} MB",
            mesure=f"{grossi:.1f} MB, in {lu['secondes']:.1f} s",
            valeur=grossi,
            unite="MB",
            cible=Cible(Sens.AU_PLUS, MEMOIRE_PERMISE),
            contre=lu["grossi"] / lu["octets"],
        )
    ]
