"""Who is looked for, and what the list of recipients says of each."""
