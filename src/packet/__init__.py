"""packet: print-ready teaching packets from lessons written in YAML."""
