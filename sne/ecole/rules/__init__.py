"""What is decided at the École without table, clock or network."""
