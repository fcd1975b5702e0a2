"""Other tools: their packages are imported here and nowhere else."""
