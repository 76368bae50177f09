"""What coverage is asked of: the files that decide, every branch; the whole, in the long trials (coverage plugin)."""

import os
from pathlib import Path, PurePath
from typing import Any

RACINE = Path(__file__).parents[1]
DECIDENT = {"rules", "policies", "possible", "actions"}


def decide(fichier: PurePath) -> bool:
    """Whether this file holds rules, rights, possible acts or actions: by its name, or a folder of that name."""
    return not DECIDENT.isdisjoint({fichier.stem, fichier.parent.name})


class Mesure:
    """Leaves out what does not decide: following every line of the service takes the suite's time again, and more."""

    def configure(self, config: Any) -> None:
        fichiers = [f.relative_to(RACINE) for f in RACINE.glob("sne/**/*.py")]
        config.set_option("run:omit", [str(RACINE / f) for f in fichiers if not decide(f)])


def coverage_init(reg: Any, _: Any) -> None:
    """Called by coverage. ``SNE_COUVERTURE=entiere`` measures the whole."""
    if os.environ.get("SNE_COUVERTURE") != "entiere":
        reg.add_configurer(Mesure())
