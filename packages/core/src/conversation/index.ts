export { accumulated } from './accumulate.ts';
export { aligned, type ConversationVerdict, conversationThresholds, ruleOnTurn, type TurnEvidence, type TurnPlace, unsettled } from './rule-on-turn.ts';
export {
  type ConversationState,
  earlierTurns,
  hashOf,
  NO_TURNS,
  type OtherTurn,
  type SaidTurn,
  type TextReading,
  type UserTurn,
  userTurn,
  userTurns,
  withTurn,
} from './turn.ts';
