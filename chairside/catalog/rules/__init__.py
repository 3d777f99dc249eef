"""Pure decisions about what the clinic does."""
