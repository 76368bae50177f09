"""Control of identity changes: the rule, what surrounds a change, and the score that ranks what is read first. Pure.

Explained, with every threshold, in ``docs/controle.md``.
"""
