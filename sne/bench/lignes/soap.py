"""What software that speaks the national messages waits for, beside what a counter does."""

from functools import partial

from sne.bench.chantier import Chantier
from sne.bench.lignes.rest import comparer, un_client
from sne.bench.rules import Cible, Ligne, Sens

PAIRES = {
    "soap-depot": (
        "Register by SOAP, attestation apart",
        "the act, its content read from what was typed",
        "DeposerSansNumero",
        "DeposerParSoap",
        1.3,
    ),
    "soap-attestation": (
        "Register by SOAP, the attestation in the answer",
        "the act so, then the attestation issued and drawn",
        "DeposerEtAttester",
        "DeposerEtAttesterParSoap",
        1.3,
    ),
    "soap-lecture": (
        "Read a file by SOAP",
        "the file’s page without its template",
        "actes_page:LirePageSansGabarit",
        "ConsulterParSoap",
        1.2,
    ),
}


def soap(chantier: Chantier) -> list[Ligne]:
    """Registering and reading by messages, against the act and the page of the file; one thread a process."""
    acces = chantier.copie_remplie("soap")
    lignes = []
    for code, (titre, limite, seul, par_soap, cible) in PAIRES.items():
        module, _, nom = seul.rpartition(":")
        with (
            un_client(chantier, acces, f"{module or 'actes_soap'}:{nom}") as une,
            un_client(chantier, acces, f"actes_soap:{par_soap}") as autre,
        ):
            tranches = chantier.alterner(
                {
                    "seul": partial(une.tranche, chantier.reglages.secondes),
                    "interface": partial(autre.tranche, chantier.reglages.secondes),
                }
            )
        lignes.append(comparer(code, titre, limite, tranches, Cible(Sens.AU_PLUS, cible)))
    chantier.atelier.jeter("soap")
    return lignes
