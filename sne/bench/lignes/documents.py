"""The attestation: everything the product does around the compiler, in processor time."""

from functools import partial

from sne.bench.chantier import Chantier
from sne.bench.rules import Cible, Ligne, Sens, Tranche, rapport


def attestation(chantier: Chantier) -> list[Ligne]:
    """Issue one through the action (rights, data, rendering, hash, row, journal) against the compiler alone."""
    acces, secondes = chantier.copie_remplie("attestation"), chantier.reglages.secondes / 2
    with (
        chantier.equipe("CompilerNu", acces, processus=1, fils=1) as nu,
        chantier.equipe("EmettreAttestation", acces, processus=1, fils=1) as produit,
    ):
        tranches = chantier.alterner(
            {
                "typst": partial(nu.tranche, secondes, par_seconde=90),
                "produit": partial(produit.tranche, secondes, par_seconde=60),
            }
        )
    chantier.atelier.jeter("attestation")
    couts = {nom: [_processeur(t) for t in liste] for nom, liste in tranches.items()}
    valeur = rapport(couts["produit"], couts["typst"])
    medians = {nom: sorted(liste)[len(liste) // 2] for nom, liste in couts.items()}
    return [
        Ligne(
            code="attestation",
            titre="Attestation through the product’s path, processor time",
            limite=f"bare typst: {medians['typst']:.1f} ms",
            mesure=f"{medians['produit']:.1f} ms",
            valeur=valeur,
            unite="×",
            cible=Cible(Sens.AU_PLUS, 1.3),
            rapport=valeur,
            tranches={nom: [round(x, 2) for x in liste] for nom, liste in couts.items()},
        )
    ]


def _processeur(tranche: Tranche) -> float:
    """Processor milliseconds of one act."""
    return tranche.processeur * 1000 / tranche.actes
