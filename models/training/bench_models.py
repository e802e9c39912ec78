"""`python bench_models.py OUT`: the models that `npm run bench:engine` compares with, in their exact shapes and with random weights.

How long a run takes hangs on the shape, not on what the weights say; so nobody need download anyone's model. Each is exported from
the very code that the published one was exported from and quantised as the Hub's `model_quantized.onnx` are: int8 weights, activations
quantised as they come. Needs `onnxruntime` besides `requirements.txt`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor
from transformers import BertConfig, BertModel, DebertaV2Config, DebertaV2ForSequenceClassification, PreTrainedModel

BUNDLE = Path(__file__).parent.parent / "bundle"
#: Of DeBERTa-v3's tokenizer; the first stand where its own do.
SPECIAL = ["[PAD]", "[CLS]", "[SEP]", "[UNK]"]
DEBERTA_VOCABULARY = 128_100


@dataclass(frozen=True)
class Shape:
    build: Callable[[], PreTrainedModel]
    tokenizer: Callable[[], dict]
    tokenizer_class: str
    inputs: tuple[str, ...]
    output: str


def deberta(hidden: int, heads: int, intermediate: int) -> Shape:
    """A classifier of two classes: all but the three sizes is as the configuration of `microsoft/deberta-v3-*` has it."""
    config = DebertaV2Config(
        vocab_size=DEBERTA_VOCABULARY,
        hidden_size=hidden,
        num_hidden_layers=12,
        num_attention_heads=heads,
        intermediate_size=intermediate,
        pooler_hidden_size=hidden,
        type_vocab_size=0,
        relative_attention=True,
        position_buckets=256,
        norm_rel_ebd="layer_norm",
        share_att_key=True,
        pos_att_type=["p2c", "c2p"],
        position_biased_input=False,
        max_relative_positions=-1,
        layer_norm_eps=1e-7,
        pooler_hidden_act="gelu",
        pooler_dropout=0,
        num_labels=2,
    )
    return Shape(lambda: DebertaV2ForSequenceClassification(config), sentence_pieces, "DebertaV2Tokenizer", ("input_ids", "attention_mask"), "logits")


def bert() -> Shape:
    """`intfloat/e5-small-v2`, by its `config.json`."""
    config = BertConfig(
        vocab_size=30_522, hidden_size=384, num_hidden_layers=12, num_attention_heads=12, intermediate_size=1536, attn_implementation="eager"
    )
    inputs = ("input_ids", "attention_mask", "token_type_ids")
    return Shape(lambda: BertModel(config, add_pooling_layer=False), word_pieces, "BertTokenizer", inputs, "last_hidden_state")


def word_pieces() -> dict:
    """BERT's own, which the bundle has, too."""
    return {**json.loads((BUNDLE / "tokenizer.json").read_text()), "truncation": None, "padding": None}


def sentence_pieces() -> dict:
    """A unigram tokenizer with as many pieces as DeBERTa-v3's: BERT's words and word parts, then made-up ones."""
    words = [w for w in word_pieces()["model"]["vocab"] if not w.startswith("[")]
    pieces = dict.fromkeys(w.removeprefix("##") if w.startswith("##") else f"▁{w}" for w in words)
    pieces = dict.fromkeys([*pieces, *(c for w in words for c in w), "▁"])
    filler = (f"▁zq{number}qz" for number in range(DEBERTA_VOCABULARY))
    rest = [*pieces, *filler][: DEBERTA_VOCABULARY - len(SPECIAL)]
    one = lambda name: {"SpecialToken": {"id": name, "type_id": 0}}  # noqa: E731
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": i, "content": s, "special": True, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
            for i, s in enumerate(SPECIAL)
        ],
        "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}]},
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [one("[CLS]"), {"Sequence": {"id": "A", "type_id": 0}}, one("[SEP]")],
            "pair": [one("[CLS]"), {"Sequence": {"id": "A", "type_id": 0}}, one("[SEP]"), {"Sequence": {"id": "B", "type_id": 1}}, one("[SEP]")],
            "special_tokens": {s: {"id": s, "ids": [SPECIAL.index(s)], "tokens": [s]} for s in ("[CLS]", "[SEP]")},
        },
        "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        # A piece costs the same whatever it is: the fewest win, so a known word stays whole.
        "model": {"type": "Unigram", "unk_id": SPECIAL.index("[UNK]"), "byte_fallback": False, "vocab": [*([s, 0.0] for s in SPECIAL), *([p, -10.0] for p in rest)]},
    }


#: By their names here: of E5, of Prompt Guard 2 22M, of ProtectAI's second.
SHAPES = {"e5-small": bert(), "deberta-v3-xsmall": deberta(384, 6, 1536), "deberta-v3-base": deberta(768, 12, 3072)}


class Traced(torch.nn.Module):
    """A model whose inputs stand in order, as the exporter gives them."""

    def __init__(self, model: PreTrainedModel, shape: Shape):
        super().__init__()
        self.model, self.shape = model, shape

    def forward(self, *given: Tensor) -> Tensor:
        return self.model(**dict(zip(self.shape.inputs, given, strict=True)))[self.shape.output]


def write(folder: Path, shape: Shape) -> None:
    """One model as a repository of the Hub has it: `config.json`, the tokenizer's files, `onnx/model_quantized.onnx`."""
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    model = shape.build().eval()
    model.config.save_pretrained(folder)
    tokens = torch.randint(5, 1000, (2, 16))
    given = {"input_ids": tokens, "attention_mask": torch.ones_like(tokens), "token_type_ids": torch.zeros_like(tokens)}
    axes = {0: "batch", 1: "tokens"}
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "model.onnx"
        torch.onnx.export(
            Traced(model, shape),
            tuple(given[name] for name in shape.inputs),
            str(plain),
            input_names=list(shape.inputs),
            output_names=[shape.output],
            dynamic_axes={name: axes for name in shape.inputs} | {shape.output: {0: "batch"} if shape.output == "logits" else axes},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(plain, folder / "onnx" / "model_quantized.onnx", weight_type=QuantType.QInt8)
    (folder / "tokenizer.json").write_text(json.dumps(shape.tokenizer(), ensure_ascii=False))
    special = {"pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]", "unk_token": "[UNK]"}
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": shape.tokenizer_class, "model_max_length": 512, **special}))


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench_models", description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write the models to, 260 MB")
    arguments = parser.parse_args()
    torch.manual_seed(1)
    for name, shape in SHAPES.items():
        write(arguments.out / name, shape)
        print(f"{name}: {(arguments.out / name / 'onnx' / 'model_quantized.onnx').stat().st_size / 1e6:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
