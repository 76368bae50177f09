"""Rules of the feed: what is told, how a line is written and chained, what a statement signs. Pure."""
