"""Monthly resources (DRM): what the State knows that somebody was paid each month, and what it does not know."""
