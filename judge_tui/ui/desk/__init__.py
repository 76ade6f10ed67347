"""The organiser's table, one panel a file; each shows what it is given and says in messages what is wanted."""
