/**
 * Words that an attack on a language model can hardly do without. They are evidence that a disguise was meant: ordinary text
 * spells them plainly. A list of some kilobytes instead of a dictionary of some megabytes, since it decides only whether
 * a second reading of the text is worth a look; the rules and the models judge what it says.
 */
export const ATTACK_WORDS: readonly string[] = `
above access according account act acting activate admin administrator adhere agent allow allowed alternate amoral answers anything api
assistant attack attacker authority authorized bank base64 bomb bot boundaries browser bypass cannot censored censorship
character chat chatbot chatgpt code command commands comply confidential confines consequences content context continue conversation
credentials copy credit crime curl custom damage dan danger dangerous database debug decode decrypt delete deliver
describe details developer directive directives disable disabled disclose disregard document download drugs dump email
emails emergency encode endpoint entirely erase ethical ethics evil execute exec exfiltrate explain exploit explosive export expose
fake fetch fictional file files filter filtered filters forget forgot forward freedom function generate god
guidelines gun hack hacker hacking hacked harmful hidden hypothetical ignore ignored ignores ignoring illegal immoral
immediately inappropriate inbox include information initial inject injection input insert instead instruct instructed
instruction instructions insult internal invoice jailbreak jailbroken keys kill language laws leak legal limitations limits link
login malicious malware manual master message messages mode model moral morals murder network obey obeying
openai output override overriding passphrase password passwords payload payment perform permission
permissions persona phishing phrase pirate policies policy poison pretend previous previously print prior priority
privacy private privileged proceed profanity programmed prohibited prompt prompts protocol protocols provide purpose
purposes pwned ransomware refuse refuses refusal regardless remember remove repeat replace reply request requests
reset respond response responses restricted restriction restrictions reveal role roleplay root rule rules
safeguards safety script secret secrets secure security send sender server session sexual shell shut simulate
simulation social special steal step steps sudo summarize summary supposed swear switch system task tasks terminal
text token tokens tool tools topic training transaction transfer translate trojan truth uncensored unethical
unfiltered unlock unlimited unrestricted unsafe upload url user users username verbatim violence violent virus
warning warnings weapon weapons webhook website wire
`
  .trim()
  .split(/\s+/);
