"""What HTTP accepts and shows."""
