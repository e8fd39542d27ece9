"""Russian words for the codes that balances store."""

REASONS = {
    "unknown": "не найден у нас",
    "ambiguous": "подходит несколько",
}


def reason_in_words(code: str) -> str:
    """Say a held reason in words; a code without words is shown as it is."""
    return REASONS.get(code, code)
