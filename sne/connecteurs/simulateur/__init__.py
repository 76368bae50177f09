"""The three services in one local process, that speaks as they do and lies when it is told to: demonstration and tests.

Standard library only, and nothing of ours: it must not share a reader's mistakes.
"""
