"""A teacher's own article becomes a whole unit to fill in: read the file, part it by its headings, write the unit."""
