"""What the service costs: each path measured against its limit, in one run, on a database of its own."""
