"""What HTTP accepts and shows of clinics and those who work in them."""
