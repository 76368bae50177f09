"""Writes of the site: a draft kept, submitted, answered; a page withdrawn, checked, moved; what a reader says."""
