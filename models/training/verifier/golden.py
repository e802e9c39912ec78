"""Calls for the golden vectors: what a tokenizer or a reading can stumble over, beside some of each kind that was held out."""

from __future__ import annotations

from typing import Any

from .rows import Call


def call(name: str, intent: str, tool: str, arguments: dict[str, Any], context: str = "") -> Call:
    return Call(name, intent, None, context, tool, arguments, frozenset(), False, "golden", "golden", "golden")


HARD = [
    call("nothing", "What time is it?", "now", {}),
    call("accents", "Überweise Ångström 12,50 € für den Café-Besuch", "überweisen", {"empfänger": "Ångström", "betrag": 12.5, "zweck": "Café-Besuch"}),
    call("emoji", "Post 👩‍👩‍👧‍👦🎉 to the family chat", "post_message", {"channel": "family", "text": "👩‍👩‍👧‍👦🎉 hooray"}, "🏳️‍🌈 chat: hi 👍🏽"),
    call("cjk", "给小明发邮件说会议改到三点", "send_email", {"to": "xiaoming@example.com", "body": "会议改到三点。"}, "小明 <xiaoming@example.com>"),
    call("nested", "Book the two of us, Ann and Bo, to Oslo", "book", {"trip": {"to": "Oslo", "passengers": [{"name": "Ann"}, {"name": "Bo"}]}, "options": {"seat.class": "economy", "meal": None}}),
    call("long", "Send Ann the full report", "send_email", {"to": "ann@example.com", "body": " ".join(f"Line {i} of the report says that all went well in week {i}." for i in range(14))}, "Ann <ann@example.com>"),
]
