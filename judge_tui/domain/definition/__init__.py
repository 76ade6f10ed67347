"""From a document a person wrote to a validated `Event`, and back; all problems at once, each with its place."""
