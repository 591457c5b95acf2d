"""The consistency checks of a relevé before it is issued (domain facts, 0.6).

Pure functions from a ``Subject`` to ``Finding``s, one module a family; ``every`` runs them all.
C1 (co-creation totals by channel) waits for data that the store does not hold.
"""
