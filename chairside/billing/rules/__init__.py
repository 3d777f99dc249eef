"""What money may do: decided here, kept by the database."""
