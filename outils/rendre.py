"""Write the files of ``deploy/`` for one installation: templates and its values, for an operator or the local trial.

python -m outils.rendre deploy/exemple.toml DOSSIER
"""

import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

DEPLOIEMENT = Path(__file__).resolve().parents[1] / "deploy"
PAR_NOEUD = ("patroni/patroni.yml.j2", "etcd/etcd.env.j2", "pgbackrest/noeud.conf.j2")
INCLUS = ("systemd/enceinte.j2", "pgbackrest/commun.j2")


def rendre(valeurs: Mapping[str, Any], dossier: Path) -> list[Path]:
    """Render every template into ``dossier``, once a node where they are the node's; returns what was written.

    Raises ``jinja2.UndefinedError`` when a value is missing: nothing is left empty.
    """
    gabarits = Environment(  # noqa: S701 - these are no pages
        loader=FileSystemLoader(DEPLOIEMENT),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    ecrits = []
    for nom in sorted(gabarits.list_templates(extensions=["j2"])):
        if nom in INCLUS:
            continue
        noeuds = valeurs["base"]["noeuds"] if nom in PAR_NOEUD else [None]
        for noeud in noeuds:
            sortie = dossier / nom.removesuffix(".j2")
            if noeud:
                sortie = sortie.with_stem(f"{sortie.stem}-{noeud['nom']}")
            sortie.parent.mkdir(parents=True, exist_ok=True)
            sortie.write_text(gabarits.get_template(nom).render(**valeurs, noeud=noeud), encoding="utf-8")
            ecrits.append(sortie)
    return ecrits


if __name__ == "__main__":
    for ecrit in rendre(tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2])):
        sys.stdout.write(f"{ecrit}\n")
