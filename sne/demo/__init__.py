"""The service on one workstation: supervisor of its processes, generator of a fictional territory."""
