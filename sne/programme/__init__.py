"""Decisions of the programme: what was asked, what each territory answered, under what condition, what became of it.

Side service: it knows accounts and roles, nothing of demandes. A decision that is applied is shown with the tests that
prove it.
"""
