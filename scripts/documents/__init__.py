"""What users are shown, before and after a change that should change nothing: recorded, and compared as documents.

    python -m scripts.documents build FOLDER          a filled database, made once
    python -m scripts.documents record FOLDER OUT     every page as every role, refused forms, papers and mails
    python -m scripts.documents compare BEFORE AFTER  what differs: elements, attributes, text, order

Record twice with the same code first: what differs then is no change of yours. White space between block elements is
left out of the comparison.
"""
