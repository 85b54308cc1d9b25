"""Words that are one slip of the finger apart: a letter too many, too few, another one, or two in the wrong order.

Two such words have something in common once one letter is left out of each ("ensait" and "ensaid": "ensai"). So the
words of names are stored without each of their letters, and a misspelt word finds them by equality.
"""

SHORTEST, LONGEST = 4, 30  # of fewer letters almost every word is near


def can_be_misspelt(word: str) -> bool:
    """A number is right or wrong; only names of some length are forgiven."""
    return word.isalpha() and SHORTEST <= len(word) <= LONGEST


def keys_with_a_slip(word: str) -> set[str]:
    """The word, and the word without each of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def is_near(one: str, other: str) -> bool:
    """Whether one slip makes ``other`` of ``one``, or none."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    at = next((place for place, letter in enumerate(one) if letter != other[place]), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at : at + 2][::-1] == other[at : at + 2] and one[at + 2 :] == other[at + 2 :]
    return swapped or one[at + 1 :] == other[at + 1 :]
