"""What a letter says and how it is put together."""
