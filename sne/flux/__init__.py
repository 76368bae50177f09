"""The feed of a territory: numbered lines that hold nothing of a household, whose completeness anyone may check.

A reader gets the lines by REST (``sne/api/ressources/flux.py``) or is called (webhooks), and says how far it is.
"""
