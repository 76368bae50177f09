"""What every screen owes: no scroll aside, no accessibility violation; keeps captures when asked to."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

LARGEURS = [1280, 375]
UNE_LARGEUR = [pytest.param(1280, marks=pytest.mark.longue), 375]
"""Of a journey that is the same at both: the phone's in make test, both in make soak."""
# Style sheets are not read again: only rules that are off by default would ask for it.
VIOLATIONS = """() => axe.run({resultTypes: ["violations"], preload: {assets: ["media"]}})
  .then(dit => dit.violations.map(v => [v.id, v.nodes.map(n => n.html)]))"""
CAPTURES = os.environ.get("SNE_CAPTURES", "")  # a folder where to keep what was seen


def examiner(page: Page, nom: str) -> None:
    """Check the screen now shown, at the width it has; ``nom`` names its capture."""
    page.wait_for_load_state()
    if CAPTURES:
        chemin = Path(CAPTURES) / f"{nom}-{page.viewport_size['width']}.png"
        page.screenshot(path=chemin, full_page=True, caret="initial")  # hiding it would inject a style
    sans_defilement(page)
    accessible(page)


def sans_defilement(page: Page) -> None:
    """The page does not scroll aside, once its layout has settled."""
    page.wait_for_load_state()
    for _ in range(100):
        if page.locator("html").evaluate("html => html.scrollWidth <= window.innerWidth"):
            return
        page.wait_for_timeout(100)
    trop_larges = page.evaluate(
        "() => [...document.querySelectorAll('body *')]"
        ".filter(e => e.getBoundingClientRect().right > window.innerWidth)"
        ".map(e => `${e.tagName}.${e.className}`).slice(0, 12)"
    )
    raise AssertionError(f"{page.url} scrolls aside at {page.viewport_size}: {trop_larges}")


def accessible(page: Page) -> None:
    """No violation of the rules that a machine can check, in the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    assert page.evaluate(VIOLATIONS) == []
