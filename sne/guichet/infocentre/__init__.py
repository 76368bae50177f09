"""The infocentre: reports, what is behind a figure, definitions, and the page of whoever publishes."""
