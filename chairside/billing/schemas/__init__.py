"""What HTTP accepts and shows of money."""
