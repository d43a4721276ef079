"""What is asked for: the order a teacher places, and the lessons it means."""
