"""The writes of the École: a bac opened, sown, moved, emptied."""
