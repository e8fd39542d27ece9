"""Tables of cases: the rules tried on a CSV file, without the database."""
