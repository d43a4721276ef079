"""What is printed: HTML becomes sheets, sheets are bound, and the bound packet is proved. Knows nothing of lessons."""
