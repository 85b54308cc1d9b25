import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string


@pytest.fixture
def draw(rf):
    """``draw("_empty", text="...")``: that partial as a page of an anonymous visitor would hold it."""
    request = rf.get("/laporan/", {"status": "menunggu"})
    request.user = AnonymousUser()

    def render(partial: str, /, **context) -> str:
        return render_to_string(f"partials/{partial}.html", context, request=request)

    return render
