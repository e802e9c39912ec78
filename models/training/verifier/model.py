"""The verifier: the prompt encoder's transformer with one logit a token, of a word that the user did not ask for."""

from __future__ import annotations

import copy
from pathlib import Path

import torch
from pipeline.bundle import dequantized
from pipeline.encoder import Encoder, pad
from torch import Tensor, nn


class Verifier(nn.Module):
    """`forward(ids, mask)`: int64 [batch, tokens] twice → logits, float32 [batch, tokens]."""

    def __init__(self, checkpoint: Path | None) -> None:
        """`checkpoint`: of the prompt encoder; without one its backbone's weights stay, for others to be put in."""
        super().__init__()
        self.encoder = Encoder(dropout=0.1)
        if checkpoint is not None:
            self.encoder.load_state_dict(torch.load(checkpoint)["encoder"])
        self.encoder.requires_grad_(True)
        # Words stand as the prompts taught them: the calls' own vocabulary is narrower than what the verifier will meet.
        self.encoder.bert.embeddings.word_embeddings.requires_grad_(False)
        self.head = nn.Linear(self.encoder.bert.config.hidden_size, 1)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        hidden = self.encoder.bert(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        return self.head(hidden).squeeze(-1)


def rounded(verifier: Verifier) -> Verifier:
    """With its weights as the bundle stores them."""
    copied = copy.deepcopy(verifier)
    copied.encoder = dequantized(verifier.encoder)
    return copied


@torch.inference_mode()
def logits(verifier: Verifier, windows: list[list[int]], batch: int = 32, half: bool = False) -> list[Tensor]:
    """Each window's logits, in the order given, computed in order of length."""
    verifier.eval()
    out: list[Tensor] = [torch.empty(0)] * len(windows)
    order = sorted(range(len(windows)), key=lambda i: len(windows[i]))
    for start in range(0, len(order), batch):
        chosen = order[start : start + batch]
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
            rows = verifier(*pad([windows[i] for i in chosen]))
        for i, row in zip(chosen, rows, strict=True):
            out[i] = row[: len(windows[i])].float()
    return out
