"""What the organiser does and sees at the table, each deed a signed entry."""
