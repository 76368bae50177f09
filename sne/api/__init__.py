"""REST ``/api/v1`` for the software of vendors: it translates, holds no table and decides nothing."""
