"""A sheet of left and right, said in the direction of reading."""

import pytest

from sne.socle.logique import retourner


@pytest.mark.parametrize(
    ("dit", "attendu"),
    [
        ("margin-left:1px", "margin-inline-start:1px"),
        ("padding-right:1px!important", "padding-inline-end:1px!important"),
        ("border-left-color:red", "border-inline-start-color:red"),
        ("border-right:1px solid", "border-inline-end:1px solid"),
        ("left:0", "inset-inline-start:0"),
        ("right:auto", "inset-inline-end:auto"),
        ("text-align:right", "text-align:end"),
        ("float:left", "float:inline-start"),
        ("clear:both", "clear:both"),
        ("text-align:center", "text-align:center"),
        ("margin:1px 2px", "margin:1px 2px"),
        ("padding:1px 2px 3px 2px", "padding:1px 2px 3px 2px"),
        ("padding:1px 2px 3px 4px", "padding-block:1px 3px;padding-inline:4px 2px"),
        ("margin:0 calc(1px + 2px) 0 auto", "margin-block:0 0;margin-inline:auto calc(1px + 2px)"),
        ("border-radius:1px", "border-radius:1px"),
        ("border-radius:4px 4px 0 0", "border-radius:4px 4px 0 0"),
        (
            "border-radius:0 4px 4px 0",
            "border-start-start-radius:0;border-start-end-radius:4px;"
            "border-end-end-radius:4px;border-end-start-radius:0",
        ),
        ("border-top-left-radius:1px", "border-start-start-radius:1px"),
        ("--Cote-left:1px", "--Cote-left:1px"),
        ("transition:left 1s", "transition:left 1s"),
    ],
)
def test_a_declaration(dit: str, attendu: str) -> None:
    assert retourner(f"a{{{dit}}}") == f"a{{{attendu}}}"
    assert (
        retourner(f"@media (min-width:1px){{a:hover{{{dit}}}}}")
        == f"@media (min-width:1px){{a:hover{{{attendu}}}}}"
    )


def test_what_it_does_not_know_is_left() -> None:
    feuille = "@keyframes va{from{left:0}to{left:1px}}@font-face{font-family:x}"
    assert retourner(feuille) == feuille
