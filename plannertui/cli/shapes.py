"""Lines of lists as plain JSON values."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.store.items import Item
    from plannertui.store.search import Hit


def item_data(item: Item) -> dict[str, Any]:
    """``item`` as plain JSON values."""
    return {
        "handle": item.handle,
        "type": item.noun,
        "kind": item.kind,
        "text": item.text,
        "day": item.day.isoformat(),
        "at": item.at,
        "due": item.due.isoformat() if item.due else None,
        "state": item.state,
        "nature": item.nature,
        "share": item.share,
        "person": None
        if item.person is None
        else {"handle": item.person[1], "label": item.person[2]},
        "refs": [{"handle": ref[1], "label": ref[2]} for ref in item.refs],
        "tags": list(item.tags),
    }


def hit_data(hit: Hit) -> dict[str, Any]:
    """``hit`` as plain JSON values; spans are start and end in the snippet."""
    return {
        **item_data(hit.item),
        "snippet": hit.snippet,
        "spans": [list(span) for span in hit.spans],
    }
