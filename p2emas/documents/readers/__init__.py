"""Reading what people upload in a process of its own, which may be slow, greedy or die without hurting the site.

A reader is a module of plain Python (no Django) with one function::

    def read(data: bytes, **options) -> Answer | dict | tuple[dict, list[bytes]]

It answers with JSON, or with JSON and pieces of bytes, or raises ``wire.Refused`` with an Indonesian sentence. The
site calls it through a ``reading.Reader``. How to add one is in docs/documents.md.
"""
