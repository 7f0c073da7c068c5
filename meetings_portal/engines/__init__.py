"""PostgreSQL and Valkey for a machine that has neither: their servers come from wheels."""
