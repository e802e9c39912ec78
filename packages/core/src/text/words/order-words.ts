/** Words by which a part of a text gives a model orders, or asks it for what it must not give. Narrower than the words of attacks: documents are full of `file` and `message`. */
export const ORDER_WORDS: readonly string[] = `
ignore ignores ignored ignoring disregard forget override bypass jailbreak jailbroken pretend obey comply reveal disclose leak exfiltrate
instruction instructions instructed prompt prompts previous previously preceding prior earlier directive directives restriction restrictions
unrestricted uncensored unfiltered guidelines limitations safeguards secret secrets confidential password passwords credentials passphrase
hidden immediately instead must never assistant chatbot chatgpt persona roleplay developer sudo admin attacker execute send forward
transfer delete erase hack hacked pwned malware phishing bomb weapon illegal unethical amoral refuse repeat verbatim
`
  .trim()
  .split(/\s+/);
