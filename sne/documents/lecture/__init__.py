"""Reading of received files, in a process apart: what they truly are, a safe form of them, pages, aids.

``depot`` and what it imports run in the caller and parse nothing; what ``enfant`` imports runs in the closed process.
Nothing is imported here: the process starts sooner.
"""
