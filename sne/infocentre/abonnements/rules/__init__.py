"""What a subscription is, when it is due, how each occurrence ends, what a new version makes of it. Pure."""
