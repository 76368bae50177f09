"""What stands around the service, run on this machine: the time, technical lines sent elsewhere, the image."""
