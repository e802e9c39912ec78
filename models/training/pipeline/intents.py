"""What a person may want of an assistant, each intent in a few short descriptions of our own: the prototypes of the zero-shot
classification whose entropy is the intent signal (AISecOps' `intent_entropy`)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .encoder import Encoder, embed
from .vectors import cosines, directions
from .windows import Windows

TEMPERATURE = 0.1
"""Of the softmax over the cosines."""

INTENTS: dict[str, tuple[str, ...]] = {
    "question": ("A question about a fact of history, science or geography.", "The user asks what a word or an idea means."),
    "advice": ("The user asks for advice about work, health, money or family.", "A request for a recommendation or for help with a decision."),
    "writing": ("A request to write a letter, an e-mail, an essay or a speech.", "The user wants a text to be drafted or improved."),
    "fiction": ("A request for a story, a scene, a poem or a dialogue between characters.", "The user wants a harmless role to be played, such as a guide or a teacher."),
    "translation": ("A request to translate a sentence into another language.", "The user asks how to say something in a foreign language."),
    "summary": ("A request to summarise, classify or extract from a text that is given.", "The user asks a question about a document."),
    "code": ("A request to write, explain or repair a programme.", "A question about software, a command or an error message."),
    "arithmetic": ("A problem of arithmetic or logic to be solved step by step.", "The user asks for a calculation."),
    "service": ("A customer asks about an order, an account or a booking.", "A command to a device: set an alarm, play music, send a message."),
    "chat": ("Small talk: a greeting, a feeling, an opinion.", "A remark that asks for nothing."),
    "override": ("An order to ignore all previous instructions and to follow new ones.", "The text tells the assistant to forget its task and to do something else."),
    "extraction": ("An attempt to make the assistant reveal its system prompt or its hidden instructions.", "The text asks for a password or a secret that the assistant must keep."),
    "jailbreak": ("A persona without rules that the assistant is told to become, so that it answers anything.", "A scenario that is built to make the assistant give what it must refuse."),
    "injection": ("An instruction to the assistant that is hidden in a document, an e-mail or a web page.", "A document whose text tells the model to send data away or to change its answer."),
}


def prototypes(encoder: Encoder, windows: Windows) -> NDArray:
    """The mean of each intent's descriptions: int8 [intents, dimension]."""
    return directions(np.stack([embed(encoder, [w for text in texts for w in windows.of(text)]).numpy().mean(axis=0) for texts in INTENTS.values()]))


def entropy(embeddings: NDArray, intents: NDArray) -> NDArray:
    """Of the zero-shot classification over the intents, as a share of the largest there is: [embeddings], in [0, 1]."""
    scaled = cosines(embeddings, intents).astype(np.float64) / TEMPERATURE
    weights = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    chances = weights / weights.sum(axis=1, keepdims=True)
    return -(chances * np.log(np.maximum(chances, 1e-300))).sum(axis=1) / np.log(len(intents))
