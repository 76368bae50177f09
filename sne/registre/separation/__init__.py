"""A couple separates: who leaves, with which seniority."""
