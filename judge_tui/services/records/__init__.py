"""The organiser's file: merging, refusing, proving, copying, taking over."""
