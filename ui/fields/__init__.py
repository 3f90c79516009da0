"""Fields for people who type without looking at the screen: plain line edits, each with a reader of its own.

No input mask, no length limit, no date editor, no pop-up completer: each of them was caught losing or changing keys.
"""
