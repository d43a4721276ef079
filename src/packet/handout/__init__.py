"""What is on paper: handouts as plain values, composed for an edition and turned into HTML."""
