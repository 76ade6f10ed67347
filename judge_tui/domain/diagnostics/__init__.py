"""Beside the result, never inside it: how well the judges agree, who is strict, what looks copied, how firm the places are."""
